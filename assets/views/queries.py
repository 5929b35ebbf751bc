"""Network queries: the batch out, waiting for the system, one batch with its answers; a query ordered from the case."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from assets import queries
from assets.forms import FaultForm, LaterForm, NobodyForm, OrderForm
from assets.models import QueryBatch
from assets.pages import batch_page, desk, first_day_page
from cases.access import case_view, item_view, office_view
from cases.models import Party
from cases.pages.item_page import case_form_page
from cases.refusals import Refused, Unseen
from cases.submissions import once
from cases.views.plain import answer, on_form


@require_POST
@office_view("network_query")
@once
def send(request):
    """The chosen debtors as one batch: at once, or with 系统故障 at the hour given."""
    chosen = [int(pk) for pk in request.POST.getlist("party")[:2000] if pk.isdigit()]
    down = request.POST.get("do") == "fault"
    form = FaultForm(request.POST if down else None)
    if down and not form.is_valid():
        return answer(request, "assets/desk.html", desk.index(request, request.actor, chosen=chosen), form)
    try:
        with transaction.atomic():
            given = {"fault": form.cleaned_data["fault"], "retry_at": form.moment()} if down else {}
            batch = queries.send(chosen, request.actor, **given)
    except Refused as refusal:
        page = desk.index(request, request.actor, chosen=chosen, refusal=refusal)
        return render(request, "assets/desk.html", {**page, "form": form}, status=422)
    if down:
        messages.success(request, f"已登记系统故障：{len(chosen)} 人到时自动发出，案件照常流转。")
    else:
        messages.success(request, f"已发出网络查询：{len(chosen)} 人。反馈到达后自动导入，并有消息通知。")
    return redirect("assets:query_batch", batch.pk)


def _seen(request, batch_id: int) -> QueryBatch:
    """A batch of the own team; whoever leads the bureau looks at all."""
    batch = get_object_or_404(QueryBatch.objects.select_related("by", "team"), pk=batch_id, channel="network")
    if batch.team_id != request.actor.team_id and request.actor.kind not in ("leadership", "quality"):
        raise Unseen(str(batch_id))
    return batch


@office_view("assets")
def batch(request, batch_id):
    return render(
        request, "assets/batch.html", {**batch_page.page(request, _seen(request, batch_id)), "form": LaterForm()}
    )


@require_POST
@office_view("network_query")
@once
def release(request, batch_id):
    queries.release(_seen(request, batch_id), request.actor)
    messages.success(request, "已发出网络查询。")
    return redirect("assets:query_batch", batch_id)


@require_POST
@office_view("network_query")
@once
def again(request, batch_id):
    """重新查询: whom the batch could not ask about."""
    row = queries.send_again(_seen(request, batch_id), request.actor)
    messages.success(request, f"已重新发出网络查询：{row.queries.count()} 人。")
    return redirect("assets:query_batch", row.pk)


@require_POST
@office_view("network_query")
@once
def postpone(request, batch_id):
    row, form = _seen(request, batch_id), LaterForm(request.POST)
    if form.is_valid():
        with on_form(form):
            queries.postpone(row, form.moment(), request.actor)
            messages.success(request, "已改自动发出的时间。")
            return redirect("assets:query_batch", batch_id)
    return answer(request, "assets/batch.html", batch_page.page(request, row), form)


@case_view("order_query")
@once
def order(request, case):
    debtors = [
        row for row in Party.objects.filter(case=case, role="debtor").order_by("position") if not queries.why_not(row)
    ]
    form = OrderForm(request.POST or None, parties=debtors, initial={"parties": [row.pk for row in debtors]})
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            for row in debtors:
                if row.pk in form.cleaned_data["parties"]:
                    queries.order(row, request.actor, reason=form.cleaned_data["reason"])
            messages.success(request, f"已提出查询：{len(form.cleaned_data['parties'])} 人，随下一批网络查询发出。")
            return redirect(f"/cases/{case.pk}/?tab=assets")
    back = f"/cases/{case.pk}/?tab=assets"
    page = case_form_page(case, request.actor, "提出网络查询", back=back, button="提出")
    return answer(request, "assets/case_form.html", {**page, "nobody": not debtors}, form)


@item_view("tick")
@once
def first_day(request, item):
    """「网络查控已发起」 of one case: whom the next batch asks about; where nobody can be asked, why."""
    if item.rule != queries.FIRST_DAY or item.case is None:
        raise Unseen(item.title)
    form = NobodyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            queries.settle_first_day(item, form.cleaned_data["reason"], request.actor)
            messages.success(request, f"{item.case.number}的网络查控已登记。")
            return redirect(f"/cases/{item.case_id}/")
    return answer(request, "assets/first_day.html", first_day_page.page(item, request.actor), form)
