"""Figures out of rows: set-based, a constant number of queries whatever the number of indicators, teams and months."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from django.db.models import Case as When_
from django.db.models import Count, DateField, F, IntegerField, Q, QuerySet, Sum, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import TruncDate, TruncMonth

from cases.models import Case, WorkItem
from cases.workflow import Kind, Stage
from quality.indicators import CASES, Indicator, Term
from quality.populations import placed
from quality.spans import Span

K = Kind
KINDS = {  # the filter by case type
    "usual": ("首次执行与恢复执行", (K.FIRST, K.RESUMED)),
    "first": ("首次执行", (K.FIRST,)),
    "resumed": ("恢复执行", (K.RESUMED,)),
    "preservation": ("财产保全执行", (K.PRESERVATION,)),
    "legacy": ("历史遗留", (K.LEGACY,)),
    "all": ("全部执行案件", CASES),
}
# Case-wide pauses, overlapping ones once; their last day counts again. A back-dated one waits for a second person.
PAUSED = """(SELECT coalesce(sum(upper(r) - lower(r)), 0)::int FROM unnest((
    SELECT range_agg(daterange(p.from_on, least(coalesce(p.to_on, "cases_case"."closed_on"), "cases_case"."closed_on")))
    FROM cases_pause p WHERE p.case_id = "cases_case"."id" AND p.item_id IS NULL
      AND p.from_on < "cases_case"."closed_on" AND (NOT p.backdated OR p.confirmed_by_id IS NOT NULL))) r)"""


DAYS = ("days", "net_days", "gap_days")


class Scope(NamedTuple):
    """The filters of a page: case type and team; `team` is who closed the case, else who holds it."""

    kinds: str = "usual"
    team: int | None = None
    rule: str = ""

    def allows(self, kinds: Sequence[str]) -> tuple[str, ...]:
        """The kinds that are counted, within those of an indicator; petitions are no cases and are not filtered."""
        if K.PETITION in kinds:
            return tuple(kinds)
        return tuple(kind for kind in kinds if kind in KINDS[self.kinds][1])


class Cell(NamedTuple):
    """One number to be counted: a term, of these kinds of case."""

    term: Term
    kinds: tuple[str, ...]


def rows(scope: Scope, cell: Cell, span: Span) -> QuerySet:
    """The cases or items behind a number, as they are counted."""
    row = cell.term.row
    return base(scope, row.rows).filter(placed(row.place, span), row.where(), of_kinds(row.rows, cell.kinds))


def base(scope: Scope, what: str) -> QuerySet:
    """What can be counted at all: registrations that were struck never are."""
    if what == "case":
        found: QuerySet = Case.objects.exclude(stage=Stage.VOID)
        return found.filter(holder_is(scope.team)) if scope.team else found
    items = WorkItem.objects.filter(case__isnull=False)  # those of a struck registration are cancelled
    items = items.filter(team=scope.team) if scope.team else items
    return items.filter(rule=scope.rule) if scope.rule else items


def holder_is(team: int) -> Q:
    return Q(closed_on__isnull=False, closed_team=team) | Q(Q(closed_on__isnull=True) | Q(closed_team=None), team=team)


def of_kinds(what: str, kinds: Iterable[str]) -> Q:
    return Q(kind__in=list(kinds)) if what == "case" else Q(case__kind__in=list(kinds))


def totals(scope: Scope, asked: Iterable[tuple[Cell, Span]]) -> dict[tuple[Cell, Span], Decimal]:
    """Each number; one query for each way in which periods select rows (at most five)."""
    found: dict[tuple[Cell, Span], Decimal] = {}
    for (what, place), pairs in _grouped(asked).items():
        spans = {span for _, span in pairs}
        names = {f"n{number}": pair for number, pair in enumerate(pairs)}
        query = base(scope, what).filter(_span_of(place, spans))
        row = query.aggregate(**{name: _sum(cell, span) for name, (cell, span) in names.items()})
        found |= {pair: _number(row[name]) for name, pair in names.items()}
    return found


def by_team(scope: Scope, cells: Iterable[Cell], span: Span) -> dict[int, dict[Cell, Decimal]]:
    """team → its numbers; the same number of queries for one team and for all."""
    found: dict[int, dict[Cell, Decimal]] = defaultdict(dict)
    for (what, place), pairs in _grouped((cell, span) for cell in cells).items():
        names = {f"n{number}": cell for number, (cell, _) in enumerate(pairs)}
        query = base(scope, what).filter(placed(place, span)).annotate(at=_holder() if what == "case" else F("team_id"))
        for row in query.order_by().values("at").annotate(**{name: _sum(cell, span) for name, cell in names.items()}):
            found[row["at"]] |= {cell: _number(row[name]) for name, cell in names.items()}
    return found


def by_month(scope: Scope, cells: Iterable[Cell], months: Sequence[Span]) -> dict[date, dict[Cell, Decimal]]:
    """first day of the month → its numbers, of populations that a date places; one query for each such date."""
    whole = Span("", "", months[0].first, months[-1].last)
    found: dict[date, dict[Cell, Decimal]] = {each.first: {} for each in months}
    for (what, place), pairs in _grouped((cell, whole) for cell in cells).items():
        names = {f"n{number}": cell for number, (cell, _) in enumerate(pairs)}
        query = base(scope, what).filter(placed(place, whole))
        query = query.annotate(in_month=TruncMonth(f"{place}_on", output_field=DateField())).order_by()
        sums = {name: _sum(cell, None) for name, cell in names.items()}
        for row in query.values("in_month").annotate(**sums):
            found[row["in_month"]] |= {cell: _number(row[name]) for name, cell in names.items()}
    return found


def by_rule(scope: Scope, due: Cell, late: Cell, span: Span) -> list[tuple[str, int, int]]:
    """(rule, due, late) of the duties that fell due in the period."""
    query = base(scope, "item").filter(placed("due", span)).order_by().values("rule")
    sums = query.annotate(due=_sum(due, None), late=_sum(late, None)).values_list("rule", "due", "late")
    return [(rule, due or 0, late or 0) for rule, due, late in sums if due]


def frozen(scope: Scope, cells: Sequence[Cell], span: Span) -> dict[str, Any]:
    """The rows of one population at one moment: keys, the team of each (0: none), and by measure each team's sum."""
    row = cells[0].term.row
    measures = list(dict.fromkeys(cell.term.measure for cell in cells))
    query = rows(scope, cells[0], span).annotate(at=_holder() if row.rows == "case" else F("team_id"))
    query = query.annotate(**{f"m_{name}": _measured(name) for name in measures if name in DAYS})
    names = [
        "id",
        "at",
        *(["case_id"] if row.rows == "item" else []),
        *(f"m_{name}" for name in measures if name in DAYS),
    ]
    found = list(query.order_by("pk").values(*names))
    sums: dict[str, dict[int, int]] = {name: defaultdict(int) for name in measures}
    known: set[int] = set()
    for each in found:
        for name in measures:
            sums[name][each["at"] or 0] += _amount(each, name, known)
    return {"rows": [each["id"] for each in found], "teams": [each["at"] or 0 for each in found], "sums": sums}


def _amount(row: dict, measure: str, known: set[int]) -> int:
    """What one row adds; a case with several duties counts once."""
    if not measure:
        return 1
    if measure == "cases":
        fresh = row["case_id"] not in known
        known.add(row["case_id"])
        return int(fresh)
    found = row[f"m_{measure}"] or 0
    return found.days if isinstance(found, timedelta) else found


def cells_of(indicator: Indicator, scope: Scope) -> tuple[Cell, Cell] | None:
    """The two numbers of an indicator; None where the filter leaves it no case."""
    kinds = scope.allows(indicator.kinds)
    if not kinds or indicator.numerator is None or indicator.denominator is None:
        return None
    return _cell(indicator.numerator, kinds), _cell(indicator.denominator, kinds)


def _cell(term: Term, kinds: tuple[str, ...]) -> Cell:
    return Cell(term, (K.PETITION,) if term.population.startswith("petitions") else kinds)


def value(indicator: Indicator, upper: Decimal, lower: Decimal) -> Decimal | None:
    """The figure, rounded half up once: one place, counts per case two; None where nothing is to be divided by."""
    if not lower:
        return None
    ratio = upper / lower * (100 if indicator.unit == "%" else 1)
    return ratio.quantize(Decimal("0.01") if indicator.unit == "each" else Decimal("0.1"), ROUND_HALF_UP)


def _grouped(asked) -> dict[tuple[str, str], list]:
    groups: dict[tuple[str, str], list] = defaultdict(list)
    for cell, span in dict.fromkeys(asked):
        groups[cell.term.row.rows, cell.term.row.place].append((cell, span))
    return groups


def _span_of(place: str, spans: set[Span]) -> Q:
    """Rows that any of the periods may select: what a date places, from the first day to the last."""
    if place in ("closed", "filed", "due"):
        return placed(place, Span("", "", min(each.first for each in spans), max(each.last for each in spans)))
    found = Q()
    for each in spans:
        found |= placed(place, each)
    return found


def _sum(cell: Cell, span: Span | None) -> Any:
    row = cell.term.row
    within = of_kinds(row.rows, cell.kinds) & row.where()
    if span is not None:
        within = placed(row.place, span) & within
    if not cell.term.measure:
        return Count("pk", filter=within)
    if cell.term.measure == "cases":
        return Count("case", distinct=True, filter=within)
    return Sum(_measured(cell.term.measure), filter=within)


def _measured(measure: str) -> Any:
    if measure == "net_days":
        return RawSQL(f'("cases_case"."closed_on" - "cases_case"."filed_on") - {PAUSED}', (), IntegerField())
    return (F("closed_on") if measure == "days" else TruncDate("reached_at")) - F("filed_on")


def _holder():
    closed = When(Q(closed_on__isnull=False) & Q(closed_team__isnull=False), then=F("closed_team_id"))
    return When_(closed, default=F("team_id"))


def _number(found) -> Decimal:
    if isinstance(found, timedelta):
        return Decimal(found.days)
    return Decimal(found or 0)
