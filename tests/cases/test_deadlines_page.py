"""期限日历, what `test_month_page` leaves open: odd months and days, what is counted, pages of a day, and its cost."""

from datetime import date, datetime, time, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from cases.models import WorkItem
from cases.pages import month_page
from tests import make
from tests.conftest import SHANGHAI

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _now(at):
    with at("2026-11-23 09:10"):
        yield


@pytest.fixture
def clerk():
    return make.actor("reception", "clerk")


def page(actor, **given) -> dict:
    return month_page.page(RequestFactory().get("/deadlines/", given), actor)


def cells(found: dict) -> dict[str, dict]:
    return {cell["iso"]: cell for week in found["weeks"] for cell in week}


def told(found: dict, day: str) -> tuple[int, str]:
    cell = cells(found)[day]
    return cell["count"], "".join(light["state"] for light in cell["lights"])


def items(actor, day: date, number: int = 1, **given) -> list[WorkItem]:
    """Open items of the actor and the actor's team that fall due on the day."""
    midnight = datetime.combine(day, time(0), SHANGHAI)
    fields = {
        "rule": "reception.first_day",
        "title": "立案当日接待",
        "team": actor.team,
        "person": actor.user,
        "started_at": midnight - timedelta(days=9),
        "opened_at": midnight - timedelta(days=9),
        "due_on": day,
        "due_at": midnight + timedelta(days=1),
        "warn_at": midnight - timedelta(days=1),
        "derivation": ["起算：立案。", f"届满：{day}。"],
    }
    start = WorkItem.objects.count()
    return WorkItem.objects.bulk_create(
        WorkItem(**{**fields, **given}, subject=f"test:{start + n}") for n in range(number)
    )


def test_december_is_followed_by_january(clerk):
    december, january = page(clerk, month="2026-12"), page(clerk, month="2027-01")
    assert december["next_month"] == "?scope=mine&month=2027-01"
    assert january["previous_month"] == "?scope=mine&month=2026-12"
    assert december["weeks"][-1][-1]["iso"] == "2027-01-03"
    assert cells(january)["2026-12-31"]["outside"]


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "x", "2026-12-01"])
def test_what_is_no_month_is_this_month(clerk, text):
    assert page(clerk, month=text)["month"] == "2026 年 11 月"


@pytest.mark.parametrize("text", ["", "2026-02-30", "x"])
def test_what_is_no_day_lists_nothing(clerk, text):
    assert page(clerk, day=text)["rows"] == []


def test_a_saturday_that_is_worked_and_a_holiday_on_a_weekday(clerk):
    october = cells(page(clerk, month="2026-10"))
    assert [october[f"2026-10-{day}"]["rest"] for day in ("01", "10", "12", "17")] == ["休", "班", "", "休"]


def test_each_day_counts_what_the_queues_show(clerk):
    items(clerk, date(2026, 11, 20), 2)
    items(clerk, date(2026, 11, 24))  # warned since today
    items(clerk, DUE, 3)
    items(clerk, DUE, paused=True)
    items(clerk, DUE, wait_until=date(2026, 11, 25))
    items(clerk, DUE, show_at=datetime(2026, 11, 28, tzinfo=SHANGHAI))
    found = page(clerk)
    assert told(found, "2026-11-20") == (2, "red")
    assert told(found, "2026-11-24") == (1, "amber")
    assert told(found, "2026-11-30") == (3, "green")
    assert cells(found)["2026-11-25"]["url"] == ""
    assert len(page(clerk, day=str(DUE))["rows"]) == 3


def test_scopes(clerk):
    colleague, stranger = make.actor("reception", "clerk", nth=1), make.actor("fast-05", "clerk")
    for actor in (clerk, colleague, stranger):
        items(actor, DUE)
    counts = [
        told(page(actor, scope=scope), str(DUE))[0]
        for actor, scope in (
            (clerk, "mine"),
            (clerk, "team"),
            (clerk, "all"),  # not theirs: what is mine
            (stranger, "team"),
            (make.director(), "all"),
            (make.director(), "mine"),
        )
    ]
    assert counts == [1, 2, 1, 1, 3, 0]
    assert [each["label"] for each in page(clerk)["scopes"]] == ["我的", "本团队"]


def test_a_full_day_is_paged(clerk):
    items(clerk, DUE, 60)
    first = page(clerk, day=str(DUE))
    after = parse_qs(urlsplit(first["next"]).query)["after"][0]
    rest = page(clerk, day=str(DUE), after=after)
    assert (len(first["rows"]), len(rest["rows"]), rest["next"]) == (50, 10, "")
    assert not {row["id"] for row in first["rows"]} & {row["id"] for row in rest["rows"]}


@pytest.mark.parametrize("query", ["", "scope=team", "scope=all&day=2026-11-30", "scope=team&day=2026-11-30"])
def test_three_items_cost_what_sixty_cost(query):
    director, client = make.director(), Client()
    client.force_login(director.user)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"/deadlines/?{query}").status_code == 200
        return len(found)

    def fill(number: int) -> None:
        for case in make.cases(number):
            items(director, DUE, case=case)

    fill(3)
    queries()  # what is built once per version is built now
    few = queries()
    fill(57)
    assert queries() == few
