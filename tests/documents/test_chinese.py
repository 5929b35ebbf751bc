"""Dates, numerals and money as papers write them."""

from datetime import date
from decimal import Decimal

import pytest

from documents.chinese import capital_money, chinese_date, numeral, plain_date, plain_money


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 22), "二〇二六年十一月二十二日"),
        (date(2030, 1, 1), "二〇三〇年一月一日"),
        (date(2026, 10, 10), "二〇二六年十月十日"),
        (date(2026, 2, 20), "二〇二六年二月二十日"),
        (date(2027, 12, 31), "二〇二七年十二月三十一日"),
    ],
)
def test_the_date_on_the_line_of_the_seal(day, words):
    assert chinese_date(day) == words


def test_the_date_within_the_text_has_no_noughts_before_it():
    assert plain_date(date(2026, 3, 5)) == "2026年3月5日"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.5", "伍角整"),
        ("10", "壹拾元整"),
        ("10000", "壹万元整"),
        ("10010.10", "壹万零壹拾元壹角整"),
        ("100000000", "壹亿元整"),
        ("1864200", "壹佰捌拾陆万肆仟贰佰元整"),
        ("173312.38", "壹拾柒万叁仟叁佰壹拾贰元叁角捌分"),
        ("20000.05", "贰万元零伍分"),
    ],
)
def test_money_in_capitals(amount, words):
    assert capital_money(Decimal(amount)) == words


def test_money_within_the_text():
    assert plain_money(Decimal("1864200")) == "1,864,200.00元"


@pytest.mark.parametrize(("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")])
def test_numerals(number, words):
    assert numeral(number) == words


@pytest.mark.parametrize("number", [0, 100, -1])
def test_other_numerals_are_not_guessed(number):
    with pytest.raises(ValueError):
        numeral(number)
