"""Journeys with their counted keys and clicks; two people at one thing; what goes wrong on the way loses nothing."""

import pytest

from cases.models import ImportBatch, Party, WorkItem
from tests import make
from tests.browser.looking import SIZES, log_in, on_body, violations, wide
from tests.cases.signing_helpers import fast_case

pytestmark = pytest.mark.django_db(transaction=True)
PASTED = (
    "案号\t立案日期\t申请执行人\t被执行人\t被执行人证件号码\t申请标的\n"
    "（2026）豫0902执880001号\t2026-11-20\t吴春梅\t许大勇\t410922197610249984\t7.35万\n"
    "（2026）豫0902执880002号\t11月\t吴春梅\t许大勇\t410922197610249985\t200"
)


class Counted:
    """Keys and clicks as an officer makes them; a field that is typed counts once (ux §1)."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def key(self, name: str) -> None:
        self.count += 1
        self.page.keyboard.press(name)

    def click(self, what: str) -> None:
        self.count += 1
        self.page.click(what)

    def type(self, text: str) -> None:
        self.count += 1
        self.page.keyboard.type(text)


@pytest.fixture
def clue(page):
    """A clerk of reception at the form that finishes an item."""
    item = WorkItem.objects.get(case=make.case(), rule="enforcement.ask_clues")
    actor = make.actor("reception", "clerk")
    WorkItem.objects.filter(pk=item.pk).update(person_id=actor.user_id)
    log_in(page, actor)
    page.goto(f"{page.base}/items/{item.pk}/finish/")
    page.form = f"**/items/{item.pk}/finish/"
    return item


def test_supervision_begins_within_nine_keys(page):
    case = fast_case("fast-03")
    log_in(page, make.director())
    page.goto(f"{page.base}/workbench/")
    hand = Counted(page)
    hand.key("Control+k")
    hand.type(case.number)
    page.wait_for_selector("#hits [data-hit]")
    hand.key("ArrowDown")
    hand.key("Enter")
    page.wait_for_url(f"**/cases/{case.pk}/")
    hand.key("d")
    page.wait_for_selector("main form[data-ready] [name=text]:focus")
    hand.type("三日内答复财产处置进展")
    hand.key("Control+Enter")
    page.wait_for_url(f"**/cases/{case.pk}/")
    assert WorkItem.objects.filter(case=case, rule__contains="supervis", open=True).exists()
    assert hand.count <= 9


def test_two_officers_at_one_item_one_wins_and_the_other_is_told_who_and_when(page, another_page, clue):
    other, colleague = another_page(), make.actor("reception", "clerk", nth=1)
    log_in(other, colleague)
    other.goto(f"{page.base}/items/{clue.pk}/finish/")
    for each, words in ((page, "已电话联系"), (other, "我也写了很久")):
        each.fill("[name=note]", words)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    other.keyboard.press("Control+Enter")
    other.wait_for_selector(".form-said .refusal")
    told = other.inner_text(".form-said")
    assert make.actor("reception", "clerk").name in told
    assert "办结" in told
    assert other.input_value("[name=note]") == "我也写了很久"
    assert not on_body(other)
    assert [*violations(other), *wide(other)] == []
    clue.refresh_from_db()
    assert clue.note == "已电话联系"


def test_a_second_click_a_fault_and_a_cut_lose_nothing_and_do_nothing_twice(page, clue):
    content = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%" + b"0" * 400_000 + b"\ntrailer\n<<>>\n%%EOF\n"
    file = {"name": "查封清单.pdf", "mimeType": "application/pdf", "buffer": content}
    page.set_input_files("[type=file]", file)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".errors")
    assert page.evaluate("document.querySelector('[type=file]').files[0].name") == "查封清单.pdf"
    page.fill("[name=note]", "写了很久的内容")
    page.route(page.form, lambda route: route.fulfill(status=500, body="x"))
    page.click("form .pri")
    page.wait_for_selector(".form-said .refusal")
    page.unroute(page.form)
    page.route(page.form, lambda route: route.abort())
    page.click("form .pri")
    page.wait_for_selector("#cut:visible")
    assert page.input_value("[name=note]") == "写了很久的内容"
    page.unroute(page.form)
    held = []
    page.route(page.form, lambda route: held.append(route))
    page.click(".form-said button:text-is('重试')")
    page.wait_for_selector("form[aria-busy=true]")
    page.click("form .pri")
    page.wait_for_timeout(50)
    assert len(held) == 1
    with page.expect_navigation():
        held[0].continue_()
    clue.refresh_from_db()
    assert (clue.open, clue.note) == (False, "写了很久的内容")
    assert clue.materials.get().original_name == "查封清单.pdf"


def test_a_file_too_large_or_empty_is_refused_before_it_travels_and_a_screenshot_is_pasted(page, clue):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    page.evaluate("document.querySelector('.file').dataset.most = 1000")
    page.set_input_files("[type=file]", {"name": "大.pdf", "mimeType": "application/pdf", "buffer": b"x" * 5000})
    assert "超过" in page.inner_text(".file-said")
    page.fill("[name=note]", "已通知")
    page.click("form .pri")
    page.wait_for_selector(".form-said .refusal")
    assert not [url for url in asked if url.endswith("/finish/")]
    page.evaluate(
        """() => { const held = new DataTransfer(); held.items.add(new File(['png'], '粘贴.png', {type: 'image/png'}));
        document.querySelector('[name=note]').dispatchEvent(new ClipboardEvent('paste', {clipboardData: held, bubbles: true, cancelable: true})) }"""
    )
    assert "粘贴.png" in page.inner_text(".file-said")
    assert page.evaluate("getComputedStyle(document.querySelector('[type=file]')).opacity") == "0"
    page.focus("[type=file]")
    assert violations(page) == []


def test_both_values_stand_side_by_side_when_two_change_the_same(page):
    case = fast_case("fast-03")
    debtor = case.parties.get(role="debtor")
    log_in(page, make.actor("fast-03", "judge"))
    page.goto(f"{page.base}/cases/{case.pk}/standing/")
    other, mine = [value for value in Party.Standing.values if value != debtor.standing][:2]
    Party.objects.filter(pk=debtor.pk).update(standing=other)
    page.select_option("[name=standing]", mine)
    page.set_input_files("[type=file]", {"name": "裁定书.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"})
    page.click("form .pri")
    page.wait_for_selector(".conflict")
    assert page.evaluate("document.activeElement.className") == "conflict"
    assert page.is_checked(".conflict [value=theirs]")
    assert [*violations(page), *wide(page)] == []
    page.check(".conflict [value=mine]")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    debtor.refresh_from_db()
    assert debtor.standing == mine


def test_a_list_is_pasted_looked_at_and_imported(page, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    log_in(page, make.actor("reception", "clerk"))
    page.goto(f"{page.base}/import/")
    page.fill("[name=pasted]", PASTED)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert page.inner_text("main form .pri") == "导入 1 行"
    assert page.locator("td.mark.doubt").count() == 1
    assert page.get_attribute("td.mark.bad", "title") == "「11月」不是日期，应如 2026-11-20"
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert wide(page) == []
    assert violations(page) == []
    page.click("text=只看有问题的")
    page.wait_for_url("**only=1**")
    with page.expect_navigation():
        page.click("main form .pri")
    assert ImportBatch.objects.get().counts == {"imported_with_warning": 1, "rejected": 1}
    assert page.is_visible("text=未导入的行 Excel")


def test_an_upload_says_how_far_it_is_and_how_many_seconds_are_left(page, clue):
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions",
              {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 300_000})  # fmt: skip
    content = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%" + b"0" * 900_000 + b"\ntrailer\n<<>>\n%%EOF\n"
    page.set_input_files("[type=file]", {"name": "评估报告.pdf", "mimeType": "application/pdf", "buffer": content})
    page.fill("[name=note]", "评估报告已到")
    with page.expect_navigation():
        page.click("form .pri")
        page.wait_for_selector(".sending span:text-matches('正在上传 \\\\d+%.*约剩 \\\\d+ 秒')")
        assert page.evaluate("getComputedStyle(document.querySelector('#main')).opacity") == "1", "the bar is read"
    clue.refresh_from_db()
    assert (clue.open, clue.materials.get().original_name) == (False, "评估报告.pdf")
