"""Page images and words: once a file, upright, blank ones marked, damaged ones kept with their reason."""

import io

import docx
import openpyxl
import pytest
from PIL import Image

from cases import jobs, materials
from cases.models import Job, Material
from documents.dossier import images, rendering, search, text
from documents.models import Page, PageText, Rendition
from tests import make
from tests.documents.dossier_helpers import file, locked, pdf, picture, turned, upload, work_off

pytestmark = pytest.mark.django_db
State = Rendition.State


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture
def clerk():
    return make.actor("reception", "clerk")


def rendition(paper: Material) -> Rendition:
    return Rendition.objects.get(sha256=paper.sha256)


def drawn(paper: Material, number: int = 1) -> Image.Image:
    return Image.open(images.path_of(paper.sha256, number)).convert("L")


def ink(image: Image.Image, left: float, top: float, right: float, bottom: float) -> float:
    """Part of a field that is dark; the field in parts of the page."""
    width, height = image.size
    counts = image.crop((int(left * width), int(top * height), int(right * width), int(bottom * height))).histogram()
    return sum(counts[:128]) / sum(counts)


def test_a_paper_that_comes_in_gets_its_page_images_and_its_words(clerk):
    paper = file(make.case(), clerk, pdf("执行申请书\n梁涵浩欠款", "第二页"))
    made = rendition(paper)
    assert (made.state, made.pages) == (State.READY, 2)
    assert drawn(paper).size == (1240, 1755)
    assert [words.text for words in PageText.objects.order_by("page__number")] == ["执行申请书梁涵浩欠款", "第二页"]


def test_the_same_file_is_drawn_once_whatever_papers_show_it(clerk):
    content = pdf("同一文件")
    file(make.case(), clerk, content)
    file(make.case(), clerk, content)
    assert Rendition.objects.count() == 1
    assert Job.objects.filter(kind="dossier.render").count() == 1


def test_a_long_file_is_drawn_twenty_pages_a_job(clerk):
    paper = file(make.case(), clerk, pdf(*[f"第{n}页" for n in range(1, 46)]))
    assert Job.objects.filter(kind="dossier.render", state="done").count() == 3
    assert list(Page.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 46))
    assert rendition(paper).state == State.READY


def test_an_empty_page_is_marked_blank_and_one_with_a_line_is_not(clerk):
    file(make.case(), clerk, pdf("有字", "", "3"))
    assert list(Page.objects.order_by("number").values_list("blank", flat=True)) == [False, True, False]


def test_dust_on_an_empty_scan_is_no_ink():
    sheet = Image.new("L", (1240, 1754), 250)
    assert images.is_blank(sheet)
    sheet.paste(0, (600, 800, 608, 808))
    assert images.is_blank(sheet)
    sheet.paste(0, (200, 200, 700, 230))
    assert not images.is_blank(sheet)


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_photograph_is_turned_upright(clerk, orientation):
    turn = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}[orientation]
    image = Image.open(io.BytesIO(picture())).transpose(turn)
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = orientation
    image.save(made, "JPEG", exif=exif)
    paper = file(make.case(), clerk, made.getvalue(), "照片.jpg")
    assert drawn(paper).size == (300, 400)
    assert ink(drawn(paper), 0, 0, 1, 0.1) > 0.9
    assert ink(drawn(paper), 0, 0.5, 1, 1) < 0.1


def test_a_tiff_has_a_page_for_each_of_its_pictures(clerk):
    made = io.BytesIO()
    sheets = [Image.open(io.BytesIO(picture("PNG"))) for _ in range(3)]
    sheets[0].save(made, "TIFF", save_all=True, append_images=sheets[1:])
    assert rendition(file(make.case(), clerk, made.getvalue(), "扫描.tif")).pages == 3


def office(kind: str) -> bytes:
    """A letter with a table and a picture, or a workbook with a hidden sheet."""
    made = io.BytesIO()
    if kind == "docx":
        book = docx.Document()
        book.add_paragraph("执行情况说明 \U0010ffff")
        table = book.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "开户银行", "濮阳农商银行"
        book.add_paragraph("很长的一段话。" * 400)
        book.add_picture(io.BytesIO(picture()))
    else:
        book = openpyxl.Workbook()
        book.active.append(["户名", "余额", "=1+1"])
        book.active.append(["某公司", 1200.5, None])
        book.create_sheet("底稿").append(["不给看的"])
        book["底稿"].sheet_state = "hidden"
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "words", "hidden"),
    [("说明.docx", ("开户银行｜濮阳农商银行", "另有图片1幅", "□"), "\U0010ffff"), ("流水.xlsx", ("户名｜余额", "某公司｜1200.5"), "不给看的")],
)  # fmt: skip
def test_word_and_excel_are_shown_as_text_that_says_so_and_are_found(clerk, name, words, hidden):
    paper = file(make.case(), clerk, office(name.rpartition(".")[2]), name)
    made = rendition(paper)
    pages = list(PageText.objects.filter(page__rendition=made).order_by("page__number").values_list("text", flat=True))
    assert (made.state, made.pages, len(pages)) == (State.READY, len(pages), 2 if name.endswith("docx") else 1)
    assert all("文字预览，以原文件为准" in text for text in pages)
    assert all(word in "".join(pages) for word in words)
    assert hidden not in "".join(pages)
    assert len(search.in_papers([paper], words[0])) == 1


def test_a_word_file_that_cannot_be_read_has_no_pages_and_says_so(clerk):
    from tests.cases.test_materials import DOCX

    made = rendition(file(make.case(), clerk, DOCX, "说明.docx"))
    assert (made.state, made.pages) == (State.FAILED, 0)
    assert "打开原件" in made.problem


def test_a_broken_file_says_so_and_is_not_tried_again(clerk):
    made = rendition(file(make.case(), clerk, b"%PDF-1.7 broken", "坏.pdf"))
    assert made.state == State.FAILED
    assert "重新扫描" in made.problem
    assert work_off() == 0


def test_one_damaged_page_keeps_its_place_and_the_others_are_drawn(clerk, monkeypatch):
    import pypdfium2

    whole = pypdfium2.PdfPage.render
    monkeypatch.setattr(
        pypdfium2.PdfPage,
        "render",
        lambda page, **o: fail() if page.get_textpage().get_text_range() == "二" else whole(page, **o),
    )

    def fail():
        raise pypdfium2.PdfiumError("damaged")

    file(make.case(), clerk, pdf("一", "二", "三"))
    rows = list(Page.objects.order_by("number"))
    assert [bool(row.problem) for row in rows] == [False, True, False]
    assert [images.path_of(rows[0].rendition.sha256, n).exists() for n in (1, 2, 3)] == [True, False, True]


def test_a_file_that_kills_the_worker_is_left_alone_after_the_third_time(clerk):
    paper = materials.file(make.case(), upload(pdf("杀手")), kind="other", by=clerk)
    job = Job.objects.get(kind="dossier.render")
    Job.objects.filter(pk=job.pk).update(attempts=rendering.ATTEMPTS)
    assert jobs.run(job.pk)
    assert rendition(paper).state == State.FAILED


def test_a_worker_killed_while_drawing_has_left_no_rows_and_the_next_one_draws_all(clerk, monkeypatch):
    paper = materials.file(make.case(), upload(pdf("一", "二")), kind="other", by=clerk)
    job = Job.objects.get(kind="dossier.render")
    keep = images.keep

    def killed(picture, sha256, number):
        if number == 2:
            raise KeyboardInterrupt
        keep(picture, sha256, number)

    monkeypatch.setattr(images, "keep", killed)
    with pytest.raises(KeyboardInterrupt):
        jobs.run(job.pk)
    assert not Page.objects.exists()
    monkeypatch.setattr(images, "keep", keep)
    Job.objects.filter(pk=job.pk).update(state="waiting")
    assert work_off() == 1
    assert rendition(paper).pages == 2


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_the_boxes_of_words_lie_on_the_ink_of_the_page_as_it_is_shown(clerk, degrees):
    content = pdf("被执行人名下车辆")
    paper = file(make.case(), clerk, turned(content, degrees) if degrees else content)
    (line,) = PageText.objects.get().lines
    assert line[4] == "被执行人名下车辆"
    x, y, width, height = (part / 1000 for part in line[:4])
    assert ink(drawn(paper), x, y, x + width, y + height) > 0.1
    (box,) = search.boxes([line], "车辆")
    assert box[2] < line[2]


def test_a_word_is_found_across_the_end_of_a_line_and_marked_in_both(clerk):
    paper = file(make.case(), clerk, pdf("房屋一套位于开\n州路东段"))
    (found,) = search.in_papers([paper], "开州路")
    assert (found.page, found.word, found.before[-2:], found.after[:2]) == (1, "开州路", "位于", "东段")
    assert len(found.boxes) == 2


@pytest.mark.parametrize(
    ("line", "word"), [("2026年11月12日在开州路", "开州路"), ("AB 12 车辆", "车辆"), ("车辆 豫J12345", "豫J12345")]
)
def test_a_mark_lies_on_its_word_also_among_digits_and_letters(clerk, line, word):
    paper = file(make.case(), clerk, pdf(line))
    ((x, _, width, _),) = search.in_papers([paper], word)[0].boxes
    alone = search.in_papers([file(make.case(), clerk, pdf(word))], word)[0].boxes[0]
    assert abs(width - alone[2]) <= 12
    (whole,) = PageText.objects.get(page__rendition__sha256=paper.sha256).lines
    if line.endswith(word):
        assert abs(x + width - whole[0] - whole[2]) <= 4
    else:
        assert abs(x - whole[0]) <= 4


def test_a_rare_character_beyond_the_first_plane_is_read_as_one(clerk):
    paper = file(make.case(), clerk, pdf("王𠮷田"))
    assert [hit.word for hit in search.in_papers([paper], "𠮷田")] == ["𠮷田"]


def test_a_glyph_that_tells_no_character_does_not_stop_the_file(clerk, monkeypatch):
    import pypdfium2.raw as pdfium

    read = pdfium.FPDFText_GetUnicode
    monkeypatch.setattr(pdfium, "FPDFText_GetUnicode", lambda page, place: 0 if place == 1 else read(page, place))
    paper = file(make.case(), clerk, pdf("甲乙丙"))
    assert [hit.word for hit in search.in_papers([paper], "甲丙")] == ["甲丙"]


def test_ocr_gives_words_to_a_scan_but_never_replaces_a_text_layer(clerk):
    case = make.case()
    scan = file(case, clerk, picture(size=(800, 1100)), "扫描.jpg")
    assert text.store_text(scan, [[text.Line(100, 100, 400, 30, "房产 证")]]) == 1
    assert [hit.word for hit in search.in_papers([scan], "房产证")] == ["房产证"]
    printed = file(case, clerk, pdf("裁定书"))
    text.store_text(printed, [[text.Line(100, 100, 400, 30, "栽定书")]])
    assert search.in_papers([printed], "裁定") != []
    assert search.in_papers([printed], "栽定") == []


def test_a_text_for_images_that_are_not_made_is_not_lost_silently(clerk):
    waiting = materials.file(make.case(), upload(picture(), "a.jpg"), kind="other", by=clerk)
    assert text.store_text(waiting, [[text.Line(0, 0, 10, 10, "字")]]) == 0


def test_page_images_are_swept_with_their_file_only(clerk, own_files):
    import os
    from datetime import timedelta

    from cases import clock

    paper = file(make.case(), clerk)
    lost = own_files / "pages" / "ab" / "cd" / ("f" * 64) / "0001.webp"
    lost.parent.mkdir(parents=True)
    lost.write_bytes(b"x")
    old = (clock.now() - timedelta(days=2)).timestamp()
    for path in (lost, images.path_of(paper.sha256, 1)):
        os.utime(path, (old, old))
    materials.sweep_orphans()
    assert not lost.exists()
    assert images.path_of(paper.sha256, 1).exists()


def test_a_locked_file_is_refused_before_it_is_filed(clerk):
    from cases.refusals import Refused

    with pytest.raises(Refused, match="设有密码"):
        materials.file(make.case(), upload(locked(pdf("密"))), kind="other", by=clerk)
