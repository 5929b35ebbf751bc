"""文字识别 of pictures and scans that teams put in: in its own queue, in pieces, found by the search."""

import io
from importlib.util import find_spec
from io import StringIO

import pytest
from django.core.management import call_command
from PIL import Image

from archives.models import ScanPage
from cases import jobs, materials
from cases.models import Job, Party
from documents import ocr
from documents.dossier import everywhere, recognising, search, sweeping
from documents.models import PageText
from tests import make
from tests.cases.signing_helpers import fast_case
from tests.documents.dossier_helpers import file, pdf, picture, upload, work_off
from tests.documents.test_ocr import picture as scanned
from tests.reception.helpers import Counter

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(monkeypatch):
    """An engine that reads one line across the upper half; what it was shown is kept."""
    seen: list[Image.Image] = []

    def read(image: Image.Image) -> list[ocr.Line]:
        seen.append(image.copy())
        wide, high = image.size
        return [ocr.Line((0, 0, wide / 2, 0, wide / 2, high / 10, 0, high / 10), f"第{len(seen)}页 重型货车")]

    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "read", read)
    return seen


def judge():
    return make.actor("fast-03", "judge")


def scan(pages: int) -> bytes:
    written = io.BytesIO()
    first, *rest = [Image.open(io.BytesIO(picture(size=(200 + n, 300)))) for n in range(pages)]
    first.save(written, "PDF", save_all=True, append_images=rest)
    return written.getvalue()


def test_a_picture_is_read_by_the_queue_of_its_own_and_found(engine):
    case = fast_case()
    before = set(Party.objects.values_list("name", flat=True))
    paper = file(case, judge(), picture(), "现场.jpg")
    job = Job.objects.get(kind=recognising.JOB)
    assert jobs.queue_of(job.kind) == jobs.OCR_QUEUE
    assert everywhere.find(judge(), "重型货车").rows == []
    assert work_off(recognising.JOB) == 1
    (row,) = everywhere.find(judge(), "重型货车").rows
    assert row.paper == paper
    (hit,) = search.in_papers([paper], "货车")
    (x, y, width, height) = hit.boxes[0]
    assert (y, height) == (0, 100)
    assert 300 < x < 499 <= x + width <= 501
    assert set(Party.objects.values_list("name", flat=True)) == before, "names are never taken from it"
    assert work_off(recognising.JOB) == 0


def test_a_long_scan_is_read_in_pieces_and_each_page_once(engine):
    paper = file(fast_case(), judge(), scan(2 * recognising.CHUNK + 1), "扫描.pdf")
    assert work_off(recognising.JOB) == 3
    assert len(engine) == 2 * recognising.CHUNK + 1
    assert len(search.in_papers([paper], "重型货车")) == len(engine)


def test_what_has_words_is_blank_or_is_scanned_at_the_centre_is_not_read(engine):
    case = fast_case()
    file(case, judge(), pdf("裁定书", ""))
    materials.file(None, upload(picture(), "原始扫描.jpg"), kind="raw_scan", by=make.actor("archives", "clerk"))
    work_off()
    assert not Job.objects.filter(kind=recognising.JOB).exists()
    assert not ScanPage.objects.exists()
    file(case, judge(), picture(), "入卷.jpg")
    assert Job.objects.filter(kind=recognising.JOB).count() == 1


def test_a_page_without_a_word_is_read_once_and_one_that_fails_again_and_again_is_left(engine, monkeypatch):
    monkeypatch.setattr(ocr, "read", lambda image: [])
    file(fast_case(), judge(), picture(), "风景.jpg")
    assert work_off(recognising.JOB) == 1
    assert PageText.objects.get().text == ""
    file(fast_case(), judge(), picture(size=(310, 400)), "坏.jpg")
    monkeypatch.setattr(ocr, "read", lambda image: 1 / 0)
    job = Job.objects.get(kind=recognising.JOB, state="waiting")
    done = [jobs.run(job.pk) for _ in range(recognising.ATTEMPTS + 1)]
    assert done == [False] * recognising.ATTEMPTS + [True]
    assert list(PageText.objects.order_by("pk").values_list("text", "failures")) == [("", 0), ("", 1)]


def test_by_night_what_was_never_read_and_what_failed_once_is_read_so_many_pages_a_round(settings, engine, monkeypatch):
    settings.OCR, kinds = False, (sweeping.JOB, recognising.JOB, recognising.AGAIN)
    monkeypatch.setattr(ocr, "available", lambda: bool(settings.OCR))
    case = fast_case()
    old = [file(case, judge(), scan(3), f"旧扫描{n}.pdf") for n in range(2)]  # the same file twice
    other = file(case, judge(), picture(size=(320, 410)), "旧照片.jpg")
    assert sweeping.ask() is None
    settings.OCR = True
    sweeping.ask(pages=1)
    assert jobs.queue_of(sweeping.JOB) == jobs.OCR_QUEUE
    assert work_off(sweeping.JOB) == 1
    assert sweeping.counted()[:3] == (4, 0, 1)
    assert (work_off(recognising.JOB), len(engine)) == (1, 1)  # the newest paper, one page
    assert len(search.in_papers([other], "重型货车")) == 1
    call_command("recognise", stdout=(out := StringIO()))
    assert "待识别 3 页" in out.getvalue()
    work_off(*kinds)
    assert len(search.in_papers(old[:1], "重型货车")) == 3
    assert sweeping.unread().count() == 0
    lost = PageText.objects.order_by("-pk").first()
    PageText.objects.filter(pk=lost.pk).update(failures=1, text="")
    sweeping.ask()
    work_off(*kinds)
    lost.refresh_from_db()
    assert (lost.failures, "重型货车" in lost.text) == (0, True)
    PageText.objects.filter(pk=lost.pk).update(failures=1)
    monkeypatch.setattr(ocr, "read", lambda image: 1 / 0)
    sweeping.ask()
    work_off(sweeping.JOB)
    job = Job.objects.get(kind=recognising.AGAIN, state="waiting")
    assert [jobs.run(job.pk) for _ in range(recognising.ATTEMPTS + 1)][-1]
    sweeping.ask()
    work_off(*kinds)
    assert sweeping.counted()[:3] == (0, 1, 0)  # given up, and said so
    page = Counter(judge()).get("/dossier-search/?q=没有的字").content.decode()
    assert "待识别 0 页，1 页两次识别失败" in page


def test_without_the_packages_nothing_is_asked(settings):
    settings.OCR = False
    file(fast_case(), judge(), picture(), "现场.jpg")
    assert not Job.objects.filter(kind=recognising.JOB).exists()


@pytest.mark.long
@pytest.mark.skipif(find_spec("rapidocr") is None, reason="the group ocr is not installed")
def test_a_real_photograph_is_found_by_its_words():
    written = io.BytesIO()
    scanned().convert("RGB").save(written, "JPEG", quality=85)
    file(fast_case(), judge(), written.getvalue(), "裁定.jpg")
    assert work_off(recognising.JOB) == 1
    (row,) = everywhere.find(judge(), "可供执行的财产").rows
    assert row.pages[0].word == "可供执行的财产"
