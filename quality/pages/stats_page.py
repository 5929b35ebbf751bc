"""`/stats/` 质效分析: the figures of a period beside those before it and their ranges; each number opens its rows."""

from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from cases import context, dates
from cases.context import Context
from cases.deadlines import RULE
from cases.models import Job
from cases.periods import local
from quality import counting, figures, kept, spans
from quality.counting import KINDS, Scope
from quality.indicators import INDICATORS
from quality.kept import Kept
from quality.pages.stats_silence import silences
from quality.spans import Span

TILES = (
    "closed_to_received",
    "clearance_rate",
    "full_enforcement_rate",
    "real_closing_rate",
    "terminal_rate",
    "in_time_rate",
    "first_mean_days",
    "three_days_rate",
    "on_time_rate",
    "over_twelve_months",
)
OWN_SPAN = "own"


class Asked(NamedTuple):
    """What the address asks for; `wrong` says what could not be read."""

    span: Span
    scope: Scope
    wrong: list[str]

    def address(self, **more) -> str:
        """The same filters in another address."""
        given = {"p": self.span.key, "k": self.scope.kinds, "t": self.scope.team or "", **more}
        return urlencode({key: value for key, value in given.items() if value != ""})

    @property
    def words(self) -> str:
        return "；".join([f"期间：{self.span.label}", f"案件类型：{KINDS[self.scope.kinds][0]}"])


def asked(given, ctx: Context) -> Asked:
    """Period, case type and team of the address; what is not there is this month, 首次执行与恢复执行, every team."""
    span, wrong = _span(given, ctx)
    kinds = given.get("k", "")
    team = given.get("t", "")
    return Asked(
        span,
        Scope(
            kinds if kinds in KINDS else "usual",
            int(team) if team.isdigit() and ctx.roster.team(int(team)) else None,
            rule if (rule := given.get("rule", "")) in RULE else "",
        ),
        wrong,
    )


def _span(given, ctx: Context) -> tuple[Span, list[str]]:
    """The period, or this month and what is wrong with the one that was asked for."""
    text, this = given.get("p", ""), spans.month(ctx.today)
    if text == OWN_SPAN:
        found, wrong = _own(given)
    else:
        found = spans.read(text)
        wrong = [] if found or not text else ["期间：读不懂，请从列表中选择。"]
    return found or this, wrong


def _own(given) -> tuple[Span | None, list[str]]:
    """Two dates as officers type them."""
    days, wrong = [], []
    for key, label in (("from", "自"), ("to", "至")):
        if not (text := given.get(key, "").strip()):
            wrong.append(f"{label}：自定起止日期须填写，可写 11-23、今天。")
            continue
        try:
            days.append(dates.read_date(text))
        except ValueError as error:
            wrong.append(f"{label}：{error}")
    if wrong:
        return None, wrong
    found = spans.read(f"{days[0]}..{days[1]}")
    return found, [] if found else ["期间：止日不能早于起日，请改正后再查。"]


def page(request) -> dict | Job:
    """The figures as they are kept, with their moment; the job that computes them where nobody has looked yet."""
    ctx = context.read()
    ask = asked(request.GET, ctx)
    found = kept.read(key_of(ask), lambda: counted(ctx, ask))
    return found if isinstance(found, Job) else shown(ctx, ask, found, request.GET)


def page_at_once(request) -> dict:
    """The same for a file, which does not wait."""
    ctx = context.read()
    ask = asked(request.GET, ctx)
    return shown(ctx, ask, kept.read_at_once(key_of(ask), lambda: counted(ctx, ask)), request.GET)


def shown(ctx: Context, ask: Asked, found: Kept, given) -> dict:
    rows = found.page["indicators"]
    return {
        **filters(ctx, ask, given),
        **found.page,
        "silent": silences(found.page),
        "tiles": [row for key in TILES for row in rows if row["key"] == key],
        "coming": [row.label for row in INDICATORS if row.coming and row.until is None],
        "team_columns": [heading for heading, _, _ in figures.TEAM_COLUMNS],
        "span": ask.span.label,
        "before": ask.span.before.label,
        "running": ask.span.last >= ctx.today,
        "now": f"{local(found.at):%Y-%m-%d %H:%M}",
        "again": found.again,
        "query": ask.address(),
        "may_export": True,
    }


def key_of(ask: Asked) -> str:
    """One a period, case type, team and duty: also what the worker is told."""
    return ask.address(rule=ask.scope.rule)


def compute(job: Job) -> None:
    """The job: the figures of its key as of now."""
    ctx = context.read()
    ask = asked(dict(parse_qsl(job.payload["key"])), ctx)
    kept.keep(job.payload["key"], counted(ctx, ask))


def counted(ctx: Context, ask: Asked) -> dict:
    """Everything that grows with the bureau, in the words of the page."""
    day = min(ask.span.last, ctx.today)
    found = figures.lines(ask.scope, ask.span, ask.span.before, day)
    cells = figures.team_cells(ask.scope, day)
    teams = figures.teams(
        ctx, cells, counting.by_team(ask.scope, figures.distinct(pair for _, pair in cells.values()), ask.span)
    )
    return {
        "indicators": [line(ask, each) for each in found],
        "months": trend(ctx, ask),
        "teams": [team(ask, each) for each in teams],
        "nodes": [node(ask, each) for each in figures.nodes(ask.scope, ask.span)],
    }


def trend(ctx: Context, ask: Asked, keys=figures.MONTHLY) -> list[dict]:
    """The twelve months that end with the period."""
    day = min(ask.span.last, ctx.today)
    return [month(ask, each) for each in figures.months(ask.scope, spans.months_to(ask.span, ctx.today), day, keys)]


def filters(ctx: Context, ask: Asked, given) -> dict:
    offered = spans.choices(ctx.today)
    own = ask.span.key not in {each.key for each in offered}
    return {
        "wrong": ask.wrong,
        "spans": [(each.key, each.label, each.key == ask.span.key) for each in offered],
        "own": own or given.get("p") == OWN_SPAN,
        "from": given.get("from", f"{ask.span.first}" if own else ""),
        "to": given.get("to", f"{ask.span.last}" if own else ""),
        "kinds": [(key, label, key == ask.scope.kinds) for key, (label, _) in KINDS.items()],
        "teams_offered": [
            (each.id, each.name, each.id == ask.scope.team)
            for each in sorted(ctx.roster.teams.values(), key=lambda row: row.id)
            if each.kind not in figures.OUTSIDE
        ],
        "team_name": ctx.roster.row(ask.scope.team).name if ask.scope.team else "",
    }


def line(ask: Asked, row: figures.Line) -> dict:
    """One indicator as the page tells it; the two numbers are links to their rows."""
    indicator, reference = row.indicator, row.indicator.reference
    return {
        "key": indicator.key,
        "label": indicator.label,
        "version": indicator.version,
        "formula": indicator.formula,
        "note": indicator.note,
        "applies": row.cells is not None,
        "value": figures.shown(row.value, indicator.unit),
        "raw": "" if row.value is None else str(row.value),
        "before": figures.shown(row.before, indicator.unit),
        "before_url": ""
        if row.before is None
        else rows_of(ask._replace(span=ask.span.before), i=indicator.key, part="n"),
        "upper": f"{row.upper:,}",
        "lower": f"{row.lower:,}",
        "upper_label": indicator.numerator.label if indicator.numerator else "",
        "lower_label": indicator.denominator.label if indicator.denominator else "",
        **urls(ask, indicator.key, row.upper, row.lower),
        "upper_what": f"{indicator.label}分子清单",
        "lower_what": f"{indicator.label}分母清单",
        "reference": reference.words if reference else "",
        "source": reference.source if reference else "",
        "state": figures.state(indicator, row.value),
    }


def urls(ask: Asked, key: str, upper, lower) -> dict[str, str]:
    """Where the two numbers of an indicator open; nothing opens where nothing was counted."""
    parts = (("upper_url", "n", upper), ("lower_url", "d", lower))
    return {name: rows_of(ask, i=key, part=part) if number else "" for name, part, number in parts}


def rows_of(ask: Asked, **more) -> str:
    return f"/stats/list/?{ask.address(**more)}"


def month(ask: Asked, row: dict) -> dict:
    """One month of the trends: label, numbers with their lists, rates."""
    span: Span = row["span"]
    here = ask._replace(span=span)
    cells = {}
    for key, found in row.items():
        if key != "span":
            upper, lower, value = found
            unit = next(each.unit for each in INDICATORS if each.key == key)
            cells[key] = {
                "upper": upper, "lower": lower, "value": figures.shown(value, unit), "raw": "" if value is None else str(value),
                **urls(here, key, upper, lower),
            }  # fmt: skip
    return {"label": f"{span.first:%Y-%m}", **cells}


def team(ask: Asked, row: dict) -> dict:
    here = ask._replace(scope=ask.scope._replace(team=row["id"]))
    cells = [
        {
            "value": figures.shown(cell["value"], cell["unit"]) if cell["value"] is not None else "—",
            "raw": "" if cell["value"] is None else str(cell["value"]),
            "url": rows_of(here, i=cell["key"], part=cell["part"]) if cell["value"] else "",
        }
        for cell in row["cells"]
    ]
    return {"name": row["name"], "cells": cells, "url": f"/stats/?{here.address()}"}


def node(ask: Asked, row: dict) -> dict:
    return {
        **row,
        "rate": figures.shown(row["rate"], "%"),
        "due_url": rows_of(ask, of="duty_due", rule=row["rule"]),
        "late_url": rows_of(ask, of="duty_late", rule=row["rule"]) if row["late"] else "",
    }
