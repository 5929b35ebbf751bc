"""The signer's desk by hand and by key: one or two keys a decision, the password once, nothing lost, nothing moved."""

import pytest

from cases import clock, signing
from cases.models import Approval
from cases.pages import desk_page
from tests import make
from tests.browser.looking import PASSWORD, SIZES, log_in, on_body, violations, wide
from tests.cases.signing_helpers import fast_case, fresh_roster, paper, team_id, transfer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sheets(settings, tmp_path):
    """Three hand-overs and one sheet that is signed by itself, before the director."""
    settings.FILES_DIR = tmp_path
    fresh_roster()
    found = []
    for _ in range(3):
        case = fast_case("fast-03")
        clerk = make.actor("fast-03", "clerk")
        found.append(transfer(case, clerk, materials=[paper(case, clerk)]))
    proposal = {"team": team_id("fast-04"), "ground": "balance", "reason": "均衡"}
    found.append(signing.ask(fast_case("fast-05"), "reassignment", make.actor("fast-05", "judge"), proposal=proposal))
    return found


@pytest.fixture
def desk(page, sheets):
    log_in(page, make.director())
    page.goto(f"{page.base}/sign/")
    return page


def waiting() -> int:
    return Approval.objects.filter(state="waiting").count()


def left(page, count: int) -> None:
    page.wait_for_selector(f"#waiting [data-waiting]:text-is('{count}')")
    page.wait_for_selector("#desk:not([aria-busy])")


class Keys:
    """A keyboard that counts."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.count += 1


def test_a_whole_decision_stands_on_one_screen(desk):
    for width, height in SIZES:
        desk.set_viewport_size({"width": width, "height": height})
        assert wide(desk) == []
        if height >= 768:
            hidden = desk.evaluate(
                "(() => { const pane = document.querySelector('.desk-body'); return pane.scrollHeight - pane.clientHeight })()"
            )
            assert hidden <= 0, (width, hidden)
        assert desk.locator("#sign-button").bounding_box()["y"] < height - 40
    assert desk.locator("[data-password]").is_hidden()
    assert violations(desk) == []
    assert desk.faults == []


def test_the_password_is_asked_once_and_then_each_decision_costs_one_key_or_two(desk):
    keys = Keys(desk)
    keys.press("a")
    desk.wait_for_selector("[data-password] input:focus")
    assert violations(desk) == []
    desk.keyboard.type("nicht-richtig")
    desk.keyboard.press("Enter")
    desk.wait_for_selector(".desk-strip .error:visible")
    assert waiting() == 4
    assert desk.evaluate("document.activeElement.id") == "id_password"
    desk.keyboard.type(PASSWORD)
    desk.keyboard.press("Enter")
    left(desk, 3)
    assert "已签署" in desk.inner_text("#sign-note")
    assert not on_body(desk)

    keys = Keys(desk)
    keys.press("a")
    left(desk, 2)
    keys.press("r")
    keys.press("Enter")
    left(desk, 1)
    assert keys.count <= 2 * 2
    assert Approval.objects.filter(state="signed").count() == 2
    assert Approval.objects.get(state="rejected").reason == "材料不齐"


def test_a_team_is_chosen_by_number_and_the_words_by_chip(desk, sheets):
    desk.keyboard.press("2")
    chosen = desk.input_value("input[name=choice]:checked")
    desk.click("[data-words='同意，尽快启动评估']")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_selector("[data-password] input:focus")
    desk.keyboard.type(PASSWORD)
    desk.keyboard.press("Control+Enter")
    left(desk, 3)
    signed = Approval.objects.get(state="signed")
    assert signed.proposal["team"] == chosen
    assert signed.places.get().opinion == "同意，尽快启动评估"
    assert signed.case.team_id == int(chosen) or Approval.objects.get(pk=signed.pk).case.team_id == int(chosen)


def test_a_paper_over_the_decision_closes_by_escape_after_a_click_into_it(desk):
    desk.click(".chip.file[data-view]")
    desk.wait_for_selector("#viewer[open] iframe")
    box = desk.locator("#viewer iframe").bounding_box()
    desk.mouse.move(box["x"] + 100, box["y"] + 150)
    desk.mouse.down()
    desk.mouse.up()
    desk.wait_for_selector("[data-viewer-body]:focus")
    desk.keyboard.press("Escape")
    desk.wait_for_selector("#viewer:not([open])", state="attached")
    assert not on_body(desk)


def test_keys_move_through_the_list_and_are_left_alone_while_somebody_types(desk):
    first = desk.get_attribute("#decision", "data-approval")
    desk.keyboard.press("j")
    desk.wait_for_selector(f"#decision:not([data-approval='{first}']):not([aria-busy])")
    second = desk.get_attribute("#decision", "data-approval")
    assert desk.evaluate("document.activeElement.id") == f"sign{second}"
    assert desk.url.endswith(f"approval={second}")
    desk.keyboard.press("k")
    desk.wait_for_selector(f"#decision[data-approval='{first}']")
    desk.focus("#id_opinion")
    desk.keyboard.type("ajr")
    desk.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'r', bubbles: true, isComposing: true}))"
    )
    assert desk.locator("#return-form").is_hidden()
    assert desk.get_attribute("#decision", "data-approval") == first
    assert waiting() == 4
    desk.click("[data-words$='退回']")  # words that mean a return open it, they are not signed
    assert desk.input_value("#return-opinion") == "不属移交范围"
    assert desk.locator("#sign-form").is_hidden()
    assert violations(desk) == []
    desk.keyboard.press("Escape")
    assert desk.locator("#sign-form").is_visible()


def test_what_is_handled_elsewhere_says_by_whom_and_cannot_be_signed(desk, sheets):
    here = Approval.objects.get(pk=desk.get_attribute("#decision", "data-approval"))
    desk.fill("#id_opinion", "写了很久的意见")
    signing.sign(here, make.director(), opinion="同意")
    desk.click("#sign-button")
    desk.wait_for_selector("[data-password] input:focus")
    desk.keyboard.type(PASSWORD)
    desk.keyboard.press("Enter")
    desk.wait_for_selector(".note.r:has-text('已由')")
    assert make.director().name in desk.inner_text(".note.r")
    assert desk.locator("#sign-form").count() == 0
    assert not on_body(desk)
    desk.click("[data-open]")
    desk.wait_for_selector("#sign-form")
    assert violations(desk) == []


def test_the_list_looks_again_and_moves_nothing(desk):
    desk.clock.install()
    desk.goto(f"{desk.base}/sign/")
    desk.keyboard.press("j")
    desk.clock.run_for(100)
    desk.wait_for_selector("#decision:not([aria-busy])")
    here, at = desk.get_attribute("#decision", "data-approval"), desk.evaluate("document.activeElement.id")
    fresh = transfer(fast_case("fast-06"), make.actor("fast-06", "clerk"))
    gone = Approval.objects.filter(state="waiting").exclude(pk__in=(here, fresh.pk)).order_by("pk").last()
    signing.reject(gone, make.director(), reason="facts")
    with desk.expect_response(lambda answer: "/sign/" in answer.url):
        desk.clock.run_for(31_000)
    desk.wait_for_selector(f"#sign{fresh.pk}")
    assert desk.locator(f"#sign{gone.pk}").count() == 0
    assert desk.evaluate("document.activeElement.id") == at == f"sign{here}"
    assert desk.get_attribute("#decision", "data-approval") == here


def test_a_batch_is_signed_together_and_says_what_it_left(desk):
    assert desk.locator("input[data-pick]").count() == 3
    assert "须逐件签署" in desk.inner_text(".single >> nth=0")
    desk.check("#pick-all")
    assert "已选 3 件" in desk.inner_text("[data-batch]")
    Approval.objects.filter(pk=desk.locator("input[data-pick]").first.get_attribute("value")).update(
        state="withdrawn", closed_at=clock.now()
    )
    desk.click("text=批量同意")
    desk.wait_for_selector("#batch-password:focus")
    desk.keyboard.type(PASSWORD)
    desk.keyboard.press("Enter")
    desk.wait_for_selector(".desk-summary")
    assert "成功 2，未签 1" in desk.inner_text(".desk-summary")
    assert "撤回" in desk.inner_text(".desk-summary")
    assert violations(desk) == []


def test_signing_on_a_phone_is_a_list_then_a_sheet_with_two_buttons(desk):
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.goto(f"{desk.base}/sign/")
    assert desk.locator("#decision").is_hidden()
    desk.click("[data-rows] [data-row] >> nth=1")
    desk.wait_for_selector("#sign-button:visible")
    assert desk.locator("#desk-list").is_hidden()
    assert desk.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    for selector in ("#sign-button", "[data-return]", "[data-back]"):
        assert desk.locator(selector).bounding_box()["height"] >= 44, selector
    assert violations(desk) == []
    desk.click("[data-back]")
    assert desk.locator("#desk-list").is_visible()


def test_a_sheet_is_signed_and_one_returned_without_scripts(another_page, sheets):
    plain = another_page(java_script_enabled=False)
    log_in(plain, make.director())
    plain.goto(f"{plain.base}/sign/")
    plain.fill("#id_opinion", "同意移交")
    plain.click("#sign-button")
    assert "请输入登录密码" in plain.inner_text(".desk-strip .error")
    assert plain.input_value("#id_opinion") == "同意移交"
    plain.fill("#id_password", PASSWORD)
    plain.click("#sign-button")
    assert "已签署" in plain.inner_text("main .say.success")
    plain.check("#return-form input[value=facts]")
    plain.click("#return-form button.dan")
    assert "已退回" in plain.inner_text("main .say.success")
    assert sorted(Approval.objects.values_list("state", flat=True)) == ["rejected", "signed", "waiting", "waiting"]


def test_a_hand_over_is_asked_in_three_keys_from_the_case(page):
    fresh_roster()
    case = fast_case("fast-03")
    log_in(page, make.actor("fast-03", "judge"))
    page.goto(f"{page.base}/cases/{case.pk}/ask/transfer_to_regular/")
    assert "已采取控制措施" in page.input_value("[name=reason]")
    assert page.evaluate("document.activeElement.name") == "reason"
    assert "执行局局长" in page.inner_text("aside")
    assert violations(page) == []
    keys = Keys(page)
    keys.press("Control+Enter")
    page.wait_for_selector("main .say.success")
    assert keys.count <= 2  # and one that opens the form from the case page
    assert Approval.objects.get(case=case).state == "waiting"


def test_j_and_k_go_over_the_edge_of_a_page_of_the_list(desk, sheets, monkeypatch):
    monkeypatch.setattr(desk_page, "PAGE", 3)
    desk.reload()
    order = sorted(sheets, key=lambda approval: approval.pk)
    desk.goto(f"{desk.base}/sign/?approval={order[2].pk}")
    assert desk.text_content("#waiting [data-waiting]") == "4"
    desk.keyboard.press("j")
    desk.wait_for_url(f"**/sign/?approval={order[3].pk}")
    assert desk.locator("[data-rows] [data-row]").count() == 1
    assert not on_body(desk)
    desk.keyboard.press("k")
    desk.wait_for_url(f"**/sign/?approval={order[2].pk}")
    assert desk.locator("[data-row].cur a.cn").get_attribute("id") == f"sign{order[2].pk}"
    assert desk.faults == []


def test_on_a_phone_nothing_of_the_sheet_shines_through_the_buttons(desk):
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.locator("[data-rows] a.cn").first.click()
    desk.wait_for_selector("#desk.picked .desk-foot")
    over = """(() => { const foot = document.querySelector('.desk-foot'), box = foot.getBoundingClientRect(), found = [];
      for (let x = box.left + 4; x < box.right - 4; x += 12) for (let y = box.top + 4; y < Math.min(box.bottom, innerHeight) - 4; y += 12) {
        const top = document.elementFromPoint(x, y); if (!foot.contains(top)) found.push(top.outerHTML.slice(0, 60)); }
      return found; })()"""
    for top in (0, 120, 240, 360):
        desk.evaluate(f"(document.querySelector('main') || document).scrollTo(0, {top}); scrollTo(0, {top})")
        assert desk.evaluate(over) == [], top
