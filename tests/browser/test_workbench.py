"""The workbench by keyboard alone: rows, the panel beside the list, batches, undo, news, and what happens when it fails."""

from datetime import timedelta

import pytest
from django.utils.crypto import get_random_string

from cases.models import WorkItem
from teams.models import User
from tests import make
from tests.browser.looking import SIZES, log_in, on_body, violations, wide

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clerk(page):
    """A clerk of reception at the workbench, with three new cases."""
    page.cases = make.cases(3)
    page.actor = make.actor("reception", "clerk")
    WorkItem.objects.filter(open=True).update(person_id=page.actor.user_id, team_id=page.actor.team_id)
    log_in(page, page.actor)
    page.goto(f"{page.base}/workbench/")
    return page


def clue() -> WorkItem:
    return WorkItem.objects.filter(rule="enforcement.ask_clues", open=True).earliest("due_at", "id")


def fits(page) -> None:
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert wide(page) == [], width
    page.set_viewport_size({"width": 1440, "height": 900})


def test_an_item_is_done_beside_the_list_and_the_focus_goes_on_to_the_next_row(clerk):
    item = clue()
    clerk.focus(f"#item{item.pk}")
    clerk.keyboard.press("j")
    following = clerk.evaluate("document.activeElement.id")
    clerk.keyboard.press("k")
    clerk.keyboard.press("Enter")
    clerk.wait_for_selector("#panel-body h1")
    assert not on_body(clerk)
    assert violations(clerk) == []
    clerk.keyboard.press("Escape")
    assert clerk.is_hidden("#panel")
    assert clerk.evaluate("document.activeElement.id") == f"item{item.pk}"
    clerk.keyboard.press("e")
    clerk.wait_for_selector("#panel-body textarea[name=note]")
    clerk.keyboard.press("Control+Enter")  # nothing typed yet: the form comes back with its error
    clerk.wait_for_selector("#panel-body .errors")
    assert not on_body(clerk)
    fits(clerk)
    clerk.focus("#panel-body textarea[name=note]")
    clerk.keyboard.type("已电话通知")
    clerk.keyboard.press("Control+Enter")
    clerk.wait_for_selector(f"#item{item.pk}", state="detached")
    clerk.wait_for_selector(f"#{following}:focus")
    assert clerk.is_hidden("#panel")
    assert "已办结" in clerk.inner_text("#toast")
    assert clerk.inner_text("[data-number=tile-mine]") == "8"
    assert clerk.url.endswith("/workbench/")
    item.refresh_from_db()
    assert (item.open, item.note) == (False, "已电话通知")
    assert clerk.faults == [] or all("422" in fault for fault in clerk.faults)


def test_the_marked_row_answers_the_keys_before_anything_has_the_focus(clerk):
    assert on_body(clerk)
    clerk.keyboard.press("Enter")
    clerk.wait_for_selector("#panel-body h1")
    assert clerk.inner_text("#panel-body h1") == clerk.inner_text(".todo.cur a.t")
    clerk.goto(f"{clerk.base}/workbench/")
    clerk.keyboard.press("Shift+J")
    assert clerk.inner_text("[data-batch-count]") == "2"


@pytest.mark.parametrize("width", [1440, 1280, 390])
def test_what_is_found_names_parties_team_and_telephone_in_full(clerk, width):
    clerk.set_viewport_size({"width": width, "height": 844})
    clerk.fill("#search", clerk.cases[0].parties.first().name)
    clerk.wait_for_selector("#hits [data-hit]")
    cut = "[...document.querySelectorAll('#hits [data-hit] > *')].filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth).length"
    out = """(box => [...document.querySelectorAll('#hits [data-hit] > *')]
      .filter(e => e.getBoundingClientRect().right > box.right + 1).length)(document.querySelector('#hits').getBoundingClientRect())"""
    assert clerk.evaluate(cut) == clerk.evaluate(out) == 0
    assert clerk.evaluate("document.querySelector('#hits').getBoundingClientRect().right <= innerWidth")


def test_a_row_is_given_to_a_colleague_by_t_and_taken_back_by_u(clerk):
    item, colleague = clue(), make.actor("reception", "clerk", nth=1)
    clerk.focus(f"#item{item.pk}")
    clerk.keyboard.press("t")
    clerk.wait_for_selector("#panel-body select[name=person]")
    clerk.select_option("#panel-body select[name=person]", str(colleague.user_id))
    clerk.keyboard.press("Control+Enter")
    clerk.wait_for_selector("#toast:has-text('已转交')")
    assert WorkItem.objects.get(pk=item.pk).person_id == colleague.user_id
    clerk.wait_for_selector(f"#item{item.pk}", state="detached")
    clerk.wait_for_selector("[data-row] :focus")
    clerk.keyboard.press("u")
    clerk.wait_for_selector("#toast:has-text('已撤销 1 件')")
    assert WorkItem.objects.get(pk=item.pk).person_id == clerk.actor.user_id
    clerk.wait_for_selector(f"#item{item.pk}")


def test_a_batch_stays_beside_the_list_with_what_it_left_and_why(clerk):
    first = WorkItem.objects.get(case=clerk.cases[0], rule="reception.first_day")
    done = clue()
    clerk.keyboard.press("j")
    clerk.keyboard.press("Shift+J")
    assert clerk.inner_text("[data-batch-count]") == "2"
    clerk.keyboard.press("Escape")
    assert clerk.is_hidden("[data-batch]")
    for item in (first, done):
        clerk.check(f"input[data-pick][value='{item.pk}']")
    assert clerk.is_hidden("[data-filters]")
    clerk.click("summary:has-text('办结')")
    assert clerk.evaluate("document.activeElement.id") == "batch-note"
    fits(clerk)
    assert violations(clerk) == []
    clerk.keyboard.type("已办")
    clerk.click("button[value=finish]")
    clerk.wait_for_selector("#panel-body h1:has-text('成功 1，未办 1')")
    assert "在其专门页面办理" in clerk.inner_text("#panel-body")
    assert not on_body(clerk)
    clerk.wait_for_selector(f"#item{done.pk}", state="detached")
    assert violations(clerk) == []
    fits(clerk)
    clerk.click("#panel-body button:has-text('重试')")
    clerk.wait_for_selector("#panel-body h1:has-text('成功 0，未办 1')")
    clerk.click("#panel-body a:has-text('只看失败')")
    clerk.wait_for_url("**only=**")
    assert clerk.locator("[data-row]").count() == 1


def test_news_is_announced_and_never_moves_what_has_the_focus_and_a_list_that_fails_says_so(clerk):
    clerk.keyboard.press("j")
    at = clerk.evaluate("document.activeElement.id")
    case = make.case()
    case.items.filter(open=True).update(person_id=clerk.actor.user_id)
    new = WorkItem.objects.get(case=case, rule="enforcement.ask_clues")
    clerk.evaluate("document.dispatchEvent(new Event('live'))")
    clerk.wait_for_selector("#fresh:visible")
    assert "件新事项，点击显示" in clerk.inner_text("#fresh")
    assert clerk.evaluate("document.activeElement.id") == at
    assert clerk.locator(f"#item{new.pk}").count() == 0
    clerk.route("**/workbench/", lambda route: route.abort())
    clerk.click("#fresh")
    clerk.wait_for_selector("#list-cut:visible")
    assert clerk.locator("[data-row]").count() > 0
    clerk.unroute("**/workbench/")
    clerk.click("#list-cut button")
    clerk.wait_for_selector(f"#item{new.pk}")
    assert not on_body(clerk)


def test_a_log_in_elsewhere_keeps_what_was_typed_and_the_page_goes_on_after_another(clerk):
    item = clue()
    clerk.focus(f"#item{item.pk}")
    clerk.keyboard.press("e")
    clerk.fill("#panel-body textarea[name=note]", "写了很久的内容")
    User.objects.filter(pk=clerk.actor.user_id).update(session_token=get_random_string(32))
    clerk.keyboard.press("Control+Enter")
    clerk.wait_for_selector("#out:visible")
    assert clerk.input_value("#panel-body textarea[name=note]") == "写了很久的内容"
    assert clerk.url.endswith("/workbench/")
    log_in(clerk, clerk.actor)
    clerk.click("#out button")
    clerk.wait_for_selector("#out", state="hidden")
    clerk.focus("#panel-body textarea[name=note]")
    clerk.keyboard.press("Control+Enter")
    clerk.wait_for_selector(f"#item{item.pk}", state="detached")
    item.refresh_from_db()
    assert item.note == "写了很久的内容"


def test_the_end_of_the_session_is_warned_of_three_minutes_before(clerk, settings):
    settings.SESSION_IDLE = timedelta(seconds=150)
    clerk.reload()
    clerk.evaluate("document.dispatchEvent(new Event('live'))")
    clerk.wait_for_selector("#ending[open]")
    assert violations(clerk) == []
    settings.SESSION_IDLE = timedelta(hours=1)
    clerk.keyboard.press("Enter")
    clerk.wait_for_selector("#ending:not([open])", state="attached")
