"""Money as officers type it: 12.5万, 125,000, 125000元."""

import re
import unicodedata
from decimal import Decimal

WRITTEN = re.compile(r"(\d+|\d{1,3}(?:,\d{3})+)(\.\d*)?([万亿]?)")
MOST = Decimal(10) ** 13  # what a column of amounts holds
FACTORS = {"万": 10_000, "亿": 100_000_000}
DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "兆")


def read_amount(text: str) -> Decimal:
    """Yuan, not negative, to the fen; ValueError with a sentence for the officer."""
    found = WRITTEN.fullmatch(re.sub(r"[\s¥元]", "", unicodedata.normalize("NFKC", text)))
    if found is None:
        raise ValueError(f"「{text}」不是金额：请写成 125000、125,000 或 12.5万，千分位逗号每三位一个。")
    amount = Decimal(found[1].replace(",", "") + (found[2] or "")) * FACTORS.get(found[3], 1)
    if amount >= MOST:
        raise ValueError(f"「{text}」超过十万亿元，请核对是否多写了位数。")
    return amount.quantize(Decimal("0.01"))


def capitals(amount: Decimal) -> str:
    """壹拾贰万伍仟元整, as documents write it (正确填写票据和结算凭证的基本规定); below 10^16 yuan."""
    yuan, fen = divmod(int(amount * 100), 100)
    words = _integer(yuan) + "元" if yuan or not fen else ""
    jiao, fen = divmod(fen, 10)
    if not jiao and not fen:
        return words + "整"
    words += DIGITS[jiao] + "角" if jiao else "零" if words else ""
    return words + (DIGITS[fen] + "分" if fen else "整")


def _integer(number: int) -> str:
    """Groups of four digits; a group of noughts, or one below a thousand, is joined by 零."""
    if not number:
        return "零"
    words, gap = "", False
    for power in range(len(GROUPS) - 1, -1, -1):
        group = number // 10_000**power % 10_000
        if not group:
            gap = gap or bool(words)
            continue
        words += ("零" if words and (gap or group < 1000) else "") + _four(group) + GROUPS[power]
        gap = False
    return words


def _four(group: int) -> str:
    words, gap = "", False
    for power in range(3, -1, -1):
        digit = group // 10**power % 10
        if digit:
            words += ("零" if gap else "") + DIGITS[digit] + PLACES[power]
        gap = not digit and bool(words)
    return words


def yuan(amount: Decimal) -> str:
    """1,864,200.00 元, as tables and documents write it."""
    return f"{amount:,.2f} 元"
