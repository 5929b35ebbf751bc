"""Receipts of freezes: each measure in force with its printed end, waiting in its rank, or refused as an item."""

from datetime import datetime
from typing import Any

from assets.models import ControlMeasure
from cases import context, journal, work
from cases.amounts import yuan
from cases.locks import lock_case
from cases.models import Case, WorkItem
from cases.periods import local
from cases.present import present
from documents.exchange import answers
from documents.exchange.answers import FreezeAnswer, Frozen
from documents.exchange.manifest import Broken, Package
from documents.models import Outgoing, Receipt
from teams.actor import SYSTEM

State = ControlMeasure.State
UNDER_WAY = (State.DRAFT, State.ORDERED, State.SENT)
REFUSED, FREEZE = "measure.not_assisted", "reception.network_freeze"


def received(outgoing: Outgoing, package: Package, receipt: Receipt) -> None:
    """Every measure of the notice has its result; what does not fit the notice puts the whole receipt aside."""
    said = answers.freeze(package.payload)
    notice = int(outgoing.key.partition(":")[2])
    case = lock_case(present(outgoing.case_id))
    rows = list(
        ControlMeasure.objects.filter(notice=notice, state=State.SENT)
        .select_for_update(no_key=True, of=("self",))
        .select_related("asset__party", "batch")
        .order_by("pk")
    )
    results = _fitting(said, rows)
    at = min(said.at, context.read().now)
    for row in rows:
        row.case = case
        _take(row, results[row.pk], at)
    _finish(case, at)


def _fitting(said: FreezeAnswer, rows: list[ControlMeasure]) -> dict[int, Frozen]:
    if not rows:
        raise Broken("该通知书没有等待回执的冻结。")
    if not said.done:
        return {row.pk: Frozen(row.pk, "refused", None, None, None, None, "", said.reason) for row in rows}
    results = {each.id: each for each in said.results}
    if results.keys() != {row.pk for row in rows}:
        raise Broken("回执的项目与通知书不一致：每一项应有一个结果，不多不少。")
    for row in rows:
        each = results[row.pk]
        if each.result != "frozen":
            continue
        if each.controlled is not None and row.amount is not None and each.controlled > row.amount:
            raise Broken(f"「{row.asset.title}」实际控制 {yuan(each.controlled)}，多于通知的 {yuan(row.amount)}。")
        if each.ends_on and row.ends_on and each.ends_on > row.ends_on:
            raise Broken(f"「{row.asset.title}」届满日 {each.ends_on} 晚于通知书载明的 {row.ends_on}。")
    return results


def _take(row: ControlMeasure, each: Frozen, at: datetime) -> None:
    row.reference = each.reference
    if each.result == "refused":
        row.state, row.reason = State.REFUSED, each.reason
        row.starts_on = row.ends_on = None
        row.save()
        _refused(row)
    elif each.result == "waiting":
        row.state, row.rank = State.WAITING, each.rank
        row.starts_on = row.ends_on = None  # a waiting rank has no period of its own
        row.save()
        _line(row, "waiting", f"轮候冻结（第 {row.rank} 顺位）：{row.asset.title}")
    else:
        row.state, row.rank, row.controlled = State.EFFECTIVE, each.rank or 1, each.controlled
        row.starts_on, row.ends_on, row.effective_on = each.starts_on, each.ends_on, local(at).date()
        row.save()
        facts = {"measure": row.pk, "asset": row.asset.title, "controlled": str(row.controlled)}
        end = present(row.ends_on).isoformat()
        work.record_event(row.case, "deposit_frozen", at, SYSTEM, subject=row.subject, length=end, facts=facts)


def _refused(row: ControlMeasure) -> None:
    """An item for whoever proposed it."""
    batch = row.batch
    given: dict[str, Any] = {"team_id": batch.team_id, "person_id": batch.by_id} if batch else {}
    title = f"未予协助冻结 …{row.asset.key[-4:]}：{row.reason}"[:120]
    work.open(row.case, REFUSED, SYSTEM, subject=row.subject, title=title, **given)
    _line(row, "refused", f"未予协助冻结：{row.asset.title}（{row.reason}）")


def _line(row: ControlMeasure, key: str, text: str) -> None:
    case = lock_case(row.case_id)
    journal.write([journal.Line(case, "measure", key, text, {"measure": row.pk, "rank": row.rank or 0})], SYSTEM)


def _finish(case: Case, at: datetime) -> None:
    """The duty to freeze is met when nothing of the case is under way any more and something was frozen."""
    rows = ControlMeasure.objects.filter(case=case, kind="freeze")
    if (
        rows.filter(state__in=UNDER_WAY).exists()
        or not rows.filter(state__in=(State.EFFECTIVE, State.WAITING)).exists()
    ):
        return
    if WorkItem.objects.filter(case=case, rule=FREEZE, open=True).exists():
        work.record_event(case, "network_frozen", at, SYSTEM, facts={"by": "network"})
