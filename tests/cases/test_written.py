"""Dates and amounts as officers type them: each form that is read, and each that is refused with a sentence."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from cases import amounts, clock, dates
from cases.forms.fields import Money, SmartDate, SmartTime
from teams import hooks

TODAY = "2026-11-24 10:00"
WRITTEN = [
    ("20261123", "2026-11-23"),
    ("2026-11-23", "2026-11-23"),
    ("2026.11.23", "2026-11-23"),
    ("2026/1/2", "2026-01-02"),
    ("2026年11月23日", "2026-11-23"),
    ("2026 - 11 - 23", "2026-11-23"),
    ("11-23", "2026-11-23"),
    ("11.23", "2026-11-23"),
    ("1/2", "2026-01-02"),
    ("11月23日", "2026-11-23"),
    (" 11-23 ", "2026-11-23"),
    ("１１－２３", "2026-11-23"),
    ("２０２６１１２３", "2026-11-23"),
    ("今天", "2026-11-24"),
    ("今日", "2026-11-24"),
    ("昨天", "2026-11-23"),
    ("昨日", "2026-11-23"),
    ("前天", "2026-11-22"),
    ("明天", "2026-11-25"),
    ("后天", "2026-11-26"),
    ("+3", "2026-11-27"),
    ("＋3", "2026-11-27"),
    ("-3", "2026-11-21"),
    ("+0", "2026-11-24"),
    ("+7", "2026-12-01"),  # past the end of the month
    ("+38", "2027-01-01"),  # past the end of the year
    ("-24", "2026-10-31"),
    ("1-31", "2026-01-31"),
    ("4-30", "2026-04-30"),
    ("12-31", "2026-12-31"),
    ("2028-2-29", "2028-02-29"),
    ("20240229", "2024-02-29"),
]
NOT_DATES = [
    "", "随便", "99-99", "2026-13-01", "11-31", "4-31", "2-30", "2026-2-29", "20260229", "20261301", "2100-2-29", "11", "1123", "261123",
    "26-11-23", "0000-01-01", "2026-11-23 10:00", "2026-11-23-1", "第3组11", "3、11", "大后天", "3+", "+1000", "+-3", "十一月二十三日",
]  # fmt: skip
AMOUNTS = [
    ("125000", "125000.00"),
    ("125,000", "125000.00"),
    ("1,864,200.5", "1864200.50"),
    ("1，864，200.50元", "1864200.50"),
    ("￥125,000.00", "125000.00"),
    ("¥125000", "125000.00"),
    ("１２５０００", "125000.00"),
    ("125 000", "125000.00"),
    ("12.5万", "125000.00"),
    ("12.5万元", "125000.00"),
    ("1,200万", "12000000.00"),
    ("0.3亿", "30000000.00"),
    ("1.234567万", "12345.67"),
    ("0", "0.00"),
    ("0.01", "0.01"),
    ("9999999999999.99", "9999999999999.99"),
]
NOT_AMOUNTS = [
    "", "很多", "-5", "1.2.3", "12,50", "1,25000", ",125", "125,", "12万5", "万", "1_000", "1e5", "NaN", "Infinity", "0x10", "12.5千", "10万亿",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _now(at):
    with at(TODAY):
        yield


@pytest.mark.parametrize(("text", "day"), WRITTEN)
def test_a_date_is_read(text, day):
    assert dates.read_date(text) == date.fromisoformat(day)
    assert SmartDate().clean(text) == date.fromisoformat(day)


@pytest.mark.parametrize("text", NOT_DATES)
def test_what_is_no_date_is_refused_with_the_forms_that_are(text):
    with pytest.raises(ValueError, match=r"不是日期：请写成 2026-11-23、11-23、今天 或 \+3。") as told:
        dates.read_date(text)
    assert f"「{text}」" in str(told.value)


def test_a_day_without_a_year_is_of_the_year_it_is_typed_in_and_a_step_crosses_it(at):
    with at("2026-12-31 23:30"):
        assert dates.read_date("1-4") == date(2026, 1, 4)
        assert dates.read_date("+4") == date(2027, 1, 4)
        assert dates.read_date("明天") == date(2027, 1, 1)
    with at("2027-01-01 00:10"):
        assert dates.read_date("12-31") == date(2027, 12, 31)
        assert dates.read_date("昨天") == date(2026, 12, 31)


def test_the_leap_day_is_of_leap_years_only(at):
    with at("2028-02-28 09:00"):
        assert dates.read_date("2-29") == dates.read_date("+1") == date(2028, 2, 29)
        assert dates.read_date("+2") == date(2028, 3, 1)
    with at("2027-02-28 09:00"), pytest.raises(ValueError, match="不是日期"):
        dates.read_date("2-29")


@pytest.mark.parametrize(
    ("text", "found"),
    [("9:30", "09:30"), ("0930", "09:30"), ("9：05", "09:05"), ("23:59", "23:59"), (" 930 ", "09:30")],
)
def test_a_time_is_read(text, found):
    assert dates.read_time(text) == time.fromisoformat(found)
    assert SmartTime().clean(text) == found


@pytest.mark.parametrize("text", ["", "24:00", "9:60", "9点", "930上午", "9:5", "09301"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError, match=r"不是时间：请写成 9:30 或 0930。"):
        dates.read_time(text)


def test_a_moment_without_a_time_is_now_on_today_and_noon_on_another_day():
    now = clock.now()
    assert dates.read_moment("今天", "") == now
    assert dates.read_moment("昨天", "") == datetime.combine(now.date() - timedelta(days=1), time(12), now.tzinfo)
    assert dates.read_moment("11-23", "0930") == datetime(2026, 11, 23, 9, 30, tzinfo=now.tzinfo)


@pytest.mark.parametrize(("text", "yuan"), AMOUNTS)
def test_an_amount_is_read_with_separators_and_in_ten_thousands(text, yuan):
    assert amounts.read_amount(text) == Decimal(yuan)
    assert str(Money().clean(text)) == yuan


@pytest.mark.parametrize("text", NOT_AMOUNTS)
def test_what_is_no_amount_is_refused_with_the_forms_that_are(text):
    with pytest.raises(ValueError, match=r"不是金额：请写成 125000、125,000 或 12\.5万") as told:
        amounts.read_amount(text)
    assert f"「{text}」" in str(told.value)


@pytest.mark.parametrize("text", ["10000000000000", "10,000,000,000,000.00", "100000亿"])
def test_more_than_a_column_holds_is_asked_about(text):
    with pytest.raises(ValueError, match="是否多写了位数"):
        amounts.read_amount(text)


def test_the_fields_tell_the_same_sentence_and_leave_an_empty_one_empty():
    for field, text, sentence in ((SmartDate, "11-31", "「11-31」不是日期"), (Money, "12,50", "「12,50」不是金额")):
        with pytest.raises(ValidationError, match=sentence):
            field().clean(text)
        assert field(required=False).clean("  ") is None
    assert hooks.date_field is SmartDate  # 授权代签 and 离岗交接 below read dates the same way
