"""Log-in, staffing, handover, settings, calendar, audit, messages and personal settings, as they stand in the browser."""

from datetime import timedelta

import pytest

from cases import clock
from cases.models import CalendarYear, WorkItem
from teams import notices
from teams.models import PairedJudge, Posting, Preferences, Team
from tests import make
from tests.browser.looking import check, log_in, on_body, violations, wide
from tests.cases.test_office import NOTICE

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


def administrator(kind: str):
    return make.actor("administration", f"{kind}_admin")


def fits_a_phone(page) -> None:
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def send(page, selector: str) -> None:
    """Click what leads to another page, and be there."""
    with page.expect_navigation():
        page.click(selector)


def test_log_in_counts_down_locks_and_fills_in_a_demo_account(page):
    page.goto(f"{page.base}/login/")
    page.click("[data-account='3302']")
    assert page.input_value("#id_username") == "3302"
    page.fill("#id_password", "wrong")
    send(page, "form.sign-in button")
    assert "还可尝试 4 次" in page.inner_text(".errors")
    assert page.input_value("#id_username") == "3302"
    assert violations(page) == []
    fits_a_phone(page)
    for _ in range(4):
        page.fill("#id_password", "wrong")
        send(page, "form.sign-in button")
    assert page.inner_text("h1") == "账号已锁定"
    assert "请 30 分钟后再试" in page.inner_text("main")
    fits_a_phone(page)
    assert violations(page) == []
    page.goto(f"{page.base}/login/")
    page.click("[data-account='2102']")
    send(page, "form.sign-in button")
    page.wait_for_url("**/reception/")


def test_a_leaver_is_handed_over_in_five_clicks_and_the_gap_is_seen(page):
    make.cases(2)
    leaver = make.actor("reception", "clerk")
    PairedJudge.objects.filter(team__code="terminal-02").delete()
    log_in(page, administrator("security"))
    page.goto(f"{page.base}/admin/teams/user/?q={leaver.user.staff_number}")
    assert violations(page) == []
    clicks = 0
    send(page, "text=离岗交接")
    clicks += 1
    assert violations(page) == []
    assert wide(page) == []
    page.select_option("main select", index=1)
    clicks += 2
    send(page, "text=确认交接")
    clicks += 1
    assert "已交接" in page.inner_text("main")
    assert leaver.name in page.inner_text("h1")
    assert clicks <= 5
    assert Posting.objects.get(pk=leaver.posting.pk).to_on == clock.today()
    Posting.objects.filter(pk=leaver.posting.pk).update(to_on=clock.today() - timedelta(days=1))
    page.faults.clear()
    check(page, "/staffing/?show=gaps")
    lines = page.inner_text("table.staffing")
    assert "初次接待团队" in lines
    assert "无人签发" in page.inner_text("tr.red-line")
    send(page, "text=指定配对法官")
    assert page.input_value("select[name=team]") == str(Team.objects.get(code="terminal-02").pk)
    assert page.faults == []


def test_the_admin_wears_the_bureau_s_look(page):
    log_in(page, administrator("system"))
    for path in ("/admin/", "/admin/teams/establishmentline/", "/admin/teams/user/add/", "/admin/cases/restday/"):
        page.goto(page.base + path)
        assert page.evaluate("getComputedStyle(document.querySelector('#header')).backgroundColor") == "rgb(20, 48, 90)"
        assert page.locator("h1").count() == 1, path
        assert page.locator(".theme-toggle").count() == 0
        assert page.faults == [], path
        assert violations(page) == [], path
        page.faults.clear()  # axe tries styles of its own, which the page refuses
        page.set_viewport_size({"width": 1280, "height": 720})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_a_notice_is_kept_as_a_draft_previewed_then_published(page):
    log_in(page, administrator("system"))
    check(page, "/settings/calendar/")
    for field, typed in (("#id_year", "2027"), ("#id_text", "放假安排另行通知")):
        page.fill(field, typed)
        with page.expect_response("**/drafts/"):
            page.keyboard.press("Tab")
    page.reload()
    page.click(".draft-bar >> text=继续")
    assert page.input_value("#id_text") == "放假安排另行通知"
    page.click("main .form-bar >> text=预览")
    page.wait_for_selector(".errors:focus")
    assert page.input_value("#id_text") == "放假安排另行通知"
    page.faults.clear()  # the browser writes down the 422
    page.fill("#id_text", NOTICE)
    page.click("main .form-bar >> text=预览")
    page.wait_for_selector("#moves")
    assert not on_body(page)
    assert violations(page) == []
    send(page, "text=发布 2027 年安排")
    page.wait_for_selector(".say.success")
    assert CalendarYear.objects.filter(pk=2027).exists()
    check(page, "/settings/")
    check(page, "/settings/clock.quality.triage/")


def test_an_entry_of_the_audit_opens_beside_the_list(page):
    make.case()
    log_in(page, administrator("audit"))
    check(page, "/audit/")
    page.click("tbody a[data-panel] >> nth=0")
    page.wait_for_selector("#panel-body .facts-list")
    assert "内容与校验值相符" in page.inner_text("#panel-body")
    assert violations(page) == []
    assert wide(page) == []
    page.keyboard.press("Escape")
    assert not on_body(page)
    send(page, "text=校验流转记录")
    page.wait_for_selector("text=正在逐条校验")
    assert page.faults == []


def test_messages_are_read_muted_and_fit_a_phone(page):
    clerk = make.actor("fast-03", "clerk")
    notices.tell(
        [clerk.user], "请在 12-02 前答复申请人所询查封情况，并附财产清单与控制措施回执", "/queue/", kind="nudge"
    )
    notices.tell([clerk.user], "快执三团队今日 28 件，清 21，余 7", "/queue/", kind="list")
    log_in(page, clerk)
    check(page, "/inbox/")
    assert page.inner_text("[data-count=unread] >> nth=0") == "2"
    send(page, "text=静音：清单")
    assert page.inner_text("[data-count=unread] >> nth=0") == "1"
    send(page, ".inbox button >> nth=1")
    assert page.locator(".inbox .new").count() == 1
    fits_a_phone(page)
    small = page.evaluate(
        "[...document.querySelectorAll('main a, main button')].filter(e => e.offsetParent)"
        ".filter(e => e.getBoundingClientRect().height < 24).map(e => e.textContent.trim())"
    )
    assert small == []


def test_large_and_compact_are_obeyed_and_clip_nothing(page):
    make.cases(3)
    clerk = make.actor("reception", "clerk")
    log_in(page, clerk)
    page.goto(f"{page.base}/workbench/")
    before = page.evaluate("document.querySelector('.todo .t').getBoundingClientRect().height")
    page.goto(f"{page.base}/me/")
    assert violations(page) == []
    page.check("input[value=large]")
    page.check("input[value=compact]")
    send(page, "text=保存设置")
    for path in ("/workbench/", "/inbox/", "/help/reception/"):
        page.goto(page.base + path)
        for width in (1440, 1280):
            page.set_viewport_size({"width": width, "height": 720})
            assert wide(page) == [], (path, width)
            bottom = page.evaluate("document.querySelector('.app').getBoundingClientRect().bottom")
            assert bottom <= 721, (path, width)
    page.goto(f"{page.base}/workbench/")
    assert page.evaluate("document.querySelector('.todo .t').getBoundingClientRect().height") > before
    check(page, "/acting/")


def test_compact_rows_are_forty_two_pixels_high_and_still_easy_to_hit(page):
    make.cases(3)
    clerk = make.actor("reception", "clerk")
    his = {"person_id": clerk.user_id, "team_id": clerk.team_id, "due_on": clock.today()}  # also after the cut-off
    WorkItem.objects.filter(open=True).update(**his)
    Preferences.objects.update_or_create(user=clerk.user, defaults={"density": "compact"})
    log_in(page, clerk)
    for path, row in (
        ("/workbench/", ".todo"),
        ("/queue/", ".todo"),
        ("/today/", ".todo"),
        ("/cases/", "table.cases tbody tr"),
    ):
        page.goto(page.base + path)
        heights = page.evaluate(
            f"[...document.querySelectorAll('{row}')].map(e => Math.round(e.getBoundingClientRect().height))"
        )
        assert set(heights) == {42}, path
        assert violations(page) == [], path


def test_a_page_that_is_not_there_says_what_to_do(page):
    log_in(page, make.actor("fast-03", "clerk"))
    page.goto(f"{page.base}/cases/999999/")
    assert "怎么办" in page.inner_text("main")
    assert violations(page) == []
    fits_a_phone(page)
