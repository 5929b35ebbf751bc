"""Freezes: proposals of a batch, its way to the measures, and the duty of one case."""

from decimal import Decimal

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from assets import freezing
from assets.forms import NothingForm
from assets.models import FreezeBatch
from assets.pages import desk, freeze_page
from cases import amounts, work
from cases.access import item_view, office_view
from cases.refusals import Refused, Unseen
from cases.submissions import once
from cases.views.plain import answer, on_form


@require_POST
@office_view("network_query")
@once
def propose(request):
    """The chosen accounts with their amounts."""
    try:
        with transaction.atomic():
            result = freezing.propose(read(request.POST), request.actor)
    except Refused as refusal:
        page = desk.index(request, request.actor, tab="freeze", refusal=refusal, typed=request.POST)
        return render(request, "assets/desk.html", page, status=422)
    for case, why in result.refused:
        messages.error(request, f"{case.number} 未提出：{why}")
    messages.success(request, "已提出冻结，正在拟制裁定书并报请签发。")
    return redirect("assets:freeze_batch", result.batch.pk)


def read(posted) -> dict[int, Decimal]:
    """asset → amount of what is ticked; a wrong amount is named."""
    chosen, faults = {}, []
    for key in posted.getlist("asset")[:2000]:
        if not key.isdigit():
            continue
        try:
            chosen[int(key)] = amounts.read_amount(posted.get(f"amount-{key}", ""))
        except ValueError as fault:
            faults.append(f"冻结金额{fault}")
    if faults:
        raise Refused(*faults[:10])
    return chosen


@office_view("assets")
def batch(request, batch_id):
    row = get_object_or_404(FreezeBatch.objects.select_related("by", "team"), pk=batch_id)
    if row.team_id != request.actor.team_id and request.actor.kind not in ("leadership", "quality"):
        raise Unseen(str(batch_id))
    return render(request, "assets/freeze.html", freeze_page.page(request, row))


@item_view("finish_item")
@once
def item(request, item):
    """The duty of one case: what could be frozen, or why nothing is."""
    if item.rule != "reception.network_freeze" or item.case is None:
        raise Unseen(item.title)
    form = NothingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            freezing.refuse_under_way(item.case)
            work.finish([item], request.actor, note=f"不冻结：{form.cleaned_data['reason']}")
            messages.success(request, f"已办结：{item.title}（不冻结）。")
            return redirect("/assets/?tab=freeze")
    return answer(request, "assets/freeze_item.html", freeze_page.of_item(item, request.actor), form)
