"""Whether a paper can be drawn at all, found before anybody signs it: each character in the face it will be drawn in."""

from collections.abc import Iterator

from documents.blocks import Block
from documents.drawing import fonts, sheet
from documents.drawing.paper import FACES, Paper


def lacking(paper: Paper) -> list[str]:
    """A sentence for each character that no font has."""
    fonts.ready()
    found: dict[str, str] = {}
    for face, text in pieces(paper):
        for character in set(text.translate(fonts.SHOWN).replace("\n", "")) - found.keys():
            try:
                fonts.pick(face, character)
            except fonts.NoGlyph as refusal:
                found[character] = str(refusal)
    return list(found.values())


def pieces(paper: Paper) -> Iterator[tuple[str, str]]:
    """All that is drawn, with its face."""
    face, *_ = FACES.get(paper.layout, ("fang",))
    yield "song-bold", paper.court + paper.title
    yield face, paper.number + paper.date
    for line in paper.signatures:
        yield face, line.title + line.name
    for block in paper.blocks:
        yield from of_block(block, face)


def of_block(block: Block, face: str) -> Iterator[tuple[str, str]]:
    yield sheet.style(block.style, face=face).fontName, block.text
    for place, row in enumerate(block.rows):
        yield ("hei" if block.head and place == 0 else "song"), "".join(row)
