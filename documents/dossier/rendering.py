"""Page images of a stored file, made by the worker, twenty pages a job: a killed one has left nothing in the tables.

Nothing of a file is run. A page that cannot be drawn is kept as damaged, with the reason; the others are drawn.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from cases import clock, jobs, materials
from cases.models import Job, Material
from documents.dossier import images, office, recognising, text
from documents.models import Page, PageText, Rendition

log = logging.getLogger(__name__)
AT_A_TIME, MOST = 20, 3000
DPI = 150
ATTEMPTS = 3  # a file that takes the worker down with it is left alone after the third time
A4 = (1240, 1754)
State = Rendition.State
PICTURES = {"image/jpeg", "image/png", "image/tiff"}


class Drawn(NamedTuple):
    """One page: its image and words, or why there is none."""

    number: int
    picture: Image.Image | None
    lines: Sequence[text.Line] = ()
    problem: str = ""


class Broken(Exception):
    """The whole file does not open; says why."""


def ensure(papers: Sequence[Material]) -> None:
    """Ask for the page images of papers that have none yet; the same file once."""
    known = set(Rendition.objects.filter(sha256__in=[row.sha256 for row in papers]).values_list("sha256", flat=True))
    new = {row.sha256: row for row in papers if row.sha256 not in known}
    if not new:
        return
    with transaction.atomic():
        Rendition.objects.bulk_create([Rendition(sha256=sha256) for sha256 in new], ignore_conflicts=True)
        for sha256, row in new.items():
            _ask(sha256, row.content_type, 1)


def _ask(sha256: str, content_type: str, start: int) -> None:
    jobs.enqueue("dossier.render", f"{sha256}:{start}", {"sha256": sha256, "type": content_type, "start": start})


def produce(job: Job) -> None:
    """Twenty pages of one file; the next twenty are asked for in the same transaction."""
    sha256, content_type, start = job.payload["sha256"], job.payload["type"], job.payload["start"]
    rendition = Rendition.objects.select_for_update().get(sha256=sha256)
    if rendition.state != State.WAITING:
        return
    if job.attempts > ATTEMPTS:
        _end(rendition, State.FAILED, "文件多次处理失败，不能生成页面图像，请打开原件核对")
        return
    try:
        with opened(materials.path_of(sha256), content_type) as (count, pages):
            rendition.pages = min(count, MOST)
            store(rendition, [pages(number) for number in _numbers(start, rendition.pages)])
    except Broken as reason:
        _end(rendition, State.FAILED, str(reason))
        return
    if start + AT_A_TIME <= rendition.pages:
        rendition.save(update_fields=["pages"])
        _ask(sha256, content_type, start + AT_A_TIME)
    else:
        _end(rendition, State.READY, "")
        recognising.ask(rendition)


def _numbers(start: int, pages: int) -> range:
    return range(start, min(start + AT_A_TIME, pages + 1))


def _end(rendition: Rendition, state: str, problem: str) -> None:
    rendition.state, rendition.problem, rendition.made_at = state, problem[:200], clock.now()
    rendition.save()


def store(rendition: Rendition, drawn: Sequence[Drawn]) -> None:
    """Images into the file store, pages and words into their tables."""
    rows = []
    for each in drawn:
        if each.picture is not None:
            images.keep(each.picture, rendition.sha256, each.number)
        width, height = each.picture.size if each.picture is not None else A4
        rows.append(
            Page(
                rendition=rendition,
                number=each.number,
                width=width,
                height=height,
                blank=each.picture is not None and not each.lines and images.is_blank(each.picture),
                problem=each.problem[:200],
            )
        )
    Page.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["rendition", "number"],
        update_fields=["width", "height", "blank", "problem"],
    )
    numbered = {
        page.number: page for page in Page.objects.filter(rendition=rendition, number__in=[d.number for d in drawn])
    }
    text.keep([(numbered[each.number], each.lines) for each in drawn], PageText.Source.LAYER)


@contextmanager
def opened(path: Path, content_type: str) -> Iterator[tuple]:
    """(number of pages, function that draws one by its number). Raises Broken."""
    if content_type == "application/pdf":
        with _pdf(path) as found:
            yield found
    elif content_type in PICTURES:
        with _pictures(path) as found:
            yield found
    elif content_type in office.TYPES:
        with _pdf(_words_of(path, content_type)) as found:
            yield found
    else:
        raise Broken("这种文件不生成页面图像，请打开原件；归档前请另存为 PDF 入卷")


def _words_of(path: Path, content_type: str) -> bytes:
    """Word and Excel as text, marked as such."""
    try:
        return office.as_pdf(path, content_type)
    except office.TooMuch as reason:
        raise Broken(str(reason)) from None
    except office.BROKEN as error:
        log.warning("office file not read: %s", type(error).__name__)
        raise Broken("文件读不出来，不能生成文字预览：请打开原件核对") from None


@contextmanager
def _pdf(path: Path | bytes) -> Iterator[tuple]:
    try:
        book = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, OSError):
        raise Broken("文件已损坏，打不开：请重新扫描或重新导出后替换") from None
    try:
        if not len(book):
            raise Broken("文件里没有页：请重新扫描或重新导出后替换")
        yield len(book), lambda number: _pdf_page(book, number)
    finally:
        book.close()


def _pdf_page(book: pypdfium2.PdfDocument, number: int) -> Drawn:
    """Draw one page, and read its words."""
    try:
        page = book[number - 1]
        longest = max(page.get_size())
        if longest <= 0:
            return Drawn(number, None, problem="本页没有尺寸，不能显示")
        bitmap = page.render(scale=min(DPI / 72, images.LONGEST / longest))
        picture = images.fitted(bitmap.to_pil())
    except (pypdfium2.PdfiumError, ValueError, MemoryError, OSError) as error:
        log.warning("page %s not drawn: %s", number, type(error).__name__)
        return Drawn(number, None, problem="本页已损坏，不能显示")
    try:
        return Drawn(number, picture, text.layer(page))
    except (pypdfium2.PdfiumError, ValueError):
        return Drawn(number, picture)


@contextmanager
def _pictures(path: Path) -> Iterator[tuple]:
    """A photograph or a scan, turned upright by what the camera noted; a TIFF may hold many pages."""
    try:
        with Image.open(path) as book:
            count = getattr(book, "n_frames", 1) if book.format == "TIFF" else 1
            yield count, lambda number: _frame(book, number)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError):
        raise Broken("图片已损坏，打不开：请重新扫描后替换") from None


def _frame(book: Image.Image, number: int) -> Drawn:
    try:
        book.seek(number - 1)
        return Drawn(number, images.fitted(ImageOps.exif_transpose(book)))
    except (OSError, ValueError, EOFError, SyntaxError, MemoryError, Image.DecompressionBombError):
        return Drawn(number, None, problem="本页已损坏，不能显示")
