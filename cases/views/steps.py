"""Steps that need no signature, 登记事件, 补接待 and 移送立案 ahead of the signature."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases import context, effects, hooks, materials, rights, slips, steps, work
from cases.access import case_view
from cases.forms.items import EventForm
from cases.forms.records import ReasonForm
from cases.forms.step import StepForm
from cases.hooks import Reason
from cases.pages import item_page, measures
from cases.refusals import Refused, Unseen
from cases.submissions import once
from cases.views.plain import answer, on_form, paper
from cases.workflow import STEP, Kind


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
        if name in hooks.step_pages:
            return _own_page(request, case, row)
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


def _own_page(request, case, row):
    """One way to take each step: a step with a page of its own is taken there."""
    url = f"{reverse(hooks.step_pages[row.name], args=[case.pk])}?step={row.name}"
    if request.method == "POST":
        raise Refused(Reason(f"「{row.label}」在其专门页面办理，理由和负荷一并留存。", "去办理", url))
    return redirect(url)


@require_POST
@case_view("record_event")
def event_effect(request, case):
    """What the event would do to the case's clocks: the fragment beside the form, recomputed while it is filled in."""
    form = EventForm(request.POST, measures=measures.choices(context.read(), case))
    form.is_valid()
    return render(request, "cases/_effect.html", {"effect": effects.of_event(case, form.cleaned_data, request.actor)})


@case_view("record_event")
@once
def record_event(request, case):
    known = {"usual": effects.usual(request.actor), "measures": measures.choices(context.read(), case)}
    form = EventForm(request.POST or None, request.FILES or None, **known)
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
def visit(request, case):
    """补接待 is done on the page of the counter."""
    return redirect(hooks.pages["later_visit"], case.pk)


@case_view("ask:revival")
@once
def send_slip(request, case):
    """移送立案 ahead of the signature: an asset of a 终本 case cannot wait (flow §8, 17)."""
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = "写明发现的财产和为何不能等待；移送后三日内须报请签字"
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            slips.send(case, Kind.RESUMED, request.actor, proposal={"reason": form.cleaned_data["reason"]})
            messages.success(request, "移送立案表已发出，待立案号；请在三日内报请签字。")
            return redirect("cases:detail", case.pk)
    page = item_page.case_form_page(case, request.actor, "移送立案（先行）", button="移送立案")
    return answer(request, "cases/case_form.html", page, form)
