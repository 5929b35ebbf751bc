"""What a cell says: dates, money, names, each from what people and programs write."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

SEPARATORS = re.compile(r"[、，,；;\n\r/／]+")
DATE = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
EXCEL_EPOCH = date(1899, 12, 30)
FORMULA = ("=", "+", "-", "@", "\t")
CENT = Decimal("0.01")
MOST = Decimal(10) ** 13


def text_of(cell) -> str:
    """The words of a cell: half-width digits, no outer blanks; a number without a tail of zeros."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return unicodedata.normalize("NFKC", str(cell)).replace("\u200b", "").strip()


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(FORMULA) else text


def is_formula(text: str) -> bool:
    return text.startswith(("=", "@")) or bool(re.match(r"[+-]\D", text))


def many(cell) -> list[str]:
    """Several names or numbers of one cell, in their order."""
    return [part for part in (piece.strip() for piece in SEPARATORS.split(text_of(cell))) if part]


def read_date(cell) -> date | None:
    """A date; None for an empty cell; ValueError for what is no date."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = text_of(cell).replace(" ", "")
    if not text:
        return None
    if re.fullmatch(r"\d{8}", text):
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    if re.fullmatch(r"[3-6]\d{4}(\.0+)?", text):
        return EXCEL_EPOCH + timedelta(days=int(float(text)))
    match = DATE.match(text)
    if match is None:
        raise ValueError("不是日期")
    return date(int(match[1]), int(match[2]), int(match[3]))


def read_amount(cell, unit: str = "") -> Decimal | None:
    """Yuan with two decimals, rounded half up; None for an empty cell; ValueError for what is no amount."""
    text = text_of(cell).replace(",", "").replace("¥", "").replace("￥", "").replace(" ", "")
    if not text:
        return None
    factor = Decimal(10000) if "万" in text or ("万" in unit and "元" not in text) else Decimal(1)
    text = text.replace("人民币", "").removesuffix("元").removesuffix("万")
    try:
        value = Decimal(text) * factor
    except InvalidOperation:
        raise ValueError("不是数额") from None
    if not value.is_finite() or value < 0 or value > MOST:
        raise ValueError("不是数额")
    return value.quantize(CENT, ROUND_HALF_UP)
