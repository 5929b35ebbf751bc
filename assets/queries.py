"""集中网络账户查控, 查: who is to be asked about, one batch for all debtors of the day, the package out.

Only debtors are asked about, only by staff on the reported list. When the query system is down the batch waits with the
tick excused, leaves by itself at the hour given, and the tick turns green.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from assets import operators
from assets.models import Query, QueryBatch
from cases import context, journal, rights, work
from cases.hooks import Reason
from cases.locks import lock_cases
from cases.models import Case, Party, Tick, WorkItem
from cases.refusals import Refused, Stale
from cases.workflow import OVER
from documents.exchange import sending
from documents.models import Outgoing
from teams.actor import SYSTEM, Actor
from teams.notices import tell

NETWORK, TICK, FIRST_DAY = "network", "reception.network_query", "reception.first_day"
UNDER_WAY = (Query.State.ORDERED, Query.State.SENT)
IN_VAIN = (Query.State.FAILED, Query.State.WITHDRAWN)  # whoever was asked about so is still to be asked about
MOST = 1000  # debtors of one batch
State = QueryBatch.State


class Wanted(NamedTuple):
    """A debtor who is to be asked about; `ordered` where somebody asked for it, or who was asked about in vain;
    `why_not` where he cannot be."""

    party: Party
    ordered: Query | None
    why_not: str


def wanted(actor: Actor) -> list[Wanted]:
    """The debtors of today's receptions that nobody has asked about yet, what was ordered since, and whom the team has
    asked about in vain."""
    debtors = Party.objects.filter(role=Party.Role.DEBTOR, standing=Party.Standing.ACTIVE)
    asked = Query.objects.filter(party=OuterRef("pk"), channel=NETWORK).exclude(state__in=IN_VAIN)
    fresh = debtors.filter(case__in=_unticked(rights.visible(actor, Case.objects.filter(state_secret=False))))
    rows = fresh.exclude(Exists(asked)).select_related("case").order_by("case_id", "position")[:MOST]
    ordered = (
        Query.objects.filter(channel=NETWORK, state=Query.State.ORDERED, batch=None)
        .filter(case__in=rights.visible(actor))
        .select_related("party__case")
        .order_by("id")[:MOST]
    )
    found = [
        *(Wanted(row, None, why_not(row)) for row in rows),
        *(Wanted(q.party, q, why_not(q.party)) for q in ordered),
    ]
    known = {row.party.pk for row in found}
    return [*found, *(Wanted(q.party, q, why_not(q.party)) for q in failed(actor)[:MOST] if q.party_id not in known)]


def failed(actor: Actor) -> QuerySet[Query]:
    """What came back as 未能查询 to the team, of open cases it sees, and was not asked again since."""
    cases = rights.visible(actor, Case.objects.filter(state_secret=False).exclude(stage__in=OVER))
    mine = in_vain().filter(batch__team_id=actor.team_id, case__in=cases)
    return mine.select_related("party__case").order_by("id")


def in_vain() -> QuerySet[Query]:
    """Debtors 在执 whose last network query failed."""
    later = Query.objects.filter(party=OuterRef("party"), channel=NETWORK, pk__gt=OuterRef("pk"))
    rows = Query.objects.filter(channel=NETWORK, state=Query.State.FAILED, party__standing=Party.Standing.ACTIVE)
    return rows.exclude(Exists(later))


def again(batch: QueryBatch, by: Actor) -> list[int]:
    """The debtors of a batch whom one key asks about once more; of a case that is not open to all nobody does so but by
    the list (flow §7)."""
    rows = failed(by).filter(batch=batch, case__confidential=False)
    return [row.party_id for row in rows if not why_not(row.party)]


@transaction.atomic
def send_again(batch: QueryBatch, by: Actor) -> QueryBatch:
    """重新查询: a new batch of whomever this one could not ask about."""
    chosen = again(batch, by)
    if not chosen:
        raise Refused("本批没有可以重新查询的人：已重新发出，或须先更正证件号码。")
    return send(chosen, by)


def _unticked(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Cases in reception whose tick is still to be set."""
    done = Tick.objects.filter(item=OuterRef("pk"), rule=TICK)
    items = WorkItem.objects.filter(rule=FIRST_DAY, open=True, case=OuterRef("pk")).exclude(Exists(done))
    return cases.filter(Exists(items))


def why_not(party: Party) -> str:
    if party.role != Party.Role.DEBTOR:
        return "只查询被执行人"
    if party.standing != Party.Standing.ACTIVE:
        return f"被执行人{party.get_standing_display()}"
    return "" if party.certificate_number else "未提供证件号码"


@transaction.atomic
def order(
    party: Party, by: Actor, *, channel: str = NETWORK, counter: str = "", reason: str = Query.Reason.AGAIN
) -> Query:
    """提出查询: any team that holds the case, for one of its debtors; it goes out with the next batch of the counter."""
    case = lock_cases([party.case_id])[party.case_id]
    rights.require(by, case, "order_query")
    if why := why_not(party) or ("国家秘密案件线下办理" if case.state_secret else ""):
        raise Refused(Reason(f"不能查询{party.name}：{why}。", "核对当事人", f"/cases/{case.pk}/?tab=parties"))
    fields = {"channel": channel, "counter": counter, "reason": reason, "asked_by_id": by.user_id}
    try:
        with transaction.atomic():
            row = Query.objects.create(case=case, party=party, asked_at=context.read().now, **fields)
    except IntegrityError:
        raise Refused(f"{party.name}的{Query(**fields).get_channel_display()}正在办理，不必重复提出。") from None
    facts = {"query": row.pk, "party": party.pk, "channel": channel, "counter": counter, "reason": reason}
    journal.write([journal.Line(case, "query", "order", f"提出查询：{party.name}", facts)], by)
    return row


@transaction.atomic
def send(party_ids: Iterable[int], by: Actor, *, fault: str = "", retry_at: datetime | None = None) -> QueryBatch:
    """One batch for these debtors, out at once; or, with what is wrong with the query system, by itself at `retry_at`."""
    operators.require(by)
    ctx = context.read()
    parties = list(Party.objects.filter(pk__in=list(party_ids)).select_related("case").order_by("case_id", "position"))
    if not parties:
        raise Refused("请先选择要查询的被执行人。")
    if len(parties) > MOST:
        raise Refused(f"一批最多 {MOST} 人，现选了 {len(parties)} 人：请分批发出。")
    if fault and (retry_at is None or retry_at <= ctx.now):
        raise Refused("系统故障的，请填写今后自动发出的时间。")
    cases = lock_cases(party.case_id for party in parties)
    _see_all(cases.values(), by)
    if faults := [f"{party.name}（{why}）" for party in parties if (why := why_not(party))]:
        raise Refused(f"不能查询：{'、'.join(faults)}。请更正后再选，其余的可以先发出。")
    team = {"team_id": by.team_id, "by_id": by.user_id}
    batch = QueryBatch.objects.create(
        channel=NETWORK, made_at=ctx.now, fault=fault[:200], retry_at=retry_at if fault else None, **team
    )
    _join(batch, parties, by)
    if fault:
        work.tick_many(_first_days(cases), TICK, by, state=Tick.State.EXCUSED, reason=f"系统故障：{fault}"[:200])
    else:
        dispatch(batch, by)
    return batch


def _see_all(cases: Iterable[Case], by: Actor) -> None:
    """Nobody asks about a case that is out of his sight: one query for all."""
    cases = list(cases)
    standings = rights.standings(by, cases)
    for case in cases:
        rights.refusal(by, case, "network_query", standing=standings[case.pk])


def _join(batch: QueryBatch, parties: list[Party], by: Actor) -> None:
    """Their queries: those that were ordered, and new ones for the others."""
    held = dict(
        Query.objects.filter(party__in=parties, channel=NETWORK, state__in=UNDER_WAY).values_list(
            "party_id", "batch_id"
        )
    )
    if busy := [party.name for party in parties if held.get(party.pk)]:
        raise Stale(f"{'、'.join(busy[:5])}等 {len(busy)} 人已在查询中，请刷新后再选。")
    Query.objects.filter(party__in=parties, channel=NETWORK, state=Query.State.ORDERED, batch=None).update(batch=batch)
    fields = {"channel": NETWORK, "batch": batch, "asked_by_id": by.user_id, "asked_at": batch.made_at}
    before = Query.objects.filter(party__in=parties, channel=NETWORK, state=Query.State.FAILED).order_by("pk")
    reasons = dict(before.values_list("party_id", "reason"))
    new = [
        Query(party=party, case_id=party.case_id, reason=reasons.get(party.pk, Query.Reason.FIRST), **fields)
        for party in parties if party.pk not in held
    ]  # fmt: skip
    try:
        with transaction.atomic():
            Query.objects.bulk_create(new)
    except IntegrityError:
        raise Stale("其中有人刚由他人发出查询，请刷新后再选。") from None


@transaction.atomic
def dispatch(batch: QueryBatch, by: Actor) -> None:
    """The package leaves; the ticks of its cases turn green, and are told to each case."""
    now, ids = context.read().now, list(batch.queries.values_list("case_id", flat=True))
    cases = lock_cases(ids)
    fresh = QueryBatch.objects.select_for_update().get(pk=batch.pk)
    if fresh.state != State.OPEN:
        raise Stale("该批查询已经发出。")
    rows = list(fresh.queries.select_related("party", "case").order_by("pk"))
    sending.ask(Outgoing.Kind.QUERY, f"query:{fresh.pk}", payload(fresh, rows), by)
    fresh.queries.update(state=Query.State.SENT, sent_at=now)
    QueryBatch.objects.filter(pk=fresh.pk).update(state=State.SENT, sent_at=now, retry_at=None)
    batch.refresh_from_db()
    lines = []
    for case in cases.values():
        names = [row.party.name for row in rows if row.case_id == case.pk]
        text = f"发出网络查询：{'、'.join(names)}"
        lines.append(journal.Line(case, "query", "sent", text, {"batch": fresh.pk, "debtors": len(names)}))
    journal.write(lines, by)
    work.tick_many(_first_days(cases), TICK, by)


class Left(NamedTuple):
    """Of a case at the counter: debtors nobody has asked about yet, those who cannot be asked, whether any was."""

    askable: list[Party]
    barred: list[tuple[Party, str]]
    asked: bool


def left(case: Case) -> Left:
    queried = Query.objects.filter(case=case, channel=NETWORK).exclude(state__in=IN_VAIN)
    gone = set(queried.exclude(batch=None).values_list("party_id", flat=True))
    rows = [row for row in Party.objects.filter(case=case, role="debtor").order_by("position") if row.pk not in gone]
    barred = [(row, why) for row in rows if (why := why_not(row))]
    return Left([row for row in rows if not why_not(row)], barred, bool(gone))


@transaction.atomic
def settle_first_day(item: WorkItem, reason: str, by: Actor) -> None:
    """The tick of a case nobody of which can be asked about any more: 不适用 with its reason, or done where the others
    were asked. While a debtor can be asked, only the batch that leaves sets it."""
    case = lock_cases([item.case_id or 0])[item.case_id or 0]
    found = left(case)
    if names := "、".join(row.name for row in found.askable):
        text = f"{names}还可以查询：在「财产查控」成批发出后自动办结；系统故障的也在那里登记。"
        raise Refused(Reason(text, "去发出", "/assets/"))
    why = "、".join(f"{row.name}{why}" for row, why in found.barred)
    work.tick(item, TICK, "done" if found.asked else "na", by, reason=f"{reason.strip()}（{why}）" if why else reason)


def _first_days(cases: Iterable[int]) -> list[WorkItem]:
    """The items whose tick this sets: of cases none of whose debtors with a certificate is left unasked."""
    asked = Query.objects.filter(party=OuterRef("pk"), channel=NETWORK).exclude(state__in=IN_VAIN)
    left = (
        Party.objects.filter(case__in=list(cases), role=Party.Role.DEBTOR, standing=Party.Standing.ACTIVE)
        .exclude(certificate_number="")
        .exclude(Exists(asked))
    )
    items = WorkItem.objects.filter(case__in=list(cases), rule=FIRST_DAY)
    return list(items.exclude(case__in=left.values("case")).select_related("case"))


def payload(batch: QueryBatch, rows: list[Query]) -> dict:
    who = batch.by
    return {
        "court": settings.COURT_NAME,
        "batch": f"CX{batch.pk}",
        "operator": {"name": who.name if who else "", "number": who.staff_number if who else ""},
        "queries": [
            {
                "case": row.case.number,
                "name": row.party.name,
                "certificate": row.party.certificate,
                "certificate_number": row.party.certificate_number,
            }
            for row in rows
        ],
    }


def send_held() -> int:
    """What waited for the query system leaves by itself; whoever made it must still be on the list."""
    ctx, done = context.read(), 0
    for batch in QueryBatch.objects.filter(state=State.OPEN, retry_at__lte=ctx.now).select_related("by", "team")[:20]:
        if not operators.is_one(batch.by_id, ctx.today):
            url = f"/assets/queries/{batch.pk}/"
            text = "网络查询未能自动发出：提出人已不在查控专员名单，请由名单内人员发出。"
            tell([batch.by_id, ctx.roster.leader(batch.team_id)], text, url, key=f"query:held:{batch.pk}")
            continue
        try:
            dispatch(batch, SYSTEM)
            done += 1
        except Stale:
            continue  # somebody has sent it meanwhile
    return done


@transaction.atomic
def release(batch: QueryBatch, by: Actor) -> None:
    """Send a waiting batch now: the query system is back."""
    operators.require(by)
    _see_all(lock_cases(batch.queries.values_list("case_id", flat=True)).values(), by)
    dispatch(batch, by)


@transaction.atomic
def postpone(batch: QueryBatch, retry_at: datetime, by: Actor) -> None:
    """The query system is still down."""
    operators.require(by)
    if retry_at <= context.read().now:
        raise Refused("自动发出的时间须在现在之后。")
    if not QueryBatch.objects.filter(pk=batch.pk, state=State.OPEN).update(retry_at=retry_at):
        raise Stale("该批查询已经发出。")
