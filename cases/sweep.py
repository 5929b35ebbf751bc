"""What time does by itself, once a minute: warnings, falling due, ends of watches and terms, returns from waiting.

Set-based and safe to run twice, in parallel and after any outage: each signal is one row, unique on
(item, kind, due moment); only the run that writes the row acts on it. An item is locked with SKIP LOCKED; never a case.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from cases import context, escalation, exceptions, leave, lists_of_day, recused, signing, watched
from cases.context import Context
from cases.deadlines import RULE, RULES
from cases.models import ItemSignal, JournalEntry, WorkItem
from cases.present import present
from cases.work import cohorts
from cases.work.bells import ring
from teams.notices import tell

BATCH = 2000
WATCHES = [rule.key for rule in RULES if rule.kind == "watch"]
TERMS = [rule.key for rule in RULES if rule.kind == "term"]
RINGING = [rule.key for rule in RULES if rule.rings]
ENDING = [rule.key for rule in RULES if rule.kind == "term" and rule.escalates and not rule.rings]
WEEK = timedelta(days=7)
DUTIES = [rule.key for rule in RULES if rule.kind == "duty"]

# What has come due and was not yet seen for this due moment: the two partial indexes hold nothing else, so a minute in
# which nothing falls due costs nothing, however much is late.
SIGNAL = """
WITH due AS (
    SELECT id FROM cases_workitem
    WHERE open AND NOT paused AND {column} <= %(now)s AND NOT ({mark} = due_at AND {mark} IS NOT NULL)
      AND rule = ANY(%(rules)s)
    ORDER BY {column}, id LIMIT %(batch)s FOR NO KEY UPDATE SKIP LOCKED
), seen AS (
    UPDATE cases_workitem i SET {mark} = i.due_at FROM due WHERE i.id = due.id RETURNING i.id, i.due_at
), said AS (
    INSERT INTO cases_itemsignal (item_id, kind, due_at, at)
    SELECT id, %(kind)s, due_at, %(now)s FROM seen ON CONFLICT DO NOTHING RETURNING item_id
)
SELECT (SELECT count(*) FROM seen), ARRAY(SELECT item_id FROM said ORDER BY item_id)
"""
MARK = {"warn_at": "warned_for", "due_at": "fallen_for"}


def run() -> dict[str, int]:
    """One sweep; returns how many of each kind it found. Every kind is its own transaction."""
    ctx = context.read()
    counts = {
        "warned": sweep(ctx, ItemSignal.Kind.WARN, "warn_at", [*DUTIES, *TERMS, *WATCHES], near),
        "overdue": sweep(ctx, ItemSignal.Kind.OVERDUE, "due_at", DUTIES, late),
        "lapsed": sweep(ctx, ItemSignal.Kind.LAPSED, "due_at", [*WATCHES, *TERMS], lapse),
        "ending": ending(ctx),
        "returned": end_waiting(ctx),
        "covered": leave.run(),
        "cohorts": cohorts.gather(ctx),
        "grants": exceptions.end_expired(),
        "lists": lists_of_day.send(ctx),
        "rerouted": signing.reroute() or 0,
    }
    return {kind: count for kind, count in counts.items() if count}


def sweep(ctx: Context, kind: str, column: str, rules: list[str], act: Callable[[Context, list[int]], None]) -> int:
    """Signal what has come due since, in batches of one transaction each; `act` does what follows, inside it."""
    statement = SIGNAL.format(column=column, mark=MARK[column])
    given: dict[str, Any] = {"now": ctx.now, "rules": rules, "kind": kind, "batch": BATCH}
    total, seen = 0, BATCH
    while seen == BATCH:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, given)
            seen, ids = cursor.fetchone()
            if ids:
                act(ctx, ids)
        total += len(ids)
    return total


def end_waiting(ctx: Context) -> int:
    """等待 is over: the item returns to its queue."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_workitem SET wait_until = NULL WHERE id IN (SELECT id FROM cases_workitem"
            " WHERE open AND wait_until <= %s ORDER BY id FOR NO KEY UPDATE SKIP LOCKED) RETURNING person_id, title, id",
            [ctx.today],
        )
        back = cursor.fetchall()
        for person_id, title, pk in back:
            tell([person_id], f"等待期满，请继续办理：{title}", f"/items/{pk}/", key=f"return:{pk}:{ctx.today}")
    return len(back)


def items(ids: list[int], rules: Iterable[str] | None = None) -> list[WorkItem]:
    found = (
        WorkItem.objects.filter(pk__in=ids) if rules is None else WorkItem.objects.filter(pk__in=ids, rule__in=rules)
    )
    return list(found.select_related("case").order_by("pk"))


def near(ctx: Context, ids: list[int]) -> None:
    """◎ rings the judge and the director; on the last day of someone else's period its holder is told; of the rest the
    lists and lights tell."""
    found = items(ids, [*RINGING, *WATCHES])
    ring(ctx, [item for item in found if RULE[item.rule].rings])
    watched.tell_holders(ctx, [item for item in found if RULE[item.rule].kind == "watch"])


def late(ctx: Context, ids: list[int]) -> None:
    """▲ goes on its team's sheet of the day; ◎ rings once more, now that it is late; who watches it is told."""
    escalation.open_sheets(ctx, ids)
    found = items(ids)
    ring(ctx, [item for item in found if RULE[item.rule].rings])
    watched.tell_watchers(ctx, found)


ALARM = """
INSERT INTO cases_itemsignal (item_id, kind, due_at, at)
SELECT i.id, %(kind)s, i.due_at, %(now)s FROM cases_workitem i
WHERE i.open AND i.rule = ANY(%(rules)s) AND i.due_at <= %(until)s
  AND NOT EXISTS (SELECT 1 FROM cases_itemsignal s WHERE s.item_id = i.id AND s.kind = %(kind)s AND s.due_at = i.due_at)
ORDER BY i.id LIMIT %(batch)s ON CONFLICT DO NOTHING RETURNING item_id
"""


def ending(ctx: Context) -> int:
    """A measure or term ends within seven days and no renewal was begun: the director hears of it, once."""
    given: dict[str, Any] = {
        "kind": ItemSignal.Kind.RING,
        "rules": ENDING,
        "now": ctx.now,
        "until": ctx.now + WEEK,
        "batch": BATCH,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ALARM, given)
        found = items([pk for (pk,) in cursor.fetchall()])
        begun = renewing(found)
        quality = [ctx.roster.leader(team.id) for team in ctx.roster.teams_of("quality")]
        barred = recused.of_cases((item.case_id for item in found), ctx.today)
        for item in found:
            if item.pk in begun:
                continue
            case = present(item.case)
            people = [item.person_id, case.handler_id, ctx.roster.leader(item.team_id), *quality]
            text = f"{case.number} {item.title}：{item.due_on:%m-%d} 止，未启动续行"
            people += ctx.roster.office("bureau_director")
            people = [person for person in people if person not in barred.get(item.case_id or 0, ())]
            tell(people, text, f"/items/{item.pk}/", key=f"ending:{item.pk}:{item.due_on}", kind="ring")
    return len(found)


def renewing(terms: list[WorkItem]) -> set[int]:
    """Those of the terms whose renewal was begun while they ran. An event that names no measure speaks for the one
    that ran then; where several ran it speaks for none."""
    cases = {term.case_id for term in terms}
    told = JournalEntry.objects.filter(case__in=cases, what="event", key="renewal_begun")
    events = list(told.values_list("case_id", "facts__subject", "happened_at"))
    if not events:
        return set()
    lives: dict[int | None, list[tuple]] = {}
    rows = WorkItem.objects.filter(case__in={case for case, *_ in events}, rule__in=ENDING)
    for case, pk, subject, start, end in rows.values_list("case_id", "pk", "subject", "started_at", "finished_at"):
        lives.setdefault(case, []).append((pk, subject, start, end))
    begun: set[int] = set()
    for case, named, at in events:
        running = [
            (pk, subject) for pk, subject, start, end in lives.get(case, ()) if start <= at and at <= (end or at)
        ]
        meant = [pk for pk, subject in running if subject == named] if named else [pk for pk, _ in running]
        begun |= set(meant if named or len(meant) == 1 else ())
    return begun & {term.pk for term in terms}


def lapse(ctx: Context, ids: list[int]) -> None:
    """Someone else's period has passed: the holder is told, the watch closes itself, and what the rule names opens."""
    from cases.work.lapses import close_lapsed

    incidents = [item.pk for item in items(ids) if RULE[item.rule].kind == "term"]
    escalation.open_sheets(ctx, incidents)  # a term that lapsed is an incident, where its rule is marked ▲
    close_lapsed(ctx, ids, {key: RULE[key].opens for key in (*WATCHES, *TERMS)})
