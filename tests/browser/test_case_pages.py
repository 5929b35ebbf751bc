"""Case list and case page by keyboard alone: to the case and back to the row, tabs without a new page, news, prints."""

import re

import pytest

from cases import amendments, clock
from cases.models import WorkItem
from tests import make
from tests.browser.looking import SIZES, check, log_in, on_body, violations, wide
from tests.cases.signing_helpers import fast_case, transfer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(page):
    """A case of the third fast team, and its clerk at the case list."""
    made = fast_case("fast-03", livelihood=True)
    page.actor = make.actor("fast-03", "clerk")
    log_in(page, page.actor)
    return made


def fits(page) -> None:
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert wide(page) == [], width
    page.set_viewport_size({"width": 1440, "height": 900})


def test_from_the_list_to_the_case_through_its_tabs_and_back_to_the_row(page, case):
    check(page, "/cases/?flag=livelihood")
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == f"case{case.pk}"
    page.keyboard.press("x")
    assert page.is_visible("[data-batch]")
    assert violations(page) == []
    page.keyboard.press("x")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{case.pk}/")
    fits(page)
    assert violations(page) == []
    loads = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    for tab in page.locator(".tabs a[data-key]").all():
        key, name = tab.get_attribute("data-key"), tab.get_attribute("id")
        page.keyboard.press(key)
        page.wait_for_selector(f"#case-tab:not([aria-busy]) #{name}.on:focus")
        assert wide(page) == [], name
    assert page.url.endswith(f"?tab={name.removeprefix('tab-')}")  # nine tabs have a digit
    assert violations(page) == []
    page.keyboard.press("2")
    page.wait_for_selector(".party")
    page.locator("form[data-reveal] button").last.click()
    page.wait_for_selector("#case-tab:has-text('410922197610249985')")
    assert not on_body(page)
    assert violations(page) == []
    assert [url for url in loads if "?tab=" not in url] == []
    page.locator("details.more summary").press("Enter")
    assert page.is_visible("details.more .menu")
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert page.is_hidden("details.more .menu")
    page.locator("a.back").press("Enter")
    page.wait_for_url("**/cases/?flag=livelihood#case*")
    assert page.evaluate("document.activeElement.id") == f"case{case.pk}"
    assert page.faults == []


def test_what_a_colleague_changed_is_said_and_not_swapped_in(page, case):
    page.goto(f"{page.base}/cases/{case.pk}/")
    assert page.is_hidden("#changed")
    judge = make.actor("fast-03", "judge")
    amendments.mark(case, "enterprise", True, judge)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_selector("#changed:not([hidden])")
    assert judge.name in page.inner_text("#changed")
    assert "刷新查看" in page.inner_text("#changed")
    assert "涉企" not in page.inner_text(".case-head")
    assert violations(page) == []
    page.click("#changed a")
    page.wait_for_selector("#changed", state="hidden")
    assert "涉企" in page.inner_text(".case-head")


def test_a_case_is_read_and_a_party_mended_without_scripts(another_page, page, case):
    plain = another_page(java_script_enabled=False)
    log_in(plain, page.actor)
    plain.goto(f"{page.base}/cases/{case.pk}/")
    plain.click("#tab-parties")
    plain.locator("form[data-reveal] button").last.click()
    assert "410922197610249985" in plain.inner_text("#case-tab")
    plain.goto(f"{page.base}/cases/{case.pk}/?tab=parties")
    plain.locator(".party a:has-text('更正')").last.click()
    plain.fill("[name=representative]", "王二")
    plain.fill("[name=reason]", "庭上核对")
    plain.click("form.form button.pri")
    assert "王二" in plain.inner_text("#case-tab")


def test_the_list_of_the_day_the_sheet_for_the_pen_and_the_list_of_a_hand_over_fit_their_sheets(page, case):
    moved = transfer(fast_case("fast-03"))
    one = {f"/approvals/{moved.pk}/sheet/": "审批表", f"/cases/{case.pk}/handover/": "案件交接清单"}
    for path, words in {**one, "/workbench/print/": "今日清单"}.items():
        page.goto(page.base + path)
        assert words in page.inner_text("main"), path
        paper = page.pdf(prefer_css_page_size=True, print_background=True)
        assert len(re.findall(rb"/Type /Page\b(?!s)", paper)) == 1, path
    WorkItem.objects.filter(case=case, open=True).update(team_id=page.actor.team_id, person_id=page.actor.user_id)
    many = [WorkItem.objects.get(case=each, rule="enforcement.ask_clues").pk for each in make.cases(40)]
    WorkItem.objects.filter(pk__in=many).update(
        team_id=page.actor.team_id, person_id=page.actor.user_id, due_on=clock.today(), due_at=clock.now()
    )
    page.goto(page.base + "/workbench/print/")
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    assert 2 <= len(re.findall(rb"/Type /Page\b(?!s)", paper)) <= 4
    assert page.faults == []


def test_card_and_story_are_one_sheet_each_and_a_batch_one_sheet_a_card(page, case):
    other = fast_case("fast-03")
    for path, sheets in (
        (f"/cases/{case.pk}/card/", 1),
        (f"/cases/{case.pk}/story/", 1),
        (f"/cases/cards/?case={case.pk}&case={other.pk}", 2),
    ):
        page.goto(page.base + path)
        text = page.inner_text("main")
        assert case.number in text
        assert f"打印人 {page.actor.name}" in text
        assert "410922197610249985" not in text
        paper = page.pdf(prefer_css_page_size=True, print_background=True)
        assert len(re.findall(rb"/Type /Page\b(?!s)", paper)) == sheets, path
        assert violations(page) == [], path
    assert page.faults == []
