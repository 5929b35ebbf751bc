"""What is recorded on a case: papers, 不得处分, pauses of clocks, the standing of a debtor."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from cases import holds, materials, parties, work
from cases.access import case_view
from cases.forms.records import EndPauseForm, HoldForm, MaterialForm, PauseForm, ReasonForm, StandingForm
from cases.locks import lock_case
from cases.models import Hold, Material, Party, Pause
from cases.pages import item_page
from cases.submissions import once
from cases.views.plain import answer, on_form, paper


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
