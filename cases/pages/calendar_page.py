"""The yearly notice: the years known, and what a new one moves."""

from datetime import date, timedelta

from cases import calendar_change, clock, clock_moves
from cases.calendar import WEEKDAYS
from cases.models import CalendarYear, RestDay


def years() -> list[dict]:
    """The published years with how many days each differs from its week days, the newest first."""
    found = list(CalendarYear.objects.order_by("-year")[:6])
    rest = dict.fromkeys((year.year for year in found), 0)
    for day in RestDay.objects.filter(day__year__in=rest, is_workday=False).values_list("day", flat=True):
        rest[day.year] += 1
    return [
        {"year": y.year, "source": y.source, "rest": rest[y.year], "current": y.year == clock.today().year}
        for y in found
    ]


def preview(change) -> dict:
    moves = calendar_change.preview(change)
    return {
        "year": change.year,
        "known": CalendarYear.objects.filter(pk=change.year).exists(),
        "holidays": holidays(change.days),
        "workdays": [f"{d:%m-%d} {weekday(d)}" for d, works, _ in sorted(change.days) if works],
        "rest": sum(not works for _, works, _ in change.days),
        "moves": clock_moves.grouped(moves),
        "count": len(moves),
        "seen": clock_moves.fingerprint(moves, change),
    }


def holidays(days) -> list[dict]:
    """Rest days in spans, as the notice says them."""
    spans: list[dict] = []
    for day, works, name in sorted(days):
        if works:
            continue
        last = spans[-1] if spans else None
        if last and last["to"] == day - timedelta(days=1):
            last["to"], last["count"] = day, last["count"] + 1
            last["name"] = last["name"] if name in last["name"] else f"{last['name']}、{name}"
        else:
            spans.append({"name": name, "from": day, "to": day, "count": 1})
    return spans


def weekday(day: date) -> str:
    return "周" + WEEKDAYS[day.weekday()]
