"""What time does by itself, once a minute: warnings, falling due, ends of watches and terms, returns from waiting.

Set-based and safe to run twice, in parallel and after any outage: each signal is one row, unique on
(item, kind, due moment); only the run that writes the row acts on it. Where something is done about an item, it is
locked with SKIP LOCKED; never a case.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from cases import context, escalation, exceptions, lists_of_day, signing
from cases.context import Context
from cases.deadlines import RULE, RULES
from cases.models import ItemSignal
from teams.notices import tell

BATCH = 2000
WATCHES = [rule.key for rule in RULES if rule.kind == "watch"]
TERMS = [rule.key for rule in RULES if rule.kind == "term"]
RINGING = [rule.key for rule in RULES if rule.rings]
DUTIES = [rule.key for rule in RULES if rule.kind == "duty"]

# A page of what has come due, by the index alone; then what of it nobody has signalled yet.
SIGNAL = """
WITH page AS MATERIALIZED (
    SELECT id, {column} AS at FROM cases_workitem
    WHERE open AND NOT paused AND {column} <= %(now)s AND ({column}, id) > (%(after)s, %(last)s)
    ORDER BY {column}, id LIMIT %(batch)s
), due AS (
    SELECT i.id, i.due_at FROM page JOIN cases_workitem i ON i.id = page.id
    WHERE i.rule = ANY(%(rules)s) AND i.open AND NOT i.paused AND i.{column} <= %(now)s
      AND (SELECT true FROM cases_itemsignal s
           WHERE s.item_id = i.id AND s.kind = %(kind)s AND s.due_at = i.due_at LIMIT 1) IS NULL
    {lock}
), said AS (
    INSERT INTO cases_itemsignal (item_id, kind, due_at, at)
    SELECT id, %(kind)s, due_at, %(now)s FROM due ON CONFLICT DO NOTHING RETURNING item_id
)
SELECT at, id, (SELECT count(*) FROM page), ARRAY(SELECT item_id FROM said ORDER BY item_id) FROM page
ORDER BY at DESC, id DESC LIMIT 1
"""
BEGINNING = datetime(1, 1, 2, tzinfo=UTC)


def run() -> dict[str, int]:
    """One sweep; returns how many of each kind it found. Every kind is its own transaction."""
    ctx = context.read()
    counts = {
        "warned": sweep(ctx, ItemSignal.Kind.WARN, "warn_at", [*DUTIES, *TERMS, *WATCHES]),
        "overdue": sweep(ctx, ItemSignal.Kind.OVERDUE, "due_at", DUTIES, lambda ids: escalation.open_sheets(ctx, ids)),
        "lapsed": sweep(ctx, ItemSignal.Kind.LAPSED, "due_at", [*WATCHES, *TERMS], lambda ids: lapse(ctx, ids)),
        "rung": sweep(ctx, ItemSignal.Kind.RING, "warn_at", RINGING, lambda ids: ring(ctx, ids)),
        "returned": end_waiting(ctx),
        "grants": exceptions.end_expired(),
        "lists": lists_of_day.send(ctx),
        "rerouted": signing.reroute() or 0,
    }
    return {kind: count for kind, count in counts.items() if count}


def sweep(ctx: Context, kind: str, column: str, rules: list[str], act: Callable | None = None) -> int:
    """Signal what has come due since, in batches of one transaction each; `act` does what follows, inside it."""
    statement = SIGNAL.format(column=column, lock="FOR NO KEY UPDATE OF i SKIP LOCKED" if act else "")
    total, after, last = 0, BEGINNING, 0
    while True:
        given: dict[str, Any] = {
            "now": ctx.now,
            "rules": rules,
            "kind": kind,
            "batch": BATCH,
            "after": after,
            "last": last,
        }
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, given)
            after, last, found, ids = cursor.fetchone() or (after, last, 0, [])
            if act and ids:
                act(ids)
        total += len(ids)
        if found < BATCH:
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


def ring(ctx: Context, ids: list[int]) -> None:
    """Custody and 48-hour rules ring the judge and the director at once."""
    from cases.models import WorkItem

    directors = ctx.roster.office("bureau_director")
    for item in WorkItem.objects.filter(pk__in=ids).select_related("case"):
        people = {
            item.person_id,
            item.case.handler_id if item.case else None,
            ctx.roster.leader(item.team_id),
            *directors,
        }
        text = f"请立即处理：{item.title}，{item.due_at.astimezone(ctx.now.tzinfo):%m-%d %H:%M} 届满"
        tell([p for p in people if p], text, f"/items/{item.pk}/", key=f"ring:{item.pk}:{item.due_at}", kind="ring")


def lapse(ctx: Context, ids: list[int]) -> None:
    """Someone else's period has passed: the holder is told, the watch closes itself, and what the rule names opens."""
    from cases.work.lapses import close_lapsed

    close_lapsed(ctx, ids, {key: RULE[key].opens for key in (*WATCHES, *TERMS)})
