"""A paper as PDF: titles, number, body, signatures with the date on the seal's line, page numbers, QR code."""

import io
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import segno
from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    Image,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Spacer,
    Table,
    TableStyle,
)

from documents.blocks import Block
from documents.drawing import fonts, sheet
from documents.drawing.closing import Closing
from documents.drawing.lines import Text

FACES = {"record": ("song", 14, 24), "form": ("song", sheet.SMALL, 20)}  # layout → face, size, pitch; others as writs
PICTURE = 60 * mm, 20 * mm  # room of a signature
TAIL = {"record": 3}  # lines that stay with the date; elsewhere one
SMALL_TABLE = 8  # rows; not divided over two pages
CELL_LINES = 12  # a row of so many lines still goes over whole; a page has thirty


class Signature(NamedTuple):
    """One line: 审判员 周明远. Without a name the place is left for the pen; `below` the date stand assistant and clerk."""

    title: str
    name: str = ""
    below: bool = False


class Paper(NamedTuple):
    """Everything a drawing needs; all of it plain text, so that the same paper gives the same bytes.

    `seal`: "" none · "place" a dotted round with 「（院印）」 · "mark" its place is only told. `across`: words printed across each page (样章 演示, 草稿).
    `check`: what the QR code says; empty on drafts.
    """

    title: str
    blocks: Sequence[Block]
    court: str = ""
    number: str = ""
    signatures: Sequence[Signature] = ()
    date: str = ""
    seal: str = ""
    layout: str = "writ"
    check: str = ""
    across: str = ""


class Drawn(NamedTuple):
    """The PDF, and where the seal goes: page (from 1) and the middle in points from its lower left corner."""

    pdf: bytes
    seal_at: tuple[int, float, float] | None = None


def draw(paper: Paper) -> Drawn:
    """The PDF. Raises NoGlyph for a character that no font has."""
    fonts.ready()
    target = io.BytesIO()
    document = BaseDocTemplate(
        target, pagesize=(sheet.PAGE_WIDTH, sheet.PAGE_HEIGHT), title=paper.title, author=paper.court, invariant=1,
        initialFontName="song", displayDocTitle=True, lang="zh-CN",
    )  # fmt: skip
    frame = Frame(
        sheet.LEFT, sheet.BOTTOM, sheet.WIDTH, sheet.HEIGHT + 0.1,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=lambda canvas, _: furnish(canvas, paper)))
    found = story(paper)
    closing = ending(found)  # before the building eats the story
    document.build(found)
    return Drawn(target.getvalue(), closing.seal_at if closing else None)


def ending(found: list[Flowable]) -> Closing | None:
    last = found[-1] if found else None
    return next((part for part in getattr(last, "_content", ()) if isinstance(part, Closing)), None)


def story(paper: Paper) -> list[Flowable]:
    face, size, pitch = FACES.get(paper.layout, ("fang", sheet.SIZE, sheet.PITCH))
    found: list[Flowable] = [
        Text(fonts.markup(line, "song-bold"), sheet.TITLES) for line in (paper.court, paper.title) if line
    ]
    if paper.number:
        found += [
            Spacer(1, pitch / 2),
            Text(fonts.markup(paper.number + "\u3000", face), sheet.style("right", face=face)),
        ]
    found.append(Spacer(1, pitch / 2))
    for block in paper.blocks:
        found += flowables(block, face, size, pitch)
    if paper.signatures or paper.date:
        closing = Closing(paper.signatures, paper.date, paper.seal, face, size, pitch)
        found.append(KeepTogether([*_last(found, TAIL.get(paper.layout, 1)), closing]))
    return found


def _last(found: list[Flowable], lines: int) -> list[Flowable]:
    """What the date must not be without: the last line of a writ; of a record what the person confirms and signs."""
    kept: list[Flowable] = []
    while found and len(kept) < lines and isinstance(found[-1], Text | Image):
        kept.insert(0, found.pop())
    return kept


def flowables(block: Block, face: str, size: float, pitch: float) -> list[Flowable]:
    if block.style == "break":
        return [PageBreak()]
    if block.style == "table":
        return [table(block), Spacer(1, pitch / 3)]
    if block.style == "picture":
        return [picture(block.picture)]
    style = sheet.style(block.style, face=face, size=size, pitch=pitch)
    if block.style == "qa":
        label, text = block.text[:2], block.text[2:]
        return [Text(f'<font name="hei">{label}</font>{fonts.markup(text, face)}', style)]
    return [Text(fonts.markup(block.text, style.fontName), style)]


def picture(content: bytes) -> Image:
    """A signature at the height of a hand's, whatever the pad measured it."""
    drawn = Image(io.BytesIO(content), hAlign="LEFT")
    scale = min(PICTURE[0] / drawn.imageWidth, PICTURE[1] / drawn.imageHeight)
    drawn.drawWidth, drawn.drawHeight = drawn.imageWidth * scale, drawn.imageHeight * scale
    return drawn


def table(block: Block) -> Table:
    rows = [_row(row, block.head and place == 0) for place, row in enumerate(block.rows)]
    parts = block.widths or (1,) * max(len(row) for row in block.rows)
    widths = [sheet.WIDTH * part / sum(parts) for part in parts]
    torn = any(tall(cell, width) for row in block.rows for cell, width in zip(row, widths, strict=False))
    drawn = Table(rows, colWidths=widths, repeatRows=int(block.head), splitInRow=int(torn))
    lines = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    if not torn and len(rows) <= SMALL_TABLE:
        lines.append(("NOSPLIT", (0, 0), (-1, -1)))  # type: ignore[arg-type]
    drawn.setStyle(TableStyle(lines))
    return drawn


def _row(cells: Sequence[str], head: bool) -> list[Flowable]:
    """A row of which nothing but its name is printed is written by hand: it is high enough for that."""
    by_hand = not any(cells[1:])
    face, style = ("hei", sheet.HEAD) if head else ("song", sheet.CELL)
    return [Text(fonts.markup(cell, face), style) if cell or not by_hand else Spacer(1, sheet.HAND) for cell in cells]


def tall(text: str, width: float) -> bool:
    """Whether the cell may be too tall for the rest of a page: only then is a row torn over two."""
    return text.count("\n") + len(text) * sheet.SMALL / width > CELL_LINES


# What stands on every page


def furnish(canvas: Canvas, paper: Paper) -> None:
    """Page number (odd right, even left), the QR code on the first page, the words across."""
    number = canvas.getPageNumber()
    canvas.saveState()
    canvas.setFont("song", sheet.NUMBER_OF_PAGE)
    foot, text = sheet.BOTTOM - 10 * mm, f"— {number} —"
    if number % 2:
        canvas.drawRightString(sheet.PAGE_WIDTH - sheet.RIGHT - sheet.SIZE, foot, text)
    else:
        canvas.drawString(sheet.LEFT + sheet.SIZE, foot, text)
    if paper.check and number == 1:
        code(canvas, paper.check)
    if paper.across:
        across(canvas, paper.across)
    canvas.restoreState()


def marked(mark: str) -> bytes:
    """A page with nothing but a copy's mark (存根, 送达联), small, at the foot between the page numbers."""
    fonts.ready()
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(sheet.PAGE_WIDTH, sheet.PAGE_HEIGHT), initialFontName="song", invariant=True)
    canvas.setFont("song", 9)
    canvas.drawCentredString(sheet.PAGE_WIDTH / 2, sheet.BOTTOM - 10 * mm, mark)
    canvas.save()
    return made.getvalue()


def code(canvas: Canvas, text: str) -> None:
    """The QR code at the left foot of the first page, 16 mm, drawn as squares."""
    rows = list(segno.make(text, error="m", micro=False).matrix)
    dot, left, top = 16 * mm / len(rows), sheet.LEFT, sheet.BOTTOM - 3 * mm
    for y, row in enumerate(rows):
        for dark, run in groupby(range(len(row)), key=row.__getitem__):  # neighbours are one bar
            if dark:
                place = list(run)
                canvas.rect(left + place[0] * dot, top - (y + 1) * dot, len(place) * dot, dot, stroke=0, fill=1)
    canvas.setFont("song", 7)
    canvas.drawString(left + 18 * mm, top - 16 * mm, "扫码核验本件")


def across(canvas: Canvas, text: str) -> None:
    canvas.setFillColor(colors.Color(0.75, 0.1, 0.1, alpha=0.16))
    canvas.setFont("hei", 64)
    canvas.translate(sheet.PAGE_WIDTH / 2, sheet.PAGE_HEIGHT / 2)
    canvas.rotate(45)
    canvas.drawCentredString(0, 0, text)
