"""The yearly notice: the years known, and what a new one moves."""

from cases import calendar_change
from cases.models import CalendarYear


def years() -> list[dict]:
    return [{"year": y.year, "source": y.source} for y in CalendarYear.objects.order_by("-year")[:6]]


def preview(change) -> dict:
    moves = calendar_change.preview(change)
    return {
        "year": change.year,
        "days": [
            {"day": f"{d:%m-%d}", "weekday": "一二三四五六日"[d.weekday()], "works": works, "name": name}
            for d, works, name in change.days
        ],
        "moves": calendar_change.grouped(moves),
        "count": len(moves),
    }
