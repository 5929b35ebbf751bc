"""The visitor's signature: on the pad, typed, or on paper and scanned back; the word of the paper is bound to it."""

import base64
import io

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from cases import materials
from cases.models import JournalEntry, Material
from reception import signing
from reception.models import ReceptionRecord
from tests import make
from tests.cases.signing_helpers import pdf
from tests.reception.helpers import Counter, case, work_off

pytestmark = pytest.mark.django_db


def picture(*, blank: bool = False, kind: str = "PNG") -> str:
    drawn = Image.new("RGBA", (600, 200), (255, 255, 255, 0))
    if not blank:
        ImageDraw.Draw(drawn).line([(60, 150), (180, 40), (300, 160), (480, 60)], fill=(16, 24, 32, 255), width=6)
    written = io.BytesIO()
    drawn.convert("RGB" if kind == "JPEG" else "RGBA").save(written, kind)
    return f"data:image/png;base64,{base64.b64encode(written.getvalue()).decode()}"


def waiting() -> ReceptionRecord:
    answer = Counter().receive(case(), signing="screen")
    record = ReceptionRecord.objects.get()
    assert answer.url == f"/reception/records/{record.pk}/"
    return record


def pages(material: Material) -> tuple[str, int]:
    """The words of the file, and how many pictures stand in it."""
    with pypdfium2.PdfDocument(materials.open_file(material).read()) as file:
        text = "".join(page.get_textpage().get_text_bounded() for page in file)
        images = sum(1 for page in file for each in page.get_objects() if each.type == 3)
    return "".join(text.split()), images


def test_signed_on_the_pad_the_papers_carry_the_signature_and_stand_in_the_file():
    record = waiting()
    work_off()
    assert record.document.state == "draft"
    counter = Counter()
    page = counter.get(f"/reception/records/{record.pk}/").content.decode()
    assert "听清了" in page
    answer = counter.post(f"/reception/records/{record.pk}/", picture=picture())
    assert answer.url == "/reception/"
    work_off()
    record.refresh_from_db()
    for document in (record.document, record.address):
        text, images = pages(document.material)
        assert "阎怡娟（屏幕签署，" in text
        assert images == 1
    line = JournalEntry.objects.get(case=record.case, what="reception", key="signed")
    assert len(line.facts["signature"]) == 64
    assert record.item.ticks.filter(rule="reception.record", state="done").exists()
    counter.post(f"/reception/records/{record.pk}/", 409, picture=picture())


def test_who_cannot_write_types_his_name_and_confirms_it():
    record, counter = waiting(), Counter()
    path = f"/reception/records/{record.pk}/"
    assert "请在签名框签写" in counter.post(path, 422, name="").content.decode()
    assert "由本人阅读笔录后勾选" in counter.post(path, 422, name="阎怡娟").content.decode()
    counter.post(path, name="阎怡娟", agreed="on")
    work_off()
    record.refresh_from_db()
    text, images = pages(record.document.material)
    assert ("本人确认，键入姓名" in text, images) == (True, 0)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (picture(blank=True), "空白"),
        ("data:image/png;base64,AAAA", "读不出来"),
        ("data:image/svg+xml;base64,AAAA", "没有收到签名"),
        (signing.HEAD + "A" * 250_000, "没有收到签名"),
    ],
)
def test_no_signature_is_none(sent, words):
    record = waiting()
    assert words in Counter().post(f"/reception/records/{record.pk}/", 422, picture=sent).content.decode()
    assert ReceptionRecord.objects.get().signed_at is None


def test_signed_on_paper_the_scan_is_a_new_version_of_the_same_paper():
    counter = Counter()
    counter.receive(case(), signing="paper")
    record = ReceptionRecord.objects.get()
    path = f"/reception/records/{record.pk}/scan/"
    counter.post(path, 422)
    counter.post(path, 422, paper=pdf())
    work_off()
    counter.post(path, paper=pdf("签名件.pdf"))
    record.refresh_from_db()
    for document in (record.document, record.address):
        signed = Material.objects.get(replaces=document.material)
        assert (signed.version, signed.case_id, signed.title) == (2, record.case_id, f"{document.title}（签名件）")
    assert record.signed_at
    counter.post(path, 409, paper=pdf())


def test_the_confirmation_of_the_address_may_be_a_scan_of_its_own():
    counter = Counter()
    counter.receive(case(), signing="paper")
    work_off()
    record = ReceptionRecord.objects.get()
    assert 'name="address"' in counter.get(f"/reception/records/{record.pk}/").content.decode()
    counter.post(f"/reception/records/{record.pk}/scan/", paper=pdf("笔录.pdf"), address=pdf("确认书.pdf"))
    assert Material.objects.get(replaces=record.document.material).original_name == "笔录.pdf"
    assert Material.objects.get(replaces=record.address.material).original_name == "确认书.pdf"


def test_from_the_screen_to_paper_when_the_pad_does_not_work():
    record, counter = waiting(), Counter()
    counter.post(f"/reception/records/{record.pk}/paper/")
    work_off()
    record.refresh_from_db()
    assert (record.signing, record.document.state) == ("paper", "issued")
    counter.post(f"/reception/records/{record.pk}/", 409, picture=picture())


def test_a_reception_by_telephone_says_that_nobody_signed():
    Counter().receive(case(), mode="phone", signing="remote", certificate="", certificate_note="核对身份证号后四位")
    work_off()
    record = ReceptionRecord.objects.get()
    text, _ = pages(record.document.material)
    assert "电话接待，未当面签名" in text
    assert "非现场接待未签名" in text
    assert not record.waits_for_signature


def test_a_record_of_others_is_theirs():
    record = waiting()
    Counter(make.actor("quality")).get(f"/reception/records/{record.pk}/", 403)
    Counter().get("/reception/records/999999/", 404)
