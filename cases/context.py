"""What every decision reads: the moment, the calendar, the staffing of the day, the court's settings.

One query fetches the three version numbers; what stands under them is built once per process and version.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import NamedTuple

from cases import calendar as calendars
from cases import clock
from cases.calendar import Calendar
from cases.models import CalendarYear, CourtSetting, RestDay
from cases.roster import Roster
from cases.settings_table import SETTING, Settings
from cases.statements import Statement

VERSIONS = Statement("versions", "SELECT name, number FROM cases_version")


class Context(NamedTuple):
    now: datetime
    today: date
    calendar: Calendar
    roster: Roster
    settings: Settings


_built: dict[str, tuple] = {}  # name → (version key, value): replaced whenever the version moves


def _under(name: str, version, build):
    held = _built.get(name)
    if held is None or held[0] != version:
        held = _built[name] = (version, build())
    return held[1]


_held: ContextVar[Context | None] = ContextVar("held", default=None)


@contextmanager
def held() -> Iterator[Context]:
    """One reading for a page that is composed by many functions: they see one moment, and the versions are asked for
    once. Not for acts."""
    token = _held.set(found := read())
    try:
        yield found
    finally:
        _held.reset(token)


def read() -> Context:
    if (found := _held.get()) is not None:
        return found
    now = clock.now()
    versions = dict(VERSIONS.rows())
    today = now.date()
    return Context(
        now,
        today,
        _under("calendar", versions.get("calendar", 0), lambda: load_calendar(versions.get("calendar", 0))),
        _under("roster", (versions.get("staffing", 0), today), lambda: Roster.load(today)),
        _under("settings", versions.get("settings", 0), load_settings),
    )


def load_calendar(version: int) -> Calendar:
    """The calendar of the tables as an immutable value."""
    days = calendars.told(RestDay.objects.values_list("day", "is_workday", "notice_year"))
    years = frozenset(CalendarYear.objects.values_list("year", flat=True))
    return Calendar(version, days, years)


def load_settings() -> Settings:
    return Settings(
        {
            key: value
            for key, value in CourtSetting.objects.values_list("key", "value")
            if key in SETTING or key.startswith("clock.")
        }
    )


calendars.source = lambda: read().calendar
