"""窗口查封: ordered from the case or the desk, its receipt entered after the counter."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from assets.models import ControlMeasure
from cases import rights
from cases.access import case_view
from cases.pages.item_page import case_form_page
from cases.refusals import Unseen
from cases.submissions import once
from cases.views.plain import answer, on_form
from quality import seals
from quality.forms import ReceiptForm, SealForm

NOTHING = "没有可查封的不动产、车辆：须先查到，且没有正在办理的措施。"


@case_view("ask:ruling")
@once
def order(request, case):
    """提请查封: one of the case's houses and cars."""
    found = seals.free(case)
    form = SealForm(
        request.POST or None,
        assets=found,
        initial={"asset": request.GET.get("asset") or (found[0].pk if found else "")},
    )
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            asset = next(each for each in found if each.pk == form.cleaned_data["asset"])
            seals.order(asset, request.actor)
            messages.success(request, f"已提请查封：{asset.title}，等待签发裁定。")
            return redirect("cases:detail", case.pk)
    reasons = [] if found else [{"text": NOTHING, "remedy": "提出线下查询", "url": f"/cases/{case.pk}/offline/"}]
    page = case_form_page(case, request.actor, "提请查封", button="提请", reasons=reasons, closed=not found)
    return answer(request, "cases/case_form.html", page, form)


@case_view("record_event")
@once
def receipt(request, case, measure_id):
    """登记回执: in force, waiting or refused, with the counter's paper."""
    row = get_object_or_404(ControlMeasure.objects.select_related("asset", "ruling"), pk=measure_id, case=case)
    if row.kind not in {way.measure for way in seals.WAYS.values()}:
        raise Unseen(str(measure_id))
    rights.require(request.actor, case, "record_event")
    start = {"on": "今天", "ends_on": row.ruling.asked.get("end", "") if row.ruling else "", "rank": 2}
    form = ReceiptForm(request.POST or None, request.FILES or None, initial=start)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            done = seals.record(row, form.receipt(), request.actor)
            messages.success(request, f"已登记：{row.asset.title}，{done.get_state_display()}。")
            return redirect("cases:detail", case.pk)
    return answer(
        request,
        "cases/case_form.html",
        case_form_page(case, request.actor, f"登记查封回执：{row.asset.title}", button="登记"),
        form,
    )
