"""文字预览 of Word and Excel files: their words on pages that say what they are, so that they can be read and found beside
the other papers. There is no office program here: type, pictures and layout are seen in the original file alone, and
the archive still asks for a PDF.
"""

import io
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from lxml.etree import LxmlError
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from cases.intake.values import text_of
from cases.sniffing import OFFICE
from documents.drawing import fonts
from documents.drawing.lines import advance, places

WORD, EXCEL = OFFICE[".docx"], OFFICE[".xlsx"]
TYPES = (WORD, EXCEL)
MARK = "文字预览，以原文件为准"
BROKEN = (
    zipfile.BadZipFile, PackageNotFoundError, InvalidFileException, LxmlError, KeyError, ValueError, AttributeError,
    TypeError, IndexError, OSError,
)  # fmt: skip
UNPACKED = 64 * 1024 * 1024  # of one part: more is read in the original alone
LINES = 42  # a page
MOST = 200 * LINES
COLUMNS = 60  # of a sheet
SIZE, LEADING, SIDE, TOP = 11, 17, 56, 74
WIDTH = A4[0] - 2 * SIDE


class TooMuch(ValueError):
    """Too large to be laid out; says so."""


def as_pdf(path: Path, content_type: str) -> bytes:
    """The words of the file as a PDF with a text layer; any of BROKEN, or TooMuch, where it cannot be read."""
    with zipfile.ZipFile(path) as parts:
        if any(part.file_size > UNPACKED for part in parts.infolist()):
            raise TooMuch("文件太大，不生成文字预览，请打开原件")
    said = _word(path) if content_type == WORD else _excel(path)
    fonts.ready()
    wrapped = (line for text in said for line in _wrap(fonts.safe(text)))
    lines = list(islice(wrapped, MOST + 1))
    if len(lines) > MOST:
        lines[MOST:] = ["（以下从略，请打开原件）"]
    return _drawn(lines or ["（没有文字，请打开原件）"])


def _word(path: Path) -> Iterator[str]:
    """Paragraphs and the rows of tables in their order; how many pictures are left out."""
    document = Document(str(path))
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = {id(cell._tc): cell.text.replace("\n", " ") for cell in row.cells}  # a merged one comes once
                yield "｜".join(cells.values())
        else:
            yield from block.text.split("\n")
    if pictures := len(document.inline_shapes):
        yield f"（另有图片 {pictures} 幅，请打开原件查看）"


def _excel(path: Path) -> Iterator[str]:
    """The visible sheets row by row, values as they were saved."""
    book = load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True)  # stored without a suffix
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        yield f"【工作表：{sheet.title}】"
        sheet.reset_dimensions()
        for row in sheet.iter_rows(max_col=COLUMNS, values_only=True):
            cells = [text_of(cell).replace("\n", " ") for cell in row]
            if any(cells):
                yield "｜".join(cells).rstrip("｜")


def _wrap(text: str) -> Iterator[str]:
    """Lines that fit the page; an empty one stays."""
    text = text.replace("\t", "    ").rstrip()
    if not text:
        yield ""
    measures = [advance(fonts.pick("song", sign), sign) * SIZE for sign in text]
    for start, end, _, _ in places(text, measures, frozenset(), [WIDTH]):
        yield text[start:end]


def _drawn(lines: list[str]) -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4, initialFontName="song", invariant=True)
    for first in range(0, len(lines), LINES):
        canvas.setFillGray(0.4)
        fonts.draw(canvas, SIDE, A4[1] - 46, MARK, "song", 10)
        canvas.line(SIDE, A4[1] - 54, A4[0] - SIDE, A4[1] - 54)
        canvas.setFillGray(0)
        for row, line in enumerate(lines[first : first + LINES]):
            fonts.draw(canvas, SIDE, A4[1] - TOP - row * LEADING, line, "song", SIZE)
        canvas.showPage()
    canvas.save()
    return written.getvalue()
