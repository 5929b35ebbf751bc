"""`/stats/` in a browser: charts come after the page, the tables say it without scripts, a bulletin in two clicks."""

import gzip

import pytest

from quality import bulletin
from quality.models import Bulletin, BulletinIssue
from tests import make
from tests.archives.helpers import work_off
from tests.browser import stats_pages
from tests.browser.looking import SIZES, check, log_in, shot, violations, wide
from tests.cases.signing_helpers import fresh_roster

SCRIPTS = "performance.getEntriesByType('resource').filter((e) => e.initiatorType === 'script').map((e) => e.name)"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made(page):
    fresh_roster()
    return stats_pages.world()


def test_charts_come_when_they_are_seen_and_stand_over_their_tables(page, made):
    log_in(page, make.director())
    fetched = []
    page.on("request", lambda request: fetched.append(request.url) if "charts.min" in request.url else None)
    page.goto(f"{page.base}/stats/?p={made['month']}")
    page.wait_for_selector("figure[data-table=gap][data-drawn] svg")
    assert page.locator("figure[data-table=teams][data-drawn]").count() == 0
    page.locator("figure[data-table=cases]").scroll_into_view_if_needed()
    page.wait_for_selector("figure[data-table=cases][data-drawn] svg")
    assert len(fetched) == 1
    page.locator("figure[data-table=teams]").scroll_into_view_if_needed()
    page.wait_for_selector("figure[data-table=teams][data-drawn] svg")
    assert page.locator("figure[data-table=cases] .chart-legend li").all_text_contents() == ["新收", "结案"]
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert wide(page) == [], width
    assert page.faults == []
    check(page, f"/stats/?p={made['month']}")


def test_a_month_under_the_pointer_tells_its_figures(page, made):
    log_in(page, make.director())
    page.goto(f"{page.base}/stats/?p={made['month']}")
    figure = page.locator("figure[data-table=cases]")
    figure.scroll_into_view_if_needed()
    page.wait_for_selector("figure[data-table=cases][data-drawn] svg")
    plot, tip = figure.locator(".chart-plot"), figure.locator(".chart-tip")
    assert tip.is_hidden()
    frame = plot.bounding_box()
    plot.hover(position={"x": frame["width"] - 40, "y": frame["height"] / 2})  # the last of the twelve months
    assert tip.inner_text().split("\n") == [made["month"], "新收　0 件", "结案　1 件"]
    assert page.locator(".chart-tip:visible").count() == 1
    shot(page, "stats-tip")
    page.keyboard.press("Escape")
    assert tip.is_hidden()
    plot.hover(position={"x": 60, "y": frame["height"] / 2})
    assert tip.inner_text().startswith(page.locator("#table-cases tbody th").first.inner_text())
    page.mouse.move(5, 5)
    assert tip.is_hidden()
    assert page.faults == []


def test_what_the_charts_bring_packs_into_150_kilobytes(page, made):
    log_in(page, make.director())
    page.goto(f"{page.base}/workbench/")
    everywhere, seen = page.evaluate(SCRIPTS), []
    page.on("requestfinished", lambda request: seen.append(request) if request.resource_type == "script" else None)
    page.goto(f"{page.base}/stats/?p={made['month']}")
    page.wait_for_selector("figure[data-table=gap][data-drawn] svg")
    weights = {
        request.url.rpartition("/")[2]: len(gzip.compress(request.response().body()))
        for request in seen
        if request.url not in everywhere
    }
    assert set(weights) == {"stats.js", "chart-aids.js", "charts.min.js"}
    assert sum(weights.values()) <= 150_000, weights


def test_without_data_a_sentence_stands_where_axes_would(page, made):
    """Of 财产保全执行 there is no case: nothing is drawn, nothing is fetched for it, and no row of dashes stands there."""
    log_in(page, make.director())
    fetched = []
    page.on("request", lambda request: fetched.append(request.url) if "charts.min" in request.url else None)
    page.goto(f"{page.base}/stats/?p={made['month']}&k=preservation")
    page.wait_for_load_state("networkidle")
    said = page.locator(".pair .empty").all_text_contents()
    assert said == [
        "所选案件类型或期间不统计这一项。",
        "所选案件类型或期间不统计这一项。",
        "截至本期的十二个月没有新收，也没有结案。",
        "截至本期的十二个月没有结案，没有结案方式可比。",
    ]
    assert page.locator(".pair table, figure.chart").count() == 0
    assert fetched == []
    check(page, f"/stats/screen/?p={made['month']}&k=preservation")


def test_without_scripts_the_tables_say_it_all_and_the_filter_works(page, chromium, made):
    log_in(page, make.director())
    context = chromium.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    plain = context.new_page()
    plain.goto(f"{page.base}/stats/")
    assert plain.locator("figure.chart:visible").count() == 0
    plain.select_option("select[name=p]", made["month"])
    plain.click("text=统计 >> nth=-1")
    row = plain.locator("#table-cases tbody tr", has_text=made["month"])
    assert row.locator("td").all_text_contents()[1].strip() == "1"
    row.locator("a").last.click()
    assert plain.locator("table.rows tbody tr").count() == 1
    context.close()


def test_the_leader_makes_and_issues_a_bulletin(page, made):
    log_in(page, make.actor("quality", "regular_officer"))
    row = Bulletin.objects.get(pk=made["bulletin"])
    page.goto(f"{page.base}/stats/bulletins/")
    page.click("text=生成 >> nth=-1")
    page.wait_for_selector("text=更正须写明原因")
    page.faults.clear()  # the browser tells of the 422
    page.goto(f"{page.base}/stats/bulletins/{row.pk}/")
    page.fill("[name=findings]", "结案一件。")
    page.fill("[name=measures]", "当日清零。")
    page.click("text=发布第 1 版")
    page.wait_for_selector("text=正在生成通报文件")
    assert work_off(bulletin.ISSUE) == 1
    page.reload()
    with page.expect_download() as download:
        page.click("text=通报 PDF")
    assert download.value.path().read_bytes() == bytes(BulletinIssue.objects.get(bulletin=row).pdf)
    assert page.faults == []


def test_the_wall_turns_by_itself_until_it_is_stopped_and_never_for_who_wants_less_motion(page, made):
    log_in(page, make.director())
    page.clock.install()
    page.goto(f"{page.base}/stats/screen/?p={made['month']}")
    place = page.locator("[data-place]")
    assert place.inner_text().startswith("1 /")
    page.clock.run_for(20_000)
    assert place.inner_text().startswith("2 /")
    page.wait_for_selector("figure[data-table=cases][data-drawn] svg")
    shot(page, "screen-cases")
    page.click("text=停止轮换")
    page.clock.run_for(60_000)
    assert place.inner_text().startswith("2 /")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert wide(page) == [], width
        shot(page, f"screen-{width}")
    page.clock.resume()
    assert violations(page) == []
    page.emulate_media(reduced_motion="reduce")
    page.reload()
    page.clock.run_for(60_000)
    assert place.inner_text().startswith("1 /")
    shot(page, "screen-tiles")
    page.click("text=开始轮换")
    page.clock.run_for(20_000)
    assert place.inner_text().startswith("2 /")
    assert page.faults == []
