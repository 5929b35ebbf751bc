"""The figures of one period as rows to be shown, exported or frozen: indicators, teams in their order, nodes, months."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple

from cases.context import Context
from cases.deadlines import RULE
from quality import counting
from quality.counting import Cell, Scope
from quality.indicators import CASES, Indicator, Term, computed
from quality.spans import Span

OUTSIDE = ("leadership", "adjudication", "administration")
NODE_DUE, NODE_LATE = Cell(Term("duty_due"), ()), Cell(Term("duty_late"), ())
TEAM_COLUMNS = (  # heading, indicator, part shown: n numerator, d denominator, v value
    ("结案", "clearance_rate", "n"),
    ("执行完毕率", "full_enforcement_rate", "v"),
    ("实际执结率", "real_closing_rate", "v"),
    ("终本率", "terminal_rate", "v"),
    ("首执平均用时（天）", "first_mean_days", "v"),
    ("未结", "over_twelve_months", "d"),
    ("超十二个月", "over_twelve_months", "n"),
    ("事项按期率", "on_time_rate", "v"),
)


class Line(NamedTuple):
    """One indicator of one period; `upper` and `lower` are what was counted, `value` the figure, None 「—」."""

    indicator: Indicator
    cells: tuple[Cell, Cell] | None
    upper: Decimal
    lower: Decimal
    value: Decimal | None
    before: Decimal | None


def lines(scope: Scope, span: Span, before: Span, day) -> list[Line]:
    """Every indicator in force, of the period and of the one before."""
    rows = [(row, counting.cells_of(row, scope)) for row in computed(day)]
    asked = [(cell, each) for _, cells in rows for cell in cells or () for each in (span, before)]
    found = counting.totals(scope, asked)
    return [_line(row, cells, lambda cell, each: found[cell, each], span, before) for row, cells in rows]


def _line(row: Indicator, cells, number: Callable[[Cell, Span], Decimal], span: Span, before: Span) -> Line:
    if cells is None:
        return Line(row, None, Decimal(0), Decimal(0), None, None)
    upper, lower = (number(cell, span) for cell in cells)
    then = counting.value(row, *(number(cell, before) for cell in cells))
    return Line(row, cells, upper, lower, counting.value(row, upper, lower), then)


def team_cells(scope: Scope, day) -> dict[str, tuple[Indicator, tuple[Cell, Cell]]]:
    """The indicators of the table of teams that the filter allows."""
    wanted = {key for _, key, _ in TEAM_COLUMNS}
    rows = ((row, counting.cells_of(row, scope)) for row in computed(day) if row.key in wanted)
    return {row.key: (row, cells) for row, cells in rows if cells is not None}


def teams(ctx: Context, asked: dict, found: dict[int, dict[Cell, Decimal]]) -> list[dict]:
    """One row a team that has anything, in the order of the establishment: never by figures."""
    rows = []
    for team in sorted(ctx.roster.teams.values(), key=lambda each: each.id):
        numbers = found.get(team.id)
        if team.kind in OUTSIDE or not numbers:
            continue
        cells = [_team_cell(asked, numbers, key, part) for _, key, part in TEAM_COLUMNS]
        if any(cell["number"] for cell in cells):
            rows.append({"id": team.id, "name": team.name, "cells": cells})
    return rows


def _team_cell(asked: dict, numbers: dict[Cell, Decimal], key: str, part: str) -> dict:
    if key not in asked:
        return {"key": key, "part": part, "number": Decimal(0), "value": None, "unit": ""}
    row, (upper, lower) = asked[key]
    n, d = numbers.get(upper, Decimal(0)), numbers.get(lower, Decimal(0))
    shown = {"n": n, "d": d, "v": counting.value(row, n, d)}[part]
    return {
        "key": key,
        "part": part if part != "v" else "n",
        "number": d if part == "v" else shown,
        "value": shown,
        "unit": row.unit if part == "v" else "",
    }


def nodes(scope: Scope, span: Span) -> list[dict]:
    """The duties that fell due, in the order of table 3, with how many were late."""
    kinds = scope.allows(CASES)
    found = {
        rule: (due, late)
        for rule, due, late in counting.by_rule(
            scope, NODE_DUE._replace(kinds=kinds), NODE_LATE._replace(kinds=kinds), span
        )
    }
    return [
        {"rule": key, "label": rule.label, "due": found[key][0], "late": found[key][1], "rate": percent(found[key][1], found[key][0])}
        for key, rule in RULE.items() if key in found
    ]  # fmt: skip


def percent(upper: int, lower: int) -> Decimal | None:
    return (Decimal(upper) / lower * 100).quantize(Decimal("0.1"), "ROUND_HALF_UP") if lower else None


MONTHLY = (
    "closed_to_received", "full_enforcement_rate", "real_closing_rate", "terminal_rate",
    "arrival_same_day", "arrival_gap", "first_day_rate",
)  # fmt: skip
DUTIES = ("on_time_rate", "three_days_rate")  # of all duties of a year: as a file, not on the page


def months(scope: Scope, spans: list[Span], day, keys: Iterable[str] = MONTHLY) -> list[dict]:
    """Month by month: {key: (numerator, denominator, value)} of the indicators whose trend is shown."""
    rows = {
        row.key: (row, cells) for row in computed(day) if row.key in keys and (cells := counting.cells_of(row, scope))
    }
    found = counting.by_month(scope, distinct(cells for _, cells in rows.values()), spans)
    return [
        {"span": span, **{key: _figure(row, cells, found[span.first]) for key, (row, cells) in rows.items()}}
        for span in spans
    ]


def distinct(pairs: Iterable[tuple[Cell, Cell]]) -> list[Cell]:
    return list(dict.fromkeys(cell for pair in pairs for cell in pair))


def _figure(row: Indicator, cells: tuple[Cell, Cell], numbers: dict[Cell, Decimal]) -> tuple:
    upper, lower = (numbers.get(cell, Decimal(0)) for cell in cells)
    return upper, lower, counting.value(row, upper, lower)


def shown(value: Decimal | None, unit: str) -> str:
    """44.3%, 12.5 天, 0.42; 「—」 where nothing was to be divided by."""
    if value is None:
        return "—"
    return f"{value:,}" + {"%": "%", "days": " 天", "each": "", "": ""}[unit]


def state(row: Indicator, value: Decimal | None) -> str:
    """How the figure lies to its range: within, outside, or nothing to say."""
    reference = row.reference
    if value is None or reference is None or (reference.least is None and reference.most is None):
        return ""
    low = reference.least is not None and value < Decimal(str(reference.least))
    high = reference.most is not None and value > Decimal(str(reference.most))
    return "outside" if low or high else "within"
