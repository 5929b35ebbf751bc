"""Facts in the head of the case page, each with one query for a list. Hooks only; `cases.case_hooks` loads them."""

from datetime import date

from cases import context
from cases.hooks import fact
from cases.models import WorkItem


@fact("basis", "执行依据", 10)
def basis_of(cases):
    from cases.models import Basis

    rows = Basis.objects.filter(case__in=cases).order_by("case_id", "-id").values_list("case_id", "number")
    return {pk: number or "未登记" for pk, number in rows}


@fact("amount", "执行标的", 20)
def amount_of(cases):
    return {case.pk: f"{case.amount:,.2f} 元" if case.amount else "—" for case in cases}


@fact("recovered", "已到位", 30)
def recovered_of(cases):
    return {
        case.pk: f"{case.recovered:,.2f} 元　{rate(case)}" if case.amount or case.recovered else "—" for case in cases
    }


def rate(case) -> str:
    """到位率: what has come in of what is claimed."""
    return f"{case.recovered / case.amount:.1%}" if case.amount else ""


@fact("handler", "承办人", 50)
def handler_of(cases):
    roster = context.read().roster
    clerks = {case.pk: f"书记员 {roster.name(case.clerk_id)}" if case.clerk_id else "" for case in cases}
    return {case.pk: f"{roster.name(case.handler_id) or '未确定'}　{clerks[case.pk]}" for case in cases}


@fact("limit", "执行期限", 60)
def limit_of(cases):
    today = context.read().today
    rows = WorkItem.objects.filter(case__in=cases, rule__startswith="enforcement.limit", open=True)
    return {
        pk: f"{due:%Y-%m-%d}　{'暂停计期' if paused else left(due, today)}" if due else ""
        for pk, due, paused in rows.values_list("case_id", "due_on", "paused")
    }


def left(due: date, today: date) -> str:
    return f"剩 {(due - today).days} 日" if due >= today else f"超期 {(today - due).days} 日"


@fact("filed", "立案", 70)
def filed_of(cases):
    return {case.pk: f"{case.filed_on:%Y-%m-%d}　起算 {case.started_on:%m-%d}" for case in cases}
