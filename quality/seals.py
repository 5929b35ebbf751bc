"""窗口查封: a house or a car sealed at the counter on the duty judge's ruling; the printed end is the truth (flow §4.2, §6).

Ordered → ruling before the judge → notice for the counter → the counter's receipt: in force, waiting in rank, or refused.
"""

from datetime import date
from typing import Any, NamedTuple

from django.db import transaction

from assets.models import Asset, ControlMeasure
from cases import context, journal, materials, rights, signing, work
from cases.deadlines import midnight
from cases.hooks import Brief, Check
from cases.locks import lock_case
from cases.models import Approval, Case
from cases.present import present
from cases.refusals import Refused, Stale
from documents import drafting, issuing
from documents.models import Document
from teams.actor import SYSTEM, Actor

RULING, NOTICE = "seal_ruling", "assist_sealing"
SUBJECT = "seal:"
REFUSED = "measure.not_assisted"
State = ControlMeasure.State
Kind = Asset.Kind


class Way(NamedTuple):
    """How a kind of thing is sealed: the measure, the longest term (民诉法解释 art 485), the event, the body."""

    measure: str
    years: int
    anchor: str
    body: str
    label: str


WAYS = {
    Kind.REAL_ESTATE: Way("seal", 3, "real_estate_sealed", "不动产登记中心", "查封"),
    Kind.VEHICLE: Way("seize", 2, "movable_seized", "公安局交通管理支队车辆管理所", "查封"),
}
RUNNING = (State.DRAFT, State.ORDERED, State.SENT, State.EFFECTIVE, State.WAITING)
AT_COUNTER = (State.ORDERED, State.SENT)


def last_day(start: date, years: int) -> date:
    """The last day of so many years that begin on the day, inclusive; it never rolls."""
    try:
        end = start.replace(year=start.year + years)
    except ValueError:  # 29 February: the earlier, safe reading
        end = start.replace(year=start.year + years, day=28)
    return date.fromordinal(end.toordinal() - 1)


def free(case: Case) -> list[Asset]:
    """Houses and cars of the case that no measure is on."""
    rows = Asset.objects.filter(case=case, kind__in=WAYS, protected="").select_related("party").order_by("pk")
    return list(rows.exclude(measures__state__in=RUNNING))


@transaction.atomic
def order(asset: Asset, by: Actor) -> ControlMeasure:
    """提请查封: the ruling goes to the judge who signs for the team, on a sheet of its own."""
    case = lock_case(asset.case_id)
    rights.require(by, case, "ask:ruling")
    way, today = WAYS.get(Kind(asset.kind)), context.read().today
    if way is None:
        raise Refused("窗口只查封不动产和车辆。")
    if asset.protected:
        raise Refused(f"「{asset.title}」不得控制：{asset.protected}。")
    if ControlMeasure.objects.filter(asset=asset, state__in=RUNNING).exists():
        raise Refused(f"「{asset.title}」已有控制措施或正在办理。")
    row = ControlMeasure.objects.create(
        case=case, asset=asset, kind=way.measure, body=way.body, made_at=context.read().now, by_id=by.user_id
    )
    asked = {
        "object": thing(asset),
        "start": today.isoformat(),
        "end": last_day(today, way.years).isoformat(),
        "keeper": "",
    }
    ruling = drafting.begin(case, RULING, by, subject=asset.party.subject, asked=asked)
    drafting.finish(ruling, by)
    row.ruling = ruling
    row.save(update_fields=["ruling"])
    proposal = {"measure": "seal", "object": thing(asset), "party": asset.party_id}
    row.approval = signing.ask(case, "ruling", by, subject=f"{SUBJECT}{row.pk}", proposal=proposal, urgent=True)
    row.save(update_fields=["approval"])
    return row


def thing(asset: Asset) -> str:
    return asset.title if asset.key in asset.title else f"{asset.title}（{asset.key}）"


def _of(subject: str) -> ControlMeasure | None:
    key = subject.removeprefix(SUBJECT)
    rows = ControlMeasure.objects.select_related("asset__party", "ruling")
    return rows.filter(pk=int(key)).first() if subject.startswith(SUBJECT) and key.isdigit() else None


def papers(case: Case, subject: str) -> set[int]:
    row = _of(subject)
    return {row.ruling_id} if row and row.ruling_id else set()


def brief(case: Case | None, subject: str) -> Brief:
    """What the judge reads: the thing, whose it is, where that is known from, until when."""
    row = _of(subject)
    if row is None or case is None:
        return Brief([])
    asset, asked = row.asset, present(row.ruling).asked
    facts = [
        ("查封", f"{asset.party.name}　{asset.get_kind_display()}　{thing(asset)}"),
        ("来源", f"{asset.get_source_display()}　{asset.as_of:%Y-%m-%d}"),
        ("期限", f"{asked['start']} 至 {asked['end']}"),
    ]
    value = (
        "价值未查明，注意不超标的"
        if asset.amount is None
        else f"登记价值 {asset.amount:,.2f} 元，尚未执行 {case.amount - case.recovered:,.2f} 元"
    )
    over = asset.amount is None or asset.amount > case.amount - case.recovered
    return Brief(facts, [Check(value, "amber" if over else "green")])


def signed(approval: Approval) -> None:
    if row := _of(approval.subject):
        ControlMeasure.objects.filter(pk=row.pk, state=State.DRAFT).update(
            state=State.ORDERED, ordered_on=context.read().today
        )


def sent_back(approval: Approval) -> None:
    """Not signed: nothing is sealed, the draft is given up."""
    row = _of(approval.subject)
    if row is None or row.state != State.DRAFT:
        return
    why = f"裁定{approval.get_state_display()}"
    ControlMeasure.objects.filter(pk=row.pk).update(state=State.DROPPED, reason=why)
    if row.ruling and row.ruling.state in drafting.OPEN:
        drafting.drop(row.ruling, SYSTEM)


def ruled(ruling: Document) -> None:
    """The ruling is issued and sealed: the notice for the counter follows by itself."""
    row = (
        ControlMeasure.objects.filter(ruling=ruling, state=State.ORDERED, notice=None)
        .select_related("asset__party")
        .first()
    )
    if row is None:
        return
    by = ruling.drafter
    asked = {
        "body": row.body,
        "ruling": ruling.number,
        "object": thing(row.asset),
        "start": ruling.asked["start"],
        "end": ruling.asked["end"],
    }
    row.notice = drafting.begin(ruling.case, NOTICE, by, subject=ruling.subject, asked=asked)
    row.save(update_fields=["notice"])
    issuing.issue(row.notice, by)


class Receipt(NamedTuple):
    """What the counter gave back."""

    result: str  # sealed, waiting, refused
    on: date
    ends_on: date | None = None
    rank: int = 1
    reference: str = ""
    reason: str = ""
    paper_only: bool = False
    upload: Any = None


@transaction.atomic
def record(measure: ControlMeasure, given: Receipt, by: Actor) -> ControlMeasure:
    """登记回执: in force with its printed end, waiting in rank without one, or refused as an item."""
    case = lock_case(measure.case_id)
    rights.require(by, case, "record_event")
    row = (
        ControlMeasure.objects.select_for_update(of=("self",))
        .select_related("asset__party", "ruling", "notice")
        .get(pk=measure.pk)
    )
    row.case = case
    _refuse(row, given)
    paper = materials.file(
        case,
        given.upload,
        kind="receipt",
        by=by,
        title=f"查封回执：{row.asset.title}"[:200],
        happened_at=midnight(given.on),
    )
    row.reference, row.paper_only = given.reference[:100], given.paper_only
    if given.result == "refused":
        row.state, row.reason = State.REFUSED, given.reason[:200]
        row.save()
        work.open(
            case,
            REFUSED,
            SYSTEM,
            subject=row.subject,
            title=f"未予协助：{row.asset.title}（{row.reason}）"[:120],
            team_id=by.team_id,
            person_id=by.user_id,
        )
        _line(row, "refused", f"未予协助查封：{row.asset.title}（{row.reason}）", paper.pk, by)
    elif given.result == "waiting":
        row.state, row.rank, row.starts_on, row.ends_on = State.WAITING, given.rank, None, None
        row.save()
        _line(row, "waiting", f"轮候查封（第 {row.rank} 顺位）：{row.asset.title}", paper.pk, by)
    else:
        row.state, row.rank, row.effective_on = State.EFFECTIVE, 1, given.on
        row.starts_on, row.ends_on = given.on, given.ends_on
        row.save()
        _in_force(row, given, paper, by)
    return row


def _refuse(row: ControlMeasure, given: Receipt) -> None:
    if row.state not in AT_COUNTER:
        raise Stale(f"「{row.asset.title}」{row.get_state_display()}，不能再登记回执。")
    if row.notice is None or row.notice.state != Document.State.ISSUED:
        raise Refused("协助执行通知书尚未制发用印，不能到窗口办理。")
    if given.on > context.read().today or (row.ordered_on and given.on < row.ordered_on):
        raise Refused("办理日期须在裁定之后、今天之前（含当日）：请核对。")
    if given.upload is None:
        raise Refused("请附窗口出具的回执或查封登记证明的扫描件。")
    latest = last_day(given.on, WAYS[Kind(row.asset.kind)].years)
    if given.result == "sealed" and (given.ends_on is None or not given.on <= given.ends_on <= latest):
        raise Refused(f"请填写回执载明的届满日，不晚于 {latest:%Y-%m-%d}（民事诉讼法解释第485条）。")
    if given.result == "waiting" and given.rank < 2:
        raise Refused("轮候的，请填写顺位（第 2 位起）。")
    if given.result == "refused" and not given.reason.strip():
        raise Refused("未予协助的，请写明原因。")


def _in_force(row: ControlMeasure, given: Receipt, paper, by: Actor) -> None:
    """Its term is watched; on a thing that needs disposal it starts the three days, on paper alone it does not."""
    way, at = WAYS[Kind(row.asset.kind)], context.read().now if given.on == context.read().today else midnight(given.on)
    facts = {"measure": row.pk, "asset": row.asset.title}
    common: dict[str, Any] = {"late_reason": "凭窗口回执登记" if at != context.read().now else ""}
    work.record_event(
        row.case, way.anchor, at, by, paper, row.subject, length=present(row.ends_on).isoformat(), facts=facts, **common
    )
    if not row.paper_only:
        work.record_event(row.case, "measure_effective", at, by, paper, facts=facts, **common)


def _line(row: ControlMeasure, key: str, text: str, paper: int, by: Actor) -> None:
    facts = {"measure": row.pk, "rank": row.rank or 0, "material": paper}
    journal.write([journal.Line(lock_case(row.case_id), "measure", key, text, facts)], by)
