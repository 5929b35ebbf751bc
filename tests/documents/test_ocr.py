"""文字识别 is an aid: it is left out without its packages, its words lie on the page, and one real page is read."""

import io
from importlib.util import find_spec

import pikepdf
import pypdfium2
import pytest
from django.core.files.base import ContentFile
from PIL import Image

from cases import jobs, materials
from cases.models import Material
from cases.refusals import Refused
from documents import ocr
from documents.blocks import Block
from documents.drawing import Paper, draw
from documents.ocr import engine
from teams.actor import SYSTEM

WORDS = "本院在执行过程中查明被执行人名下有可供执行的财产，欠款1,864,200.00元。"


def picture(turned: int = 0) -> Image.Image:
    """A drawn paper as a scanner sees it: a picture without words."""
    pdf = draw(
        Paper("执行裁定书", [Block("p", WORDS)], court="濮阳市华龙区人民法院", date="二〇二六年十一月二十七日")
    ).pdf
    pages = ocr.Pages(pdf)
    found = pages.picture(0, ocr.DPI).rotate(turned, expand=True)
    pages.close()
    return found


def as_scan(image: Image.Image, name: str = "扫描.pdf") -> ContentFile:
    written = io.BytesIO()
    image.convert("L").save(written, "PDF", resolution=ocr.DPI)
    return ContentFile(written.getvalue(), name=name)


def layered(turned: int) -> pypdfium2.PdfDocument:
    """A page scanned lying, turned upright, with one line of text over its title."""
    written = io.BytesIO()
    picture(-turned).convert("L").save(written, "PDF", resolution=ocr.DPI)
    source = ocr.Pages(written.getvalue())
    with pikepdf.new() as target:
        page = source.bind(target, 0, turned)
        line = ocr.Line((680.0, 395.0, 990.0, 395.0, 990.0, 463.0, 680.0, 463.0), "执行裁定书王䶮\U0002a6d6")
        ocr.searchable(page, [line], *source.size(0, turned))
        out = io.BytesIO()
        target.save(out)
    source.close()
    return pypdfium2.PdfDocument(out.getvalue())


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_words_stand_on_the_page_where_they_were_seen_however_it_was_scanned(turned):
    with layered(turned) as document:
        page = document[0]
        words = page.get_textpage()
        assert "执行裁定书王䶮" in words.get_text_bounded(), "a character that no font has is left out, the others stay"
        left, bottom, right, top = words.get_charbox(words.search("执").get_next()[0])
        x, y = (left + right) / 2, (bottom + top) / 2
        width, height = 1655 * 72 / ocr.DPI, 2339 * 72 / ocr.DPI
        seen = {0: (x, height - y), 90: (y, x), 180: (width - x, y), 270: (width - y, height - x)}[turned]
        assert abs(seen[0] - 711 * 72 / ocr.DPI) < 12
        assert abs(seen[1] - 429 * 72 / ocr.DPI) < 12


def test_the_words_are_invisible():
    with layered(0) as document:
        plain = ocr.Pages(as_scan(picture()).read())
        shown, before = document[0].render(scale=1).to_pil().convert("L"), plain.picture(0, 72).convert("L")
        assert abs(sum(shown.histogram()[:128]) - sum(before.histogram()[:128])) < 60


def test_without_its_packages_nothing_is_read_and_nothing_breaks(settings, monkeypatch):
    settings.OCR = True
    monkeypatch.setattr(engine, "find_spec", lambda name: None)
    assert not ocr.available()
    settings.OCR = False
    monkeypatch.setattr(engine, "find_spec", lambda name: object())
    assert not ocr.available()


def test_reading_has_a_queue_of_its_own():
    assert jobs.queue_of("ocr.scan") == "ocr"
    assert jobs.queue_of("archives.file") == jobs.queue_of("document.issue") == "celery"


@pytest.mark.django_db
def test_a_file_that_does_not_open_is_refused_with_a_sentence(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    row = materials.file(None, ContentFile(b"%PDF-1.4 broken", name="坏.pdf"), kind="raw_scan", by=SYSTEM)
    with pytest.raises(Refused, match="打不开"), ocr.opened(Material.objects.get(pk=row.pk)):
        pass


@pytest.mark.long
@pytest.mark.skipif(find_spec("rapidocr") is None, reason="the group ocr is not installed")
def test_a_real_page_is_read():
    found = "".join(line.text for line in ocr.read(picture()))
    assert "执行裁定书" in found
    wanted = [sign for sign in WORDS if sign.isalnum()]
    assert sum(sign in found for sign in wanted) >= 0.95 * len(wanted)
