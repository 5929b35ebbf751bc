"""Reading an export: the Excel file as it came, or the rows of a package; cells by column, nothing calculated."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from openpyxl import load_workbook

from cases.intake.columns import BRACKETS, clean
from cases.intake.values import text_of
from cases.intake.workbook import BROKEN, EMPTY_ROWS, HEADER_WITHIN, OLE, UNPACKED, WIDEST, broken, is_empty, is_total
from cases.refusals import Refused
from documents.national.kinds import COLUMN, COLUMNS, KIND, KINDS, Kind, columns_of

MOST = 20_000  # rows of one export
NAMES = {clean(name): column.key for column in COLUMNS for name in column.names}
UNIT = re.compile(r"(万?元)$")


class Line(NamedTuple):
    """One row: its number in the sheet, its cells by column, the units that headings name."""

    row: int
    cells: dict[str, Any]
    units: dict[str, str]


class Sheet(NamedTuple):
    kind: Kind
    title: str
    columns: tuple[str, ...]  # those that were found, in the order of the table
    units: dict[str, str]  # that the headings name
    lines: Iterator[Line]
    above: list[tuple]  # the rows above the headings, as they are: who made it, when


def workbook(content: bytes, name: str, kind: str = "") -> Sheet:
    """The first sheet that is an export; `kind`: which one, where the officer says it. Refused with a sentence else."""
    if content.startswith(OLE):
        raise Refused(f"「{name}」是旧版 .xls 或加了密码的工作簿：请另存为不加密码的 .xlsx 再导入。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(each.file_size for each in package.infolist()) > UNPACKED:
                raise Refused(f"「{name}」展开后过大，请拆分后再导入。")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        seen: list[str] = []
        for sheet in sorted(book.worksheets, key=lambda each: each.sheet_state != "visible"):
            sheet.reset_dimensions()
            at, found, heads = _header(sheet, kind)
            seen += heads
            if chosen := recognised(set(_keys(found)), kind):
                above = list(sheet.iter_rows(max_row=at - 1, max_col=WIDEST, values_only=True)) if at > 1 else []
                return _sheet(chosen, sheet.title, found, _data(sheet, at, found, name), above)
    except BROKEN as error:
        raise broken(name, error) from None
    raise Refused(_unknown(name, kind, seen))


def rows(told: Iterable[Mapping[str, Any]], name: str, kind: str = "") -> Sheet:
    """The rows of a package: each an object, by the names of the columns."""
    told = list(told)
    heads = list(dict.fromkeys(head for each in told for head in each))
    found = {head: key for head in heads if (key := key_of(head))[0]}
    chosen = recognised({key for key, _ in found.values()}, kind)
    if chosen is None:
        raise Refused(_unknown(name, kind, heads))
    units = dict(found.values())
    lines = (
        Line(number, {found[head][0]: cell for head, cell in each.items() if head in found}, units)
        for number, each in enumerate(told, 1)
    )
    return _sheet(chosen, name, dict(enumerate(found.values())), lines)


def _sheet(kind: Kind, title: str, found: Mapping[int, tuple[str, str]], lines: Iterator[Line], above=()) -> Sheet:
    keys = set(_keys(found))
    columns = tuple(key for key in columns_of(kind) if key in keys)
    return Sheet(kind, title, columns, dict(found.values()), lines, list(above))


def _keys(found: Mapping[int, tuple[str, str]]) -> Iterable[str]:
    return (key for key, _ in found.values())


def key_of(heading: Any) -> tuple[str, str]:
    """(column, unit) of a heading: 「执行标的（万元）」 is amount in 万元; ('', '') for what is not read."""
    text = clean(heading)
    if text in NAMES:
        return NAMES[text], ""
    inside, body = "".join(BRACKETS.findall(text)), BRACKETS.sub("", text)
    if unit := UNIT.search(body):
        return NAMES.get(body[: unit.start()], ""), unit[1]
    return NAMES.get(body, ""), inside


def recognised(keys: set[str], kind: str = "") -> Kind | None:
    """Which export has these columns: the one that is named, else the first whose own columns are there."""
    candidates = [KIND[kind]] if kind in KIND else KINDS
    return next((each for each in candidates if set(each.required) <= keys), None)


def _header(sheet, kind: str) -> tuple[int, dict[int, tuple[str, str]], list[str]]:
    """The row with most known headings."""
    best: tuple[int, dict, list[str]] = (0, {}, [])
    for number, row in enumerate(sheet.iter_rows(max_row=HEADER_WITHIN, max_col=WIDEST, values_only=True), 1):
        found: dict[int, tuple[str, str]] = {}
        for index, cell in enumerate(row):
            key, unit = key_of(cell)
            if key and key not in set(_keys(found)):
                found[index] = key, unit
        if len(found) > len(best[1]) or not best[2]:
            best = number, found, [text_of(cell) for cell in row if text_of(cell)][:12]
    return best


def _data(sheet, at: int, found: dict[int, tuple[str, str]], name: str) -> Iterator[Line]:
    units, empty, read = dict(found.values()), 0, 0
    try:
        for number, row in enumerate(sheet.iter_rows(min_row=at + 1, max_col=max(found) + 1, values_only=True), at + 1):
            empty = empty + 1 if is_empty(row) else 0
            if empty > EMPTY_ROWS:
                return
            if empty or is_total(row):
                continue
            read += 1
            if read > MOST:
                raise Refused(f"「{name}」超过 {MOST} 行，请拆分后再导入。")
            yield Line(number, {key: row[i] if i < len(row) else None for i, (key, _) in found.items()}, units)
    except BROKEN as error:
        raise broken(name, error) from None


def _unknown(name: str, kind: str, heads: list[str]) -> str:
    wanted = [KIND[kind]] if kind in KIND else KINDS
    said = "；".join(f"{each.label}：{'、'.join(COLUMN[key].names[0] for key in each.required)}" for each in wanted)
    shown = "、".join(dict.fromkeys(heads)) or "空表"
    return f"「{name}」不是可以识别的执行系统导出。须有的列：{said}。看到的是：{shown[:200]}。"
