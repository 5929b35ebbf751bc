"""Pages in a real browser: no violation of WCAG AA, no overflow, no console error, nothing from elsewhere."""

import pytest

from cases import signing
from cases.models import WorkItem
from tests import make
from tests.browser.looking import PASSWORD, check, log_in

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


def test_a_clerks_pages(page):
    cases = make.cases(3)
    clerk = make.actor("reception", "clerk")
    log_in(page, clerk)
    item = WorkItem.objects.get(case=cases[0], rule="reception.first_day")
    for path in ("/workbench/", "/queue/", "/cases/", f"/cases/{cases[0].pk}/", f"/items/{item.pk}/",
                 f"/items/{item.pk}/tick/reception.originals/", f"/cases/{cases[0].pk}/event/", f"/cases/{cases[0].pk}/?tab=journal",
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
    log_in(page, make.director())
    check(page, "/sign/")
    check(page, "/escalations/")


def signing_judge():
    from cases.models import ApprovalPlace

    return make.Actor.of(ApprovalPlace.objects.filter(state="waiting").latest("pk").signer)


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
