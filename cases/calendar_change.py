"""A new year's notice: read, previewed on every running clock, published in one act that does what was previewed."""

from datetime import date
from typing import NamedTuple

from django.db import transaction

from cases import calendar, context, journal, rights
from cases.calendar import Calendar
from cases.context import Context
from cases.deadlines import RULE
from cases.models import CalendarYear, RestDay, WorkItem
from cases.refusals import Refused
from cases.work.plan import Plan, save_clocks, set_clock
from teams.actor import SYSTEM, Actor

BATCH = 2000


class Change(NamedTuple):
    """The rest days and make-up workdays of one year, as read from the notice."""

    year: int
    days: tuple[tuple[date, bool, str], ...]  # (day, is a workday, name)


class Move(NamedTuple):
    """One running clock that the change moves."""

    item: WorkItem
    before: date
    after: date
    before_moment: object


def read(year: int, text: str) -> Change:
    """Read the notice; Refused names the sentence that was not understood."""
    try:
        days = calendar.parse_notice(text, year)
    except ValueError as error:
        raise Refused(str(error)) from error
    return Change(year, tuple(days))


def changed_calendar(ctx: Context, change: Change) -> Calendar:
    """Today's calendar with the year replaced; its version is the next one."""
    days = {day: works for day, works in ctx.calendar.days.items() if day.year != change.year}
    days |= {day: works for day, works, _ in change.days}
    return Calendar(ctx.calendar.version + 1, days, ctx.calendar.known_years | {change.year})


def preview(change: Change) -> list[Move]:
    """Which running due dates move from what to what; nothing is written."""
    return [move for batch in _moves(change) for move in batch]


def _moves(change: Change, *, lock: bool = False):
    ctx = context.read()
    after = ctx._replace(calendar=changed_calendar(ctx, change))
    last = 0
    while True:
        running = WorkItem.objects.filter(open=True, pk__gt=last, due_on__isnull=False).order_by("pk")
        items = list((running.select_for_update(no_key=True) if lock else running)[:BATCH])
        if not items:
            return
        last = items[-1].pk
        made = Plan(after, SYSTEM)
        made.expect({item.case_id for item in items if item.case_id})
        moves = []
        for item in items:
            before = item.due_on, item.due_at
            set_clock(after, item, made.pauses_of(item))
            if item.due_at != before[1]:
                moves.append(Move(item, before[0], item.due_on, before[1]))
        if lock:
            save_clocks(items)
        yield moves


@transaction.atomic
def publish(change: Change, by: Actor, *, source: str = "") -> int:
    """Store the year and recompute what the preview showed, in the same act; returns how many clocks moved."""
    rights.require_office(by, "calendar_edit")
    moves = [move for batch in _moves(change, lock=True) for move in batch]
    RestDay.objects.filter(day__year=change.year).delete()
    RestDay.objects.bulk_create(
        [
            RestDay(day=day, is_workday=works, name=name, source=source or "国务院办公厅通知")
            for day, works, name in change.days
        ]
    )
    CalendarYear.objects.update_or_create(year=change.year, defaults={"source": source})
    facts = {"year": change.year, "days": len(change.days), "moved": len(moves)}
    journal.write([journal.Line(None, "note", "calendar", f"发布 {change.year} 年节假日安排", facts)], by)
    return len(moves)


def grouped(moves: list[Move]) -> list[dict]:
    """For the administrator: duties, dates and numbers; no case, no party."""
    found: dict[tuple, int] = {}
    for move in moves:
        key = (RULE[move.item.rule].label, move.before, move.after)
        found[key] = found.get(key, 0) + 1
    return [
        {"label": label, "before": before, "after": after, "count": count}
        for (label, before, after), count in sorted(found.items(), key=lambda row: (row[0][1], row[0][0]))
    ]
