"""Dates, numerals and money as Chinese papers write them (reference §15.2)."""

from datetime import date
from decimal import Decimal

from cases.amounts import capitals

DIGITS = "〇一二三四五六七八九"


def numeral(number: int) -> str:
    """一, 十, 十一, 二十, 九十九: for days, headings and 之一; from 1 to 99."""
    if not 0 < number < 100:
        raise ValueError(f"{number}: only 1 to 99 are written so")
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones else "")


def chinese_date(day: date) -> str:
    """二〇二六年十一月二十二日, on the line of the seal."""
    year = "".join(DIGITS[int(digit)] for digit in f"{day.year:04}")
    return f"{year}年{numeral(day.month)}月{numeral(day.day)}日"


def plain_date(day: date) -> str:
    """2026年11月22日, within the text."""
    return f"{day.year}年{day.month}月{day.day}日"


def plain_money(amount: Decimal) -> str:
    """1,864,200.00元, within the text: no blank before 元, unlike on screen."""
    return f"{amount:,.2f}元"


def capital_money(amount: Decimal) -> str:
    """壹佰捌拾陆万肆仟贰佰元整; below 10^16 yuan, not negative."""
    return capitals(amount)
