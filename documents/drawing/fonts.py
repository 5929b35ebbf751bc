"""Fonts of the papers, registered once in a process, and which of them draws a character.

FangSong is licensed by site: where `FONT_FANG` names no file, Song stands in. A character that no font of the chain has
stops the paper and is named: a blank in a name would be worse than an error.
"""

from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from django.conf import settings
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

FILES = {"song": "song.ttf", "song-bold": "song-bold.ttf", "hei": "hei.ttf", "kai": "kai.ttf"}
CHAIN = {
    "fang": ("song", "kai"),
    "song": ("kai",),
    "song-bold": ("song", "kai"),
    "hei": ("song", "kai"),
    "kai": ("song",),
}

# A blank that is not swallowed; the marks of what is missing in a draft, which no font of ours has.
SHOWN = str.maketrans({"\u3000": "\u00a0" * 4, "⟦": "【", "⟧": "】"})


class NoGlyph(ValueError):
    """A character that no font has, told with its code."""

    def __init__(self, character: str):
        self.character = character
        super().__init__(
            f"没有字体能印出「{character}」（U+{ord(character):04X}）：请核对该字，或由系统管理员添加字体。"
        )


@cache
def ready() -> bool:
    """Register the fonts; true when the site has its own FangSong. Costs 0.3–0.9 s, once in a process."""
    ttfonts.makeToUnicodeCMap = to_unicode
    for name, file in FILES.items():
        register(name, settings.FONTS_DIR / file)
    own = bool(settings.FONT_FANG)
    fang = Path(settings.FONT_FANG) if own else settings.FONTS_DIR / FILES["song"]
    register("fang", fang)
    return own


class Window:
    """A table of a font, of which only the piece that is asked for is copied."""

    def __init__(self, data: bytes, start: int, length: int):
        self.data, self.start, self.length = data, start, length

    def __getitem__(self, part: slice) -> bytes:
        first, last, _ = part.indices(self.length)
        return self.data[self.start + first : self.start + last]


def register(name: str, file: Path) -> None:
    """Make the font known. reportlab copies its outlines and names, megabytes, for every paper, to take a few glyphs."""
    font = ttfonts.TTFont(name, file)
    face, whole = font.face, font.face.get_table
    windows = {tag: Window(face._ttf_data, *face.get_table_pos(tag)) for tag in ("glyf", "post")}
    face.get_table = lambda tag: windows.get(tag) or whole(tag)
    pdfmetrics.registerFont(font)


def to_unicode(fontname: str, subset: list[int]) -> str:
    """The table from glyphs back to characters. reportlab 5.1 writes five digits for a character beyond U+FFFF,
    which then copies and searches as another; UTF-16 is what a reader expects."""
    pairs = [f"<{place:02X}> <{_utf16(code)}>" for place, code in enumerate(subset)]
    blocks: list[str] = []
    for first in range(0, len(pairs), 100):
        part = pairs[first : first + 100]
        blocks += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
            f"/CIDSystemInfo << /Registry ({fontname}) /Ordering ({fontname}) /Supplement 0 >> def",
            f"/CMapName /{fontname} def", "/CMapType 2 def",
            "1 begincodespacerange", f"<00> <{len(subset) - 1:02X}>", "endcodespacerange",
            *blocks,
            "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end",
        ]
    )  # fmt: skip


def _utf16(code: int) -> str:
    return "FFFD" if 0xD800 <= code <= 0xDFFF else chr(code).encode("utf-16-be").hex().upper()


@cache
def pick(face: str, character: str) -> str:
    """The font that draws the character in this face; NoGlyph if none does."""
    for name in (face, *CHAIN[face]):
        if ord(character) in pdfmetrics.getFont(name).face.charToGlyph:
            return name
    raise NoGlyph(character)


def safe(text: str, face: str = "song") -> str:
    """What parties put in holds anything; a sign that no font has is shown as a box, unlike on a paper of the court."""
    return "".join(sign if _known(sign, face) else "□" for sign in text.replace("\u3000", "  "))


def _known(sign: str, face: str) -> bool:
    try:
        return sign in "\n\t" or bool(pick(face, sign))
    except NoGlyph:
        return False


def runs(text: str, face: str) -> list[tuple[str, str]]:
    """The text in pieces of one font each: [(font, piece)]."""
    found: list[tuple[str, str]] = []
    for character in text:
        name = pick(face, character)
        if found and found[-1][0] == name:
            found[-1] = (name, found[-1][1] + character)
        else:
            found.append((name, character))
    return found


def draw(canvas: Canvas, x: float, y: float, text: str, face: str, size: float) -> None:
    """One line from (x, y), each piece in the font that has it."""
    for font, piece in runs(text, face):
        canvas.setFont(font, size)
        canvas.drawString(x, y, piece)
        x += canvas.stringWidth(piece, font, size)


def markup(text: str, face: str) -> str:
    """The text for reportlab's Paragraph: lines stay apart; a full-width blank becomes two that are not swallowed."""
    if "\n" in text:
        return "<br/>".join(markup(line, face) for line in text.split("\n"))
    pieces = runs(text.translate(SHOWN), face)
    return "".join(
        escape(part) if name == face else f'<font name="{name}">{escape(part)}</font>' for name, part in pieces
    )


def width(text: str, face: str, size: float) -> float:
    """How wide the text is, in points."""
    return sum(pdfmetrics.stringWidth(part, name, size) for name, part in runs(text, face))
