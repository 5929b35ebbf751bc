"""线下查控: who is to be asked about at which counter, one trip with one list, the answers back into every case (flow §4.2).

A trip is one `QueryBatch` a counter. One person asked about for several cases is one line of the list; what is
answered of him goes to each of his cases.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from assets.models import Query, QueryBatch
from cases import context, journal, rights, work
from cases.hooks import Reason
from cases.locks import lock_case, lock_cases
from cases.models import Case, Party, WorkItem
from cases.present import present
from cases.refusals import Refused
from cases.workflow import Stage
from quality import letters
from teams.actor import SYSTEM, Actor

RULE, SENT = "quality.offline_query", "offline_sent"
OFFLINE = "offline"
COUNTERS = {"real_estate": "不动产登记", "vehicle": "车辆管理", "housing_fund": "公积金"}
MOST = 120  # persons of one trip and counter
State = Query.State
RUNNING = (State.ORDERED, State.SENT)
FULL_AFTER, MISSING_AFTER = 75, 85  # days since the filing: full query, list of what is missing (flow §4.6)


class Wanted(NamedTuple):
    """One debtor of one case to be asked about at one counter; `query` where a team has ordered it."""

    party: Party
    counter: str
    query: Query | None


def why_not(party: Party) -> str:
    """Why nobody asks about this party; empty where somebody may."""
    if party.role != Party.Role.DEBTOR:
        return "只查询被执行人"
    if party.standing != Party.Standing.ACTIVE:
        return f"被执行人{party.get_standing_display()}"
    return "" if party.certificate_number or party.type != Party.Type.NATURAL else "未提供证件号码"


def wanted(actor: Actor, counter: str, most: int = MOST) -> list[Wanted]:
    """For whom a trip to the counter is due: the cases whose duty is open, and whatever a team has ordered."""
    seen = rights.visible(actor).exclude(state_secret=True)
    asked = Query.objects.filter(party=OuterRef("pk"), channel=OFFLINE, counter=counter)
    duties = WorkItem.objects.filter(rule=RULE, open=True, case=OuterRef("case"))
    debtors = Party.objects.filter(role=Party.Role.DEBTOR, standing=Party.Standing.ACTIVE, case__in=seen)
    new = debtors.filter(Exists(duties), ~Exists(asked), case__stage=Stage.PREPARATION)
    known = ~Q(certificate_number="") | ~Q(type=Party.Type.NATURAL)
    fresh = [
        Wanted(row, counter, None)
        for row in new.filter(known).select_related("case").order_by("case_id", "position")[:most]
    ]
    ordered = Query.objects.filter(channel=OFFLINE, counter=counter, state=State.ORDERED, case__in=seen)
    rows = ordered.select_related("party__case", "asked_by").order_by("pk")[: most - len(fresh)]
    return [*(Wanted(row.party, counter, row) for row in rows), *fresh]


@transaction.atomic
def order(case: Case, party_ids: Iterable[int], counters: Iterable[str], by: Actor, reason: str = "again") -> int:
    """提出线下查询: any team that holds the case; it goes along on the next trip. What is under way is not asked twice."""
    fresh = lock_case(case.pk)
    rights.require(by, fresh, "order_offline")
    counters = [counter for counter in counters if counter in COUNTERS]
    parties = list(Party.objects.filter(case=fresh, pk__in=list(party_ids)).order_by("position"))
    if not parties or not counters:
        raise Refused("请选择被执行人和查询窗口。")
    for party in parties:
        if why := why_not(party) or ("国家秘密案件线下专人办理" if fresh.state_secret else ""):
            raise Refused(Reason(f"不能查询{party.name}：{why}。", "核对当事人", f"/cases/{case.pk}/?tab=parties"))
    running = set(
        Query.objects.filter(party__in=parties, channel=OFFLINE, state__in=RUNNING).values_list("party_id", "counter")
    )
    now = context.read().now
    rows = [
        Query(case=fresh, party=party, channel=OFFLINE, counter=counter, reason=reason, asked_by_id=by.user_id, asked_at=now)
        for party in parties for counter in counters if (party.pk, counter) not in running
    ]  # fmt: skip
    if not rows:
        raise Refused("所选的查询都已提出，正在办理，不必重复提出。")
    Query.objects.bulk_create(rows)
    names = "、".join(dict.fromkeys(row.party.name for row in rows))
    text = f"提出线下查询：{names}（{'、'.join(COUNTERS[each] for each in counters)}）"
    journal.write([journal.Line(fresh, "query", "order", text, {"queries": len(rows), "reason": reason})], by)
    return len(rows)


@transaction.atomic
def depart(chosen: dict[str, list[int]], by: Actor) -> list[QueryBatch]:
    """出发: one batch for each counter with somebody to ask about; the duty of a case is met when all of it is out."""
    rights.require_office(by, "offline")
    ctx, batches = context.read(), []
    people = {pk for pks in chosen.values() for pk in pks}
    lock_cases(
        Party.objects.filter(pk__in=people).values_list("case_id", flat=True)
    )  # then who is still to be asked about
    lines = {
        counter: [each for each in wanted(by, counter) if each.party.pk in set(pks)] for counter, pks in chosen.items()
    }
    for counter, rows in lines.items():
        if rows:
            batch = QueryBatch.objects.create(
                channel=OFFLINE, counter=counter, state=QueryBatch.State.SENT, team_id=by.team_id, by_id=by.user_id,
                made_at=ctx.now, sent_at=ctx.now,
            )  # fmt: skip
            _send(batch, rows, by)
            letters.write(batch, by)
            batches.append(batch)
    if not batches:
        raise Refused("请先选择要查询的人：已由他人带走的不再列出。")
    _met({each.party.case_id for rows in lines.values() for each in rows}, by)
    return batches


def _send(batch: QueryBatch, rows: list[Wanted], by: Actor) -> None:
    """Ordered queries join the batch, the others are asked now; one line in the journal of each case."""
    now = present(batch.sent_at)
    ordered = [each.query.pk for each in rows if each.query]
    went = Query.objects.filter(pk__in=ordered, state=State.ORDERED).update(state=State.SENT, batch=batch, sent_at=now)
    if went != len(ordered):
        raise Refused("其中有的查询刚由他人带走：请刷新后再选。")
    Query.objects.bulk_create(
        Query(
            batch=batch, channel=OFFLINE, counter=batch.counter, case_id=each.party.case_id, party=each.party,
            state=State.SENT, asked_by_id=by.user_id, asked_at=now, sent_at=now,
        )
        for each in rows if each.query is None
    )  # fmt: skip
    names: dict[int, list[str]] = {}
    for each in rows:
        names.setdefault(each.party.case_id, []).append(each.party.name)
    cases = lock_cases(names)
    journal.write(
        [
            journal.Line(
                cases[pk], "query", "offline",
                f"线下查询（{COUNTERS[batch.counter]}）：{'、'.join(found)}", {"batch": batch.pk, "counter": batch.counter},
            )
            for pk, found in sorted(names.items())
        ],
        by,
    )  # fmt: skip


def _met(case_ids: set[int], by: Actor) -> None:
    """「线下查控已发出」 once every debtor who can be asked about has been at every counter."""
    open_ = set(WorkItem.objects.filter(case__in=case_ids, rule=RULE, open=True).values_list("case_id", flat=True))
    need: dict[int, set[tuple[int, str]]] = {pk: set() for pk in open_}
    for party in Party.objects.filter(case__in=open_, role=Party.Role.DEBTOR):
        if not why_not(party):
            need[party.case_id] |= {(party.pk, counter) for counter in COUNTERS}
    asked = Query.objects.filter(case__in=open_, channel=OFFLINE).exclude(state__in=(State.ORDERED, State.WITHDRAWN))
    for case_id, pk, counter in asked.values_list("case_id", "party_id", "counter"):
        need[case_id].discard((pk, counter))
    for case in Case.objects.filter(pk__in=[pk for pk, left in need.items() if not left]).order_by("pk"):
        work.record_event(case, SENT, context.read().now, SYSTEM, facts={"by": "trip"})


# Before 终本


class Before(NamedTuple):
    """An open case that comes near 终本: its days since the filing, and at which counter which debtors are missing."""

    case: Case
    days: int
    missing: dict[str, list[Party]]


def before_terminal(actor: Actor, most: int = 200, cases: Iterable[int] | None = None) -> list[Before]:
    """Open cases filed 75 days ago or more some debtor of whom was not asked about at some counter since, the longest
    filed first (flow §4.6). `cases`: of these alone."""
    today = context.read().today
    old = rights.visible(actor).filter(
        stage__in=(Stage.FAST, Stage.REGULAR, Stage.RESUMED), filed_on__lte=today - timedelta(days=FULL_AFTER)
    )
    if cases is not None:
        old = old.filter(pk__in=cases)
    asked = Query.objects.filter(party=OuterRef("pk"), channel=OFFLINE).filter(
        Q(state__in=RUNNING)
        | Q(state__in=(State.ANSWERED, State.NOTHING), reason__in=(Query.Reason.FULL, Query.Reason.AGAIN))
    )
    has = {f"has_{counter}": Exists(asked.filter(counter=counter)) for counter in COUNTERS}
    known = ~Q(certificate_number="") | ~Q(type=Party.Type.NATURAL)
    debtors = Party.objects.filter(known, role=Party.Role.DEBTOR, standing=Party.Standing.ACTIVE, case__in=old)
    lacking = debtors.annotate(**has).exclude(**dict.fromkeys(has, True))
    rows = lacking.select_related("case").order_by("case__filed_on", "case_id", "position")
    found: dict[int, Before] = {}
    for party in rows.iterator(chunk_size=200):
        if party.case_id not in found and len(found) == most:
            break
        case = party.case
        each = found.setdefault(case.pk, Before(case, (today - case.filed_on).days, {}))
        for counter in COUNTERS:
            if not getattr(party, f"has_{counter}"):
                each.missing.setdefault(counter, []).append(party)
    return list(found.values())


@transaction.atomic
def order_full(case_ids: Iterable[int], by: Actor) -> int:
    """终本前: the missing queries of the chosen cases are ordered for the next trip."""
    rights.require_office(by, "offline")
    count = sum(_order_missing(each, by) for each in before_terminal(by, cases=list(case_ids)))
    if not count:
        raise Refused("所选案件没有要补的线下查询。")
    return count


def _order_missing(before: Before, by: Actor) -> int:
    fresh, now = lock_case(before.case.pk), context.read().now
    running = set(
        Query.objects.filter(case=fresh, channel=OFFLINE, state__in=RUNNING).values_list("party_id", "counter")
    )
    rows = [
        Query(case=fresh, party=party, channel=OFFLINE, counter=counter, reason="full", asked_by_id=by.user_id, asked_at=now)
        for counter, parties in before.missing.items() for party in parties if (party.pk, counter) not in running
    ]  # fmt: skip
    Query.objects.bulk_create(rows)
    if rows:
        text = f"提出终本前线下查询：{'、'.join(COUNTERS[each] for each in before.missing)}"
        journal.write([journal.Line(fresh, "query", "order", text, {"queries": len(rows), "reason": "full"})], by)
    return len(rows)
