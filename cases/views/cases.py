"""The case list, the case page, and the steps and records that a plain form takes on it."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cases import context, effects, exceptions, holds, later_visit, materials, parties, rights, slips, steps, work
from cases.access import case_view, office_view
from cases.forms import EventForm, HoldForm, ReasonForm, VisitForm
from cases.forms_step import GrantForm, MaterialForm, StandingForm, StepForm
from cases.locks import lock_case
from cases.models import CaseGrant, CaseNote, Hold, Material, Party, SavedView
from cases.pages import case_list, case_page, item_page
from cases.refusals import Refused, Unseen
from cases.submissions import once
from cases.views.acts import answer, on_form, paper
from cases.workflow import STEP, Kind


@office_view("view")
def case_index(request):
    return render(request, "cases/list.html", case_list.page(request, request.actor))


@require_POST
@office_view("view")
def save_view(request):
    """常用筛选: the filters as they stand, under a name; the same name again replaces them."""
    name, query = request.POST.get("name", "").strip()[:30], request.POST.get("query", "")[:500]
    if not name or not query:
        raise Refused("请先筛选，再写明名称保存。")
    team = request.actor.team if "team" in request.POST else None
    SavedView.objects.update_or_create(user=request.user, name=name, defaults={"query": query, "team": team})
    messages.success(request, f"已保存常用筛选「{name}」。")
    return redirect(f"/cases/?{query}")


@require_POST
@office_view("view")
def delete_view(request, view_id):
    get_object_or_404(SavedView, pk=view_id, user=request.user).delete()
    return redirect("cases:list")


@case_view("view")
def detail(request, case):
    """The case; asked by the page itself for another tab, the tabs alone."""
    given = {key: request.GET.get(key, "") for key in ("tab", "what", "before")}
    if request.htmx and request.htmx.target == "case-tab":
        return render(request, "cases/_case_tabs.html", case_page.tab_page(case, request.actor, given))
    page = case_page.page(case, request.actor, given)
    return render(request, "cases/detail.html", {**page, "back": place_kept(request, case)})


# The lists from which a case is opened, and what the way back is called.
LISTS = (
    ("/cases/", "返回案件列表"),
    ("/workbench/", "返回工作台"),
    ("/queue/", "返回团队事项"),
    ("/search/", "返回查找结果"),
    ("/deadlines/", "返回期限日历"),
    ("/sign/", "返回审批签字"),
)


def place_kept(request, case) -> dict[str, str]:
    """The way back to the list the officer came from, with its filters, its page and the row; kept in the session."""
    came = urlsplit(request.META.get("HTTP_REFERER", ""))
    known = next(
        (label for path, label in LISTS if came.path == path or (path != "/cases/" and came.path.startswith(path))), ""
    )
    if known and came.netloc == request.get_host():
        place = f"{came.path}?{came.query}" if came.query else came.path
        if request.session.get("list") != [place, known]:
            request.session["list"] = [place, known]
    place, label = request.session.get("list", ("/cases/", "返回案件列表"))
    return {"url": f"{place}#case{case.pk}", "label": label}


@case_view("view")
def news(request, case):
    """Asked each minute by the open page: has a colleague changed the case since? 204 when nobody has."""
    since = request.GET.get("since", "")
    said = case_page.news(case, request.actor, int(since)) if since.isdigit() else ""
    return JsonResponse({"text": said}) if said else HttpResponse(status=204)


def step(request, case_id, step):
    """A step that needs no signature, by the plain form of its facts."""
    if step not in STEP:
        raise Unseen(step)
    return _step_view(step)(request, case_id)


step.action = "step"  # each step is its own row of table 2


def _step_view(name: str):
    @case_view(name)
    @once
    def view(request, case):
        row = STEP[name]
        form = StepForm(request.POST or None, request.FILES or None, row=row, case=case, maker_id=request.actor.user_id)
        if request.method == "POST" and form.is_valid():
            with on_form(form):
                paper(request, form, case, "evidence")
                facts = form.facts()
                if consent := form.cleaned_data.get("consent"):
                    facts["consent"] = materials.file(
                        case, consent, kind="consent", by=request.actor, title="申请执行人书面同意"
                    ).pk
                steps.take_step(case, name, request.actor, **facts)
                messages.success(request, f"{case.number} 已{row.label}。")
                return (
                    redirect("cases:detail", case.pk)
                    if rights.standings(request.actor, [case])[case.pk].view
                    else redirect("cases:workbench")
                )
        reasons = steps.blockers([case], name).get(case.pk, [])
        page = item_page.case_form_page(case, request.actor, row.label, reasons=[r._asdict() for r in reasons])
        return answer(request, "cases/case_form.html", page, form)

    return view


@require_POST
@case_view("record_event")
def event_effect(request, case):
    """What the event would do to the case's clocks: the fragment beside the form, recomputed while it is filled in."""
    form = EventForm(request.POST)
    form.is_valid()
    return render(request, "cases/_effect.html", {"effect": effects.of_event(case, form.cleaned_data, request.actor)})


@case_view("record_event")
@once
def record_event(request, case):
    form = EventForm(request.POST or None, request.FILES or None, usual=effects.usual(request.actor))
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            data = form.cleaned_data
            work.record_event(
                case,
                data["anchor"],
                data["happened_at"],
                request.actor,
                paper(request, form, case, "event"),
                data["subject"],
                length=data["length"],
                variant=data["variant"],
                late_reason=data["late_reason"],
            )
            messages.success(request, "已登记事件，期限已随之更新。")
            return redirect("cases:detail", case.pk)
    page = item_page.case_form_page(case, request.actor, "登记事件", effect_url=f"/cases/{case.pk}/event/effect/")
    return answer(request, "cases/case_form.html", page, form)


@case_view("later_visit")
@once
def visit(request, case):
    form = VisitForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            data = form.cleaned_data
            later_visit.record(
                case,
                request.actor,
                note=data["note"],
                originals=data["originals"],
                clue=data["clue"],
                urgent=data["urgent"],
                happened_at=data["happened_at"],
                material=paper(request, form, case, "reception"),
                late_reason=data["late_reason"],
            )
            messages.success(request, "已登记补接待。")
            return redirect("cases:detail", case.pk)
    return answer(
        request,
        "cases/case_form.html",
        item_page.case_form_page(case, request.actor, "补接待", button="登记补接待"),
        form,
    )


@case_view("hold")
@once
def set_hold(request, case):
    form = HoldForm(request.POST or None, request.FILES or None, parties=case.parties.order_by("role", "position"))
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            data = form.cleaned_data
            holds.set_hold(
                case, data["ground"], request.actor, subject=data["subject"], from_on=data["from_on"], to_on=data["to_on"],
                material=paper(request, form, case, "hold"), note=data["note"],
            )  # fmt: skip
            messages.success(request, "已登记不得处分。")
            return redirect("cases:detail", case.pk)
    return answer(
        request,
        "cases/case_form.html",
        item_page.case_form_page(case, request.actor, "不得处分", button="登记不得处分"),
        form,
    )


@case_view("hold")
@once
def lift_hold(request, case, hold_id):
    hold = get_object_or_404(Hold, pk=hold_id, case=case)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            holds.lift_hold(hold, request.actor, reason=form.cleaned_data["reason"])
            messages.success(request, "已解除不得处分。")
            return redirect("cases:detail", case.pk)
    verb = f"解除不得处分：{hold.get_ground_display()}"
    page = item_page.case_form_page(case, request.actor, verb, button="解除")
    return answer(request, "cases/case_form.html", page, form)


@case_view("file_material")
@once
def add_material(request, case):
    form = MaterialForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            data = form.cleaned_data
            materials.file(
                case,
                data["paper"],
                kind=data["kind"],
                by=request.actor,
                title=data["title"] or data["paper"].name,
                secret=data["secret"],
            )
            messages.success(request, "材料已入卷。")
            return redirect(f"/cases/{case.pk}/?tab=materials")
    return answer(
        request, "cases/case_form.html", item_page.case_form_page(case, request.actor, "入卷材料", button="入卷"), form
    )


@case_view("void_material")
@once
def void_material(request, case, material_id):
    material = get_object_or_404(Material, pk=material_id, case=case)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            materials.void(material, form.cleaned_data["reason"], request.actor)
            messages.success(request, "材料已作废，编号和原文保留。")
            return redirect(f"/cases/{case.pk}/?tab=materials")
    return answer(
        request,
        "cases/case_form.html",
        item_page.case_form_page(case, request.actor, f"作废：{material.title}", button="作废这份材料"),
        form,
    )


@case_view("standing")
@transaction.atomic
@once
def standings(request, case):
    if request.method == "POST":
        lock_case(case.pk)
    form = StandingForm(
        request.POST or None,
        request.FILES or None,
        debtors=case.parties.filter(role="debtor").order_by("position"),
        who=lambda: parties.last_standing(case, request.POST.get("party", "")),
    )
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            data = form.cleaned_data
            parties.set_standing(
                get_object_or_404(Party, pk=data["party"], case=case),
                data["standing"],
                request.actor,
                material=paper(request, form, case, "standing"),
            )
            messages.success(request, "已变更被执行人地位。")
            return redirect("cases:detail", case.pk)
    return answer(
        request,
        "cases/case_form.html",
        item_page.case_form_page(case, request.actor, "被执行人地位", button="变更地位"),
        form,
    )


@case_view("ask:revival")
@once
def send_slip(request, case):
    """移送立案 ahead of the signature: an asset of a 终本 case cannot wait (flow §8, 17)."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            slips.send(case, Kind.RESUMED, request.actor, proposal={"reason": form.cleaned_data["reason"]})
            messages.success(request, "移送立案表已发出，待立案号；请在三日内报请签字。")
            return redirect("cases:detail", case.pk)
    page = item_page.case_form_page(case, request.actor, "移送立案（先行）", button="移送立案")
    return answer(request, "cases/case_form.html", page, form)


@require_POST
@case_view("view")
@once
def note(request, case):
    """备注: shared with whoever sees the case, or for oneself."""
    text = request.POST.get("text", "").strip()
    if not text:
        raise Refused("请先填写备注内容。")
    CaseNote.objects.create(
        case=case, text=text[:500], shared="private" not in request.POST, by=request.user, at=context.read().now
    )
    return redirect("cases:detail", case.pk)


@require_POST
@case_view("view")
def delete_note(request, case, note_id):
    """One's own notes only."""
    get_object_or_404(CaseNote, pk=note_id, case=case, by=request.user).delete()
    return redirect("cases:detail", case.pk)


@require_POST
@case_view("reveal")
def reveal(request, case, party_id):
    """Show one party's full certificate, telephone and address in its place; the look is journalled."""
    party = get_object_or_404(Party, pk=party_id, case=case)
    given = {"tab": "parties", "revealed": {"id": party.pk, **parties.reveal(party, request.actor)}}
    if request.htmx and request.htmx.target == "case-tab":
        return render(request, "cases/_case_tabs.html", case_page.tab_page(case, request.actor, given))
    page = case_page.page(case, request.actor, given)
    return render(request, "cases/detail.html", {**page, "back": place_kept(request, case)})


@case_view("grant_exception")
@once
def grants(request, case):
    form = GrantForm(
        request.POST or None, people=sorted(context.read().roster.names.items(), key=lambda row: row[1][0])
    )
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            data = form.cleaned_data
            exceptions.grant(case, data["person"], data["permission"], data["until"], data["reason"], request.actor)
            messages.success(request, "已登记。")
            return redirect("cases:grants", case.pk)
    rows = (
        CaseGrant.objects.filter(content_object=case).select_related("user", "permission", "granted_by").order_by("id")
    )
    page = item_page.case_form_page(case, request.actor, "回避与授权")
    page["rows"] = [
        {"id": g.pk, "text": f"{g.user.name}：{g.permission.name}，{g.reason}" + (f"，至 {g.until}" if g.until else "")}
        for g in rows
    ]
    return answer(request, "cases/grants.html", page, form)


@require_POST
@case_view("grant_exception")
def revoke_grant(request, case, grant_id):
    exceptions.revoke(get_object_or_404(CaseGrant, pk=grant_id, content_object=case), request.actor)
    messages.success(request, "已撤销。")
    return redirect("cases:grants", case.pk)
