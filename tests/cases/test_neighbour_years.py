"""The notice of a year names days of its neighbours: each notice is published again whole, and takes nothing of others."""

from datetime import date

import pytest

from cases import calendar_change, context
from cases.models import RestDay
from tests import make
from tests.cases.test_office import NOTICE

pytestmark = pytest.mark.django_db
EVE = date(2026, 12, 31)
ACROSS = NOTICE.replace(
    "1月1日（周五）至3日（周日）放假调休，共3天", "2026年12月31日（周四）至2027年1月3日（周日）放假调休，共4天"
)


def publish(text: str, year: int) -> None:
    calendar_change.publish(calendar_change.read(year, text), make.actor("administration", "system_admin"))


def works(day: date) -> bool:
    return context.read().calendar.is_workday(day)


def as_it_is(year: int) -> calendar_change.Change:
    rows = RestDay.objects.filter(day__year=year, notice_year=None).order_by("day")
    return calendar_change.Change(year, tuple(rows.values_list("day", "is_workday", "name")))


def test_a_notice_with_a_day_of_the_year_before_is_published_again_corrected():
    assert works(EVE)
    publish(ACROSS, 2027)
    assert not works(EVE)
    publish(ACROSS, 2027)
    assert not works(EVE)
    assert RestDay.objects.filter(day=EVE).count() == 1
    publish(NOTICE, 2027)
    assert works(EVE)


def test_the_year_before_published_again_leaves_that_day_alone():
    publish(ACROSS, 2027)
    before = as_it_is(2026)
    assert EVE not in {day for day, _, _ in before.days}
    calendar_change.publish(before, make.actor("administration", "system_admin"))
    assert not works(EVE)
    assert as_it_is(2026) == before


def test_where_two_notices_name_a_day_the_later_one_holds_and_the_earlier_one_is_kept():
    own = calendar_change.Change(2026, (*as_it_is(2026).days, (EVE, True, "元旦调休上班")))
    admin = make.actor("administration", "system_admin")
    publish(ACROSS, 2027)
    calendar_change.publish(own, admin)
    assert not works(EVE)
    assert RestDay.objects.filter(day=EVE).count() == 2
    publish(NOTICE, 2027)
    assert RestDay.objects.get(day=EVE).is_workday
    assert works(EVE)


def test_what_the_preview_counts_with_is_what_is_published():
    publish(ACROSS, 2027)
    change = calendar_change.read(2027, NOTICE)
    shown = calendar_change.changed_calendar(context.read(), change)
    assert shown.is_workday(EVE)
    publish(NOTICE, 2027)
    assert dict(context.read().calendar.days) == dict(shown.days)
