"""The first-day item of a case and what of it reception's own page sets (flow §4.1)."""

from cases import context, rights, work
from cases.locks import lock_case
from cases.models import Case, Tick, WorkItem
from cases.periods import local
from cases.refusals import Stale
from cases.workflow import Kind, Stage
from reception.models import ReceptionRecord
from teams.actor import Actor

RULE, UPLOAD = "reception.first_day", "reception.upload_note"
COVERED = ("reception.identity", "reception.filing_data", "reception.clues")
RECORD, ORIGINALS, QUERY = "reception.record", "reception.originals", "reception.network_query"


def item_of(case: Case) -> WorkItem | None:
    """The open first-day item, while the case is at the counter."""
    if case.stage != Stage.RECEPTION:
        return None
    return WorkItem.objects.filter(case=case, rule=RULE, open=True).first()


def transferred(case: Case, parties) -> bool:
    """移送执行: nobody has applied (fines, confiscation, 退赔), so nobody can be received."""
    return case.kind == Kind.FIRST and not any(party.role == "creditor" for party in parties)


def hold(case: Case, by: Actor) -> tuple[Case, WorkItem]:
    """Lock the case for its reception; Stale when a colleague was faster."""
    fresh = lock_case(case.pk)
    rights.require(by, fresh, "receive")
    item = item_of(fresh)
    if item is None:
        raise Stale(over(fresh))
    held = ReceptionRecord.objects.filter(item=item).select_related("by", "case").first()
    if held:
        raise Stale(taken(held))
    return fresh, item


def over(case: Case) -> str:
    return f"{case.number}的立案当日接待已办结，请刷新；当事人再来的，登记补接待。"


def taken(record: ReceptionRecord) -> str:
    at = f"{local(record.at):%m-%d %H:%M}"
    return f"{record.case.number}已由{record.by.name}于{at}登记{record.get_kind_display()}。"


def tick(item: WorkItem, by: Actor, rules: tuple[str, ...] = (), not_applicable: str = "") -> None:
    """Set parts of the item, with `not_applicable` the originals as 不适用 too; what was set before (the case came
    back) stays as it is, and with its sixth part the case passes on."""
    told = dict.fromkeys(rules, ("done", ""))
    if not_applicable:
        told[ORIGINALS] = ("na", not_applicable)
    work.tick_parts(item, told, by)


def parts(item: WorkItem) -> dict[str, str]:
    """rule → state of what is ticked."""
    return dict(Tick.objects.filter(item=item).values_list("rule", "state"))


def now_in_words() -> str:
    """2026年11月23日09时12分"""
    now = local(context.read().now)
    return f"{now.year}年{now.month}月{now.day}日{now:%H时%M分}"
