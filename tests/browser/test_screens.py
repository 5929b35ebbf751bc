"""The screens by hand and by key: search, side panel, batch; input methods left alone; the core without scripts."""

import pytest

from cases import work
from cases.models import WorkItem
from tests import make
from tests.browser.looking import PASSWORD, log_in, violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clerk(page):
    """A clerk of reception at the workbench, with three new cases."""
    page.cases = make.cases(3)
    actor = make.actor("reception", "clerk")
    WorkItem.objects.filter(open=True).update(person_id=actor.user_id)
    log_in(page, actor)
    page.goto(f"{page.base}/workbench/")
    return page


def test_who_has_a_case_is_answered_by_ctrl_k_and_a_name_without_leaving_the_page(clerk):
    name = clerk.cases[0].parties.get(role="debtor").name
    asked = []
    clerk.on("framenavigated", lambda frame: asked.append(frame.url))
    clerk.keyboard.press("Control+k")
    clerk.keyboard.type(name)
    clerk.wait_for_selector("#hits [data-hit]")
    assert "初次接待团队" in clerk.inner_text("#hits")
    assert "0393" in clerk.inner_text("#hits")
    assert asked == []
    assert violations(clerk) == []
    clerk.keyboard.press("ArrowDown")
    clerk.keyboard.press("Enter")
    clerk.wait_for_url(f"**/cases/{clerk.cases[0].pk}/")


def test_keys_do_nothing_while_an_input_method_composes_or_somebody_types(clerk):
    clerk.evaluate(
        """() => { for (const more of [{isComposing: true}, {keyCode: 229}])
          document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '?', bubbles: true, ...more})) }"""
    )
    assert not clerk.evaluate("document.getElementById('keys').open")
    clerk.focus("#search")
    clerk.keyboard.type("?")
    assert not clerk.evaluate("document.getElementById('keys').open")
    clerk.keyboard.press("Escape")
    clerk.keyboard.press("?")
    assert clerk.evaluate("document.getElementById('keys').open")
    assert violations(clerk) == []


def test_a_lost_connection_keeps_what_was_typed(clerk):
    clue = WorkItem.objects.filter(rule="enforcement.ask_clues", open=True).first()
    clerk.click(f"#item{clue.pk}")
    clerk.wait_for_selector("#panel-body .bt.pri")
    clerk.click("#panel-body .bt.pri")
    clerk.fill("#panel-body textarea[name=note]", "写了很久的内容")
    clerk.route("**/finish/", lambda route: route.abort())
    clerk.keyboard.press("Control+Enter")
    clerk.wait_for_selector("#cut:visible")
    assert clerk.input_value("#panel-body textarea[name=note]") == "写了很久的内容"
    clerk.unroute("**/finish/")
    clerk.keyboard.press("Control+Enter")
    clerk.wait_for_selector(f"#item{clue.pk}", state="detached")


def test_log_in_list_case_and_a_form_work_without_scripts(another_page):
    case = make.case()
    actor = make.actor("reception", "clerk")
    case.items.filter(open=True).update(person_id=actor.user_id)
    plain = another_page(java_script_enabled=False)
    plain.goto(f"{plain.base}/login/")
    plain.fill("#id_username", actor.user.staff_number)
    plain.fill("#id_password", PASSWORD)
    plain.click("form.sign-in button")
    plain.goto(f"{plain.base}/workbench/")
    clue = WorkItem.objects.get(case=case, rule="enforcement.ask_clues")
    plain.click(f"#item{clue.pk}")
    plain.click("text=办结")
    plain.fill("[name=note]", "已通知")
    plain.click("form.form button.pri")
    assert "已办结" in plain.inner_text("main")
    plain.fill("#search", case.number)
    plain.press("#search", "Enter")
    plain.click("a[data-hit]")
    assert case.number in plain.inner_text("h1")
    assert work.missing(WorkItem.objects.get(case=case, rule="reception.first_day"))


def test_what_was_typed_is_offered_again_after_the_browser_was_closed(clerk):
    clue = WorkItem.objects.filter(rule="enforcement.ask_clues", open=True).first()
    clerk.goto(f"{clerk.base}/items/{clue.pk}/finish/")
    clerk.fill("[name=note]", "写到一半")
    clerk.focus("[name=happened_time]")
    clerk.wait_for_selector(".draft-said:has-text('自动保存')")
    clerk.goto(f"{clerk.base}/cases/")
    clerk.goto(f"{clerk.base}/items/{clue.pk}/finish/")
    clerk.wait_for_selector(".draft-bar")
    assert violations(clerk) == []
    clerk.click(".draft-bar >> text=继续")
    assert clerk.input_value("[name=note]") == "写到一半"
    clerk.keyboard.press("Control+Enter")
    clerk.wait_for_selector("main .say:visible")
    clue.refresh_from_db()
    assert clue.note == "写到一半"


def test_a_typed_date_and_amount_are_read_back(clerk):
    clerk.goto(f"{clerk.base}/register/")
    clerk.fill("[name=filed_on]", "昨天")
    clerk.fill("[name=amount]", "12.5万")
    clerk.fill("[name=debtor_certificate]", "410922197610249984")
    clerk.focus("[name=cause]")
    clerk.wait_for_selector(".reads:has-text('125,000.00 元')")
    assert "星期" in clerk.inner_text("#id_filed_on-reads")
    assert "校验不符" in clerk.inner_text("#id_debtor_certificate-reads")
    assert clerk.input_value("[name=amount]") == "125,000"
    assert violations(clerk) == []
