"""撤回转接: what was carried over by mistake goes back, as long as nothing has followed from it in the new case."""

from django.db import transaction
from django.db.models import ProtectedError

from assets import surplus
from assets.carrying import WATCH
from assets.models import Asset, CarriedMeasure, CarryOver, ControlMeasure
from assets.models.measure import COUNTED
from cases import context, journal, work
from cases.hooks import Reason
from cases.locks import lock_cases
from cases.models import Approval, Case, CaseLink, JournalEntry, WorkItem
from cases.present import present
from cases.refusals import Forbidden, Refused
from teams.actor import Actor

UNTRACKED = "转接时系统还没有记下措施原状"
WAY_OUT = "转接后已有后续办理的，由承办人在本案依法续行、解除或变更措施。"


def standing(case: Case, other: Case) -> CarryOver | None:
    """The carry-over between the two that stands."""
    return CarryOver.objects.filter(case=case, other=other, back_at=None).select_related("by").order_by("-pk").first()


def untracked(case: Case, other: Case) -> list[ControlMeasure]:
    """Carried over when the program did not yet keep how each measure stood: the journal names them and their ends, not
    their states and amounts, so that nothing could tell whether something has followed."""
    if CarryOver.objects.filter(case=case, other=other).exists():
        return []
    lines = JournalEntry.objects.filter(case=case, what="measure", key="carried", facts__from=other.number)
    named = [entry.facts["measure"] for entry in lines]
    return list(ControlMeasure.objects.filter(case=case, pk__in=named).order_by("pk"))


def tied(link: CaseLink) -> Reason | None:
    """Measures that were carried over stand in the new case: the relation goes with them, not before."""
    other = link.other
    if link.kind != CaseLink.Kind.PRESERVATION or other is None:
        return None
    told = standing(link.case, other)
    rows = list(told.measures.select_related("measure__asset", "came_from")) if told else []
    count = len(rows) or len(untracked(link.case, other))
    if not count:
        return None
    said = f"{other.number}的保全措施 {count} 项已转接到本案，关联不能先撤销"
    why = followed(told, link.case, rows) if told else UNTRACKED
    if told is None or why:
        return Reason(f"{said}：{why}，不能再撤回转接。{WAY_OUT}", "查看措施", f"/cases/{link.case_id}/?tab=assets")
    return Reason(
        f"{said}：请{who(told)}先在接待登记中撤回转接，关联随之撤销。", "去撤回转接", f"/reception/{link.case_id}/"
    )


def who(told: CarryOver) -> str:
    return f"{told.by.name if told.by else '转接人'}或接待团队负责人"


def may(told: CarryOver, by: Actor) -> bool:
    """Who carried it over, or the leader of the counter."""
    return by.user_id in (told.by_id, context.read().roster.leader(by.team_id))


def take_back(told: CarryOver, by: Actor, reason: str) -> list[CarriedMeasure]:
    """The measures stand in the old case again and are watched there; both journals say so."""
    if not may(told, by):
        raise Forbidden(f"撤回转接由{who(told)}办理。")
    cases = lock_cases([told.case_id, told.other_id])
    case, other = cases[told.case_id], cases[told.other_id]
    rows = list(
        CarriedMeasure.objects.filter(carry_over=told)
        .select_related("measure__asset", "came_from")
        .select_for_update(no_key=True, of=("self", "measure"))
        .order_by("pk")
    )
    if why := followed(told, case, rows):
        raise Refused(Reason(f"不能撤回转接：{why}。{WAY_OUT}", "查看案件", f"/cases/{case.pk}/?tab=assets"))
    for row in rows:
        _return(row, other)
    _tell(rows, case, other, by, reason)
    _watch(rows, case, other, by)
    told.back_at, told.back_by_id = context.read().now, present(by.user_id)
    told.save(update_fields=["back_at", "back_by"])
    surplus.settle([case], f"{other.number}的转接已撤回")
    return rows


def followed(told: CarryOver, case: Case, rows: list[CarriedMeasure]) -> str:
    """What has been built on it in the new case since."""
    if case.stage != "reception":
        return f"案件已{case.get_stage_display()}，各团队已据此办理"
    for row in rows:
        now = row.measure
        if (now.state, now.amount, now.ends_on) != (row.state, row.amount, row.ends_on):
            return f"「{now.asset.title}」的措施已变更（{now.get_state_display()}）"
        if row.came_from.measures.filter(kind=now.kind, state__in=(*COUNTED, "waiting")).exists():
            return f"{told.other.number}对「{row.came_from.title}」已另有措施"
    subjects = [row.measure.subject for row in rows]
    since = {"case": case, "entered_at__gte": told.at, "what": "event", "facts__subject__in": subjects}
    if entry := JournalEntry.objects.filter(**since).first():
        return f"已登记「{entry.label}」"
    sheets = Approval.objects.filter(case=case, asked_at__gte=told.at).exclude(state=Approval.State.WITHDRAWN)
    if sheet := sheets.first():
        return f"「{sheet.title}」已报请，签批所据包括这些措施"
    return ""


def _return(row: CarriedMeasure, other: Case) -> None:
    """Back to the thing it stood on; one that the new case has only from this goes too."""
    measure, held = row.measure, row.measure.asset
    measure.case, measure.asset = other, row.came_from
    measure.save(update_fields=["case", "asset"])
    unasked = row.made_asset and held.source == Asset.Source.PRESERVATION and held.query_id is None
    if unasked:
        try:
            with transaction.atomic():
                held.delete()
        except ProtectedError:
            pass  # somebody has used it since: it stays, as any asset without a measure


def _tell(rows: list[CarriedMeasure], case: Case, other: Case, by: Actor, reason: str) -> None:
    lines = []
    for row in rows:
        facts = {"measure": row.measure_id, "from": case.number, "to": other.number, "reason": reason}
        title = row.came_from.title
        lines += [
            journal.Line(case, "measure", "carried_back", f"撤回转接，措施退回{other.number}：{title}", facts),
            journal.Line(other, "measure", "carried_back", f"撤回转接，措施自{case.number}退回：{title}", facts),
        ]
    journal.write(lines, by)


def _watch(rows: list[CarriedMeasure], case: Case, other: Case, by: Actor) -> None:
    """The new case watches these ends no more; the old one by the same items as before."""
    subjects = [row.measure.subject for row in rows]
    watching = WorkItem.objects.filter(case=case, rule__in=WATCH.values(), subject__in=subjects, open=True)
    if ended := list(watching):
        work.cancel(ended, by, f"转接已撤回，措施退回{other.number}")
    for row in rows:
        start = row.measure.starts_on or row.measure.effective_on
        for rule in row.watched_by.split():
            end = present(row.measure.ends_on).isoformat()
            work.open(other, rule, by, start=start, subject=row.measure.subject, length=end)
