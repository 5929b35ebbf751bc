"""A volume as one PDF: contents, then every paper in its order, with page numbers, bookmarks and a watermark.

PDF pages are taken as they are (their words stay), pictures as their page images; a page that is damaged and a file
without pages (Word) get a sheet that says so, so that no page is unaccounted for.
"""

import hashlib
import io
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pikepdf
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from cases import materials
from cases.periods import local
from cases.refusals import Refused
from documents.dossier import images
from documents.dossier.volumes import Entry
from documents.drawing import fonts
from documents.models import Copy, Page, Rendition

WIDTH, HEIGHT = A4
LEFT, TOP, LINE = 62, HEIGHT - 120, 22
ROWS = 28  # of a sheet of contents
State = Rendition.State


def merge(copy: Copy, entries: list[Entry], target: Path) -> tuple[int, str]:
    """Write the file; (pages of the volume, sha256). Refused while page images are still being made."""
    waiting = [e.material.title for e in entries if e.rendition is None or e.rendition.state == State.WAITING]
    if waiting:
        raise Refused(f"「{waiting[0]}」的页面还在生成，请稍候再取。")
    fonts.ready()
    with Book() as book:
        starts = []
        for entry in entries:
            starts.append((entry, book.count))
            _append(book, entry)
        pages = book.count
        _stamp(book, copy)
        head = book.open(io.BytesIO(contents(copy, starts, pages)))
        for number, page in enumerate(head.pages):
            book.pdf.pages.insert(number, page)
        with book.pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("卷内目录", 0))
            outline.root += [
                pikepdf.OutlineItem(f"{e.where.number} {e.material.title}", len(head.pages) + start)
                for e, start in starts
            ]
        return pages, _write(book.pdf, target)


class Book(ExitStack):
    """The PDF that is being made, and those its pages come from: they stay open until it is written."""

    def __enter__(self) -> "Book":
        super().__enter__()
        self.pdf = self.enter_context(pikepdf.new())
        return self

    @property
    def count(self) -> int:
        return len(self.pdf.pages)

    def open(self, source) -> pikepdf.Pdf:
        return self.enter_context(pikepdf.open(source))


def _write(book: pikepdf.Pdf, target: Path) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix="incoming-", dir=target.parent)
    os.close(handle)
    try:
        book.save(temporary, deterministic_id=True)
        with open(temporary, "rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        os.chmod(temporary, 0o644)  # for nginx, which serves the volume
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return digest


def _append(book: Book, entry: Entry) -> None:
    """All pages of one paper, as many as its rendition counts (one sheet for a file without any)."""
    rendition = entry.rendition
    if rendition is None or not rendition.pages:
        _sheet(book, entry, "本件为电子文件，没有页面：" + (rendition.problem if rendition else ""))
        return
    damaged = {page.number: page.problem for page in rendition.each.exclude(problem="")}
    if entry.material.content_type == "application/pdf":
        _append_pdf(book, entry, rendition.pages, damaged)
    else:
        for page in rendition.each.order_by("number"):
            _picture(book, entry, page) if not page.problem else _sheet(book, entry, page.problem)


def _append_pdf(book: Book, entry: Entry, pages: int, damaged: dict[int, str]) -> None:
    """Its own pages; where one does not open, its image, and where there is none, a sheet that says so."""
    try:
        source = book.open(materials.path_of(entry.material.sha256))
        whole = len(source.pages) >= pages
    except pikepdf.PdfError:
        whole = False
    for number in range(1, pages + 1):
        if number in damaged:
            _sheet(book, entry, f"第 {number} 页：{damaged[number]}")
        elif whole:
            book.pdf.pages.append(source.pages[number - 1])
        else:
            _picture(book, entry, Page.objects.get(rendition=entry.rendition, number=number))


def _picture(book: Book, entry: Entry, page: Page) -> None:
    """The page image on an A4 sheet, lying when it is wider than high."""
    made = io.BytesIO()
    across = page.width > page.height
    width, height = (HEIGHT, WIDTH) if across else (WIDTH, HEIGHT)
    canvas = Canvas(made, pagesize=(width, height), initialFontName="song")
    part = min(width / page.width, height / page.height)
    with Image.open(images.path_of(entry.material.sha256, page.number)) as picture:
        jpeg = io.BytesIO()
        picture.convert("RGB").save(jpeg, "JPEG", quality=82)
    canvas.drawImage(
        ImageReader(jpeg), (width - page.width * part) / 2, (height - page.height * part) / 2, page.width * part, page.height * part
    )  # fmt: skip
    canvas.showPage()
    canvas.save()
    _take(book, made)


def _sheet(book: Book, entry: Entry, text: str) -> None:
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4, initialFontName="song")
    _centred(canvas, entry.material.title[:40], HEIGHT / 2 + 20, 16)
    _centred(canvas, text[:46], HEIGHT / 2 - 10, 12)
    canvas.showPage()
    canvas.save()
    _take(book, made)


def _take(book: Book, made: io.BytesIO) -> None:
    book.pdf.pages.extend(book.open(io.BytesIO(made.getvalue())).pages)


def contents(copy: Copy, starts: list[tuple[Entry, int]], pages: int) -> bytes:
    """卷内目录: number, paper, day, pages."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4, initialFontName="song")
    canvas.setTitle(f"{copy.case.number} {copy.get_volume_display()}")
    ends = [start for _, start in starts[1:]] + [pages]
    for first in range(0, len(starts), ROWS):
        _head(canvas, copy)
        for row, ((entry, start), end) in enumerate(zip(starts[first : first + ROWS], ends[first:], strict=False)):
            _row(canvas, TOP - 30 - row * LINE, entry, start + 1, end)
        _watermark(canvas, copy, WIDTH, HEIGHT)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def _head(canvas: Canvas, copy: Copy) -> None:
    _centred(canvas, "卷　内　目　录", HEIGHT - 80, 20)
    _text(canvas, LEFT, HEIGHT - 104, f"{copy.case.number}　{copy.get_volume_display()}", 11)
    for x, word in ((LEFT, "序号"), (LEFT + 40, "材料名称"), (WIDTH - 170, "形成日期"), (WIDTH - 96, "页次")):
        _text(canvas, x, TOP - 6, word, 11)
    canvas.line(LEFT, TOP - 12, WIDTH - LEFT, TOP - 12)


def _row(canvas: Canvas, y: float, entry: Entry, first: int, last: int) -> None:
    title = entry.material.title
    while fonts.width(fonts.safe(title), "song", 11) > WIDTH - 170 - LEFT - 52:
        title = title[:-2] + "…"
    _text(canvas, LEFT + 6, y, str(entry.where.number), 11)
    _text(canvas, LEFT + 40, y, title, 11)
    _text(canvas, WIDTH - 170, y, f"{local(entry.material.happened_at):%Y-%m-%d}", 11)
    _text(canvas, WIDTH - 96, y, str(first) if first == last else f"{first}–{last}", 11)


def _stamp(book: Book, copy: Copy) -> None:
    """Page number at the upper right corner and the watermark, over every page as it lies."""
    made = io.BytesIO()
    canvas = Canvas(made, initialFontName="song")
    sizes = [_size(page) for page in book.pdf.pages]
    for number, (width, height) in enumerate(sizes, 1):
        canvas.setPageSize((width, height))
        _watermark(canvas, copy, width, height)
        _text(canvas, width - 50, height - 30, str(number), 11)
        canvas.showPage()
    canvas.save()
    over = book.open(io.BytesIO(made.getvalue()))
    for page, stamp in zip(book.pdf.pages, over.pages, strict=True):
        page.add_overlay(stamp, None)


def _size(page: pikepdf.Page) -> tuple[float, float]:
    """Width and height as the page is shown."""
    x0, y0, x1, y1 = (float(each) for each in page.trimbox)
    turned = int(page.obj.get("/Rotate", 0)) // 90 % 2
    width, height = (y1 - y0, x1 - x0) if turned else (x1 - x0, y1 - y0)
    return max(width, 1), max(height, 1)


def _watermark(canvas: Canvas, copy: Copy, width: float, height: float) -> None:
    """Who took the copy and when, across the page, light enough to read under it."""
    text = f"{copy.by.name} {local(copy.asked_at):%Y-%m-%d %H:%M}"
    if copy.volume == Copy.Volume.PARTY:
        text = f"当事人阅卷 {text}"
    canvas.saveState()
    canvas.setFillGray(0.45, 0.16)
    for down in range(3):
        for across in range(2):
            canvas.saveState()
            canvas.translate(width * (0.12 + 0.46 * across), height * (0.14 + 0.3 * down))
            canvas.rotate(24)
            _text(canvas, 0, 0, text, 15)
            canvas.restoreState()
    canvas.restoreState()


def _text(canvas: Canvas, x: float, y: float, text: str, size: float) -> None:
    fonts.draw(canvas, x, y, fonts.safe(text), "song", size)


def _centred(canvas: Canvas, text: str, y: float, size: float) -> None:
    _text(canvas, (WIDTH - fonts.width(fonts.safe(text), "song", size)) / 2, y, text, size)
