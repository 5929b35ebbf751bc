"""A list pasted from Excel: the same workbook as a file would be, so that it is read, checked and kept the same way."""

import csv
import hashlib
from io import BytesIO, StringIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from cases import clock
from cases.intake import columns
from cases.refusals import Refused

ROWS, CELLS, LETTERS = 5000, 60, 2_000_000


def rows_of(text: str) -> list[list[str]]:
    """Rows and cells as spreadsheets put them on the clipboard: tabs between, quotes around what has line ends."""
    if len(text) > LETTERS:
        raise Refused("粘贴的内容过多，请分次粘贴，或选择 Excel 文件。")
    try:
        rows = [row for row in csv.reader(StringIO(text.strip("\r\n")), delimiter="\t") if any(map(str.strip, row))]
    except csv.Error:
        raise Refused("粘贴的内容读不出来，请从 Excel 里整块复制后再粘贴。") from None
    if len(rows) < 2 or max(map(len, rows)) < 2:
        raise Refused("请从 Excel 里连同表头一起复制，至少一行表头和一行数据。")
    if len(rows) > ROWS or max(map(len, rows)) > CELLS:
        raise Refused(f"一次最多粘贴 {ROWS} 行、{CELLS} 列，请分次粘贴，或选择 Excel 文件。")
    return rows


def as_file(text: str) -> SimpleUploadedFile:
    """The workbook of the pasted rows; every cell is text, a formula too. Equal text gives an equal name."""
    rows = rows_of(text)
    if not any(columns.recognise(row) for row in rows[:20]):
        raise Refused("没有认出表头：请连同表头一起复制，表头中须有案号、立案日期、被执行人等列。")
    book = Workbook(write_only=True)
    sheet = book.create_sheet("粘贴")
    for row in rows:
        sheet.append([_text(sheet, cell) for cell in row])
    held = BytesIO()
    book.save(held)
    digest = hashlib.sha256(text.encode()).hexdigest()[:6]
    return SimpleUploadedFile(f"粘贴的清单-{clock.now():%m%d}-{digest}.xlsx", held.getvalue())


def _text(sheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    return cell
