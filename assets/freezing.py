"""集中网络账户查控, 控: what could be frozen within each case's claim, and from the proposal to the measure in force.

proposal → ruling (a judge signs) → notice to each assisting body → package out → receipt → measure with its printed end.
Living costs and protected accounts are left out. Over-freezing is refused here with a sentence, and by the database.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from django.db import IntegrityError, transaction

from assets import operators
from assets.models import Asset, ControlMeasure, FreezeBatch
from assets.models.measure import COUNTED
from cases import context, jobs, journal, rights
from cases.amounts import yuan
from cases.hooks import Reason
from cases.locks import lock_cases
from cases.models import Case, Party
from cases.refusals import Forbidden, Refused, Unseen
from documents.models import Document
from teams.actor import Actor

JOB = "assets.freeze"
MONEY = (Asset.Kind.DEPOSIT, Asset.Kind.ONLINE)
RUNNING = (*COUNTED, ControlMeasure.State.WAITING)
ZERO = Decimal(0)


class Line(NamedTuple):
    """One balance: how much of it is proposed; why it cannot be frozen, or only why nothing is proposed (`note`)."""

    asset: Asset
    amount: Decimal
    why_not: str
    note: str = ""


class Offer(NamedTuple):
    """What a case still claims, what is frozen of it, and what could be."""

    case: Case
    owed: Decimal
    frozen: Decimal
    lines: list[Line]
    free: dict[int, Decimal]  # by debtor: what of his money may be frozen still

    @property
    def left(self) -> Decimal:
        return max(self.owed - self.frozen, ZERO)

    @property
    def proposed(self) -> Decimal:
        return sum((line.amount for line in self.lines), ZERO)


def owed(case: Case) -> Decimal:
    return max(case.amount - case.recovered, ZERO)


def offers(cases: Iterable[Case]) -> list[Offer]:
    """For a list of cases with two queries."""
    cases = list(cases)
    reserve = Decimal(context.read().settings.number("living_reserve"))
    assets: dict[int, list[Asset]] = {}
    for asset in Asset.objects.filter(case__in=cases, kind__in=MONEY).select_related("party").order_by("-amount", "id"):
        assets.setdefault(asset.case_id, []).append(asset)
    measures: dict[int, list[ControlMeasure]] = {}
    rows = ControlMeasure.objects.filter(case__in=cases, kind="freeze", state__in=RUNNING).select_related("asset")
    for row in rows:
        measures.setdefault(row.case_id, []).append(row)
    return [_offer(case, assets.get(case.pk, []), measures.get(case.pk, []), reserve) for case in cases]


def _offer(case: Case, assets: list[Asset], measures: list[ControlMeasure], reserve: Decimal) -> Offer:
    """The largest balances first; of each natural person what he lives on stays free."""
    running = {row.asset_id: row for row in measures}
    counted = [row for row in measures if row.state in COUNTED]
    frozen = sum((row.amount or ZERO for row in counted), ZERO)
    left, free = max(owed(case) - frozen, ZERO), _free(assets, counted, reserve)
    whole, lines = dict(free), []
    for asset in assets:
        why = _why_not(asset, running.get(asset.pk))
        amount = ZERO if why else min(asset.amount or ZERO, left, free[asset.party_id])
        note = "" if why or amount else "已足额" if not left else "留作必需生活费用"
        left, free[asset.party_id] = left - amount, free[asset.party_id] - amount
        lines.append(Line(asset, amount, why, note))
    return Offer(case, owed(case), frozen, lines, whole)


def _free(assets: list[Asset], counted: list[ControlMeasure], reserve: Decimal) -> dict[int, Decimal]:
    """Of each debtor: all his balances without the protected ones, less what is frozen and what he lives on."""
    found: dict[int, Decimal] = {}
    for asset in assets:
        start = -reserve if asset.party.type == Party.Type.NATURAL else ZERO
        held = found.setdefault(asset.party_id, start)
        found[asset.party_id] = held + (ZERO if asset.protected else asset.amount or ZERO)
    for row in counted:
        if row.asset.party_id in found:
            found[row.asset.party_id] -= row.amount or ZERO
    return {pk: max(amount, ZERO) for pk, amount in found.items()}


def _why_not(asset: Asset, running: ControlMeasure | None) -> str:
    if running:
        return f"{running.get_state_display()}：{yuan(running.amount or ZERO)}"
    if asset.party.standing != Party.Standing.ACTIVE:
        return f"被执行人{asset.party.get_standing_display()}"
    return asset.protected or ("" if asset.amount else "无余额")


class Result(NamedTuple):
    batch: FreezeBatch | None
    refused: list[tuple[Case, str]]


@transaction.atomic
def propose(chosen: Mapping[int, Decimal], by: Actor) -> Result:
    """One batch of freezes, amount by asset; each case by itself, what is refused comes back with its reason.

    Papers and the sheets for the judge are made by a worker.
    """
    operators.require(by)
    assets = list(Asset.objects.filter(pk__in=chosen, kind__in=MONEY).select_related("party").order_by("case_id", "id"))
    if not assets:
        raise Refused("请先选择要冻结的账户。")
    cases = lock_cases(asset.case_id for asset in assets)
    batch = FreezeBatch.objects.create(team_id=by.team_id, by_id=by.user_id, made_at=context.read().now)
    refused, made = [], 0
    for offer in offers(cases.values()):
        mine = {asset.pk: chosen[asset.pk] for asset in assets if asset.case_id == offer.case.pk}
        try:
            made += len(_propose(batch, offer, mine, by))
        except (Refused, Forbidden) as refusal:
            refused.append((offer.case, str(refusal)))
    if not made:
        raise Refused(*(f"{case.number}：{why}" for case, why in refused))
    jobs.enqueue(JOB, str(batch.pk), {"batch": batch.pk, **jobs.asked_from(by)}, by)
    return Result(batch, refused)


def _propose(batch: FreezeBatch, offer: Offer, chosen: dict[int, Decimal], by: Actor) -> list[ControlMeasure]:
    case = offer.case
    try:
        rights.require(by, case, "ask:ruling")
    except Unseen:
        raise Refused("没有这个案件，或您无权查看。") from None
    if not case.is_open:
        raise Refused("案件已结，不能提出冻结。")
    _refuse_others(case)
    lines = {line.asset.pk: line for line in offer.lines}
    asked: dict[int, Decimal] = {}
    for pk, amount in chosen.items():
        _refuse(lines[pk], amount)
        party = lines[pk].asset.party
        asked[party.pk] = asked.get(party.pk, ZERO) + amount
        if asked[party.pk] > offer.free[party.pk]:
            raise Refused(f"须为{party.name}留出必需的生活费用：最多可再冻结 {yuan(offer.free[party.pk])}。")
    total = sum(chosen.values(), ZERO)
    if total > offer.left:
        text = f"超过申请标的：尚未执行 {yuan(offer.owed)}，已冻结和办理中 {yuan(offer.frozen)}，本次 {yuan(total)}"
        raise Refused(Reason(f"{text}；请减少金额。"))
    now = context.read().now
    rows = [
        ControlMeasure(
            case=case, asset_id=pk, kind="freeze", amount=amount, body=lines[pk].asset.body, batch=batch, made_at=now, by_id=by.user_id
        )
        for pk, amount in chosen.items()
    ]  # fmt: skip
    try:
        with transaction.atomic():
            ControlMeasure.objects.bulk_create(rows)
    except IntegrityError as error:  # the database has the last word, whoever else writes
        raise Refused("刚有他人对本案提出冻结，合计将超过申请标的：请刷新后再选。") from error
    facts = {"batch": batch.pk, "measures": [row.pk for row in rows], "amount": str(total)}
    journal.write([journal.Line(case, "measure", "propose", f"提出网络冻结：{len(rows)} 个账户", facts)], by)
    return rows


def _refuse_others(case: Case) -> None:
    """A ruling to freeze that somebody drafted by hand is no measure yet, and its money is not counted."""
    waiting = Document.objects.filter(case=case, kind="freeze_ruling", state__in=("ready", "drawing"))
    other = waiting.exclude(
        pk__in=ControlMeasure.objects.filter(case=case).exclude(ruling=None).values("ruling")
    ).first()
    if other:
        text = f"本案另有「{other.title}」{other.get_state_display()}，金额未计入已冻结：请先办结或弃用该裁定。"
        raise Refused(Reason(text, "查看裁定", f"/docs/{other.pk}/"))


def _refuse(line: Line, amount: Decimal) -> None:
    name, balance = line.asset.title, line.asset.amount or ZERO
    if line.why_not:
        raise Refused(f"{name}不能冻结：{line.why_not}。")
    if amount <= 0 or amount > balance:
        raise Refused(f"{name}的冻结金额应大于零，不超过余额 {yuan(balance)}。")


def controlled(cases: Iterable[Case]) -> dict[int, Decimal]:
    """Money in force of each case: what triage and the header of the case page read. One query."""
    found: dict[int, Decimal] = {}
    rows = ControlMeasure.objects.filter(case__in=list(cases), kind="freeze", state="effective")
    rows = rows.filter(ends_on__gte=context.read().today)
    for pk, amount in rows.values_list("case_id", "controlled"):
        found[pk] = found.get(pk, ZERO) + (amount or ZERO)
    return found


def refuse_under_way(case: Case) -> None:
    """Nobody ends the duty as needless while a freeze is on its way."""
    if ControlMeasure.objects.filter(case=case, kind="freeze", state__in=("draft", "ordered", "sent")).exists():
        raise Refused("本案的冻结正在办理：等回执到达后自动办结，或先撤回报请。")
