"""移交与接收 by keyboard: one key receives, one returns to the director; the team's queue swaps by one key."""

import pytest

from cases import signing
from cases.models import Approval, WorkItem
from tests import make
from tests.browser.looking import log_in, on_body, violations, wide
from tests.cases.signing_helpers import fast_case, transfer

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_transfer_is_received_by_a_and_returned_to_the_director_by_r(page):
    for _ in range(2):
        signing.sign(transfer(fast_case()), make.director())
    first, second = WorkItem.objects.filter(rule="transfer.accept", open=True).order_by("due_at", "id")
    log_in(page, make.actor("regular-02"))
    page.goto(f"{page.base}/transfers/")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == f"item{first.pk}"
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel-body .steps")
    assert "普执接收" in page.inner_text("#panel-body")
    assert violations(page) == []
    assert wide(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.wait_for_selector(f"#item{first.pk}", state="detached")
    assert not WorkItem.objects.get(pk=first.pk).open
    page.wait_for_selector(f"#item{second.pk}:focus")
    page.keyboard.press("r")
    page.wait_for_selector("#panel-body select[name=ground]")
    page.select_option("#panel-body select[name=ground]", "no_disposal")
    page.fill("#panel-body textarea[name=reason]", "房产已由另案处置")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#toast:has-text('已报局长')")
    page.wait_for_selector("[data-row]:has-text('待局长决定')")
    assert not on_body(page)
    assert Approval.objects.get(act="retriage").case_id == second.case_id
    assert WorkItem.objects.get(pk=second.pk).open


def test_a_colleagues_item_is_taken_over_from_the_team_queue_by_e(page):
    make.cases(2)
    clerk, colleague = make.actor("reception", "clerk"), make.actor("reception", "clerk", nth=1)
    WorkItem.objects.filter(team_id=clerk.team_id, open=True).update(person_id=colleague.user_id)
    log_in(page, clerk)
    page.goto(f"{page.base}/queue/?person={colleague.user_id}")
    assert violations(page) == []
    page.keyboard.press("j")
    taken = int(page.evaluate("document.activeElement.id").removeprefix("item"))
    page.keyboard.press("e")
    page.wait_for_selector("#toast:has-text('已接手')")
    page.wait_for_selector(f"#item{taken}", state="detached")
    page.wait_for_selector("[data-row] :focus")
    assert WorkItem.objects.get(pk=taken).person_id == clerk.user_id
