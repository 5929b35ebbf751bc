"""期限日历: month edges, rest days and make-up workdays, whose items are counted, and what the page costs."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from cases.models import Case, WorkItem
from cases.pages import deadlines_page
from tests import make
from tests.conftest import SHANGHAI

pytestmark = pytest.mark.django_db
NOW = "2026-11-23 09:10"


@pytest.fixture(autouse=True)
def _now(at):
    with at(NOW):
        yield


def page(actor, **given) -> dict:
    return deadlines_page.page(RequestFactory().get("/deadlines/", given), actor)


def cells(found: dict) -> dict[str, dict]:
    return {cell["date"]: cell for week in found["weeks"] for cell in week}


def lights(found: dict, day: str) -> list[str]:
    return [light["text"] for light in cells(found)[day]["lights"]]


def items(actor, day: date, number: int = 1, **given) -> list[WorkItem]:
    """Items of the actor's team and of the actor that fall due on the day; nothing else stays open."""
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


@pytest.fixture
def clerk():
    return make.actor("reception", "clerk")


def test_a_month_that_begins_on_sunday_takes_six_weeks(clerk):
    found = page(clerk)
    assert found["month"] == "2026 年 11 月"
    assert [week[0]["date"] for week in found["weeks"]][::5] == ["2026-10-26", "2026-11-30"]
    assert found["weeks"][0][6]["date"] == "2026-11-01"
    assert len(found["weeks"]) == 6
    assert [date for date, cell in cells(found).items() if cell["today"]] == ["2026-11-23"]


def test_december_is_followed_by_january(clerk):
    december, january = page(clerk, month="2026-12"), page(clerk, month="2027-01")
    assert december["before"] == "?scope=mine&month=2026-11"
    assert december["after"] == "?scope=mine&month=2027-01"
    assert january["before"] == "?scope=mine&month=2026-12"
    assert december["weeks"][-1][-1]["date"] == "2027-01-03"
    assert cells(january)["2026-12-31"]["other"]
    assert (page(clerk, month="2099-12")["after"], page(clerk, month="2000-01")["before"]) == ("", "")


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-0", "0001-01", "9999-12", "x", "２０２６-12", "2026-12-01"]
)
def test_what_is_no_month_is_this_month(clerk, text):
    assert page(clerk, month=text)["month"] == "2026 年 11 月"


@pytest.mark.parametrize("text", ["2026-02-30", "heute", "9999-12-31", "0001-01-01"])
def test_what_is_no_day_lists_nothing(clerk, text):
    assert "rows" not in page(clerk, day=text)


def test_holidays_and_make_up_workdays_are_marked(clerk):
    october = cells(page(clerk, month="2026-10"))
    assert (october["2026-10-01"]["mark"], october["2026-10-01"]["rest"]) == ("休", True)
    assert (october["2026-10-10"]["mark"], october["2026-10-10"]["rest"]) == ("班", False)  # a Saturday
    assert (october["2026-10-12"]["mark"], october["2026-10-17"]["mark"]) == ("", "休")


def test_a_year_without_notice_is_provisional(clerk):
    known, edge = page(clerk), page(clerk, month="2026-12")
    assert known["provisional"] == ""
    assert edge["provisional"] == "2027 年"
    assert (cells(edge)["2026-12-26"]["mark"], cells(edge)["2027-01-01"]["mark"]) == ("休", "休（暂定）")


def test_each_day_counts_by_light(clerk):
    items(clerk, date(2026, 11, 20), 2)
    items(clerk, date(2026, 11, 23))
    items(clerk, date(2026, 11, 24))  # warned since today
    items(clerk, date(2026, 11, 30), 3)
    items(clerk, date(2026, 9, 30), 4)  # before the days shown
    items(clerk, date(2026, 11, 30), paused=True)
    items(clerk, date(2026, 11, 30), wait_until=date(2026, 11, 25))
    items(clerk, date(2026, 11, 30), show_at=datetime(2026, 11, 28, tzinfo=SHANGHAI))
    found = page(clerk)
    assert lights(found, "2026-11-20") == ["超期 2"]
    assert lights(found, "2026-11-23") == lights(found, "2026-11-24") == ["临期 1"]
    assert lights(found, "2026-11-30") == ["未到 3"]
    assert cells(found)["2026-11-25"]["url"] == ""
    assert (found["total"], found["earlier"]) == (7, "4")
    assert len(page(clerk, day="2026-11-30")["rows"]) == 3


def test_the_grid_counts_as_the_lights_of_the_list(clerk):
    make.cases(3)
    found = page(clerk)
    for day, cell in cells(found).items():
        rows = page(clerk, day=day)["rows"]
        for light in cell["lights"]:
            assert light["text"].split()[1] == str(sum(row["light"]["state"] == light["state"] for row in rows))
        assert bool(rows) == bool(cell["lights"])


def test_mine_team_and_all(clerk):
    colleague, stranger = make.actor("reception", "clerk", nth=1), make.actor("fast-05", "clerk")
    for actor in (clerk, colleague, stranger):
        items(actor, date(2026, 11, 30))
    assert lights(page(clerk), "2026-11-30") == ["未到 1"]
    assert lights(page(clerk, scope="team"), "2026-11-30") == ["未到 2"]
    assert lights(page(stranger, scope="team"), "2026-11-30") == ["未到 1"]
    assert lights(page(make.director(), scope="all"), "2026-11-30") == ["未到 3"]
    assert lights(page(make.director()), "2026-11-30") == []


def test_all_is_for_the_leadership_alone(clerk):
    items(make.actor("fast-05", "clerk"), date(2026, 11, 30))
    found = page(clerk, scope="all", day="2026-11-30")
    assert (found["scope"], found["rows"], lights(found, "2026-11-30")) == ("我的事项", [], [])
    assert [each["label"] for each in found["scopes"]] == ["我的事项", "本团队"]
    assert len(page(make.director(), scope="all")["scopes"]) == 3


def test_the_page_of_a_day(clerk):
    case = make.case()
    client = Client()
    client.force_login(clerk.user)
    item = WorkItem.objects.filter(case=case, person=clerk.user_id, open=True).exclude(due_on=None).first()
    text = client.get("/deadlines/", {"day": item.due_on}).content.decode()
    for part in (
        'aria-current="date"',
        item.title,
        case.number,
        f"/cases/{case.pk}/",
        "梁涵浩",
        clerk.name,
        "计算过程",
    ):
        assert part in text
    assert item.derivation[0] in text


def test_a_confidential_case_shows_colleagues_the_duty_alone(clerk):
    case, colleague = make.case(), make.actor("reception", "clerk", nth=1)
    Case.objects.filter(pk=case.pk).update(confidential=True, handler=None, clerk=clerk.user)
    WorkItem.objects.filter(case=case).update(open=False, outcome="cancelled")
    items(clerk, date(2026, 11, 30), case=case, title="事项甲")
    (seen,) = page(clerk, day="2026-11-30")["rows"]
    (hidden,) = page(colleague, day="2026-11-30", scope="team")["rows"]
    assert (seen["title"], seen["case_url"]) == ("事项甲", f"/cases/{case.pk}/")
    assert hidden["number"] == "不公开案件"
    assert case.number not in str(hidden)
    assert "梁涵浩" not in str(hidden)


def test_a_full_day_is_paged(clerk):
    items(clerk, date(2026, 11, 30), 60)
    first = page(clerk, day="2026-11-30")
    rest = page(clerk, day="2026-11-30", after=first["next"].partition("after=")[2].replace("%3A", ":").replace("%2B", "+").replace("%7E", "~"))  # fmt: skip
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
            items(director, date(2026, 11, 30), case=case)

    fill(3)
    queries()  # what is built once per version is built now
    few = queries()
    fill(57)
    assert queries() == few
