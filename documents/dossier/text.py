"""The words of pages: from the text layer of a PDF, or from a scan by whoever reads it (OCR)."""

from collections.abc import Sequence
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from cases.models import Material
from documents.models import Page, PageText

BREAKS = {0x0A, 0x0D, 0x02, 0xFFFE}
GAP = 3.0  # times the height of a line: further to the right begins another column


class Line(NamedTuple):
    """One line: its box in thousandths of the upright page, from the upper left corner, and its words."""

    x: int
    y: int
    width: int
    height: int
    text: str


def store_text(material: Material, pages: Sequence[Sequence[Line]]) -> int:
    """Keep what OCR has read, one sequence of lines a page, in the order of the page images.

    A page whose text layer is known keeps that. Gives the number of pages stored; 0 while the images are not made
    (the caller asks again: `documents.dossier.rendering.ensure`).
    """
    rows = {page.number: page for page in Page.objects.filter(rendition__sha256=material.sha256)}
    given = [(rows[number], lines) for number, lines in enumerate(pages, 1) if number in rows]
    keep([(page, lines) for page, lines in given if not page.problem], PageText.Source.OCR)
    return len(given)


def keep(pages: Sequence[tuple[Page, Sequence[Line]]], source: str, failures: int = 0) -> None:
    """Write the words of pages; OCR never replaces a text layer, and notes a page without a word as read."""
    made = [
        PageText(page=page, source=source, text=joined(lines), lines=[list(line) for line in lines], failures=failures)
        for page, lines in pages
        if lines or source == PageText.Source.OCR
    ]
    if source == PageText.Source.OCR:
        known = PageText.objects.filter(page__in=[row.page for row in made], source=PageText.Source.LAYER)
        better = set(known.values_list("page", flat=True))
        made = [row for row in made if row.page_id not in better]
    PageText.objects.bulk_create(
        made, update_conflicts=True, unique_fields=["page"], update_fields=["source", "text", "lines", "failures"]
    )


def joined(lines: Sequence[Line]) -> str:
    """All words without blanks: a Chinese word goes on where the line ends."""
    return "".join("".join(line.text.split()) for line in lines)


def layer(page: pypdfium2.PdfPage) -> list[Line]:
    """The lines of a PDF page's text layer, as they stand on the page when it is upright."""
    words = page.get_textpage()
    try:
        return [line for run in _runs(words) if (line := _line(page, run)).text.strip()]
    finally:
        words.close()


def _runs(words) -> list[list[tuple[str, tuple[float, ...]]]]:
    """Characters with their boxes, cut where a line ends or a wide gap begins."""
    runs: list[list[tuple[str, tuple[float, ...]]]] = [[]]
    high = ""
    for place in range(words.count_chars()):
        code = pdfium.FPDFText_GetUnicode(words, place)
        if code in BREAKS:
            runs.append([])
            continue
        if 0xD800 <= code < 0xDC00:
            high = chr(code)
            continue
        sign = (high + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
        if not sign.isprintable():
            continue  # a glyph that tells no character reads as NUL, which the database refuses
        high, box = "", words.get_charbox(place)
        if runs[-1] and _apart(runs[-1][-1][1], box):
            runs.append([])
        runs[-1].append((sign, box))
    return [run for run in runs if run]


def _apart(last: tuple[float, ...], box: tuple[float, ...]) -> bool:
    """Whether two characters stand on different lines, or far from one another on one."""
    high = max(last[3] - last[1], box[3] - box[1], 1.0)
    return abs(last[1] - box[1]) > high and abs(last[0] - box[0]) > GAP * high


def _line(page: pypdfium2.PdfPage, run: list[tuple[str, tuple[float, ...]]]) -> Line:
    boxes = [box for sign, box in run if sign.strip()] or [run[0][1]]
    left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
    corners = [_upright(page, left, bottom), _upright(page, right, top)]
    (x0, x1), (y0, y1) = sorted(c[0] for c in corners), sorted(c[1] for c in corners)
    return Line(x0, y0, max(x1 - x0, 1), max(y1 - y0, 1), "".join(sign for sign, _ in run).strip())


def _upright(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[int, int]:
    """A point of the PDF in thousandths of the page as it is shown, turned if the page says so."""
    width, height = page.get_size()
    turned = page.get_rotation() // 90 % 4
    box = page.get_cropbox()
    x, y = x - box[0], y - box[1]
    across, down = {
        0: (x / width, 1 - y / height),
        1: (y / width, x / height),
        2: (1 - x / width, y / height),
        3: (1 - y / width, 1 - x / height),
    }[turned]
    return tuple(min(1000, max(0, round(part * 1000))) for part in (across, down))  # type: ignore[return-value]
