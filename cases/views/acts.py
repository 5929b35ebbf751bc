"""Acts on work items: each a small form of its own page, and one call into `cases.work`."""

from contextlib import contextmanager

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from cases import context, hooks, materials, undo, work
from cases.access import case_view, item_view
from cases.deadlines import RULE
from cases.forms import (
    AssignForm,
    EndPauseForm,
    FinishForm,
    HandForm,
    NudgeForm,
    PauseForm,
    SuperviseForm,
    TickForm,
    WaitForm,
)
from cases.hooks import Reason
from cases.models import Pause
from cases.pages import item_page
from cases.refusals import Refused
from cases.submissions import once


def answer(request, template: str, page: dict, form):
    """The page with its form; 422 when it has been refused, 409 when somebody else has changed the same meanwhile."""
    refused = 409 if getattr(form, "conflicts", None) else 422
    status = refused if request.method == "POST" else 200
    return render(request, template, {**page, "form": form}, status=status)


@contextmanager
def on_form(form):
    """What is done inside happens whole or not at all; a refusal is told on the form, with all that was typed."""
    try:
        with transaction.atomic():
            yield
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, said(reason))


def said(reason: Reason) -> str:
    if not reason.url:
        return reason.text
    return format_html('{} <a href="{}">{}</a>', reason.text, reason.url, reason.remedy or "去办理")


def paper(request, form, case, kind: str, item=None):
    """File the form's paper, if there is one."""
    upload = form.cleaned_data.get("paper")
    if not upload:
        return None
    return materials.file(
        case,
        upload,
        kind=kind,
        by=request.actor,
        title=upload.name,
        item=item,
        happened_at=form.cleaned_data.get("happened_at"),
    )


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
        raise Refused(f"「{RULE[item.rule].label}」在其专门页面办理。")
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
            )
            messages.success(request, f"已办结：{item.title}。")
            return redirect(home(item))
    return answer(request, "cases/item_form.html", item_page.form_page(item, request.actor, "办结"), form)


@item_view("tick")
@once
def tick(request, item, rule):
    form = TickForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            filed = paper(request, form, item.case, "evidence", item)
            data = form.cleaned_data
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
    form = AssignForm(request.POST or None, members=context.read().roster.members(item.team_id))
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            before, person = item.person_id, form.cleaned_data["person"]
            work.assign(item, person, request.actor)
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
    form = NudgeForm(request.POST or None, initial={"text": item_page.reminder(item)})
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            work.nudge(item, form.cleaned_data["text"], request.actor)
            name = context.read().roster.name(item.person_id)
            messages.success(request, f"已催办{name}：{item.title}。")
            return redirect(home(item))
    return answer(request, "cases/item_form.html", item_page.form_page(item, request.actor, "催办"), form)


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


@case_view("pause_item")
@once
def pause(request, case):
    form = PauseForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            data = form.cleaned_data
            work.pause(
                case,
                data["ground"],
                data["from_on"],
                request.actor,
                to_on=data["to_on"],
                material=paper(request, form, case, "pause"),
            )
            messages.success(request, "已登记暂停计期。")
            return redirect("cases:detail", case.pk)
    return answer(request, "cases/case_form.html", item_page.case_form_page(case, request.actor, "暂停计期"), form)


@case_view("pause_item")
@once
def end_pause(request, case, pause_id):
    row = get_object_or_404(Pause, pk=pause_id, case=case)
    form = EndPauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            work.end_pause(row, form.cleaned_data["to_on"], request.actor)
            messages.success(request, "已恢复计期。")
            return redirect("cases:detail", case.pk)
    return answer(request, "cases/case_form.html", item_page.case_form_page(case, request.actor, "恢复计期"), form)


@require_POST
@case_view("confirm_pause")
@once
def confirm_pause(request, case, pause_id):
    work.confirm_pause(get_object_or_404(Pause, pk=pause_id, case=case), request.actor)
    messages.success(request, "已确认补录的暂停计期。")
    return redirect("cases:detail", case.pk)
