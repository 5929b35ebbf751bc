"""Acts on work items: each a small form of its own page, and one call into `cases.work`."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases import context, hooks, undo, work
from cases.access import case_view, item_view
from cases.deadlines import RULE
from cases.forms.items import (
    AnswerNudgeForm,
    AssignForm,
    FinishForm,
    HandForm,
    NudgeForm,
    SuperviseForm,
    TickForm,
    WaitForm,
)
from cases.hooks import Reason
from cases.models import WorkItem
from cases.pages import item_page
from cases.refusals import Refused
from cases.submissions import once
from cases.views.plain import answer, on_form, paper


def home(item) -> str:
    return f"/cases/{item.case_id}/" if item.case_id else "/workbench/"


@item_view("view")
def item(request, item):
    """One item: what, whose, by when and why, its ticks, and what may be done with it."""
    return render(request, "cases/item.html", item_page.page(item, request.actor))


@item_view("finish_item")
@once
def finish(request, item):
    if item.rule in hooks.pages:
        said = f"「{RULE[item.rule].label}」在其专门页面办理。"
        raise Refused(Reason(said, "去办理", reverse(hooks.pages[item.rule], args=[item.pk])))
    if reason := work.by_form(item):
        raise Refused(Reason(reason, "查看案件" if item.case_id else "返回事项", home(item)))
    form = FinishForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            filed = paper(request, form, item.case, "evidence", item)
            data = form.cleaned_data
            work.finish(
                [item],
                request.actor,
                happened_at=data["happened_at"],
                note=data["note"],
                material=filed,
                late_reason=data["late_reason"],
                only=_chosen(request) if work.is_cohort(item) else None,
            )
            messages.success(request, f"已办结：{item.title}。")
            return redirect(home(item))
    page = item_page.form_page(item, request.actor, "办结")
    if work.is_cohort(item):
        page |= {"members": item_page.members(item, request.actor), "chosen": _chosen(request)}
    return answer(request, "cases/item_form.html", page, form)


def _chosen(request) -> list[int] | None:
    """Of a monthly cohort the cases that are ticked; before anything was sent all are."""
    if request.method != "POST":
        return None
    return [int(pk) for pk in request.POST.getlist("member") if pk.isdigit()]


@item_view("tick")
@once
def tick(request, item, rule):
    if rule in hooks.pages:
        said = f"「{RULE[rule].label}」在其专门页面办理，不在本表登记。"
        raise Refused(Reason(said, "去办理", reverse(hooks.pages[rule], args=[item.pk])))
    _refuse_part(item, rule)
    form = TickForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            filed = paper(request, form, item.case, "evidence", item)
            data = form.cleaned_data
            _refuse_part(item, rule, data["state"])
            work.tick(
                item,
                rule,
                data["state"],
                request.actor,
                happened_at=data["happened_at"],
                reason=data["reason"],
                material=filed,
                late_reason=data["late_reason"],
            )
            messages.success(request, f"已登记：{RULE[rule].label}。")
            return redirect("cases:item", item.pk)
    page = {**item_page.form_page(item, request.actor, RULE[rule].label), "button": "登记"}
    return answer(request, "cases/item_form.html", page, form)


def _refuse_part(item: WorkItem, rule: str, state: str = "") -> None:
    """What a room counts itself is not said here by hand."""
    reasons = [reason for hook in hooks.of("part", rule) if (reason := hook(item, state))]
    if reasons:
        raise Refused(*reasons)


@require_POST
@item_view("take_over")
@once
def take_over(request, item):
    held = request.POST.get("held", "")
    if held.isdigit():
        item.person_id = int(held)  # whom the officer saw: a colleague who was quicker is told of, not robbed
    work.take_over(item, request.actor)
    messages.success(request, f"已接手：{item.title}。")
    return redirect("cases:item", item.pk)


@require_POST
@item_view("wait_item")
@once
def recall(request, item):
    """结束等待, from the row or the item's page."""
    work.recall(item, request.actor)
    messages.success(request, f"已结束等待：{item.title}。")
    return redirect("cases:item", item.pk)


@item_view("assign_item")
@once
def assign(request, item):
    members = context.read().roster.members(item.team_id)
    given = {"held": item.person_id}
    form = AssignForm(request.POST or None, members=members, holder=item.person_id, initial=given)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            before, person = item.person_id, form.cleaned_data["person"]
            work.assign(item, person, request.actor, expected=form.cleaned_data["held"])
            tags = undo.offer("assign", [(item.pk, before, person)], request.actor)
            messages.success(request, f"已转交{context.read().roster.name(person)}：{item.title}。", extra_tags=tags)
            return redirect(home(item))
    return answer(request, "cases/item_form.html", item_page.form_page(item, request.actor, "转交"), form)


@item_view("hand_item")
@once
def hand(request, item):
    teams = [
        team
        for team in context.read().roster.teams.values()
        if team.id != item.team_id and team.kind != "administration"
    ]
    form = HandForm(request.POST or None, teams=teams)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            work.hand(item, form.cleaned_data["team"], request.actor, form.cleaned_data["reason"])
            messages.success(request, f"已移送：{item.title}。")
            return redirect(home(item))
    return answer(request, "cases/item_form.html", item_page.form_page(item, request.actor, "移送"), form)


@item_view("wait_item")
@once
def wait(request, item):
    form = WaitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            work.wait(item, form.cleaned_data["until"], form.cleaned_data["reason"], request.actor)
            tags = undo.offer("wait", [(item.pk, item.person_id, item.person_id)], request.actor)
            told = f"已等待至 {form.cleaned_data['until']:%m-%d}：{item.title}。"
            messages.success(request, told, extra_tags=tags)
            return redirect(home(item))
    return answer(request, "cases/item_form.html", item_page.form_page(item, request.actor, "等待"), form)


@item_view("nudge")
@once
def nudge(request, item):
    newest = work.last_nudge(item)
    given = {"text": item_page.reminder(item), "held": item.person_id, "last": newest.pk if newest else 0}
    form = NudgeForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid() and not form.told(newest, item_page.reminded(newest)):
        with on_form(form):
            work.nudge(item, form.cleaned_data["text"], request.actor, expected=form.cleaned_data["held"])
            name = context.read().roster.name(item.person_id)
            messages.success(request, f"已催办{name}：{item.title}。")
            return redirect(home(item))
    page = item_page.form_page(item, request.actor, "催办")
    if newest:
        page["facts"] = [*page["facts"], ("上次催办", item_page.reminded(newest))]
    return answer(request, "cases/item_form.html", page, form)


@item_view("answer_nudge")
@once
def answer_nudge(request, item):
    """已知悉, with a word back to who reminded."""
    form = AnswerNudgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            work.answer_nudge(item, form.cleaned_data["text"], request.actor)
            messages.success(request, f"已回复催办：{item.title}。")
            return redirect("cases:item", item.pk)
    page = item_page.form_page(item, request.actor, "回复催办")
    page["facts"] = [*(("催办", item_page.reminded(each)) for each in work.unanswered(item)), *page["facts"]]
    return answer(request, "cases/item_form.html", page, form)


@case_view("supervise")
@once
def supervise(request, case):
    form = SuperviseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            person = case.handler_id or context.read().roster.leader(case.team_id)
            data = form.cleaned_data
            item = work.supervise(case, person, case.team_id, data["text"], request.actor, reply_on=data["reply_on"])
            messages.success(request, f"已督办：{item.title}。")
            return redirect("cases:detail", case.pk)
    return answer(request, "cases/case_form.html", item_page.case_form_page(case, request.actor, "督办"), form)
