"""`/stats/`: who opens it, what it shows, that every number is its list, what leaves as a file."""

from io import BytesIO
from re import findall

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cases import jobs
from cases.models import Case, Job, JournalEntry
from quality import kept
from quality.models import KeptFigures
from quality.pages import stats_export
from teams.models import Posting, User
from tests import make
from tests.quality.figures import case, duty
from tests.quality.test_bulletins import leader, platform
from tests.test_url_rights import client_of

pytestmark = pytest.mark.django_db
ADDRESSES = ("/stats/", "/stats/list/?i=clearance_rate", "/stats/export/?table=teams", "/stats/bulletins/")


@pytest.fixture(autouse=True)
def _now(at):
    with at("2026-04-10 09:00"):
        yield


@pytest.fixture
def march():
    """Two closed, one of them 完毕 and one confidential 终本; one late duty."""
    rows = [case("2026-01-10", "2026-03-05"), case("2026-03-01", "2026-03-31", "terminal_closure", team="regular-02")]
    duty(rows[0], "enforcement.clue", "2026-03-04", "2026-03-06")
    Case.objects.filter(pk=rows[1].pk).update(confidential=True)
    return rows


def of(answer, key: str) -> dict:
    return next(row for row in answer.context["indicators"] if row["key"] == key)


ALLOWED = ("vice_president", "bureau_director")


def test_leaders_the_quality_leader_and_its_quality_post_and_nobody_else():
    wrong = []
    for posting in (
        Posting.objects.on("2026-04-10")
        .select_related("person", "team")
        .order_by("team__kind", "post", "special", "leads")
        .distinct("team__kind", "post", "special", "leads")
    ):
        team, allowed = posting.team.kind, posting.post in ALLOWED
        allowed = allowed or (team == "quality" and (posting.leads or posting.special == "quality_platform"))
        client = client_of(make.Actor.of(posting.person, posting))
        for address in ADDRESSES:
            found = client.get(address).status_code
            if (found == 200) != allowed or (not allowed and found != 403):
                wrong.append((posting.label, address, found))
        nav = client.get("/inbox/").content.decode()
        if ("/stats/" in nav) != allowed:
            wrong.append((posting.label, "nav"))
    assert wrong == []


def test_the_page_shows_period_before_and_range_side_by_side(march):
    """March: 完毕率 1/2 = 50.0%, February had no closing 「—」; 结案率 2/2 = 100%, within 「不低于 80%」."""
    answer = client_of(make.director()).get("/stats/?p=2026-03")
    row = of(answer, "full_enforcement_rate")
    assert (row["value"], row["before"], row["upper"], row["lower"]) == ("50.0%", "—", "1", "2")
    assert (of(answer, "clearance_rate")["value"], of(answer, "clearance_rate")["state"]) == ("100.0%", "within")
    assert of(answer, "full_enforcement_rate")["state"] == ""
    assert "全国 44.32%" in answer.content.decode()
    assert "终本案件合格率" in answer.context["coming"]
    assert "终本案件合格率" not in [row["label"] for row in answer.context["indicators"]]


def test_filters_by_type_team_and_own_dates(march):
    client = client_of(make.director())
    team = march[1].closed_team_id
    assert of(client.get(f"/stats/?p=2026-03&t={team}"), "terminal_rate")["value"] == "100.0%"
    assert of(client.get("/stats/?p=2026-03&k=resumed"), "first_terminal_rate")["applies"] is False
    assert of(client.get("/stats/?p=own&from=2026-03-01&to=2026-03-10"), "terminal_rate")["value"] == "0.0%"
    assert of(client.get("/stats/?p=2026"), "terminal_rate")["value"] == "50.0%"
    wrong = client.get("/stats/?p=own&from=昨夜&to=2026-03-10")
    assert "不是日期" in wrong.content.decode()
    assert wrong.context["span"] == "2026 年 4 月"


def test_teams_stand_in_the_order_of_the_establishment_and_no_person_is_named(march):
    answer = client_of(make.director()).get("/stats/?p=2026-03")
    assert [row["name"] for row in answer.context["teams"]] == ["快执三团队", "普执二团队"]
    text = answer.content.decode().partition("<main")[2]
    names = set(User.objects.exclude(pk=make.director().user_id).values_list("name", flat=True))
    assert [name for name in names if name in text] == []


def test_every_number_of_the_page_opens_rows_as_many_as_it_says(march):
    client = client_of(make.director())
    answer = client.get("/stats/?p=2026-03")
    for row in answer.context["indicators"]:
        for part in ("upper", "lower"):
            if address := row[f"{part}_url"]:
                listed = client.get(address)
                if "days" not in address and not (row["key"].endswith("_days") and part == "upper"):
                    expected = 1 if row["key"] == "overdue_nodes" else int(row[part])
                    assert listed.context["total"] == expected, (row["key"], part)
    links = set(findall(r'href="(/stats/list/[^"]+)"', answer.content.decode().replace("&amp;", "&")))
    assert links
    assert {client.get(address).status_code for address in links} == {200}


def test_the_list_goes_through_the_rights_of_cases(march):
    answer = client_of(make.director()).get("/stats/list/?p=2026-03&i=clearance_rate&part=n")
    assert [row["number"] for row in answer.context["rows"]] == [march[0].number]
    assert (answer.context["total"], answer.context["hidden"]) == (2, 1)
    assert "其中 1 件您无权查看" in answer.content.decode()
    assert client_of(make.director()).get("/stats/list/?p=2026-03&i=nothing").status_code == 404


def test_a_long_list_comes_in_pages():
    for _ in range(60):
        case("2026-03-01")
    client = client_of(make.director())
    first = client.get("/stats/list/?p=2026-03&i=closed_to_received&part=d")
    second = client.get(first.context["next"])
    assert (len(first.context["rows"]), len(second.context["rows"])) == (50, 10)
    assert not {row["number"] for row in first.context["rows"]} & {row["number"] for row in second.context["rows"]}


@pytest.mark.parametrize("table", stats_export.TABLES)
def test_every_table_leaves_as_a_file_with_the_same_figures_and_is_journalled(march, table):
    actor = leader()
    answer = client_of(actor).get(f"/stats/export/?p=2026-03&table={table}")
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    expected = {
        "indicators": ["执行完毕率", "50.0%", "—", "1", "2"],
        "cases": ["2026-03", "1", "2", "50.0%", "50.0%"],
        "first_day": ["2026-03", "1", "1", "100.0%", "0.0 天"],
        "duties": ["2026-03", "1", "0", "0.0%", "0"],
        "teams": ["快执三团队", "1", "100.0%", "100.0%", "0.0%"],
        "nodes": ["核实财产线索", "1", "1", "100.0%"],
    }[table]
    assert expected in [row[: len(expected)] for row in rows]
    assert JournalEntry.objects.filter(key="export", by_id=actor.user_id).count() == 1


def test_the_rows_leave_too_as_far_as_they_may_be_seen(march):
    answer = client_of(platform()).get("/stats/export/?p=2026-03&i=clearance_rate&part=n&table=list")
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [march[0].number]


def test_only_this_page_may_set_style_attributes():
    client = client_of(leader())
    assert "style-src-attr 'unsafe-inline'" in client.get("/stats/")["Content-Security-Policy"]
    for address in ("/stats/list/?i=clearance_rate", "/stats/bulletins/", "/workbench/"):
        assert "unsafe-inline" not in client.get(address)["Content-Security-Policy"]


@pytest.mark.parametrize("crowd", [1, 5])
def test_the_page_asks_as_often_for_few_as_for_many(django_assert_max_num_queries, crowd):
    for n in range(crowd):
        duty(case("2026-03-01", "2026-03-31", team=f"fast-0{n + 1}"), "enforcement.clue", "2026-03-04", "2026-03-06")
    client = client_of(leader())
    client.get("/inbox/")
    with django_assert_max_num_queries(20):
        client.get("/stats/?p=2026-03")


def test_figures_are_kept_with_their_moment_and_counted_again_by_a_worker(settings, at, monkeypatch):
    settings.FIGURES_KEPT = 10
    address = "/stats/?p=2026-03"

    def received() -> int:
        return of(client_of(make.director()).get(address), "closed_to_received")["lower"]

    with at("2026-03-20 10:00"):
        make.cases(2)
        assert received() == "2"
        make.cases(1)
        assert received() == "2"
        assert not Job.objects.filter(kind=kept.JOB).exists()
    with at("2026-03-20 10:11"):
        page = client_of(make.director()).get(address)
        assert "数据截至 2026-03-20 10:00，正在重新统计" in page.content.decode()
        assert jobs.run(Job.objects.get(kind=kept.JOB).pk)
        assert received() == "3"
        monkeypatch.setattr(kept, "SMALL", -9)  # a large bureau
        address = "/stats/?p=2026Q1"
        assert "正在统计，完成后在本页显示" in client_of(make.director()).get(address).content.decode()
        assert jobs.run(Job.objects.get(kind=kept.JOB, state="waiting").pk)
        assert received() == "3"
        assert client_of(make.director()).get("/stats/export/?p=2026-02&table=teams").status_code == 200
        lost = "/stats/?p=2025"
        client_of(make.director()).get(lost)
        Job.objects.filter(kind=kept.JOB, state="waiting").update(state="failed")
        assert "没有统计出来" in client_of(make.director()).get(lost).content.decode()
        assert not Job.objects.filter(kind=kept.JOB, state="waiting").exists(), "not asked again at every look"
        assert client_of(make.director()).get(f"/stats/?p=2025&rule={'x' * 300}").status_code == 200
        with CaptureQueriesContext(connection) as asked:
            received()
        assert not [each for each in asked if "cases_workitem" in each["sql"] and "COUNT" in each["sql"]]
    with at("2026-03-20 10:40"):
        assert kept.refresh() == 3
    with at("2026-03-28 10:40"):
        kept.nightly()
        assert not KeptFigures.objects.exists()


def test_a_chart_with_nothing_to_draw_says_so_and_its_table_stays_where_it_has_figures(march):
    """March: each case arrived on its day, so the bars of the gap would have no height; the rest is drawn."""
    silent = client_of(make.director()).get("/stats/?p=2026-03").context["silent"]
    assert set(silent) == {"gap"}
    assert silent["gap"] == ("截至本期的十二个月各月平均间隔都是 0 天，案件立案当日即到局。", True)


def test_a_month_before_any_closing_or_duty_says_so_where_each_chart_would_be(march):
    """February 2026: the case of January was filed, not closed; no duty had fallen due."""
    silent = client_of(make.director()).get("/stats/?p=2026-02").context["silent"]
    assert silent["rates"] == ("截至本期的十二个月没有结案，没有结案方式可比。", False)
    assert silent["teams"] == ("本期各团队没有届满的事项，没有按期率可比。", True)
    assert silent["nodes"] == ("本期没有超期的事项。", True)
    assert "cases" not in silent
    text = client_of(make.director()).get("/stats/?p=2026-02").content.decode()
    assert 'id="table-rates"' not in text
    assert 'data-table="nodes"' not in text
    assert 'id="table-gap"' in text


def test_a_case_that_came_two_days_late_is_drawn(march):
    case("2026-03-02", reached="2026-03-04")
    assert "gap" not in client_of(make.director()).get("/stats/?p=2026-03").context["silent"]
