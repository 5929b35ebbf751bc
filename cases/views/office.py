"""Pages that need no case: workbench, queues, the day's end, escalation sheets, slips, registration by hand."""

import hashlib
import json

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cases import context, escalation, frame, rights, slips, steps
from cases.access import office_view
from cases.forms.office import ExplainForm, SlipForm
from cases.forms.register import KIND_OF, RegisterForm
from cases.models import Escalation, FilingSlip
from cases.pages import escalation_page, queue_page, register_page, slips_page, today_page, workbench_page
from cases.refusals import Forbidden, Unseen
from cases.submissions import once
from cases.views.exports import own_style
from cases.views.plain import answer, on_form
from teams import sessions
from teams.access import own_page


@office_view("workbench")
def workbench(request):
    template = "cases/_list_answer.html" if request.htmx.target == "list" else "cases/workbench.html"
    return render(request, template, workbench_page.page(request, request.actor))


@own_page
def live(request):
    """Badges and news for a page that stands open, of every officer: administrators' sessions end as well. Asked with
    `X-Live`, it is nobody's activity.

    204 when nothing has changed since `have`; `X-Session-Left` says in how many seconds the session ends. With `key`
    it also gives a fresh form key, for a page that outlived its session.
    """
    since, have = request.GET.get("since", ""), request.GET.get("have", "")
    works = "tiles" in request.GET and request.actor and rights.may_office(request.actor, "workbench")
    found = frame.live(request.user.pk, int(since) if since.isdigit() else 0, actor=request.actor if works else None)
    mark = hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()[:12]
    if mark == have and "key" not in request.GET:
        answer = HttpResponse(status=204)
    else:
        key = {"key": get_token(request)} if "key" in request.GET else {}
        answer = JsonResponse({**found, "mark": mark, **key})
    answer["X-Session-Left"] = str(sessions.left(request))
    answer["Cache-Control"] = "no-store"
    return answer


@office_view("queue")
def queue(request, team_id=None):
    """A team's queue; leadership and quality may open any team's, others their own."""
    roster = context.read().roster
    team = roster.team(team_id or request.actor.team_id)
    if team is None or (team.id != request.actor.team_id and request.actor.kind not in ("leadership", "quality")):
        raise Unseen(str(team_id))
    template = "cases/_list_answer.html" if request.htmx.target == "list" else "cases/queue.html"
    return render(request, template, queue_page.page(request, request.actor, team))


@office_view("same_day")
def today(request):
    """下班前清零: same-day duties of every team, what is cleared and what is left."""
    template = "cases/_today.html" if request.htmx.target == "list" else "cases/today.html"
    return render(request, template, today_page.page(request, request.actor))


@office_view("escalation_list")
def escalations(request):
    return render(request, "cases/escalations.html", escalation_page.index(request, request.actor))


@office_view("escalation_list")
@once
def explain(request, sheet_id):
    """One sheet: its late items with proposed causes; the leader explains, rows may differ."""
    sheet = get_object_or_404(Escalation.objects.select_related("team", "approval"), pk=sheet_id)
    if request.actor.team_id != sheet.team_id and request.actor.kind not in ("leadership", "quality"):
        raise Unseen(str(sheet_id))
    rows = list(sheet.rows.select_related("item__case").order_by("id"))
    form = ExplainForm(request.POST or None, rows=rows, initial={"text": sheet.explanation})
    if request.method == "POST":
        if not escalation_page.may_explain(sheet, request.actor):
            raise Forbidden("超期说明由该团队负责人填写一次，现已报出或由他人负责。")
        if form.is_valid():
            escalation.explain(sheet, request.actor, form.cleaned_data["text"], form.rows_given())
            messages.success(request, "说明已报局长签批。")
            return redirect("cases:escalations")
    return answer(request, "cases/explain.html", escalation_page.sheet_page(sheet, rows, request.actor), form)


@office_view("register")
@once
def register(request):
    """手工登记 of what the team takes in itself; the case is then on its way like any other."""
    actor = request.actor
    if actor.kind not in KIND_OF:
        raise Forbidden("本团队不自行登记案件：恢复执行、执保案件在「移送立案表」登记案号。")
    form = RegisterForm(request.POST or None, team_kind=actor.kind, team_id=actor.team_id)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            with transaction.atomic():
                (case,) = steps.register([form.registration(actor)], actor)
            messages.success(request, f"已登记 {case.number}。")
            return redirect("cases:detail", case.pk)
    return answer(
        request, "cases/register.html", {"kind": form.kind.label, "rows": register_page.registered(actor)}, form
    )


@office_view("answer_slip")
def slip_list(request):
    template = "cases/_slips.html" if request.htmx.target == "list" else "cases/slips.html"
    return render(request, template, slips_page.index(request, request.actor))


@office_view("answer_slip")
@once
def answer_slip(request, slip_id):
    """The number given by 立案庭 arrives; the new case is registered, once."""
    slip = get_object_or_404(FilingSlip.objects.select_related("case"), pk=slip_id)
    rights.require(request.actor, slip.case, "answer_slip")
    form = SlipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            made = slips.answer(slip, form.cleaned_data["number"], request.actor)
            waits = isinstance(made, FilingSlip)
            told = f"案号 {made.number} 已收到，签批完成后自动登记。" if waits else f"已登记 {made.number}。"
            messages.success(request, told)
            return redirect("cases:slips")
    page = slips_page.answer(slip, request.actor)
    page |= {"back": reverse("cases:slips"), "back_label": "返回移送立案表"}
    form.fields["number"].help_text = f"{page['expected']}，括号样式不限"
    return answer(request, "cases/case_form.html", page, form)


@own_style
@office_view("answer_slip")
def print_slip(request, slip_id):
    """The sheet on paper for 立案庭."""
    slip = get_object_or_404(FilingSlip.objects.select_related("case", "approval"), pk=slip_id)
    rights.require(request.actor, slip.case, "answer_slip")
    return render(request, "cases/print_slip.html", slips_page.sheet(slip, request.actor))
