"""Table 3 at its edges: holidays, month ends, make-up workdays, pauses, and what must hold of any start."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import calendar, periods
from cases.calendar import Calendar
from cases.deadlines import ANCHOR, RULE, RULES, due, start_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
KNOWN = calendar.seed()
DAYS = st.dates(date(2024, 1, 1), date(2026, 6, 30))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def day(key: str, start, **given) -> date:
    return due(key, start, calendar=KNOWN, **given).day


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        ("transfer.three_days", date(2026, 11, 20), date(2026, 11, 23)),  # Friday + 3 D = Monday
        ("transfer.three_days", date(2026, 11, 19), date(2026, 11, 23)),  # Sunday rolls to Monday
        ("transfer.three_days", date(2026, 9, 28), date(2026, 10, 8)),  # 10-01 rolls past National Day
        ("transfer.three_days", date(2026, 9, 17), date(2026, 9, 20)),  # a Sunday that is a make-up workday
        ("enforcement.limit", date(2026, 8, 31), date(2027, 3, 1)),  # last of February, a Sunday
        ("enforcement.limit", date(2026, 3, 31), date(2026, 9, 30)),  # corresponding day missing: last of month
        ("reception.first_day", date(2026, 11, 21), date(2026, 11, 21)),  # same day, also on a Saturday
        ("quality.triage", date(2026, 9, 18), date(2026, 9, 24)),  # 5 WD over a worked Sunday
        ("measure.deposit", date(2026, 11, 22), date(2027, 11, 21)),  # inclusive end
        ("measure.deposit", date(2024, 2, 29), date(2025, 2, 27)),  # last of month, then one day back
        ("measure.real_estate", date(2026, 10, 2), date(2029, 10, 1)),  # never rolled
        ("terminal.earliest", date(2026, 6, 30), date(2026, 10, 1)),  # three months and a day, not rolled
        ("auction.notice_real_estate", date(2026, 11, 30), date(2026, 10, 31)),  # counted backwards, not moved
        ("auction.notify_parties", date(2026, 3, 20), date(2026, 3, 17)),  # before the announcement
        ("auction.notice_movable_second", date(2026, 3, 1), date(2026, 2, 22)),  # a Sunday: never moved
        ("enforcement.extension_request", date(2026, 10, 6), date(2026, 10, 1)),  # into a holiday: never moved
        ("enforcement.clue", date(2026, 2, 9), date(2026, 2, 24)),  # Spring Festival: 02-16 rolls past it
        ("enforcement.clue", date(2026, 4, 29), date(2026, 5, 6)),  # the day after Labour Day holidays
        ("transfer.three_days", date(2025, 12, 29), date(2026, 1, 4)),  # New Year; 01-04 is a make-up Sunday
        ("quality.triage", date(2026, 2, 9), date(2026, 2, 14)),  # 5 WD end on a make-up Saturday
        ("listing.delete", date(2026, 9, 30), date(2026, 10, 10)),  # 3 WD over the holiday, worked Saturday
        ("enforcement.limit", date(2023, 8, 29), date(2024, 2, 29)),  # leap day
        ("enforcement.limit", date(2024, 2, 29), date(2024, 8, 29)),
        ("enforcement.limit", date(2025, 8, 29), date(2026, 2, 28)),  # no 02-29; a make-up Saturday: nothing rolls
        ("enforcement.limit_administrative", date(2025, 11, 30), date(2026, 2, 28)),
        ("measure.movable", date(2024, 2, 29), date(2026, 2, 27)),
        ("measure.real_estate", date(2024, 2, 29), date(2027, 2, 27)),
        ("measure.deposit", date(2023, 3, 1), date(2024, 2, 29)),  # one day back lands on the leap day
        ("terminal.earliest", date(2025, 11, 30), date(2026, 3, 1)),  # last of February and one more
        ("terminal.query_fresh", date(2026, 7, 2), date(2026, 10, 1)),  # 91 days, not rolled
        ("measure.renewal_request", date(2026, 10, 8), date(2026, 10, 1)),
        ("auction.sell_off", date(2026, 3, 2), date(2026, 4, 30)),  # 60 days, the first one counted
    ],
)
def test_the_examples_of_the_rules_hold(key, start, end):
    assert day(key, start) == end


def test_hours_run_from_the_next_full_hour_and_exact_hours_from_the_minute():
    assert due("preservation.ruling_urgent", at("2026-11-20T10:20"), calendar=KNOWN).moment == at("2026-11-22T11:00")
    assert due("compelled.question", at("2026-11-20T22:05"), calendar=KNOWN).moment == at("2026-11-21T06:05")


def test_hours_neither_stop_for_the_night_nor_roll_over_a_holiday():
    assert due("detention.family", at("2026-09-30T23:40"), calendar=KNOWN).moment == at("2026-10-02T00:00")
    assert due("detention.leave", at("2026-02-16T09:00"), calendar=KNOWN).moment == at("2026-02-16T22:00")
    assert due("compelled.question_long", at("2026-12-31T18:30"), calendar=KNOWN).moment == at("2027-01-01T18:30")
    utc = at("2026-11-20T10:20").astimezone(UTC)
    assert due("preservation.ruling_urgent", utc, calendar=KNOWN).moment == at("2026-11-22T11:00")


def test_a_printed_end_is_the_end():
    assert day("measure.deposit", date(2026, 3, 2), length="2026-10-04") == date(2026, 10, 4)  # a rest day
    assert day("settlement.instalment", date(2026, 3, 2), length="2026-10-04") == date(2026, 10, 4)
    assert day("preservation.execute", date(2026, 11, 21), variant="urgent") == date(2026, 11, 21)
    assert day("over.seal_release", date(2026, 11, 20), variant="equity") == date(2026, 11, 27)


def test_a_day_before_can_be_counted_from_the_day_that_was_set():
    assert day("auction.notify_parties", date(2026, 3, 2), length="2026-03-20") == date(2026, 3, 17)


def test_detention_ends_at_the_same_time_of_day():
    assert due("detention.end", at("2026-11-20T15:30"), length=15, calendar=KNOWN).moment == at("2026-12-05T15:30")


def test_the_moment_is_midnight_at_the_end_of_the_day():
    assert due("transfer.three_days", date(2026, 11, 20), calendar=KNOWN).moment == at("2026-11-24T00:00")


def test_pauses_merge_their_last_day_counts_again_and_extensions_come_first():
    pauses = [(date(2026, 3, 1), date(2026, 3, 11)), (date(2026, 3, 5), date(2026, 3, 21))]
    plain = due("enforcement.limit", date(2026, 1, 5), calendar=KNOWN)
    paused = due("enforcement.limit", date(2026, 1, 5), pauses=pauses, calendar=KNOWN)
    assert paused.raw - plain.raw == timedelta(days=20)
    assert day("enforcement.limit", date(2026, 1, 5), extensions=["3M"]) == date(2026, 10, 8)


def test_an_unpublished_year_gives_a_provisional_date_that_says_so():
    found = due("enforcement.limit", date(2026, 8, 31), calendar=KNOWN)
    assert found.provisional
    assert "2027" in "".join(found.steps)
    assert not due("enforcement.limit", date(2026, 1, 5), calendar=KNOWN).provisional


def test_another_calendar_changes_the_answer():
    worked = Calendar(9, {date(2026, 11, 22): True}, frozenset({2026}))
    assert due("transfer.three_days", date(2026, 11, 19), calendar=worked).day == date(2026, 11, 22)


def test_as_set_needs_its_length():
    with pytest.raises(ValueError, match="以文书为准"):
        due("upper.instruction", date(2026, 11, 20), calendar=KNOWN)
    assert day("upper.instruction", date(2026, 11, 20), length="2026-12-13") == date(2026, 12, 13)


def test_every_rule_answers_names_known_events_and_cites_its_source():
    anchors = {
        anchor for rule in RULES for anchor in (*rule.anchors, *(m[7:] for m in rule.met_by if m.startswith("anchor:")))
    }
    assert {a for a in anchors if not a.startswith("step:")} <= set(ANCHOR)
    for rule in RULES:
        needs = rule.needs_length and rule.counting != "BD"
        found = due(
            rule.key,
            at("2026-03-02T09:00") if rule.counting in ("H", "HX") else date(2026, 3, 2),
            length=10 if needs else None,
            calendar=KNOWN,
        )
        assert found.steps, rule.key
        assert rule.law, rule.key
        assert set(rule.of) <= set(RULE)
        assert bool(rule.of) == (rule.kind in ("mark", "tick"))
        assert set(rule.opens) <= set(RULE)


@given(DAYS, DAYS, st.sampled_from([r.key for r in RULES if r.counting in ("D", "WD", "M", "Y", "SD")]))
@settings(max_examples=300, deadline=None)
def test_a_later_start_never_falls_due_earlier(one, other, key):
    first, second = sorted((one, other))
    assert day(key, first) <= day(key, second)


@given(DAYS, st.integers(1, 60), st.integers(1, 90))
@settings(max_examples=200, deadline=None)
def test_a_pause_of_n_days_moves_the_end_by_n_days_before_rolling(start, offset, length):
    begin = start + timedelta(days=offset)
    plain = due("enforcement.limit", start, calendar=KNOWN)
    paused = due("enforcement.limit", start, pauses=[(begin, begin + timedelta(days=length))], calendar=KNOWN)
    assert paused.raw == plain.raw + timedelta(days=length)


PAUSES = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), max_size=4)


@given(DAYS, PAUSES)
@settings(max_examples=200, deadline=None)
def test_overlapping_pauses_count_once_in_whatever_order(start, spans):
    pauses = [(start + timedelta(days=a), start + timedelta(days=a + n)) for a, n in spans]
    stood = {first + timedelta(days=n) for first, last in pauses for n in range((last - first).days)}
    plain = due("enforcement.limit", start, calendar=KNOWN)
    paused = due("enforcement.limit", start, pauses=pauses, calendar=KNOWN)
    reverse = due("enforcement.limit", start, pauses=reversed(pauses), calendar=KNOWN)
    assert paused == reverse
    if all(last <= plain.raw for _, last in pauses):
        assert paused.raw == plain.raw + timedelta(days=len(stood))


@given(DAYS, st.integers(1, 12), st.integers(1, 60))
@settings(max_examples=100, deadline=None)
def test_the_extension_comes_first_then_the_pause_then_the_roll(start, months, length):
    pause = (start + timedelta(days=10), start + timedelta(days=10 + length))
    found = due("enforcement.limit", start, extensions=[f"{months}M"], pauses=[pause], calendar=KNOWN)
    assert found.raw == periods.add_months(start, 6 + months) + timedelta(days=length)
    assert found.day == KNOWN.roll(found.raw)


@given(
    DAYS,
    st.sampled_from([r.key for r in RULES if r.counting in ("D", "WD", "M", "Y") and r.key != "terminal.earliest"]),
)
@settings(max_examples=200, deadline=None)
def test_no_period_of_days_ends_on_a_rest_day_unless_its_end_is_printed(start, key):
    found = due(key, start, calendar=KNOWN)
    assert KNOWN.is_workday(found.day) or key == "terminal.query_fresh"
    assert found.day >= found.raw


@given(
    DAYS,
    st.sampled_from([r.key for r in RULES if r.counting in ("FIX", "BD") and r.length and "detention" not in r.key]),
)
@settings(max_examples=100, deadline=None)
def test_printed_ends_and_days_before_ask_no_calendar(start, key):
    always = Calendar(9, {start + timedelta(days=n): False for n in range(-60, 1200)}, frozenset(range(2020, 2032)))
    assert due(key, start, calendar=KNOWN).day == due(key, start, calendar=always).day


@given(DAYS, st.sampled_from([r.key for r in RULES if r.counting == "D"]))
@settings(max_examples=100, deadline=None)
def test_the_calendar_handed_in_decides(start, key):
    """A calendar in which nobody rests never rolls; one in which the last day is a rest day always does."""
    if key == "terminal.query_fresh":
        return
    raw = start + timedelta(days=RULE[key].length)
    worked = Calendar(8, {raw: True}, frozenset(range(2020, 2032)))
    rested = Calendar(9, {raw: False}, frozenset(range(2020, 2032)))
    assert due(key, start, calendar=worked).day == raw < due(key, start, calendar=rested).day


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2026, 6, 30)),
    st.sampled_from([r.key for r in RULES if r.counting in ("H", "HX")]),
)
@settings(max_examples=100, deadline=None)
def test_hours_are_hours(start, key):
    start = start.replace(tzinfo=SHANGHAI)
    found, rule = due(key, start, calendar=KNOWN), RULE[key]
    extra = found.moment - start - timedelta(hours=rule.length)
    assert timedelta(0) < extra <= timedelta(hours=1) if rule.counting == "H" else extra == timedelta(0)


@given(DAYS, DAYS, DAYS)
@settings(max_examples=200, deadline=None)
def test_working_days_add_up(a, b, c):
    a, b, c = sorted((a, b, c))
    assert KNOWN.workdays_between(a, b) + KNOWN.workdays_between(b, c) == KNOWN.workdays_between(a, c)


@pytest.mark.parametrize(
    ("filed", "reached", "start"),
    [
        (date(2026, 11, 20), "2026-11-20T16:30", date(2026, 11, 20)),
        (date(2026, 11, 20), "2026-11-20T16:31", date(2026, 11, 23)),
        (date(2026, 11, 21), "2026-11-23T09:10", date(2026, 11, 23)),  # situation 1
        (date(2026, 11, 20), "2026-11-21T10:00", date(2026, 11, 23)),  # reached us on a rest day
        (date(2026, 11, 18), "2026-11-20T17:00", date(2026, 11, 23)),
    ],
)
def test_a_same_day_duty_starts_when_it_could_first_be_done(filed, reached, start):
    assert start_of("reception.first_day", filed, at(reached), calendar=KNOWN)[0] == start


def test_the_command_answers_with_the_derivation():
    out = StringIO()
    call_command("due", "transfer.three_days", "--start", "2026-09-28T10:20", "--format", "json", stdout=out)
    told = json.loads(out.getvalue())
    assert told["day"] == "2026-10-08"
    assert any("顺延" in step for step in told["steps"])


AS_PRINTED = [rule.key for rule in RULES if rule.needs_length and rule.counting != "BD"]


@pytest.mark.parametrize("key", AS_PRINTED)
def test_the_command_answers_a_rule_as_printed_once_it_is_told_the_length(key):
    with pytest.raises(CommandError, match="--length"):
        call_command("due", key, "--start", "2026-09-14", stdout=StringIO())
    out = StringIO()
    call_command("due", key, "--start", "2026-09-14", "--length", "2026-09-25", "--format", "json", stdout=out)
    told = json.loads(out.getvalue())
    assert (told["day"], "以文书为准" in "".join(told["steps"])) == ("2026-09-25", True)


CITES = re.compile(r"第\d|〔\d{4}〕|优化方案")


def test_a_period_no_article_gives_is_one_the_court_has_to_confirm():
    given = [rule for rule in RULES if rule.length and not CITES.search(rule.law)]
    assert [rule.key for rule in given if not rule.confirm] == []
    outer = RULE["archives.send_up_outer"]
    assert (outer.confirm, "第7条" in outer.law) == (True, True)


def test_the_yearly_notice_is_read_and_a_gap_in_it_is_named():
    text = """一、元旦：1月1日（周五）至3日（周日）放假调休，共3天。
二、春节：2月5日（农历除夕、周五）至13日（周六）放假调休，共9天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。"""
    days = {row[0]: row[1] for row in calendar.parse_notice(text, 2027)}
    assert days[date(2027, 2, 10)] is False
    assert days[date(2027, 2, 20)] is True
    with pytest.raises(ValueError, match="2月31日"):
        calendar.parse_notice(text.replace("9月15日（周三）", "2月31日"), 2027)


def test_periods_are_pure():
    assert "django" not in Path(periods.__file__).read_text(encoding="utf-8")
