"""Pages in a real browser: no violation of WCAG AA, no overflow, no console error, nothing from elsewhere."""

import pytest

from cases.models import WorkItem
from tests import make
from tests.browser.looking import PASSWORD, check, log_in, violations, wide

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_log_in_page(page):
    check(page, "/login/")
    clerk = make.actor("reception", "clerk")
    page.fill("#id_username", clerk.user.staff_number)
    page.fill("#id_password", PASSWORD)
    page.click("form.sign-in button")
    page.wait_for_url("**/reception/")
    page.click("details.me summary")
    page.click("text=退出登录")
    page.wait_for_url("**/login/**")


def test_pages_with_nothing_on_them_and_a_page_that_is_not_there(page):
    log_in(page, make.actor("reception", "clerk"))
    for path in ("/workbench/", "/cases/", "/slips/", "/inbox/"):
        check(page, path)
    page.goto(f"{page.base}/cases/999999/")
    assert "没有这个" in page.inner_text("h1")
    assert [*wide(page), *violations(page)] == []


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


def test_it_works_without_scripts(another_page):
    case = make.case()
    page = another_page(java_script_enabled=False)
    log_in(page, make.actor("reception", "clerk"))
    item = WorkItem.objects.get(case=case, rule="reception.first_day")
    page.goto(f"{page.base}/items/{item.pk}/tick/reception.originals/")
    page.check("[name=state][value=na]")
    page.fill("[name=reason]", "没有原件")
    page.click("main form button.pri")
    assert item.ticks.count() == 1
