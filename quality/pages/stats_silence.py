"""What a chart of `/stats/` says where it would draw empty axes: one sentence; the table goes where it has nothing either."""

from decimal import Decimal
from typing import Any, NamedTuple

UNCOUNTED = "所选案件类型或期间不统计这一项。"  # another kind of case, or before the formula was in force
MONTHS = "截至本期的十二个月"
ON_TIME = 7  # the column of the table of teams that is drawn


class Silence(NamedTuple):
    said: str
    table: bool  # stands all the same


def silences(page: dict[str, Any]) -> dict[str, Silence]:
    """By chart, of the figures as they are kept; a chart that has something to draw is not among them."""
    months = page["months"]
    found = {
        "gap": _trend(months, "arrival_gap", f"{MONTHS}没有可计算立案到局间隔的案件。") or _no_gap(months),
        "firstday": _trend(months, "first_day_rate", f"{MONTHS}没有可计算立案当日完成率的案件。"),
        "cases": _trend(months, "closed_to_received", f"{MONTHS}没有新收，也没有结案。"),
        "rates": _trend(months, "full_enforcement_rate", f"{MONTHS}没有结案，没有结案方式可比。"),
        "teams": _teams(page["teams"]),
        "nodes": None if any(row["late"] for row in page["nodes"]) else Silence("本期没有超期的事项。", True),
    }
    return {key: silence for key, silence in found.items() if silence}


def _trend(months: list[dict], key: str, said: str) -> Silence | None:
    cells = [month[key] for month in months if key in month]
    if not cells:
        return Silence(UNCOUNTED, False)
    return None if any(cell["upper"] or cell["lower"] for cell in cells) else Silence(said, False)


def _no_gap(months: list[dict]) -> Silence | None:
    """All arrived on their day: bars of no height, and the best that can be said."""
    if any(Decimal(month["arrival_gap"]["raw"] or 0) for month in months):
        return None
    return Silence(f"{MONTHS}各月平均间隔都是 0 天，案件立案当日即到局。", True)


def _teams(teams: list[dict]) -> Silence | None:
    if any(row["cells"][ON_TIME]["raw"] for row in teams):
        return None
    return Silence("本期各团队没有届满的事项，没有按期率可比。", True)
