"""Acts in the side panel of the case page: the page behind is current at once; 报签 from the case by three keys."""

import pytest
from playwright.sync_api import expect

from cases import work
from cases.models import Approval, WorkItem
from tests import make
from tests.browser.looking import SIZES, log_in, on_body, violations, wide
from tests.browser.test_journeys import Counted
from tests.cases.signing_helpers import fast_case

pytestmark = pytest.mark.django_db(transaction=True)


def covered(page) -> list[str]:
    """What of the page behind lies under the panel or out of its card."""
    return page.evaluate(
        """() => { const edge = document.getElementById('panel').getBoundingClientRect().left;
        return [...document.querySelectorAll('main td, main th, main .tabs a, main .facts dd, main .bt, main .steps li')]
          .filter((e) => e.getClientRects().length && e.getBoundingClientRect().right > edge).map((e) => e.textContent.trim()) }"""
    )


def test_the_last_tick_in_the_panel_moves_the_stepper_the_duties_and_the_tabs_behind_it(page):
    case, clerk = make.case(), make.actor("reception", "clerk")
    WorkItem.objects.filter(case=case, open=True).update(person_id=clerk.user_id)
    item = WorkItem.objects.get(case=case, rule="reception.first_day")
    for part in work.PARTS[item.rule]:  # the others have a page of their own, which is no panel's
        if part != "reception.originals":
            work.tick(item, part, "done", clerk)
    log_in(page, clerk)
    page.goto(f"{page.base}/cases/{case.pk}/")
    loads = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    page.fill("#note-text", "还没写完的备注")
    parts = page.locator(".duty .ticks a.bt").count()
    page.focus(f"#duty{item.pk}")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel-body .ticks a.bt")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert [*wide(page), *covered(page)] == [], width
    assert violations(page) == []
    for left in reversed(range(parts)):
        page.click("#panel-body .ticks a.bt >> nth=0")
        page.wait_for_selector("#panel-body form[data-ready] [name=state]")
        page.check("#panel-body [name=state][value=na]")
        page.fill("#panel-body [name=reason]", "没有原件")
        page.keyboard.press("Control+Enter")
        expect(page.locator("main .duty .ticks a.bt")).to_have_count(left)
        page.wait_for_selector("#panel-body .ticks")
        assert not on_body(page)
    assert "文书查控" in page.inner_text("main .steps [aria-current]")
    assert "文书查控" in page.inner_text(".case-head")
    assert page.locator(f"main #duty{item.pk}").count() == 0
    page.keyboard.press("Escape")
    assert page.is_hidden("#panel")
    assert not on_body(page)
    assert page.input_value("#note-text") == "还没写完的备注"
    assert loads == []
    assert [*wide(page), *violations(page)] == []


def test_a_reminder_is_sent_from_the_case_without_leaving_it(page):
    case = fast_case("fast-03")
    item = WorkItem.objects.filter(case=case, open=True).order_by("due_at", "id").first()
    log_in(page, make.director())
    page.goto(f"{page.base}/cases/{case.pk}/?tab=journal")
    before = page.inner_text("#tab-journal i")
    page.focus(f"#nudge{item.pk}")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel-body form[data-ready] [name=text]")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#toast:has-text('已催办')")
    expect(page.locator("#tab-journal i")).not_to_have_text(before)
    assert page.evaluate("document.activeElement.id") == f"nudge{item.pk}"
    assert "催办" in page.inner_text("#case-tab .tl li >> nth=0")


def test_an_item_is_finished_from_its_row_and_moves_below_to_the_finished(page):
    case, clerk = make.case(), make.actor("reception", "clerk")
    item = WorkItem.objects.get(case=case, rule="enforcement.ask_clues")
    WorkItem.objects.filter(pk=item.pk).update(person_id=clerk.user_id)
    log_in(page, clerk)
    page.goto(f"{page.base}/cases/{case.pk}/?tab=items")
    page.focus(f"#row{item.pk}")
    page.keyboard.press("Enter")
    page.click("#panel-body a:has-text('办结')")
    page.fill("#panel-body [name=note]", "已电话通知")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#toast:has-text('已办结')")
    finished = page.locator("#case-tab table", has=page.locator("caption:text-is('已办结的事项')"))
    expect(finished.locator(f"tr:has(#row{item.pk})")).to_contain_text("已电话通知")
    assert not on_body(page)
    assert page.is_hidden("#panel")


def test_the_case_named_in_the_panel_is_opened_as_a_page(page):
    case = fast_case("fast-03")
    log_in(page, make.actor("fast-03", "clerk"))
    page.goto(f"{page.base}/cases/{case.pk}/")
    page.click("main .duty .h a >> nth=0")
    page.click("#panel-body .sub a")
    page.wait_for_url(f"**/cases/{case.pk}/")
    page.wait_for_selector("#panel", state="hidden")
    assert page.locator("h1").count() == 1


def test_a_transfer_is_reported_for_signature_by_three_keys_from_the_case(page):
    """ux §6.5: 报签 ≤ 3 K. S opens the prepared sheet, Ctrl+Enter sends it; team and reason stand there already."""
    case = fast_case("fast-03")
    log_in(page, make.actor("fast-03", "clerk"))
    page.goto(f"{page.base}/cases/{case.pk}/")
    hand = Counted(page)
    hand.key("s")
    page.wait_for_url("**/ask/transfer_to_regular/")
    page.wait_for_selector("main form[data-ready]")
    assert page.input_value("[name=reason]")
    hand.key("Control+Enter")
    page.wait_for_url(f"**/cases/{case.pk}/")
    assert Approval.objects.get(case=case, act="transfer_to_regular").state == Approval.State.WAITING
    assert "待签审批" in page.inner_text("main aside")
    assert hand.count <= 3
