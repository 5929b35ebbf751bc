"""Lines of filled-in words become the blocks that drawing understands.

|text flush · =text centred · >text right · #text heading · 问：/答： lines of a record · --- next page ·
[table 2 3 2] … [/table] with rows `a | b | c`, the first being the head ([table 2 3 nohead] has none) · else a paragraph.
"""

import re

from documents.blocks import Block
from documents.signs import BREAK, OPEN, unshield

STYLES = {"|": "flush", "=": "center", ">": "right", "#": "heading"}
TABLE = re.compile(r"\[table((?: \d+(?:\.\d+)?)+)( nohead)?\]")


class BadWords(ValueError):
    """A words file that cannot be read; says where."""


def blocks_of(text: str) -> list[Block]:
    found: list[Block] = []
    table: tuple[tuple[float, ...], bool] | None = None
    rows: list[tuple[str, ...]] = []
    for line in filter(None, (each.strip() for each in text.splitlines())):
        if table is not None and line != "[/table]":
            rows.append(cells(line, len(table[0])))
        elif match := TABLE.fullmatch(line):
            table = tuple(float(width) for width in match[1].split()), not match[2]
        elif line == "[/table]":
            if table is None:
                raise BadWords("[/table] 之前没有 [table]。")
            if len(rows) > table[1]:
                found.append(Block("table", rows=tuple(rows), widths=table[0], head=table[1]))
            table, rows = None, []
        else:
            found += paragraphs(line)
    if table is not None:
        raise BadWords("[table] 没有 [/table]。")
    return found


def cells(line: str, columns: int) -> tuple[str, ...]:
    found = tuple(unshield(cell.strip()).replace(BREAK, "\n") for cell in line.split("|"))
    if len(found) == 1 and found[0].startswith(OPEN):  # the rows are missing: their mark takes the first cell
        found += ("",) * (columns - 1)
    if len(found) != columns:
        raise BadWords(f"表格应有 {columns} 列：{line}")
    return found


def paragraphs(line: str) -> list[Block]:
    """One line is one block, but a value of several lines brings several of the same style."""
    if line == "---":
        return [Block("break")]
    style = STYLES.get(line[0], "p")
    text = line[1:].strip() if style != "p" else line
    found = []
    for part in filter(None, text.split(BREAK)):
        said = style == "p" and part.startswith(("问：", "答："))
        found.append(Block("qa" if said else style, unshield(part)))
    return found
