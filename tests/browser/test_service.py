"""The clerk's afternoon: papers drawn, sealed and sent to the delivery platform with six keys, however many (ux 1.2)."""

import pytest

from cases.models import Party, WorkItem
from documents.models import Entered, Service
from tests import make
from tests.browser.looking import check, log_in
from tests.browser.test_journeys import Counted
from tests.cases.signing_helpers import fast_case, pdf
from tests.documents.exchanging import round_trip, work_off
from tests.documents.helpers import draft, issued

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clerk(settings, tmp_path):
    settings.FILES_DIR, settings.EXCHANGE_DIR = tmp_path / "files", tmp_path / "exchange"
    return make.actor("fast-03", "clerk")


def drafts(clerk, many: int, to: str = "13800138000") -> None:
    for _ in range(many):
        case = fast_case()
        debtor = case.parties.get(role="debtor")
        Party.objects.filter(pk=debtor.pk).update(e_service=True, e_service_to=to, address="濮阳市开州路128号")
        draft(case, "execution_notice", clerk, subject=debtor.subject)


def test_all_papers_are_issued_and_served_with_six_keys(page, clerk):
    drafts(clerk, 6)
    drafts(clerk, 1, to="已停机")
    log_in(page, clerk)
    page.goto(f"{page.base}/docs/")
    hand = Counted(page)
    hand.key("p")
    page.wait_for_url("**/docs/batch/**")
    work_off()
    page.reload()
    assert "已制发 7 份" in page.inner_text("#progress")
    hand.key("e")
    page.wait_for_url("**/docs/serve/**")
    assert hand.count <= 6
    assert round_trip() == 7
    page.reload()
    said = page.inner_text("#progress")
    assert "已送达 6 份" in said
    assert "送达失败 1 份" in said
    assert "电子送达地址无效" in said
    page.click("#progress a:has-text('转邮寄')")
    page.wait_for_url("**/send/")
    page.fill("[name=number]", "1234567890123")
    page.click("main form.form button.pri")
    page.wait_for_url("**/service/")
    assert Service.objects.filter(state="served").count() == 6
    assert not WorkItem.objects.filter(rule="service.again", open=True).exists()
    assert page.faults == []


def test_the_signed_receipt_is_filed_from_the_papers_page(page, clerk, tmp_path):
    case = fast_case()
    document = issued(case, "report_order", clerk, subject=case.parties.get(role="debtor").subject)
    log_in(page, clerk)
    check(page, f"/docs/{document.pk}/service/")
    page.click("a:has-text('登记送达')")
    page.fill("[name=signer]", "梁涵浩")
    receipt = tmp_path / "回证.pdf"
    receipt.write_bytes(b"".join(pdf("回证.pdf").chunks()))
    page.set_input_files("[name=paper]", str(receipt))
    page.click("main form.form button.pri")
    page.wait_for_url("**/service/")
    assert "已送达" in page.inner_text("table.services")
    page.click("details.why summary")
    assert "送达回证上签收的日期" in page.inner_text("table.services")
    check(page, f"/docs/{document.pk}/service/")


def test_a_paper_is_typed_into_the_national_system_with_one_key_a_field(page, clerk):
    case = fast_case()
    paper = issued(case, "handler_notice", clerk, subject=case.parties.get(role="debtor").subject)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=page.base)
    log_in(page, clerk)
    page.goto(f"{page.base}/docs/{paper.pk}/card/")
    clipboard = "navigator.clipboard.readText()"
    page.keyboard.press("c")
    page.wait_for_selector("[data-field]:nth-child(1) .tag:visible")
    assert page.evaluate(clipboard) == case.number
    page.keyboard.press("c")
    page.wait_for_selector("[data-field]:nth-child(2) .tag:visible")
    assert page.evaluate(clipboard) == page.inner_text("[data-field]:nth-child(2) .value")
    page.keyboard.press("a")
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.includes('\\n文书名称：'))")
    page.fill("[name=number]", "ZX2026112700093")
    page.click("text=登记已录入")
    page.wait_for_url(f"**/docs/{paper.pk}/")
    assert Entered.objects.get(document=paper).number == "ZX2026112700093"
