"""What is typed or ticked outlives a closed page and the end of a session."""

import pytest

from cases.models import WorkItem
from teams.models import User
from tests import make
from tests.browser.looking import log_in, shot, violations
from tests.browser.test_desk import sheets  # noqa: F401  (its sheets are looked at here as well)
from tests.cases.signing_helpers import fast_case

pytestmark = pytest.mark.django_db(transaction=True)


def end_session(actor) -> None:
    """He logs in at another computer."""
    User.objects.filter(pk=actor.user_id).update(session_token="another")


def ticked(page) -> list[str]:
    return page.eval_on_selector_all("[name=acts]:checked", "boxes => boxes.map((each) => each.value)")


def test_a_draft_of_many_ticks_comes_back_with_each_of_them_and_with_none_too_many(page):
    log_in(page, make.director())
    page.goto(f"{page.base}/acting/")
    page.fill("[name=reason]", "外出开会")
    for key in ("transfer_to_regular", "retriage", "closing"):
        page.check(f"[name=acts][value={key}]", force=True)
    with page.expect_response(lambda answer: "/drafts/" in answer.url and "closing" in answer.request.post_data):
        page.keyboard.press("Control+s")
    page.reload()
    page.wait_for_selector(".draft-bar")
    page.check("[name=acts][value=ruling]", force=True)
    page.click(".draft-bar >> text=继续")
    assert sorted(ticked(page)) == ["closing", "retriage", "transfer_to_regular"]
    assert page.input_value("[name=reason]") == "外出开会"


def test_the_desk_keeps_a_typed_opinion_when_the_session_ends_and_offers_it_again(page, sheets):  # noqa: F811
    director = make.director()
    log_in(page, director)
    page.clock.install()
    page.goto(f"{page.base}/sign/")
    path = page.url
    page.fill("#id_opinion", "同意，七日内完成评估委托")
    with page.expect_response("**/drafts/"):
        page.focus("[data-rows] a.cn >> nth=0")
    page.focus("#id_opinion")
    end_session(director)
    page.faults.clear()
    page.clock.run_for(31_000)
    page.wait_for_selector("#out:visible")
    assert page.input_value("#id_opinion") == "同意，七日内完成评估委托"
    shot(page, "desk-out")
    log_in(page, director)
    page.goto(path)
    page.click("#sign-form .draft-bar >> text=继续")
    assert page.input_value("#id_opinion") == "同意，七日内完成评估委托"
    page.faults.clear()
    assert violations(page) == []


def test_a_draft_after_the_end_of_the_session_says_so_and_not_that_the_network_is_down(page):
    case, clerk = fast_case("fast-03"), make.actor("fast-03", "clerk")
    log_in(page, clerk)
    page.goto(f"{page.base}/cases/{case.pk}/event/")
    end_session(clerk)
    page.fill("#id_subject", "开州路房产")
    page.focus("#id_anchor")
    page.wait_for_selector(".draft-said:has-text('登录已结束')")
    page.wait_for_selector("#out:visible")


def test_a_note_is_kept_and_its_offer_stands_in_its_card(page):
    case, clerk = fast_case("fast-03"), make.actor("fast-03", "clerk")
    log_in(page, clerk)
    page.goto(f"{page.base}/cases/{case.pk}/")
    page.fill("#note-text", "钥匙在物业")
    with page.expect_response("**/drafts/"):
        page.keyboard.press("Tab")
    page.reload()
    page.wait_for_selector(".note-form .draft-bar")
    shot(page, "note-draft")
    page.click(".note-form .draft-bar >> text=继续")
    assert page.input_value("#note-text") == "钥匙在物业"
    assert page.faults == []


def test_a_server_that_does_not_answer_in_time_loses_nothing_and_may_be_asked_again(page):
    case, clerk = fast_case("fast-03"), make.actor("fast-03", "clerk")
    item = case.items.get(rule="transfer.three_days", open=True)
    WorkItem.objects.filter(pk=item.pk).update(person_id=clerk.user_id)
    log_in(page, clerk)
    page.goto(f"{page.base}/items/{item.pk}/wait/")
    page.fill("[name=until]", "+1")
    page.fill("[name=reason]", "等待评估机构回函")
    page.evaluate("htmx.config.timeout = 300")
    page.route("**/wait/", lambda route: None)  # never answered
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".form-said .refusal:has-text('没有提交成功，内容还在本页')")
    assert page.input_value("[name=reason]") == "等待评估机构回函"
    assert page.is_enabled(".form-said button")
    page.unroute("**/wait/")
    page.evaluate("htmx.config.timeout = 20000")
    page.click(".form-said button")
    page.wait_for_selector("main .say.success")
    item.refresh_from_db()
    assert item.wait_reason == "等待评估机构回函"


def test_v_opens_the_dossier_of_a_case(page):
    case, clerk = fast_case("fast-03"), make.actor("fast-03", "clerk")
    log_in(page, clerk)
    page.goto(f"{page.base}/cases/{case.pk}/")
    page.keyboard.press("v")
    page.wait_for_selector("#tab-dossier.on")
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")
    assert page.evaluate("document.querySelector('#keys').scrollHeight <= innerHeight")
    shot(page, "keys")
    assert violations(page) == []
