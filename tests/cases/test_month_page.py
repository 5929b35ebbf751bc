"""期限日历: the right days, rest days marked, and nobody else's duties."""

import pytest

from cases import clock
from cases.models import WorkItem
from tests import make
from tests.cases.signing_helpers import fast_case, fresh_roster
from tests.journeys.officers import Officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    fresh_roster()


def cells(officer: Officer, **given) -> dict[str, dict]:
    weeks = officer.client.get("/deadlines/", given).context["weeks"]
    return {cell["iso"]: cell for week in weeks for cell in week}


def test_weeks_begin_on_monday_and_cover_the_month_at_its_edges():
    officer = Officer("reception", "clerk")
    november = list(cells(officer, month="2026-11"))
    assert (november[0], november[-1], len(november)) == ("2026-10-26", "2026-12-06", 42)  # the 1st is a Sunday
    page = officer.get("/deadlines/?month=2026-12")
    assert "2027-01" in page
    assert "month=2026-11" in page
    assert f"{clock.today():%Y} 年" in officer.get("/deadlines/?month=nonsense")


def test_holidays_and_make_up_workdays_are_marked():
    officer = Officer("reception", "clerk")
    october = cells(officer, month="2026-10")
    assert october["2026-10-01"]["rest"] == "休"
    assert {iso: cell["rest"] for iso, cell in october.items() if cell["rest"] == "班"}
    assert october["2026-10-12"]["rest"] == ""


def test_counts_are_mine_my_teams_and_the_whole_bureaus_for_leadership_alone(at):
    case = fast_case("fast-03")
    WorkItem.objects.filter(case=case).update(due_on="2026-11-30", due_at="2026-11-30T16:00Z", show_at=None)
    items = WorkItem.objects.filter(case=case, open=True)
    items.update(team_id=case.team_id, person_id=make.actor("fast-03", "clerk").user_id, paused=False)
    with at("2026-11-24 09:00"):
        mine, judge = Officer("fast-03", "clerk"), Officer("fast-03", "judge")
        other, director = Officer("fast-05", "clerk"), Officer("leadership", "bureau_director")
        total = items.count()
        assert cells(mine, month="2026-11")["2026-11-30"]["count"] == total
        assert cells(judge, month="2026-11", scope="team")["2026-11-30"]["count"] == total
        assert cells(other, month="2026-11", scope="team")["2026-11-30"]["count"] == 0
        assert cells(other, month="2026-11", scope="all")["2026-11-30"]["count"] == 0
        assert cells(director, month="2026-11", scope="all")["2026-11-30"]["count"] == total
        items.filter(pk=items.first().pk).update(paused=True)
        assert cells(mine, month="2026-11")["2026-11-30"]["count"] == total - 1
        page = mine.get("/deadlines/?month=2026-11&day=2026-11-30")
        assert "计算过程" in page
        assert case.number in page


def test_the_page_asks_a_constant_number_of_questions(django_assert_max_num_queries):
    officer = Officer("reception", "clerk")
    make.cases(40)
    WorkItem.objects.update(person_id=officer.actor.user_id)
    officer.get("/deadlines/")
    with django_assert_max_num_queries(14):
        officer.get("/deadlines/?scope=team")
