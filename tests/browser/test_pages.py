"""Pages in a real browser: no violation of WCAG AA, no overflow, no console error, nothing from elsewhere."""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings

from cases import signing, work
from cases.models import Case, WorkItem
from tests import make

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = settings.BASE_DIR / "var" / "vendor" / "test" / "axe.min.js"
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: as root, apt-get install chromium fonts-noto-cjk"),
]
PASSWORD = "Huanglong-2026"
SIZES = ((1440, 900), (1366, 768), (1280, 720))


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, live_server, load_again):
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.faults = []
    page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
    page.on(
        "request",
        lambda request: (
            page.faults.append(request.url) if not request.url.startswith((live_server.url, "data:")) else None
        ),
    )
    page.base = live_server.url
    yield page
    context.close()


def log_in(page, actor) -> None:
    page.goto(f"{page.base}/login/")
    page.fill("#id_username", actor.user.staff_number)
    page.fill("#id_password", PASSWORD)
    page.click("form.sign-in button")
    page.wait_for_url(lambda url: "/login/" not in url)


def check(page, path: str) -> None:
    """What must hold of every page, at every size."""
    page.goto(page.base + path)
    assert page.faults == [], path
    assert page.locator("h1").count() == 1, path
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        wide = page.evaluate(
            "[document.documentElement, ...document.querySelectorAll('main, .card, .card-b')].filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.className || e.tagName)"
        )
        assert wide == [], (path, width, wide)
    page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    found = page.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']}).then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target).join(' | ')))"
    )
    assert found == [], (path, found)


def test_the_log_in_page(page):
    check(page, "/login/")


def test_a_clerks_pages(page):
    cases = make.cases(3)
    clerk = make.actor("reception", "clerk")
    log_in(page, clerk)
    item = WorkItem.objects.get(case=cases[0], rule="reception.first_day")
    for path in ("/workbench/", "/queue/", "/cases/", f"/cases/{cases[0].pk}/", f"/items/{item.pk}/",
                 f"/items/{item.pk}/tick/reception.identity/", f"/cases/{cases[0].pk}/event/", f"/cases/{cases[0].pk}/?tab=journal",
                 "/import/", "/slips/", "/today/", "/settings/", "/inbox/", "/cases/999999/"):  # fmt: skip
        if path == "/cases/999999/":
            page.goto(page.base + path)
            assert "没有这个" in page.inner_text("h1")
        else:
            check(page, path)


def test_the_directors_desk(page):
    case = make.case()
    signing.ask(case, "ruling", make.actor("reception", "regular_officer"),
                proposal={"measure": "freeze", "party": case.parties.get(role="debtor").pk, "object": "存款"})  # fmt: skip
    judge = signing_judge()
    log_in(page, judge)
    check(page, "/sign/")
    check(page, "/sign/signed/")
    log_out(page)
    log_in(page, make.director())
    check(page, "/sign/")
    check(page, "/escalations/")


def signing_judge():
    from cases.models import ApprovalPlace

    return make.Actor.of(ApprovalPlace.objects.filter(state="waiting").latest("pk").signer)


def log_out(page) -> None:
    page.click("details.me summary")
    page.click("text=退出登录")
    page.wait_for_url("**/login/**")


def test_a_clerk_empties_the_first_day_in_the_browser(page):
    case = make.case()
    clerk = make.actor("reception", "clerk")
    log_in(page, clerk)
    item = WorkItem.objects.get(case=case, rule="reception.first_day")
    for _ in work.PARTS["reception.first_day"]:
        page.goto(f"{page.base}/items/{item.pk}/")
        page.click(".ticks a:has-text('登记') >> nth=0")
        page.click("main form button.pri")
        page.wait_for_load_state()
    assert Case.objects.get(pk=case.pk).stage == "preparation"
    page.goto(f"{page.base}/cases/{case.pk}/")
    assert "文书查控" in page.inner_text("main")


def test_nothing_typed_is_lost_when_a_form_is_refused(page):
    case = make.case()
    log_in(page, make.actor("reception", "clerk"))
    item = WorkItem.objects.get(case=case, rule="enforcement.ask_clues")
    page.goto(f"{page.base}/items/{item.pk}/finish/")
    page.fill("textarea[name=note]", "已电话联系申请人")
    page.fill("input[name=happened_on]", "不是日期")
    page.click("main form button.pri")
    assert "处需要修改" in page.inner_text(".errors")
    assert page.input_value("textarea[name=note]") == "已电话联系申请人"
    assert page.evaluate("document.activeElement.className") == "errors"


def test_it_works_without_scripts(chromium, live_server, load_again):
    case = make.case()
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.base = live_server.url
    log_in(page, make.actor("reception", "clerk"))
    item = WorkItem.objects.get(case=case, rule="reception.first_day")
    page.goto(f"{page.base}/items/{item.pk}/tick/reception.identity/")
    page.click("main form button.pri")
    assert item.ticks.count() == 1
    context.close()
