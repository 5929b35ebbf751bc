"""The periods of the figures: a month, a quarter, a year, the statistical year (December to November), or two dates."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from cases.periods import add_months


class Span(NamedTuple):
    """Both days count."""

    key: str
    label: str
    first: date
    last: date

    @property
    def year_before(self) -> date:
        """What was filed before this day is open for more than twelve months on the last day."""
        return add_months(self.last, -12)

    @property
    def before(self) -> "Span":
        """The period of the same kind just before."""
        if match := re.fullmatch(r"(\d{4})-(\d{2})", self.key):
            return month(add_months(date(int(match[1]), int(match[2]), 1), -1))
        if match := re.fullmatch(r"(\d{4})Q(\d)", self.key):
            return quarter(int(match[1]), int(match[2]) - 1) if match[2] > "1" else quarter(int(match[1]) - 1, 4)
        if match := re.fullmatch(r"(S?)(\d{4})", self.key):
            return (statistical if match[1] else year)(int(match[2]) - 1)
        length = (self.last - self.first).days + 1
        return between(self.first - timedelta(length), self.first - timedelta(1))


def month(day: date) -> Span:
    first = day.replace(day=1)
    return Span(f"{first:%Y-%m}", f"{first:%Y 年 %-m 月}", first, add_months(first, 1) - timedelta(1))


def quarter(of_year: int, number: int) -> Span:
    first = date(of_year, 3 * number - 2, 1)
    return Span(
        f"{of_year}Q{number}", f"{of_year} 年第{'一二三四'[number - 1]}季度", first, add_months(first, 3) - timedelta(1)
    )


def year(number: int) -> Span:
    return Span(str(number), f"{number} 年", date(number, 1, 1), date(number, 12, 31))


def statistical(number: int) -> Span:
    first, last = date(number - 1, 12, 1), date(number, 11, 30)
    return Span(f"S{number}", f"{number} 统计年度（{number - 1} 年 12 月至 {number} 年 11 月）", first, last)


def between(first: date, last: date) -> Span:
    return Span(f"{first}..{last}", f"{first:%Y-%m-%d} 至 {last:%Y-%m-%d}", first, last)


def read(text: str) -> Span | None:
    """The period of an address; None for what cannot be read or is absurd."""
    try:
        found = _read(text)
    except ValueError:
        return None
    return (
        found if found and found.first.year >= 2000 and found.last.year <= 2100 and found.first <= found.last else None
    )


def _read(text: str) -> Span | None:
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return month(date.fromisoformat(f"{text}-01"))
    if match := re.fullmatch(r"(\d{4})Q([1-4])", text):
        return quarter(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(S?)(\d{4})", text):
        return (statistical if match[1] else year)(int(match[2]))
    if match := re.fullmatch(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})", text):
        return between(date.fromisoformat(match[1]), date.fromisoformat(match[2]))
    return None


def choices(today: date) -> list[Span]:
    """What the page offers: this month and the twelve before, quarters, years."""
    months = [month(add_months(today.replace(day=1), -n)) for n in range(13)]
    this = (today.month + 2) // 3
    quarters = [quarter(today.year, n) for n in range(this, 0, -1)] + [quarter(today.year - 1, n) for n in (4, 3, 2, 1)]
    number = today.year + (today.month == 12)
    return [*months, *quarters, year(today.year), year(today.year - 1), statistical(number), statistical(number - 1)]


def months_to(span: Span, today: date, how_many: int = 12) -> list[Span]:
    """The twelve months that end with the period (or with today), the oldest first."""
    last = min(span.last, max(today, span.first)).replace(day=1)
    return [month(add_months(last, -n)) for n in range(how_many - 1, -1, -1)]
