"""Table 6: every figure worked out by hand beside the one that is counted; edges of months, annulled and struck cases."""

from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from cases.models import Case, Pause
from quality import counting, indicators, spans
from quality.counting import Scope
from quality.populations import POPULATIONS
from tests.quality.figures import case, duty, figure

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).resolve().parents[2] / "docs"
MARCH = spans.read("2026-03")
D = Decimal


@pytest.fixture(autouse=True)
def _now(at):
    with at("2026-04-10 09:00"):
        yield


def test_the_printed_page_is_todays():
    out = StringIO()
    call_command("indicators", stdout=out)
    assert (DOCS / "indicators.md").read_text(encoding="utf-8") == out.getvalue(), (
        "manage.py indicators > docs/indicators.md"
    )


def test_each_version_of_a_formula_stands_once_and_only_one_is_in_force():
    keys = [(row.key, row.version) for row in indicators.INDICATORS]
    assert len(keys) == len(set(keys))
    for row in indicators.INDICATORS:
        now = [other for other in indicators.current(row.since) if other.key == row.key]
        assert now == [row]
        assert bool(row.coming) == (row.numerator is None), row.key
        assert row.formula, row.key


def test_a_superseded_formula_stays_readable_and_is_no_longer_counted(monkeypatch):
    from datetime import date

    old = indicators.find("terminal_rate", 1)
    new = old._replace(version=2, since=date(2026, 7, 1), kinds=("first",))
    rows = tuple(row for row in indicators.INDICATORS if row.key != "terminal_rate")
    monkeypatch.setattr(indicators, "INDICATORS", (*rows, old._replace(until=date(2026, 6, 30)), new))
    named = lambda day: [row.version for row in indicators.computed(day) if row.key == "terminal_rate"]  # noqa: E731
    assert (named(date(2026, 6, 30)), named(date(2026, 7, 1))) == ([1], [2])
    assert indicators.find("terminal_rate", 1).formula == old.formula


def test_closings_of_a_month():
    """March: three closed 执行完毕, two 终本, one 终结执行, one 销案 = 7.

    完毕率 3/7 = 42.857 → 42.9; 终本率 2/7 = 28.571 → 28.6; 执结率 (3 + 1)/7 = 57.142 → 57.1.
    The last of February and the first of April stand outside, the first and the last of March within.
    """
    for day in ("2026-03-01", "2026-03-31", "2026-03-15"):
        case("2026-01-10", day)
    case("2026-01-10", "2026-02-28")
    case("2026-01-10", "2026-04-01")
    for day in ("2026-03-02", "2026-03-03"):
        case("2025-12-01", day, "terminal_closure")
    case("2026-01-10", "2026-03-20", "termination")
    case("2026-01-10", "2026-03-20", "withdrawn_from_docket")
    assert figure("full_enforcement_rate", MARCH) == (3, 7, D("42.9"))
    assert figure("terminal_rate", MARCH) == (2, 7, D("28.6"))
    assert figure("real_closing_rate", MARCH) == (4, 7, D("57.1"))


def test_clearance_counts_what_was_carried_over_and_what_came():
    """Carried over on 1 March: A (open), B (closed on 5 March), C (closed on 1 March) = 3; D closed on 28 February is not.
    Received in March: E (open), F (closed on 30 March) = 2. 结案 B, C, F = 3. 结案率 3/5 = 60.0; 结收比 3/2 = 150.0.
    """
    case("2025-06-01")
    case("2026-01-10", "2026-03-05")
    case("2026-01-10", "2026-03-01")
    case("2026-01-10", "2026-02-28")
    case("2026-03-01")
    case("2026-03-31", "2026-03-31")
    case("2026-04-01")
    assert figure("clearance_rate", MARCH) == (3, 5, D("60.0"))
    assert figure("closed_to_received", MARCH) == (3, 2, D("150.0"))


def test_an_annulled_closing_is_none_and_a_struck_registration_is_nowhere():
    """Of two closed in March one closing is annulled, so 1 is left of 1 + 1 handled; the struck one was never there."""
    case("2026-01-10", "2026-03-05")
    annulled = case("2026-01-10", "2026-03-06")
    Case.objects.filter(pk=annulled.pk).update(closed_on=None, closing_mode="", stage="fast")
    struck = case("2026-03-02")
    Case.objects.filter(pk=struck.pk).update(stage="void", team=None)
    assert figure("clearance_rate", MARCH) == (1, 2, D("50.0"))
    assert figure("closed_to_received", MARCH) == (1, 0, None)


def test_revived_cases_are_another_kind_and_own_serials_never_count():
    """首执 1 of 2 完毕 = 50.0; 恢复 1 of 1 = 100.0; both together 2/3 = 66.7. The petition is in none of them."""
    case("2026-01-10", "2026-03-05")
    case("2026-01-10", "2026-03-05", "terminal_closure")
    case("2026-02-20", "2026-03-05", kind="resumed", number="（2026）豫0902执恢9001号")
    case("2026-03-01", kind="petition", number="访2026-1")
    assert figure("full_enforcement_rate", MARCH, Scope("first")) == (1, 2, D("50.0"))
    assert figure("full_enforcement_rate", MARCH, Scope("resumed")) == (1, 1, D("100.0"))
    assert figure("full_enforcement_rate", MARCH) == (2, 3, D("66.7"))
    assert figure("resumed_full_rate", MARCH) == (1, 1, D("100.0"))
    assert figure("first_terminal_rate", MARCH, Scope("resumed")) is None
    assert figure("petition_done_rate", MARCH, Scope("resumed")) == (0, 1, D("0.0"))
    assert figure("closed_to_received", MARCH, Scope("all")) == (3, 0, None)


def test_days_from_filing_to_closing_with_and_without_what_does_not_count():
    """First: 10 January → 5 March = 54 days; paused 1 to 11 February (10 days) and, overlapping, 6 to 16 February: 15 in
    all; an item's own pause and an unconfirmed one do not count. Second: 1 → 31 March = 30 days. 84/2 = 42.0; 69/2 = 34.5.
    """
    first = case("2026-01-10", "2026-03-05")
    case("2026-03-01", "2026-03-31")
    item = duty(first, "enforcement.limit", "2026-07-10", "2026-03-05")
    for from_on, to_on, extra in (
        ("2026-02-01", "2026-02-11", {}),
        ("2026-02-06", "2026-02-16", {}),
        ("2026-02-20", None, {"item": item}),
        ("2026-02-20", "2026-02-25", {"backdated": True}),
        ("2026-03-05", None, {}),
    ):
        Pause.objects.create(
            case=first, ground="sale", from_on=from_on, to_on=to_on, entered_at="2026-03-01T09:00+08:00", **extra
        )
    assert figure("first_mean_days", MARCH) == (84, 2, D("42.0"))
    assert figure("first_mean_net_days", MARCH) == (69, 2, D("34.5"))


def test_closed_within_the_legal_period():
    """Due 5 March: closed that day is in time, the day after is not. In time 1 of 2 = 50.0; of it really closed 1 of 1."""
    for day in ("2026-03-05", "2026-03-06"):
        duty(case("2025-09-05", day), "enforcement.limit", "2026-03-05", day)
    assert figure("in_time_rate", MARCH) == (1, 2, D("50.0"))
    assert figure("in_time_real_rate", MARCH) == (1, 1, D("100.0"))


def test_open_for_more_than_twelve_months_at_the_end_of_the_period():
    """On 31 March: filed 30 March 2025 is over, filed 31 March 2025 is not yet; one closed on 31 March is open no more,
    one closed on 1 April still was. 2 of 3 = 66.7. 历史遗留 taken over as 终本 is not open.
    """
    case("2025-03-30")
    case("2025-03-31")
    case("2024-01-01", "2026-03-31")
    case("2024-01-01", "2026-04-01")
    legacy = case("2020-01-01")
    Case.objects.filter(pk=legacy.pk).update(kind="legacy", stage="terminal")
    assert figure("over_twelve_months", MARCH) == (2, 3, D("66.7"))
    assert figure("over_twelve_months", MARCH, Scope("all")) == (2, 3, D("66.7"))


def test_filing_arrival_and_the_first_day():
    """Three filed in March. A came and was received the same day; B came two days later and was received then, within its
    own day; C came the same day and was received the next. 当日到局 2/3 = 66.7; 间隔 (0 + 2 + 0)/3 = 0.7 days;
    立案当日完成 1/3 = 33.3; by their own clock A and B are in time: 2/3 = 66.7. What was filed today says nothing yet.
    """
    for filed, reached, due, done in (
        ("2026-03-02", "2026-03-02", "2026-03-02", "2026-03-02"),
        ("2026-03-02", "2026-03-04", "2026-03-04", "2026-03-04"),
        ("2026-03-31", "2026-03-31", "2026-03-31", "2026-04-01"),
    ):
        duty(case(filed, reached=reached), "reception.first_day", due, done)
    assert figure("arrival_same_day", MARCH) == (2, 3, D("66.7"))
    assert figure("arrival_gap", MARCH) == (2, 3, D("0.7"))
    assert figure("first_day_rate", MARCH) == (1, 3, D("33.3"))
    assert figure("first_day_in_time", MARCH) == (2, 3, D("66.7"))
    case("2026-04-10")
    assert figure("first_day_rate", spans.read("2026-04")) == (0, 0, None)


def test_duties_in_time():
    """Due in March: one done in time, one done late, one open and late, one paused, one that was struck.
    按期 1 of 3 = 33.3; 三日移交 1 of 1. Nodes: late 2 on 2 cases = 1.00.
    """
    one, two = case("2026-01-10"), case("2026-01-10")
    duty(one, "transfer.three_days", "2026-03-10", "2026-03-10")
    duty(one, "enforcement.clue", "2026-03-10", "2026-03-12")
    duty(two, "enforcement.clue", "2026-03-31")
    duty(two, "enforcement.clue_urgent", "2026-03-31", paused=True)
    struck = duty(two, "quality.triage", "2026-03-31")
    struck.open, struck.outcome = False, "cancelled"
    struck.save()
    assert figure("on_time_rate", MARCH) == (1, 3, D("33.3"))
    assert figure("three_days_rate", MARCH) == (1, 1, D("100.0"))
    assert figure("overdue_nodes", MARCH) == (2, 2, D("1.00"))


def test_a_duty_that_runs_still_says_nothing():
    duty(case("2026-04-01"), "enforcement.clue", "2026-04-20")
    assert figure("on_time_rate", spans.read("2026-04")) == (0, 0, None)


def test_teams_by_who_closed_and_who_holds():
    """fast-03 closed one of two in time and holds one; regular-02 closed one; the archives, where closed files lie, none."""
    duty(case("2026-01-10", "2026-03-05"), "enforcement.clue", "2026-03-04", "2026-03-04")
    case("2026-01-10", "2026-03-05", "terminal_closure")
    case("2026-01-10")
    case("2026-01-10", "2026-03-09", team="regular-02")
    fast, regular = (team(code) for code in ("fast-03", "regular-02"))
    closed = counting.Cell(indicators.T("closed"), counting.KINDS["usual"][1])
    open_ = counting.Cell(indicators.T("open"), counting.KINDS["usual"][1])
    found = counting.by_team(Scope(), [closed, open_], MARCH)
    assert {key: (row.get(closed, 0), row.get(open_, 0)) for key, row in found.items()} == {
        fast: (2, 1),
        regular: (1, 0),
    }
    assert figure("clearance_rate", MARCH, Scope(team=fast)) == (2, 3, D("66.7"))
    assert figure("clearance_rate", MARCH, Scope(team=regular)) == (1, 1, D("100.0"))


def team(code: str) -> int:
    from teams.models import Team

    return Team.objects.get(code=code).pk


def test_months_of_a_trend_are_each_months_own_figures():
    case("2025-12-31", "2026-03-05")
    case("2026-01-01", "2026-01-31")
    months = spans.months_to(MARCH, MARCH.last)
    assert [str(each.first) for each in (months[0], months[-1])] == ["2025-04-01", "2026-03-01"]
    closed, received = (counting.Cell(indicators.T(key), counting.KINDS["usual"][1]) for key in ("closed", "received"))
    found = counting.by_month(Scope(), [closed, received], months)
    told = {f"{day:%Y-%m}": (row.get(closed, 0), row.get(received, 0)) for day, row in found.items() if row}
    assert told == {"2025-12": (0, 1), "2026-01": (1, 1), "2026-03": (1, 0)}


def test_every_number_opens_as_the_list_it_was_counted_from():
    for row in (case("2026-03-01", "2026-03-31"), case("2025-01-01"), case("2026-03-02", reached="2026-03-05")):
        duty(row, "reception.first_day", "2026-03-02", "2026-03-02")
    for population in POPULATIONS:
        cell = counting.Cell(indicators.Term(population.key), counting.CASES)
        (number,) = counting.totals(Scope("all"), [(cell, MARCH)]).values()
        assert number == counting.rows(Scope("all"), cell, MARCH).count(), population.key


@pytest.mark.parametrize("crowd", [1, 6])
def test_the_number_of_queries_does_not_grow(django_assert_num_queries, crowd):
    for _ in range(crowd):
        case("2026-03-01", "2026-03-31")
    asked = [
        (cell, MARCH) for row in indicators.computed(MARCH.first) for cell in counting.cells_of(row, Scope()) or ()
    ]
    with django_assert_num_queries(6):
        counting.totals(Scope(), asked)


@pytest.mark.parametrize(
    ("text", "first", "last", "before"),
    [
        ("2026-03", "2026-03-01", "2026-03-31", "2026-02"),
        ("2026-01", "2026-01-01", "2026-01-31", "2025-12"),
        ("2028-02", "2028-02-01", "2028-02-29", "2028-01"),
        ("2026Q1", "2026-01-01", "2026-03-31", "2025Q4"),
        ("2026", "2026-01-01", "2026-12-31", "2025"),
        ("S2026", "2025-12-01", "2026-11-30", "S2025"),
        ("2026-03-03..2026-03-05", "2026-03-03", "2026-03-05", "2026-02-28..2026-03-02"),
    ],
)
def test_periods(text, first, last, before):
    span = spans.read(text)
    assert (str(span.first), str(span.last), span.before.key) == (first, last, before)


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026Q5", "昨天", "2026-03-05..2026-03-01", "1026-01", "2026-02-30..2026-03-01"]
)
def test_what_is_no_period_is_none(text):
    assert spans.read(text) is None
