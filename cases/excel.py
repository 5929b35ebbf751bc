"""A list as an Excel file: text stays text whatever it begins with, dates are dates, amounts are numbers.

A name such as 「=1+1」 or 「@SUM」 must never run on the reader's machine. It is written as an inline string, which a
spreadsheet does not calculate, and marked with quotePrefix, so that it stays text when somebody edits the cell.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from cases import clock
from teams.actor import Actor

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = {"text": 16, "short": 12, "number": 26, "wide": 40, "date": 13, "moment": 18, "amount": 18}
FORMAT = {"date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm", "amount": "#,##0.00"}
RISKY = ("=", "+", "-", "@", "\t", "\n")
BOLD, WRAP = Font(bold=True), Alignment(vertical="top", wrap_text=True)


def workbook(
    title: str,
    columns: list[tuple[str, str]],
    rows: Iterable[dict],
    by: Actor,
    *,
    filters: str = "",
    purpose: str = "",
    more: Iterable[tuple[str, list[tuple[str, str]], Iterable[dict]]] = (),
) -> bytes:
    """The file. `columns` are (heading, kind of `WIDTH`); a row is {heading: value}, what it lacks stays empty.
    `more` are further sheets of the same file: (title, columns, rows)."""
    book = Workbook(write_only=True)
    count = _table(book, title, columns, rows)
    for name, heads, lines in more:
        _table(book, name, heads, lines)
    _explain(book, title, by, count, filters, purpose)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _table(book: Workbook, title: str, columns: list[tuple[str, str]], rows: Iterable[dict]) -> int:
    """One sheet with its headings; how many rows it has."""
    sheet = _sheet(book, title, [WIDTH[kind] for _, kind in columns])
    sheet.freeze_panes = "A2"
    sheet.append([_heading(sheet, heading) for heading, _ in columns])
    count = 0
    for row in rows:
        sheet.append([_cell(sheet, kind, row.get(heading)) for heading, kind in columns])
        count += 1
    return count


def _sheet(book: Workbook, title: str, widths: list[int]):
    """A sheet with its widths: write-only sheets want them before the first row."""
    sheet = book.create_sheet(title)
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    return sheet


def _explain(book: Workbook, title: str, by: Actor, count: int, filters: str, purpose: str) -> None:
    """「说明」: whose copy this is, of when and of what."""
    sheet = _sheet(book, "说明", [WIDTH["short"], WIDTH["wide"]])
    facts: list[tuple[str, str, Any]] = [
        ("清单", "wide", title),
        ("导出人", "wide", by.name),
        ("工号", "wide", by.user.staff_number if by.user else ""),
        ("团队", "wide", by.team.name if by.team else ""),
        ("导出时间", "moment", clock.now()),
        ("筛选条件", "wide", filters or "全部"),
        ("件数", "wide", str(count)),
        ("导出目的", "wide", purpose or "未填写"),
        ("提示", "wide", "内部资料，请勿外传；用毕请及时删除。"),
    ]
    for name, kind, value in facts:
        sheet.append([_heading(sheet, name), _cell(sheet, kind, value)])


def _heading(sheet, name: str) -> Cell:
    cell = _text(sheet, name)
    cell.font = BOLD
    return cell


def _cell(sheet, kind: str, value) -> Cell | None:
    """By what the value is: an amount or a date in a text column is still written as text."""
    if value is None or value == "":
        return None
    if kind == "amount" and isinstance(value, Decimal | int | float):
        return _formatted(sheet, kind, round(value, 2))
    if kind in ("date", "moment") and isinstance(value, date):
        return _formatted(sheet, kind, _local(value))
    return _text(sheet, str(value))


def _formatted(sheet, kind: str, value) -> Cell:
    cell = WriteOnlyCell(sheet, value=value)
    cell.number_format = FORMAT[kind]
    return cell


def _local(value: date) -> date:
    """Excel knows no time zones: a moment is written as the clock on the wall showed it."""
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(clock.now().tzinfo).replace(tzinfo=None)
    return value


def _text(sheet, text: str) -> Cell:
    """Text as it is; XML has one line end only, and no control characters."""
    text = ILLEGAL_CHARACTERS_RE.sub("", re.sub(r"\r\n?", "\n", text))
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # openpyxl takes 「=…」 for a formula
    cell.alignment = WRAP
    cell.quotePrefix = text.startswith(RISKY)
    return cell


def response(content: bytes, filename: str) -> HttpResponse:
    """The download, its Chinese name as RFC 5987 writes it; never kept by a cache on the way."""
    answer = HttpResponse(content, content_type=TYPE)
    answer["Content-Disposition"] = f"attachment; filename=\"export.xlsx\"; filename*=UTF-8''{quote(filename, safe='')}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer
