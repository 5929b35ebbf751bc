"""The period for performance as its paper words it: 立即, a number of days, weeks, months or years from service, or a day.

What cannot be read, or in two ways, stops the paper before it is issued: it starts a clock when it is served.
"""

import re
import unicodedata
from datetime import date

from cases import periods
from cases.calendar import Calendar
from cases.refusals import Refused
from documents.chinese import DIGITS

FIELD = {"execution_notice": "time"}  # kind → the answer that words its period
N = rf"(?<![至到、.~\-—\d])([{DIGITS}零两十百千]{{1,6}}|\d{{1,4}})"
DAY = re.compile(rf"(?:(?:(\d{{4}}|[{DIGITS}零]{{4}})年)?{N}月{N}[日号]|(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}))")
LENGTH = re.compile(rf"{N}(个?工作日|日|天|周|个?星期|个?月|年)")
HALF = re.compile(r"(?<!个)半个?月")
NEVER = re.compile(
    r"每|半|[至到、~—][〇零一二两三四五六七八九十百\d]|[日号](?:之|以)?前"
)  # left over: instalments, halves, spans, a day of no month
AT_ONCE = re.compile(r"立即|立刻|即日|即时|即刻|当日|当天")
UNITS = {
    "日": ("D", 1),
    "天": ("D", 1),
    "周": ("D", 7),
    "星期": ("D", 7),
    "月": ("M", 1),
    "年": ("Y", 1),
    "工作日": ("WD", 1),
}
MOST = {"D": 366, "WD": 250, "M": 60, "Y": 5}


class Unread(Refused):
    """The paper's own words for the period say no day."""


def end(words: str, served_on: date, calendar: Calendar) -> date:
    """The last day. Raises Unread. A day that was over when the paper was served leaves that of service: 立即."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", words))
    found = [*_days(text, served_on), *_lengths(text), *(["at once"] if AT_ONCE.search(text) else [])]
    if len(found) != 1:
        why = "看不出是哪一天届满" if not found else "载有不止一个期限"
        raise Unread(f"履行期限「{words}」{why}：请写成「立即」「三日内」「一个月内」或「于2026年12月15日前」。")
    (one,) = found
    if isinstance(one, date):
        return max(one, served_on)
    if isinstance(one, periods.Terms):
        return periods.reckon(one, served_on, calendar=calendar).day
    return served_on


def faults(kind: str, answers: dict, today: date, calendar: Calendar) -> list[str]:
    """Why the period of this paper cannot be read; nothing where it has none, or where it is missing anyway."""
    words = str(answers.get(FIELD.get(kind, ""), "") or "").strip()
    try:
        if words:
            end(words, today, calendar)
    except Unread as refusal:
        return [str(refusal)]
    return []


def _days(text: str, served_on: date) -> list[date]:
    """Days named in it; without a year the next such day."""
    found = []
    for match in DAY.finditer(text):
        year, month, day = (match[1], match[2], match[3]) if match[2] else (match[4], match[5], match[6])
        try:
            found.append(_day(year, number(month), number(day), served_on))
        except ValueError:
            raise Unread(f"履行期限「{text}」中的「{match[0]}」不是日期：请核对。") from None
    return found


def _day(year: str | None, month: int, day: int, served_on: date) -> date:
    if year:
        return date(number(year), month, day)
    this = date(served_on.year, month, day)
    return this if this >= served_on else date(served_on.year + 1, month, day)


def _lengths(text: str) -> list[periods.Terms]:
    rest = HALF.sub("15日", re.sub(DAY.pattern + "(?:之|以)?前?", "", text))
    if odd := NEVER.search(rest):
        raise Unread(
            f"履行期限「{text}」中的「{odd[0]}」看不出是哪一天届满：请写成「三日内」「一个月内」或写明年月日。"
        )
    found = []
    for match in LENGTH.finditer(rest):
        unit, times = UNITS[match[2].removeprefix("个")]
        try:
            count = number(match[1]) * times
        except ValueError:
            count = 0
        if not 0 < count <= MOST[unit]:
            raise Unread(f"履行期限「{text}」中的「{match[0]}」读不出或者过长：请核对，数目大的写阿拉伯数字。")
        found.append(periods.Terms(unit, count))
    return found


def number(text: str) -> int:
    """三 3 · 十五 15 · 二十 20 · 两 2 · 二〇二六 2026 · 30 30; ValueError for what is no number."""
    if text.isascii():
        return int(text)
    text = text.replace("零", "〇").replace("两", "二")
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(str(DIGITS.index(each)) for each in text))
    if len(tens) > 1 or len(ones) > 1 or "〇" in tens + ones:
        raise ValueError(text)
    return (DIGITS.index(tens) if tens else 1) * 10 + (DIGITS.index(ones) if ones else 0)
