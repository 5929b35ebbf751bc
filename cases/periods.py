"""Counting periods (民事诉讼法 85, 民诉法解释 125, 民法典 201–203): pure, and the only place where it is done.

SD  same day                                            H   hours from the next full hour
D   calendar days, first day not counted, rolls         HX  exact hours from the minute
WD  court working days                                  FIX an end date printed in the paper, never rolled
M Y corresponding day, else last of month, rolls        BD  days counted backwards, never rolled
SET as the paper sets it: a number of days, or a date, which is then never rolled

Extensions are added to the length first, then the paused days, then the roll to the first working day.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from cases.calendar import WEEKDAYS

if TYPE_CHECKING:
    from cases.calendar import Calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
COUNTINGS = ("SD", "H", "HX", "D", "WD", "M", "Y", "FIX", "BD", "SET")
UNITS = {
    "H": "小时",
    "HX": "小时",
    "D": "日",
    "T": "日",
    "WD": "个工作日",
    "M": "个月",
    "Y": "年",
    "BD": "日",
    "SD": "日",
}
STILL = ("D", "WD", "M", "Y", "SET")  # these can stand still; hours, printed ends and days before never do
DAY = timedelta(days=1)

Pause = tuple[date, date]


class Terms(NamedTuple):
    """How one period is counted. `unit` is that of a FIX or SET length: D WD M Y, or T: days to the same time of day."""

    counting: str
    number: int = 0
    unit: str = ""
    rolls: bool = True
    plus_days: int = 0  # added after counting: 「超过三个月」 is the corresponding day and one more
    printed: date | None = None


class End(NamedTuple):
    """Where a period ends, and how that was found. `moment` is exclusive."""

    day: date
    moment: datetime
    raw: date
    provisional: bool
    steps: tuple[str, ...]


class Amount(NamedTuple):
    """A length and its extensions, summed by unit."""

    months: int = 0
    days: int = 0
    workdays: int = 0
    hours: int = 0


# Moments and days


def midnight(day: date) -> datetime:
    """The moment at which the day begins."""
    return datetime.combine(day, time(), SHANGHAI)


def local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("时间须带时区。")
    return moment.astimezone(SHANGHAI)


def day_of(start: date | datetime) -> date:
    return local(start).date() if isinstance(start, datetime) else start


def moment_of(start: date | datetime) -> datetime:
    return local(start) if isinstance(start, datetime) else midnight(start)


def say(day: date) -> str:
    return f"{day:%Y-%m-%d}（周{WEEKDAYS[day.weekday()]}）"


def add_months(day: date, months: int) -> date:
    """The corresponding day; where the month has none, its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    after = date(year + (month == 11), 1 if month == 11 else month + 2, 1)
    return date(year, month + 1, min(day.day, (after - DAY).day))


# Lengths


def read_length(value: "int | str | date | Sequence | None") -> "tuple[str, int] | date":
    """A length as it is stored or typed: 7, "7", "3M", "10WD", ("M", 3), or an end date ("2026-12-31")."""
    if isinstance(value, datetime):
        return local(value).date()
    if isinstance(value, date):
        return value
    if isinstance(value, (list, tuple)) and len(value) == 2:
        first, second = value
        number, unit = (first, second) if isinstance(first, int) else (second, first)
        value = f"{number}{unit}"
    text = str(value).strip().upper()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    match = re.fullmatch(r"(\d{1,4})\s*(H|D|WD|M|Y)?", text)
    if not match:
        raise ValueError(f"「{value}」不是期间：请写天数、3M、10WD 或截止日期 2026-12-31。")
    return match[2] or "", int(match[1])


def amount(unit: str, number: int, extensions: Iterable = ()) -> Amount:
    """The length with its extensions; an extension without a unit is in the unit of the length."""
    sums = dict.fromkeys(("M", "D", "WD", "H"), 0)
    for each_unit, each in ((unit, number), *(_extension(each, unit) for each in extensions)):
        if each_unit == "Y":
            each_unit, each = "M", each * 12
        sums[{"HX": "H", "T": "D", "BD": "D", "SD": "D"}.get(each_unit, each_unit)] += each
    return Amount(sums["M"], sums["D"], sums["WD"], sums["H"])


def _extension(value, unit: str) -> tuple[str, int]:
    given = read_length(value)
    if isinstance(given, date):
        raise ValueError("延长的期间须写成长度，如 3M。")
    return given[0] or unit, given[1]


def say_length(unit: str, number: int) -> str:
    return f"{number} {UNITS[unit]}"


# Pauses


def merge(pauses: Iterable[tuple[date, date]]) -> list[Pause]:
    """Sorted, overlapping ones joined; in a pair (from, to) the day `to` itself counts again."""
    merged: list[Pause] = []
    for begin, end in sorted((day_of(begin), day_of(end)) for begin, end in pauses):
        if end < begin:
            raise ValueError(f"暂停的止日 {end} 早于起日 {begin}。")
        if merged and begin <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        elif end > begin:
            merged.append((begin, end))
    return merged


def stand_still(
    start: date, end: date, pauses: Iterable[tuple[date, date]], calendar: "Calendar | None"
) -> tuple[date, list[str]]:
    """Move the end by the paused days. Days before the start, and pauses after the period has ended, do not count."""
    steps = []
    for begin, until in merge(pauses):
        begin = max(begin, start)
        if until <= begin or begin > (calendar.roll(end) if calendar else end):
            continue
        days = (until - begin).days
        end += timedelta(days=days)
        steps.append(
            f"{begin:%Y-%m-%d} 至 {until:%Y-%m-%d} 暂停计期 {days} 日（{until:%m-%d} 当日重新计入），顺推至 {say(end)}。"
        )
    return end, steps


# The count itself


def reckon(
    terms: Terms, start: date | datetime, *, pauses: Iterable = (), extensions: Iterable = (), calendar: "Calendar"
) -> End:
    """Count the period from its start."""
    extensions = list(extensions)
    if terms.counting == "BD":
        return _backwards(terms, terms.printed or day_of(start))
    if terms.printed is not None:
        return _printed(terms, start)
    if terms.counting in ("H", "HX") or terms.unit == "T":
        return _hours(terms, start, extensions)
    if terms.counting == "SD":
        return _whole_day(day_of(start), [f"当日事项：{say(day_of(start))} 24:00 前办结。"])
    if terms.counting == "FIX":
        return _inclusive(terms, day_of(start), extensions)
    return _days(terms, day_of(start), list(pauses), extensions, calendar)


def _whole_day(day: date, steps: list[str], *, raw: date | None = None, provisional: bool = False) -> End:
    return End(day, midnight(day + DAY), raw or day, provisional, tuple(steps))


def _printed(terms: Terms, start: date | datetime) -> End:
    day = terms.printed
    assert day is not None
    steps = [f"文书载明的截止日期为 {say(day)}，以文书为准，逢休息日不顺延。"]
    if terms.unit == "T" and isinstance(start, datetime):
        moment = datetime.combine(day, local(start).time(), SHANGHAI)
        return End(day, moment, day, False, (*steps, f"至当日 {moment:%H:%M} 止。"))
    return _whole_day(day, steps)


def _hours(terms: Terms, start: date | datetime, extensions: list) -> End:
    begin = moment_of(start)
    unit = "T" if terms.unit == "T" else "H"
    total = amount(unit, terms.number, extensions)
    length = timedelta(hours=total.hours, days=total.days)
    if terms.counting == "H":
        full = begin.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        steps = [f"开始的时不计入，自次时 {full:%Y-%m-%d %H:%M} 起计 {total.hours} 小时。"]
        begin = full
    elif unit == "T":
        steps = [f"自 {begin:%Y-%m-%d %H:%M} 起 {total.days} 日，至末日同一时刻。"]
    else:
        steps = [f"自 {begin:%Y-%m-%d %H:%M} 该时刻起计 {total.hours} 小时。"]
    moment = begin + length
    day = (moment - timedelta(microseconds=1)).date()
    steps.append(f"{moment:%Y-%m-%d %H:%M} 届满，逢休息日不顺延。")
    return End(day, moment, day, False, tuple(steps))


def _backwards(terms: Terms, from_: date) -> End:
    day = from_ - timedelta(days=terms.number)
    return _whole_day(
        day, [f"自 {say(from_)} 向前倒数 {terms.number} 日（该日不计入），为 {say(day)}，逢休息日不移动。"]
    )


def _inclusive(terms: Terms, start: date, extensions: list) -> End:
    total = amount(terms.unit or "D", terms.number, extensions)
    mark = add_months(start, total.months) + timedelta(days=total.days)
    day = mark - DAY
    words = _sum_words(total)
    return _whole_day(day, [f"自 {say(start)} 起{words}，起日计入，末日为对应日的前一日 {say(day)}，逢休息日不顺延。"])


def _days(terms: Terms, start: date, pauses: list, extensions: list, calendar: "Calendar") -> End:
    unit = (terms.unit or "D") if terms.counting == "SET" else terms.counting
    total = amount(unit, terms.number, extensions)
    raw = add_months(start, total.months) + timedelta(days=total.days)
    raw = calendar.add_workdays(raw, total.workdays) if total.workdays else raw
    ext = f"（含延长 {'、'.join(say_length(*_extension(each, unit)) for each in extensions)}）" if extensions else ""
    steps = [f"开始的日不计入，{_sum_words(total)}{ext}至 {say(raw)}。"]
    if terms.plus_days:
        raw += timedelta(days=terms.plus_days)
        steps.append(f"须超过该期间，再加 {terms.plus_days} 日，为 {say(raw)}。")
    raw, moved = stand_still(start, raw, pauses, calendar)
    steps += moved
    day = calendar.roll(raw) if terms.rolls else raw
    if day != raw:
        steps.append(f"{say(raw)} 为休息日，顺延至其后第一个工作日 {say(day)}。")
    elif not terms.rolls:
        steps.append("逢休息日不顺延。")
    unknown = _unknown_years(terms, start, raw, day, total, calendar)
    if unknown:
        years = "、".join(str(year) for year in unknown)
        steps.append(f"{years} 年节假日安排尚未录入，暂按周末和固定节日计算，待国务院办公厅通知公布后重算。")
    return _whole_day(day, steps, raw=raw, provisional=bool(unknown))


def _unknown_years(terms: Terms, start: date, raw: date, day: date, total: Amount, calendar: "Calendar") -> list[int]:
    """Years the answer rests on and the calendar does not know."""
    if total.workdays:
        years = range(start.year, day.year + 1)
    elif terms.rolls:
        years = range(raw.year, day.year + 1)
    else:
        return []
    return [year for year in years if not calendar.knows(year)]


def _sum_words(total: Amount) -> str:
    parts = [
        f"{total.months // 12} 年"
        if total.months and total.months % 12 == 0
        else f"{total.months} 个月"
        if total.months
        else "",
        f"{total.days} 日" if total.days else "",
        f"{total.workdays} 个工作日" if total.workdays else "",
    ]
    return "又".join(part for part in parts if part) or "0 日"
