"""What words become and drawing understands: a paper is a list of blocks, in reading order."""

from typing import NamedTuple


class Block(NamedTuple):
    """One block of a paper.

    `style`: "p" paragraph, first line indented two characters · "flush" without indent · "center" · "right" ·
    "heading" in Hei · "picture" a signature as PNG · "qa" a line of a record that begins with 问： or 答： · "table" with `rows` and relative
    `widths` (the first row is its head when `head`) · "break" next page.
    """

    style: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[float, ...] = ()
    head: bool = False
    picture: bytes = b""
