"""What a cell says: dates, money, names, each from what people and programs write; what is doubtful is refused."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

SEPARATORS = re.compile(r"[、，,；;\n\r/／]+")
BRACKETED = re.compile(r"\([^()]*\)")
HIDDEN = {ord(sign): 0xE000 + place for place, sign in enumerate("、，,；;\n\r/／")}
SHOWN = {place: sign for sign, place in HIDDEN.items()}
ENUMERATED = re.compile(r"(?:^|(?<=[\s、，,；;]))\(?\d{1,2}[.、)]\s*(?=[^\d\s]|\w{15})")
NOTHING = {"无", "暂无", "不详", "未知", "空", "-", "--", "—", "——", "/", "\\", "N/A", "n/a"}
DATE = re.compile(r"(\d{4})([-./年])(\d{1,2})(?:\2|月)(\d{1,2})日?(?:[T ]*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
CHINESE_DATE = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
DIGITS = {sign: digit for digit, signs in enumerate(("〇零○", *"一二三四五六七八九")) for sign in signs}
EXCEL_EPOCH = date(1899, 12, 30)
EARLIEST = date(1990, 1, 1)
FORMULA = ("=", "+", "-", "@", "\t")
ERRORS = {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}
MONEY = re.compile(r"(?:人民币)?[¥￥]?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(亿|万)?(?:元|圆)?整?")
FACTORS = {"亿": Decimal(10) ** 8, "万": Decimal(10) ** 4, None: Decimal(1)}
CENT = Decimal("0.01")
MOST = Decimal(10) ** 13
EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number


def text_of(cell) -> str:
    """The words of a cell: half-width digits, no outer blanks, nothing invisible; a number without a tail of zeros."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime) and cell.time() == time():  # a day, as spreadsheets keep it
        cell = cell.date()
    if hasattr(cell, "ref"):  # openpyxl's formula of an array or a data table
        cell = f"={getattr(cell, 'text', '')}"
    return _visible(unicodedata.normalize("NFKC", str(cell)))


def _visible(text: str) -> str:
    return "".join(sign for sign in text if sign in "\n\r\t" or unicodedata.category(sign) not in ("Cf", "Cc")).strip()


def prose(cell) -> str:
    """Words that are kept as they were written, in their own punctuation, and that no spreadsheet takes for a formula."""
    return harmless(_visible(cell)) if isinstance(cell, str) and given(cell) else harmless(given(cell))


def given(cell) -> str:
    """The words of a cell; 「无」 and a dash say nothing."""
    text = text_of(cell)
    return "" if text in NOTHING else text


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(FORMULA) else text


def is_formula(text: str) -> bool:
    return text.startswith(("=", "@")) or bool(re.match(r"[+-]\D", text))


def many(cell) -> list[str]:
    """Several names or numbers of one cell, in their order; what stands in brackets stays together.

    「无」 keeps its place as an empty text, so that numbers still stand beside their names.
    """
    text = BRACKETED.sub(lambda found: found[0].translate(HIDDEN), ENUMERATED.sub("\n", text_of(cell)))
    pieces = [piece.translate(SHOWN).strip() for piece in SEPARATORS.split(text)]
    found = ["" if piece in NOTHING else piece for piece in pieces if piece]
    return found if any(found) else []


def name_of(text: str) -> str:
    """A Chinese name without the blanks that only align it, and with Chinese brackets."""
    if re.search(r"[\u3400-\u9fff]", text):
        text = text.replace("(", "（").replace(")", "）")
    return re.sub(r"\s+", "", text) if re.fullmatch(r"[\u3400-\u9fff（）\s·]+", text) else text


def lost_digits(cell) -> str:
    """A long number that the spreadsheet kept as a number: fifteen digits are known, the rest is gone."""
    if isinstance(cell, int | float) and abs(cell) >= EXACT:
        digits = str(int(cell))
        return digits[:15] + "*" * (len(digits) - 15)
    return ""


def read_date(cell) -> date | None:
    """A date; None for an empty cell; ValueError for what is no date, or none of this bureau's lifetime."""
    if isinstance(cell, datetime):
        day = cell.date()
    elif isinstance(cell, date):
        day = cell
    else:
        text = given(cell)
        if not text:
            return None
        day = _date_of(text)
    if day < EARLIEST:
        raise ValueError("日期过早")
    return day


def _date_of(text: str) -> date:
    if match := CHINESE_DATE.fullmatch(text):
        year = int("".join(str(DIGITS[sign]) for sign in match[1]))
        return date(year, _chinese(match[2]), _chinese(match[3]))
    text = re.sub(r"\s*([-./年月日:])\s*", r"\1", text)
    if re.fullmatch(r"\d{8}", text):
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    if re.fullmatch(r"[3-6]\d{4}(\.\d+)?", text):
        return EXCEL_EPOCH + timedelta(days=int(float(text)))
    if match := DATE.fullmatch(text):
        return date(int(match[1]), int(match[3]), int(match[4]))
    raise ValueError("不是日期")


def _chinese(text: str) -> int:
    """十一 → 11, 二十 → 20, 三 → 3."""
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        raise ValueError("不是日期")
    return (DIGITS.get(tens, 1) * 10 if ten else 0) + (DIGITS[ones] if ones else 0)


def read_amount(cell, unit: str = "") -> Decimal | None:
    """Yuan with two decimals, rounded half up; None for an empty cell; ValueError for what is no amount."""
    text = re.sub(r"\s", "", given(format(cell, "f") if isinstance(cell, float) else cell))
    if not text:
        return None
    match = MONEY.fullmatch(text)
    if match is None:
        raise ValueError("不是数额")
    said = match[2] or ("万" if "万" in unit and not text.endswith(("元", "圆", "整")) else None)
    value = (Decimal(match[1].replace(",", "")) * FACTORS[said]).quantize(CENT, ROUND_HALF_UP)
    if value > MOST:
        raise ValueError("不是数额")
    return value
