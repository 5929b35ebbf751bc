"""Reading the workbook: its list and its sheet of parties, row by row, whatever stands above and below."""

import zipfile
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from openpyxl import load_workbook

from cases.intake import columns
from cases.intake.columns import LABELS, REQUIRED
from cases.intake.values import text_of
from cases.refusals import Refused

HEADER_WITHIN = 20
UNPACKED = 300 * 1024 * 1024
TOTALS = ("合计", "总计", "小计", "共计")


class Line(NamedTuple):
    """One data row of the sheet: its number there, and its cells by column key."""

    row: int
    cells: dict
    units: dict


class Sheets(NamedTuple):
    lines: Iterator[Line]
    parties: dict[str, list[dict]]  # of the second sheet, by normalised number
    title: str


def read(source: BinaryIO, name: str) -> Sheets:
    """Open a filing list; Refused with a sentence when it is none."""
    try:
        with zipfile.ZipFile(source) as package:
            if sum(each.file_size for each in package.infolist()) > UNPACKED:
                raise Refused(f"「{name}」展开后过大，请拆分后再导入。")
        source.seek(0)
        book = load_workbook(source, read_only=True, data_only=False)
    except zipfile.BadZipFile:
        raise Refused(
            f"「{name}」不是可读的 Excel 工作簿（.xlsx），或者已加密：请另存为不加密的 .xlsx 再导入。"
        ) from None
    except (KeyError, ValueError, OSError) as error:
        raise Refused(f"「{name}」已损坏，读不出来：请重新导出。（{type(error).__name__}）") from None
    chosen, seen, parties = None, [], {}
    for sheet in book.worksheets:
        at, found = header(sheet)
        keys = {key for key, _ in found.values()}
        if {"number", "party_name"} <= keys and "debtor" not in keys:
            parties = read_parties(sheet, at, found)
        elif keys and chosen is None:
            chosen = (sheet, at, found)
        seen += [text_of(cell) for cell in next(sheet.iter_rows(max_row=1, values_only=True), ()) if cell]
    if chosen is None:
        raise Refused(
            f"「{name}」里没有找到表头：前 {HEADER_WITHIN} 行中须有案号、立案日期、被执行人等列。看到的是：{'、'.join(seen[:12]) or '空表'}。"
        )
    sheet, at, found = chosen
    keys = {key for key, _ in found.values()}
    wanted = [LABELS[key] for key in REQUIRED if key not in keys and not (key == "debtor" and parties)]
    if wanted:
        heads = next(sheet.iter_rows(min_row=at, max_row=at, values_only=True))
        raise Refused(
            f"表头缺少「{'」「'.join(wanted)}」列。看到的表头是：{'、'.join(text_of(h) for h in heads if h)}。"
        )
    return Sheets(data(sheet, at, found), parties, sheet.title)


def header(sheet) -> tuple[int, dict[int, tuple[str, str]]]:
    best: tuple[int, dict] = (0, {})
    for number, row in enumerate(sheet.iter_rows(max_row=HEADER_WITHIN, values_only=True), 1):
        found = columns.recognise(row)
        if len(found) > len(best[1]):
            best = (number, found)
    return best


def data(sheet, at: int, found: dict[int, tuple[str, str]]) -> Iterator[Line]:
    units = dict(found.values())
    for number, row in enumerate(sheet.iter_rows(min_row=at + 1, values_only=True), at + 1):
        if is_empty(row) or is_total(row):
            continue
        yield Line(number, {key: row[index] if index < len(row) else None for index, (key, _) in found.items()}, units)


def is_empty(row) -> bool:
    return not any(text_of(cell) for cell in row)


def is_total(row) -> bool:
    first = next((text_of(cell) for cell in row if text_of(cell)), "")
    return first.replace(" ", "").rstrip("：:") in TOTALS


def read_parties(sheet, at: int, found) -> dict[str, list[dict]]:
    from cases import numbers

    parties: dict[str, list[dict]] = {}
    for line in data(sheet, at, found):
        parties.setdefault(numbers.normalise(text_of(line.cells["number"])), []).append(line.cells)
    return parties
