"""The court's working calendar: an immutable value, and how it is read from the State Council's yearly notice.

A year the calendar does not know has weekends and the holidays with a fixed date only; whoever counts with it
says that the answer is provisional.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

DAY = timedelta(days=1)
FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))  # 全国年节及纪念日放假办法 (2024) art 2
HOLIDAYS = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
WEEKDAYS = "一二三四五六日"

Row = tuple[date, bool, str]  # day, is a workday, name

source: Callable[[], "Calendar"] | None = None  # set by `cases.context`: the calendar of the tables


@dataclass(frozen=True)
class Calendar:
    """`days` holds what is not said by the weekday: rest days (False) and make-up workdays (True)."""

    version: int
    days: Mapping[date, bool]
    known_years: frozenset[int]

    def __post_init__(self) -> None:
        object.__setattr__(self, "days", MappingProxyType(dict(self.days)))
        object.__setattr__(self, "known_years", frozenset(self.known_years))

    def knows(self, year: int) -> bool:
        return year in self.known_years

    def is_workday(self, day: date) -> bool:
        told = self.days.get(day)
        if told is not None:
            return told
        if not self.knows(day.year) and (day.month, day.day) in FIXED:
            return False
        return day.weekday() < 5

    def roll(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        while not self.is_workday(day):
            day += DAY
        return day

    def next_workday(self, day: date) -> date:
        """The first working day after the day."""
        return self.roll(day + DAY)

    def previous_workday(self, day: date) -> date:
        """The last working day before the day."""
        day -= DAY
        while not self.is_workday(day):
            day -= DAY
        return day

    def add_workdays(self, day: date, number: int) -> date:
        """The n-th working day after the day (before it, if negative); the day itself is not counted."""
        move = self.next_workday if number > 0 else self.previous_workday
        for _ in range(abs(number)):
            day = move(day)
        return day

    def workdays_between(self, first: date, last: date) -> int:
        """Working days after `first`, up to and including `last`; negative when `last` lies before."""
        if last < first:
            return -self.workdays_between(last, first)
        return sum(self.is_workday(first + DAY * n) for n in range(1, (last - first).days + 1))


def told(rows: Iterable[tuple[date, bool, int | None]]) -> dict[date, bool]:
    """(day, works, year of the notice where it is another): where two notices name a day, the later one holds."""
    return {day: works for day, works, year in sorted(rows, key=lambda row: row[2] or row[0].year)}


def current() -> Calendar:
    """The calendar of the tables; where no database is within reach, what the calendar library knows."""
    if source is None:
        return seed()
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    try:
        return source()
    except (DatabaseError, ImproperlyConfigured, RuntimeError):  # no table yet, no server, or forbidden here
        return seed()


@cache
def seed() -> Calendar:
    """Version 0: the years of the calendar library."""
    rows = seed_days()
    return Calendar(0, {day: works for day, works, _ in rows}, frozenset(day.year for day, _, _ in rows))


def seed_days() -> list[Row]:
    """Rest days and make-up workdays of every year the calendar library knows."""
    from chinese_calendar import Holiday, constants

    chinese = {holiday.value: holiday.chinese for holiday in Holiday}
    rows = [(day, False, chinese.get(name, name)) for day, name in constants.holidays.items()]
    rows += [(day, True, f"{chinese.get(name, name)}调休上班") for day, name in constants.workdays.items()]
    return sorted(rows)


# The yearly notice of the State Council's general office

BRACKET = r"(?:\((?P<{0}note>[^()]*)\))?"
DATE = r"(?:(?P<{0}year>\d{{4}})年)?(?P<{0}month>\d{{1,2}})月(?P<{0}day>\d{{1,2}})日"
SINGLE = re.compile(DATE.format("") + BRACKET.format(""))
RANGE = re.compile(
    DATE.format("") + BRACKET.format("") + r"\s*(?:至|到|-|—|–|~)\s*"
    r"(?:(?:(?P<toyear>\d{4})年)?(?P<tomonth>\d{1,2})月)?(?P<today>\d{1,2})日" + BRACKET.format("to")
)
HEADING = re.compile(r"^(?:[一二三四五六七八九十]+、)?\s*(?P<name>[^:,。]{1,20}?):")
DATELINE = re.compile(r"^(?:国务院办公厅)?\d{4}年\d{1,2}月\d{1,2}日$")
COUNT = re.compile(r"(?:共|放假)\s*(\d+)\s*天")


def parse_notice(text: str, year: int) -> list[Row]:
    """Read the pasted notice of a year; ValueError names the sentence that was not understood, and why."""
    rows: dict[date, tuple[bool, str]] = {}
    seen = ""
    for name, sentence in _sentences(text):
        seen += f" {name}"
        for day, works in _days_of(sentence, year):
            if rows.get(day, (works, ""))[0] != works:
                raise ValueError(f"「{sentence}」：{day:%m-%d} 既放假又上班，请核对。")
            rows[day] = (works, f"{name}调休上班" if works else name)
    if not rows:
        raise ValueError("没有读到放假日期：请粘贴国务院办公厅通知全文。")
    if missing := [holiday for holiday in HOLIDAYS if holiday not in seen]:
        raise ValueError(f"通知中没有读到：{'、'.join(missing)}。请粘贴全文。")
    return sorted((day, works, name) for day, (works, name) in rows.items())


def _sentences(text: str) -> Iterator[tuple[str, str]]:
    """(holiday, sentence) of each sentence that names a day."""
    name = ""
    text = text.translate(str.maketrans("（）：，；０１２３４５６７８９", "():,;0123456789"))
    for line in text.splitlines():
        for sentence in re.split(r"[。;]", line):
            sentence = re.sub(r"\s", "", sentence)
            if heading := HEADING.match(sentence):
                name = heading["name"]
                sentence = sentence[heading.end() :]
            if SINGLE.search(sentence) and not DATELINE.match(sentence) and not sentence.startswith("鼓励"):
                yield name, sentence


def _days_of(sentence: str, year: int) -> Iterator[tuple[date, bool]]:
    """The days of one sentence: 「…放假…」 are rest days, 「…上班」 make-up workdays."""
    rests, works = "放假" in sentence, "上班" in sentence
    if rests == works:
        raise ValueError(f"「{sentence}」：没有读懂是放假还是上班。")
    days = _named_days(sentence, year)
    counted = COUNT.search(sentence)
    if rests and counted and int(counted[1]) != len(days):
        raise ValueError(f"「{sentence}」：写明 {counted[1]} 天，读到 {len(days)} 天，请核对。")
    for day in days:
        if works and day.weekday() < 5:
            raise ValueError(f"「{sentence}」：{day:%m-%d} 是周{WEEKDAYS[day.weekday()]}，本来就上班，请核对。")
        yield day, works


def _named_days(sentence: str, year: int) -> list[date]:
    days: list[date] = []
    rest = sentence
    for match in RANGE.finditer(sentence):
        first = _date(sentence, match["year"], match["month"], match["day"], match["note"], year)
        last = _date(
            sentence,
            match["toyear"] or str(first.year),
            match["tomonth"] or match["month"],
            match["today"],
            match["tonote"],
            year,
        )
        if last < first and not match["toyear"]:
            last = last.replace(year=last.year + 1)
        if not first <= last <= first + DAY * 14:
            raise ValueError(f"「{sentence}」：{first:%m-%d} 至 {last:%m-%d} 不像一次放假，请核对。")
        days += [first + DAY * n for n in range((last - first).days + 1)]
        rest = rest.replace(match[0], "", 1)
    for match in SINGLE.finditer(rest):
        days.append(_date(sentence, match["year"], match["month"], match["day"], match["note"], year))
    return sorted(days)


def _date(sentence: str, named_year: str | None, month: str, day: str, note: str | None, year: int) -> date:
    try:
        found = date(int(named_year or year), int(month), int(day))
    except ValueError:
        raise ValueError(f"「{sentence}」：没有 {month} 月 {day} 日这一天。") from None
    if (
        abs(found.year - year) > 1
        or (found.year < year and found.month < 12)
        or (found.year > year and found.month > 1)
    ):
        raise ValueError(f"「{sentence}」：{found:%Y-%m-%d} 不是 {year} 年的安排，请核对年度。")
    told = re.search(r"(?:周|星期)([一二三四五六日天])", note or "")
    if told and WEEKDAYS["一二三四五六日天".index(told[1]) % 7 if told[1] != "天" else 6] != WEEKDAYS[found.weekday()]:
        raise ValueError(
            f"「{sentence}」：{found:%Y-%m-%d} 是周{WEEKDAYS[found.weekday()]}，与通知写的周{told[1]}不符，请核对年度。"
        )
    return found
