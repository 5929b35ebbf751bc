"""A new year's notice: read, previewed on every running clock, published in one act that does what was previewed."""

from datetime import date
from typing import NamedTuple

import pghistory
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from cases import calendar, clock_moves, context, journal, rights
from cases.calendar import Calendar
from cases.clock_moves import Move
from cases.context import Context
from cases.models import CalendarYear, RestDay
from cases.refusals import Refused
from teams.actor import Actor
from teams.notices import tell

ALARM_FROM = 11  # November: the notice of the next year is due


class Change(NamedTuple):
    """The rest days and make-up workdays of one year, as read from the notice."""

    year: int
    days: tuple[tuple[date, bool, str], ...]  # (day, is a workday, name)


def read(year: int, text: str) -> Change:
    """Read the notice; Refused names the sentence that was not understood."""
    try:
        days = calendar.parse_notice(text, year)
    except ValueError as error:
        raise Refused(str(error)) from error
    return Change(year, tuple(days))


def changed_calendar(ctx: Context, change: Change) -> Calendar:
    """Today's calendar with the year replaced; its version is the next one."""
    rows = list(RestDay.objects.exclude(_of_notice(change.year)).values_list("day", "is_workday", "notice_year"))
    rows += [(day, works, other_year(day, change.year)) for day, works, _ in change.days]
    return Calendar(ctx.calendar.version + 1, calendar.told(rows), ctx.calendar.known_years | {change.year})


def _of_notice(year: int) -> Q:
    """The days that the notice of the year has named, those of its neighbours among them."""
    return Q(notice_year=year) | Q(notice_year__isnull=True, day__year=year)


def other_year(day: date, year: int) -> int | None:
    return year if day.year != year else None


def preview(change: Change) -> list[Move]:
    """Which running due dates move from what to what; nothing is written."""
    return _moves(change)


def _moves(change: Change, *, lock: bool = False) -> list[Move]:
    ctx = context.read()
    after = ctx._replace(calendar=changed_calendar(ctx, change))
    return [move for batch in clock_moves.moves(after, clock_moves.running(), lock=lock) for move in batch]


@transaction.atomic
def publish(change: Change, by: Actor, *, source: str = "") -> int:
    """Store the year and recompute what the preview showed, in the same act; returns how many clocks moved."""
    rights.require_office(by, "calendar_edit")
    moves, source = _moves(change, lock=True), source or "国务院办公厅通知"
    with pghistory.context(user=by.user_id, what="发布节假日安排"):
        RestDay.objects.filter(_of_notice(change.year)).delete()
        RestDay.objects.bulk_create(
            RestDay(day=day, is_workday=works, name=name, source=source, notice_year=other_year(day, change.year))
            for day, works, name in change.days
        )
        CalendarYear.objects.update_or_create(year=change.year, defaults={"source": source})
    facts = {"year": change.year, "days": len(change.days), "moved": len(moves)}
    journal.write([journal.Line(None, "note", "calendar", f"发布 {change.year} 年节假日安排", facts)], by)
    return len(moves)


def alarm(ctx: Context) -> int:
    """From 1 November, once a week, as long as next year's notice is not entered: dates beyond are provisional."""
    year = ctx.today.year + 1
    if ctx.today.month < ALARM_FROM or ctx.calendar.knows(year):
        return 0
    provisional = clock_moves.running().filter(provisional=True).count()
    people = [*ctx.roster.office("system_admin"), *ctx.roster.office("bureau_director")]
    text = (
        f"{year} 年节假日安排尚未录入：{provisional} 项在计期限按周末和固定节日暂算，请在国务院办公厅通知公布后录入。"
    )
    week = "{}-{}".format(*ctx.today.isocalendar()[:2])
    return tell(people, text, reverse("cases:calendar"), key=f"calendar:{year}:{week}")
