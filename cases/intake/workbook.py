"""Reading the workbook: its list and its sheet of parties, row by row, whatever stands above and below."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

from cases import numbers
from cases.intake import columns
from cases.intake.columns import LABELS, REQUIRED
from cases.intake.values import text_of
from cases.refusals import Refused

HEADER_WITHIN = 20
WIDEST = 200  # columns looked at for a header
EMPTY_ROWS = 2000  # so many in a row, and the list has ended: some programs format a million
MOST_ROWS = 50_000
UNPACKED = 300 * 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0"  # .xls, and every encrypted workbook
TOTALS = re.compile(r"(本页|本日|本月|本次)?(合计|总计|小计|共计)[:：]?.*")
NOTES = re.compile(r"(制表|填表|审核|经办|打印|统计|负责人|备注|说明|注)(人|说明|时间|日期)?[:：].*")
PARTY_KEYS = {f"{side}{part}" for side in columns.SIDES for part in ("", "_kind", "_certificate", "_phone", "_address")}


class Line(NamedTuple):
    """One data row of the sheet: its number there, and its cells by column key.

    `torn`: this row or the next holds only parties and no number, as cells merged over several rows leave them.
    """

    row: int
    cells: dict
    units: dict
    torn: bool = False


@dataclass
class Sheets:
    lines: Iterator[Line]
    parties: dict[str, list[dict]]  # of the second sheet, by normalised number
    title: str
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.unread = set(self.parties)  # numbers of the second sheet that no row has asked for yet


def read(source: BinaryIO, name: str) -> Sheets:
    """Open a filing list; Refused with a sentence when it is none."""
    begins = source.read(4)
    source.seek(0)
    if begins == OLE:
        raise Refused(f"「{name}」是旧版 .xls 或加了密码的工作簿：请另存为不加密码的 .xlsx 再导入。")
    try:
        with zipfile.ZipFile(source) as package:
            if sum(each.file_size for each in package.infolist()) > UNPACKED:
                raise Refused(f"「{name}」展开后过大，请拆分后再导入。")
        source.seek(0)
        return _sheets(load_workbook(source, read_only=True, data_only=False), name)
    except BROKEN as error:
        raise broken(name, error) from None


# What a damaged package raises, wherever one reads in it.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
)


def broken(name: str, error: Exception) -> Refused:
    if isinstance(error, zipfile.BadZipFile):
        return Refused(f"「{name}」不是可读的 Excel 工作簿（.xlsx）：请在 Excel 里另存为 .xlsx 再导入。")
    return Refused(f"「{name}」不是 Excel 清单，或已损坏，读不出来：请重新导出。（{type(error).__name__}）")


def _sheets(book, name: str) -> Sheets:
    chosen, seen, parties, notes = None, [], {}, []
    for sheet in sorted(book.worksheets, key=lambda sheet: sheet.sheet_state != "visible"):
        sheet.reset_dimensions()  # what a sheet says of its size may be a lie
        at, found = header(sheet)
        keys = {key for key, _ in found.values()}
        if {"number", "party_name"} <= keys and "debtor" not in keys:
            parties = read_parties(sheet, at, found, name)
        elif keys and chosen is None:
            chosen = (sheet, at, found)
        elif set(REQUIRED) <= keys:
            notes.append(f"工作表「{sheet.title}」也像清单，没有读：请另存为一个文件再导入。")
        seen += [
            text_of(cell) for cell in next(sheet.iter_rows(max_row=1, max_col=WIDEST, values_only=True), ()) if cell
        ]
    if chosen is None:
        shown = "、".join(seen[:12]) or "空表"
        raise Refused(
            f"「{name}」里没有找到表头：前 {HEADER_WITHIN} 行中须有案号、立案日期、被执行人等列。看到的是：{shown}。"
        )
    sheet, at, found = chosen
    keys = {key for key, _ in found.values()}
    wanted = [LABELS[key] for key in REQUIRED if key not in keys and not (key == "debtor" and parties)]
    if wanted:
        heads = next(sheet.iter_rows(min_row=at, max_row=at, max_col=WIDEST, values_only=True))
        raise Refused(
            f"表头缺少「{'」「'.join(wanted)}」列。看到的表头是：{'、'.join(text_of(h) for h in heads if h)}。"
        )
    return Sheets(torn(data(sheet, at, found, name)), parties, sheet.title, notes)


def header(sheet) -> tuple[int, dict[int, tuple[str, str]]]:
    """(row of the last line of the header, columns): the row with most known names, joined with one below it."""
    best: tuple[int, dict] = (0, {})
    rows = list(sheet.iter_rows(max_row=HEADER_WITHIN + 1, max_col=WIDEST, values_only=True))
    for number, row in enumerate(rows[:HEADER_WITHIN], 1):
        below = rows[number] if number < len(rows) and columns.is_below(rows[number]) else ()
        found = columns.recognise(row, below)
        if len(found) > len(best[1]):
            best = (number + bool(below), found)
    return best


def data(sheet, at: int, found: dict[int, tuple[str, str]], name: str) -> Iterator[Line]:
    units, empty, read = dict(found.values()), 0, 0
    rows = sheet.iter_rows(min_row=at + 1, max_col=max(found) + 1, values_only=True)
    try:
        for number, row in enumerate(rows, at + 1):
            empty = empty + 1 if is_empty(row) else 0
            if empty > EMPTY_ROWS:
                return
            if empty or is_total(row) or columns.recognise(row):
                continue
            read += 1
            if read > MOST_ROWS:
                raise Refused(f"「{name}」超过 {MOST_ROWS} 行，请拆分后再导入。")
            cells = {key: row[index] if index < len(row) else None for index, (key, _) in found.items()}
            yield Line(number, cells, units)
    except BROKEN as error:
        raise broken(name, error) from None


def torn(lines: Iterator[Line]) -> Iterator[Line]:
    """Mark what merged cells have torn apart: a row of parties alone, and the row above it."""
    last: Line | None = None
    for line in lines:
        alone = is_parties_only(line)
        if last is not None:
            yield last._replace(torn=True) if alone else last
        last = line._replace(torn=alone)
    if last is not None:
        yield last


def is_parties_only(line: Line) -> bool:
    told = {key for key, cell in line.cells.items() if text_of(cell)}
    return bool(told & set(columns.SIDES)) and told <= PARTY_KEYS


def is_empty(row) -> bool:
    return not any(text_of(cell) for cell in row)


def is_total(row) -> bool:
    """A row of totals, or a note below the list: who made it, what it means."""
    said = [text_of(cell) for cell in row if text_of(cell)]
    first = re.sub(r"\s", "", said[0])
    return bool(TOTALS.fullmatch(first)) or (len(said) < 4 and bool(NOTES.fullmatch(first)))


def read_parties(sheet, at: int, found, name: str) -> dict[str, list[dict]]:
    parties: dict[str, list[dict]] = {}
    for line in data(sheet, at, found, name):
        parties.setdefault(numbers.normalise(text_of(line.cells["number"])), []).append(line.cells)
    return parties
