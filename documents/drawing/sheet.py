"""The official page (reference §15.2): A4, type area 156 × 225 mm, 22 lines of 28 characters, sizes by their names."""

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 28 * mm, 26 * mm, 37 * mm, 35 * mm
WIDTH, HEIGHT = 156 * mm, 225 * mm
LINES, CHARACTERS = 22, 28
PITCH = HEIGHT / LINES
SIZE = WIDTH / CHARACTERS  # 三号 is 16 points; 28 of them need a hair less
TITLE, NUMBER_OF_PAGE, SMALL = 22, 14, 12  # 二号, 四号, 小四

ALIGN = {"center": TA_CENTER, "right": TA_RIGHT, "flush": TA_JUSTIFY, "p": TA_JUSTIFY, "qa": TA_JUSTIFY}


def style(kind: str, *, face: str = "fang", size: float = SIZE, pitch: float = PITCH) -> ParagraphStyle:
    """The style of a block: "p" is indented by two characters, records hang their 问 and 答."""
    indent = 2 * size if kind == "p" or kind == "heading" else 0
    hang = {"leftIndent": 2 * size, "firstLineIndent": -2 * size} if kind == "qa" else {"firstLineIndent": indent}
    return ParagraphStyle(
        f"{kind}-{face}-{size:.1f}",
        fontName="hei" if kind == "heading" else face,
        fontSize=size,
        leading=pitch,
        alignment=ALIGN.get(kind, TA_LEFT),
        wordWrap="CJK",
        **hang,
    )


TITLES = ParagraphStyle(
    "title", fontName="song-bold", fontSize=TITLE, leading=PITCH * 1.25, alignment=TA_CENTER, wordWrap="CJK"
)
CELL = ParagraphStyle("cell", fontName="song", fontSize=SMALL, leading=18, alignment=TA_LEFT, wordWrap="CJK")
HAND = 9 * mm - 6  # of a row that is written by hand, without its edges
HEAD = ParagraphStyle("head", parent=CELL, fontName="hei", alignment=TA_CENTER)
