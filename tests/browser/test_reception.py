"""The counter at its keys: a reception within fourteen actions, a note in three clicks, the signature on the pad."""

import pytest

from assets.models import ControlMeasure
from cases import clock
from cases.models import Case, Party
from cases.periods import add_months
from documents.models import Document
from reception import day, noting
from reception.models import ReceptionRecord
from tests import make
from tests.assets.helpers import account
from tests.browser.looking import SIZES, log_in, on_body, shot, violations, wide
from tests.browser.test_journeys import Counted
from tests.reception.helpers import IDENTITY, clerk, work_off

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def filed(page, settings, tmp_path) -> list[Case]:
    """Three filings of today; the clerk is at the counter."""
    settings.FILES_DIR = tmp_path
    made = make.cases(3)
    Party.objects.filter(case__in=made, role="creditor").update(phone="13900080329", address="濮阳市华龙区建设路1号")
    log_in(page, clerk())
    return made


def open_next(page) -> None:
    """A fresh desk; the form is ready and the certificate waits to be read."""
    page.goto(f"{page.base}/")
    page.wait_for_url("**/reception/")
    page.wait_for_selector("form#receive[data-ready]")


def test_a_reception_takes_fourteen_actions_at_most_and_opens_the_next(page, filed):
    open_next(page)
    assert page.evaluate("document.activeElement.name") == "certificate"
    hand = Counted(page)
    hand.type(IDENTITY)
    page.wait_for_selector("text=校验位正确")
    hand.key("Alt+3")
    hand.click("[name=clue-0-text]")
    hand.type("白色轿车，豫J 开头，常停门店前")
    hand.key("Enter")
    hand.type("12 号楼尾款约 4 万元")
    page.wait_for_selector("#rec-preview:has-text('12 号楼尾款')")
    shot(page, "counter")
    hand.click("[name=originals]")
    hand.key("Control+a")
    hand.type("7")
    hand.key("Tab")
    hand.type("23")
    hand.key("Control+Enter")
    page.wait_for_selector("#pad")
    shot(page, "sign")
    hand.count += 1
    draw(page)
    with page.expect_navigation():
        hand.key("Control+Enter")
    page.wait_for_selector("form#receive[data-ready]")
    assert hand.count <= 14, hand.count
    work_off()
    record = ReceptionRecord.objects.get()
    assert (record.originals, record.clues.count(), bool(record.signed_at)) == (7, 2, True)
    assert Document.objects.filter(case=record.case, state="issued").count() == 2
    assert f"/{record.case_id}/" not in page.url
    assert page.faults == []


def draw(page) -> None:
    box = page.locator("#pad").bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 90)
    page.mouse.down()
    for x, y in ((110, 30), (180, 110), (260, 40), (330, 100)):
        page.mouse.move(box["x"] + x, box["y"] + y, steps=4)
    page.mouse.up()


def test_who_did_not_come_is_explained_in_three_clicks_and_three_cases_in_five(page, filed):
    open_next(page)
    hand = Counted(page)
    hand.click("summary:has-text('未接待，说明原因')")
    hand.click(".rec-one .chip:has-text('无人接听') >> nth=0")
    with page.expect_navigation():
        shot(page, "note")
        hand.click(".rec-one button:has-text('制作说明')")
    assert hand.count <= 3
    assert ReceptionRecord.objects.filter(kind="note").count() == 1
    open_next(page)
    hand = Counted(page)
    for box in page.locator("#rec-queue input[data-pick]").all():
        hand.count += 1
        box.check()
    hand.click(".rec-many .chip:has-text('拒绝到场') >> nth=0")
    shot(page, "batch")
    with page.expect_navigation():
        hand.click(".rec-many button")
    assert hand.count <= 4
    page.wait_for_selector("text=已制作 0 件")
    assert wide(page) == []
    work_off(noting.JOB)
    page.wait_for_selector("text=已制作 2 件")
    page.wait_for_selector("#rec-numbers:has-text('已说明 3')")
    assert ReceptionRecord.objects.filter(kind="note").count() == 3
    assert page.faults == []


def test_the_form_tells_what_is_wrong_keeps_what_was_typed_and_a_draft_comes_back(page, filed):
    open_next(page)
    page.click(".facts-table tr:nth-child(4) label:text-is('修改')")
    page.fill("[name=to_phone]", "1393930886")
    page.wait_for_selector("text=手机号应为 11 位，现为 10 位")
    page.fill("[name=more]", "请尽快办理")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#main .errors")
    assert page.title().startswith("错误：")
    assert not on_body(page)
    assert page.input_value("[name=more]") == "请尽快办理"
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert wide(page) == []
    assert violations(page) == []
    shot(page, "errors")
    page.focus("[name=more]")
    page.fill("[name=more]", "请尽快办理，另有线索")
    with page.expect_response("**/drafts/"):
        page.keyboard.press("Control+s")
    page.goto(f"{page.base}/reception/{filed[0].pk}/")
    page.click(".draft-bar button:text-is('继续')")
    assert page.input_value("[name=more]") == "请尽快办理，另有线索"
    assert [fault for fault in page.faults if "422" not in fault] == []


def test_a_block_of_excel_fills_the_grid_and_the_keys_go_from_part_to_part(page, filed):
    open_next(page)
    page.focus("[name=clue-0-text]")
    rows = "类型\\t权利人\\t线索内容\\n" + "\\n".join(f"车辆\\t许大勇\\t第{n}辆" for n in range(1, 6))
    page.evaluate(
        f"""() => {{ const held = new DataTransfer(); held.setData('text/plain', "{rows}");
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', {{clipboardData: held, bubbles: true, cancelable: true}})) }}"""
    )
    assert [page.input_value(f"[name=clue-{n}-text]") for n in range(5)] == [f"第{n}辆" for n in range(1, 6)]
    assert page.locator("[name=clue-5-text]").is_visible()
    for key, name in (("1", "mode"), ("3", "clue-0-kind"), ("4", "confirm"), ("2", "fact_basis")):
        page.keyboard.press(f"Alt+{key}")
        assert page.evaluate("document.activeElement.name") == name
    page.keyboard.press("F2")
    assert page.evaluate("document.activeElement.name") == "certificate"
    page.evaluate("document.activeElement.blur()")
    before = page.url
    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != before)
    page.wait_for_selector("form#receive[data-ready]")
    assert f"/reception/{filed[1].pk}/" in page.url


def test_without_scripts_a_reception_a_note_and_a_signature_are_plain_forms(another_page, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    page = another_page(java_script_enabled=False)
    received, noted = make.cases(2)
    log_in(page, clerk())
    page.goto(f"{page.base}/reception/{received.pk}/")
    page.fill("[name=certificate]", IDENTITY)
    page.fill("[name=clue-0-text]", "白色轿车")
    page.fill("[name=to_phone]", "13900080329")
    page.fill("[name=address]", "濮阳市华龙区建设路1号")
    page.click("button[form=receive].pri")
    page.fill("[name=name]", "阎怡娟")
    page.check("[name=agreed]")
    page.click("#sign button.pri")
    page.goto(f"{page.base}/reception/")
    page.check(f"#rec-queue input[value='{noted.pk}']")
    page.check(".rec-many input[name=result][value=away]")
    page.click(".rec-many summary")
    page.fill(".rec-many input[name=way]", "上门")
    page.click(".rec-many button")
    work_off()
    assert set(ReceptionRecord.objects.values_list("case", "kind")) == {(received.pk, "reception"), (noted.pk, "note")}
    assert received.items.get(rule=day.RULE).ticks.filter(rule=day.RECORD, state="done").exists()


def test_a_carry_over_by_p_is_taken_back_by_its_own_key_with_the_reason(page, filed):
    other = make.cases(1, kind="preservation")[0]
    with_money = account(other, "6222", "5000")
    freeze = ControlMeasure.objects.create(
        asset=with_money, case=other, kind="freeze", amount=5000, controlled=5000, state="effective", made_at=clock.now(),
        ends_on=add_months(clock.today(), 12), effective_on=clock.today(), starts_on=clock.today(),
    )  # fmt: skip
    page.goto(f"{page.base}/reception/{filed[0].pk}/")
    page.wait_for_selector("form#receive[data-ready]")
    page.evaluate("document.activeElement.blur()")
    with page.expect_navigation():
        page.keyboard.press("p")
    page.wait_for_selector(".pres .tag:has-text('已转接')")
    freeze.refresh_from_db()
    assert freeze.case_id == filed[0].pk
    back = page.locator(".pres details.act summary")
    back.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".pres [name=reason]:visible")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert wide(page) == [], width
    assert violations(page) == []
    shot(page, "carried")
    page.click(".pres button:has-text('撤回转接')")
    assert page.locator(".pres .tag:has-text('已转接')").count() == 1  # no reason, nothing sent
    page.keyboard.type("选错案件")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_selector("text=已撤回")
    freeze.refresh_from_db()
    assert (freeze.case_id, freeze.asset_id) == (other.pk, with_money.pk)
    assert page.locator(".pres button:has-text('转接')").count() == 1
    assert page.faults == []
