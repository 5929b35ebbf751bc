"""双层 PDF: the page as it was scanned, and over it its text, invisible, each line where it stands on the picture."""

import io
from collections.abc import Iterable
from math import atan2, degrees, hypot

import pikepdf
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from documents.drawing import NoGlyph, fonts
from documents.ocr.engine import DPI, Line

INVISIBLE = 3
POINTS = 72 / DPI


def searchable(page: pikepdf.Page, lines: Iterable[Line], width: float, height: float) -> None:
    """Lay the text over a page. `width`, `height`: of the upright page, in points."""
    fonts.ready()
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(width, height), invariant=True)
    for line in lines:
        _write(canvas, line, height)
    canvas.showPage()
    canvas.save()
    with pikepdf.open(io.BytesIO(written.getvalue())) as text:
        page.add_overlay(text.pages[0], pikepdf.Rectangle(*_visible(page)))


def _visible(page: pikepdf.Page) -> tuple[float, float, float, float]:
    return tuple(float(value) for value in page.trimbox)  # type: ignore[return-value]


def _write(canvas: Canvas, line: Line, height: float) -> None:
    x0, y0, x1, y1, _, _, x3, y3 = (value * POINTS for value in line.box)
    wide, high = hypot(x1 - x0, y1 - y0), hypot(x3 - x0, y3 - y0)
    size = max(high * 0.82, 4)
    pieces = _pieces(line.text)
    natural = sum(pdfmetrics.stringWidth(text, font, size) for font, text in pieces) or 1
    canvas.saveState()
    canvas.translate(x3, height - y3)
    canvas.rotate(degrees(atan2(y0 - y1, x1 - x0)))
    text = canvas.beginText(0, high * 0.16)
    text.setTextRenderMode(INVISIBLE)
    text.setHorizScale(100 * wide / natural)
    for font, part in pieces:
        text.setFont(font, size)
        text.textOut(part)
    canvas.drawText(text)
    canvas.restoreState()


def _pieces(text: str) -> list[tuple[str, str]]:
    """The line in fonts that have its characters; what none has is left out: this is an aid for searching."""
    kept = []
    for character in text:
        try:
            fonts.pick("song", character)
        except NoGlyph:
            continue
        kept.append(character)
    return fonts.runs("".join(kept), "song")
