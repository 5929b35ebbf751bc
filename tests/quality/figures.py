"""Cases put where a figure is worked out by hand."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from cases.models import Case, WorkItem
from quality import counting, indicators
from quality.counting import Scope
from quality.spans import Span
from teams.models import Team
from tests import make

USUAL = Scope()
SHANGHAI = ZoneInfo("Asia/Shanghai")


def on(day: str, hour: int = 9) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), SHANGHAI) + timedelta(hours=hour)


def case(filed: str, closed: str = "", mode: str = "", *, team: str = "fast-03", reached: str = "", **fields) -> Case:
    """A case filed, and closed if a day is given, by this team; without its duties."""
    made = make.case(
        filed_on=date.fromisoformat(filed), **{k: fields.pop(k) for k in ("number", "bases") if k in fields}
    )
    row = Team.objects.get(code=team)
    made.items.all().delete()
    stage = {"terminal_closure": "terminal"}.get(mode, "closed") if closed else "fast"
    Case.objects.filter(pk=made.pk).update(
        **{
            "stage": stage,
            "team": Team.objects.get(code="archives") if stage == "closed" else row,
            "closed_team": row if closed else None,
            "closed_on": date.fromisoformat(closed) if closed else None,
            "closing_mode": mode or ("fully_enforced" if closed else ""),
            "reached_at": on(reached or filed),
            **fields,
        }
    )
    return Case.objects.get(pk=made.pk)


def duty(of: Case, rule: str, due: str, done: str = "", *, team: str = "", **fields) -> WorkItem:
    """A duty that fell due with the end of a day, done on a day or not yet."""
    end = on(due, 24)
    return WorkItem.objects.create(
        case=of, rule=rule, title=rule, team=Team.objects.get(code=team) if team else of.closed_team or of.team,
        started_at=on(due), opened_at=on(due), due_on=date.fromisoformat(due), due_at=end,
        **({"open": False, "outcome": "done", "finished_at": on(done), "entered_at": on(done)} if done else {}), **fields,
    )  # fmt: skip


def figure(key: str, span: Span, scope: Scope = USUAL) -> tuple[Decimal, Decimal, Decimal | None] | None:
    """(numerator, denominator, value) of an indicator, as the page counts it; None where the filter leaves no case."""
    row = next(row for row in indicators.INDICATORS if row.key == key)
    cells = counting.cells_of(row, scope)
    if cells is None:
        return None
    upper, lower = cells
    found = counting.totals(scope, [(upper, span), (lower, span)])
    return found[upper, span], found[lower, span], counting.value(row, found[upper, span], found[lower, span])
