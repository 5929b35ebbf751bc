"""Table 3: by when. The lines stand in `cases/clocks/`; here they are one table, and the functions that answer from it.

`due` is pure: a rule, a start, and what stopped or lengthened the period give the due moment and its derivation in
sentences, the same for the screen, the sweep and the nightly check. `manage.py rules` prints the table.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from cases import calendar as calendars
from cases import periods
from cases.calendar import Calendar
from cases.clocks import anchors, first_days, measures, procedure
from cases.clocks.shape import Anchor, Rule, read
from cases.periods import Terms, midnight

__all__ = [
    "ANCHOR",
    "ANCHORS",
    "RULE",
    "RULES",
    "Anchor",
    "Due",
    "Rule",
    "applies",
    "due",
    "midnight",
    "start_of",
    "start_value",
]

RULES: tuple[Rule, ...] = (*first_days.RULES, *procedure.RULES, *measures.RULES)
RULE = {rule.key: rule for rule in RULES}
ANCHORS: tuple[Anchor, ...] = anchors.ANCHORS
ANCHOR = {anchor.key: anchor for anchor in ANCHORS}

# Counting that the period's letters cannot say.
SPECIAL = {
    "terminal.earliest": Terms("M", 3, rolls=False, plus_days=1),  # 「超过三个月」
    "terminal.query_fresh": Terms("D", 91, rolls=False),
    "detention.end": Terms("FIX", 0, "T"),  # days decided, to the same time of day
}
SHORT = 10  # periods up to so many days turn amber on the last working day before


class Due(NamedTuple):
    """When a period ends. `day` is the last day, `moment` exclusive, `raw` the day before rolling, `warn` amber from."""

    day: date
    moment: datetime
    raw: date
    provisional: bool
    steps: tuple[str, ...]
    warn: datetime


def due(
    key: str,
    start: date | datetime,
    *,
    variant: str = "",
    length: int | str | date | None = None,
    pauses: Iterable[tuple[date, date]] = (),
    extensions: Iterable = (),
    calendar: Calendar | None = None,
) -> Due:
    """The end of the rule's period. `start`: a date or aware datetime; `length` replaces the rule's, or sets it.

    Raises KeyError for an unknown rule or variant, ValueError where a rule "as set" is not given its length.
    """
    rule, calendar = RULE[key], calendar or calendars.current()
    terms = terms_of(rule, variant, length)
    end = periods.reckon(terms, start, pauses=pauses, extensions=extensions, calendar=calendar)
    event = f"起算：{rule.trigger or '事件发生'}，{said(start)}。"
    law = f"依据：{rule.law}。" if rule.law else ""
    steps = tuple(filter(None, (event, *end.steps, law)))
    return Due(end.day, end.moment, end.raw, end.provisional, steps, warn_at(rule, terms, start, end, calendar))


def said(start: date | datetime) -> str:
    return f"{periods.local(start):%Y-%m-%d %H:%M}" if isinstance(start, datetime) else periods.say(start)


def terms_of(rule: Rule, variant: str = "", length: int | str | date | None = None) -> Terms:
    """How this rule is counted this time. A date given to a period counted backwards is the day it is counted from."""
    period = read(dict(rule.variants)[variant] if variant else rule.period)
    terms = SPECIAL.get(rule.key) or Terms(
        period.counting, period.length or 0, period.unit if period.counting == "FIX" else ""
    )
    if length in (None, ""):
        if terms.counting == "SET" or (terms.counting == "FIX" and not terms.number):
            raise ValueError(f"「{rule.label}」的期间以文书为准：请填写天数或截止日期。")
        return terms
    given = periods.read_length(length)
    if isinstance(given, date):
        return terms._replace(printed=given)
    unit, number = given
    if terms.counting == "SET":
        return terms._replace(number=number, unit=unit or "D")
    if unit and unit != terms.counting and terms.counting in ("D", "WD", "M", "Y"):
        return terms._replace(counting=unit, number=number)
    return terms._replace(number=number, unit=unit or terms.unit or ("D" if terms.counting == "FIX" else ""))


def warn_at(rule: Rule, terms: Terms, start: date | datetime, end: periods.End, calendar: Calendar) -> datetime:
    """Amber: the last working day before, for short periods; the last fifth of long ones; hours likewise."""
    begin = periods.moment_of(start)
    if rule.warn:
        period = read(rule.warn)
        return begin + timedelta(hours=period.length or 0)
    if terms.counting in ("H", "HX") or terms.unit == "T":
        return end.moment - (end.moment - begin) / 5
    if terms.counting == "SD" or rule.kind == "watch":
        return midnight(end.day)  # of someone else's period the holder is told on its last day
    if rule.lead:
        return max(midnight(end.day - timedelta(days=rule.lead)), min(begin, end.moment))
    days = (end.day - periods.day_of(start)).days
    if days <= SHORT:
        return midnight(calendar.previous_workday(end.day))
    return midnight(end.day - timedelta(days=days // 5))


def start_value(rule: Rule, started_at: datetime) -> date | datetime:
    """What to hand in for a stored start: hours need the moment, days the day."""
    exact = rule.counting in ("H", "HX") or rule.key == "detention.end"
    return started_at if exact else periods.local(started_at).date()


def start_of(
    key: str, happened_on: date, reached_at: datetime, *, cut_off: time = time(16, 30), calendar: Calendar
) -> tuple[date, list[str]]:
    """The first moment a same-day duty could be done (flow §5): the filing day, if the case was here by the cut-off
    that day, else the working day on which it reached us (the next one after the cut-off)."""
    reached = periods.local(reached_at)
    if reached.date() <= happened_on and reached.time() <= cut_off:
        return happened_on, [f"立案 {happened_on:%m-%d}，当日 {cut_off:%H:%M} 前到局，立案当日起算。"]
    day = calendar.roll(reached.date())
    if day == reached.date() and reached.time() > cut_off:
        day = calendar.next_workday(day)
    return day, [f"立案 {happened_on:%m-%d}，到局 {reached:%m-%d}，自 {day:%m-%d} 起算。"]


def of_custody(rule: Rule) -> bool:
    """Whether it limits the holding of a person: such deeds are entered within two hours."""
    return rule.rings and any(ANCHOR[anchor].custody for anchor in rule.anchors if anchor in ANCHOR)


def applies(rule: Rule, tokens: set[str]) -> bool:
    """Whether the rule's `only` is met: words of one family are alternatives, families add up."""
    families: dict[str, set[str]] = {}
    for word in rule.only:
        families.setdefault(word.partition(":")[0], set()).add(word)
    return all(found & tokens for found in families.values())
