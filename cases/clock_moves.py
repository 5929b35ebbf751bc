"""Which running clocks another calendar or another value would move: previewed, and done in the act that changes it."""

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from cases.context import Context
from cases.deadlines import RULE
from cases.models import WorkItem
from cases.work.plan import Plan, save_clocks, set_clock
from teams.actor import SYSTEM

BATCH = 2000


class Move(NamedTuple):
    """One running clock that the change moves."""

    item: WorkItem
    before: date
    after: date
    before_moment: object


def running() -> QuerySet:
    return WorkItem.objects.filter(open=True, due_on__isnull=False)


def moves(after: Context, items: QuerySet, *, lock: bool = False) -> Iterator[list[Move]]:
    """Batches of what moves; with `lock` each batch is locked and stored, inside the caller's transaction."""
    last = 0
    while True:
        rows = items.filter(pk__gt=last).order_by("pk")
        batch = list((rows.select_for_update(no_key=True) if lock else rows)[:BATCH])
        if not batch:
            return
        last, made, moved = batch[-1].pk, Plan(after, SYSTEM), []
        made.expect({item.case_id for item in batch if item.case_id})
        for item in batch:
            before = item.due_on, item.due_at
            set_clock(after, item, made.pauses_of(item))
            if item.due_at != before[1]:
                moved.append(Move(item, before[0], item.due_on, before[1]))
        if lock:
            save_clocks(batch)
        yield moved


def fingerprint(found: list[Move], what: object) -> str:
    """Of what a preview showed: what is saved is just that, or it is shown again."""
    text = f"{what}|{[(move.item.pk, move.after) for move in found]}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def grouped(found: list[Move]) -> list[dict]:
    """For the administrator: duties, dates and numbers; no case, no party."""
    counts: dict[tuple, int] = {}
    for move in found:
        key = (RULE[move.item.rule].label, move.before, move.after)
        counts[key] = counts.get(key, 0) + 1
    return [
        {"label": label, "before": before, "after": after, "count": count}
        for (label, before, after), count in sorted(counts.items(), key=lambda row: (row[0][1], row[0][0]))
    ]
