"""Dates in the staffing admin are typed as on every other page, and are refused with the same sentence."""

from datetime import date, datetime

import pytest
from django.contrib.admin.models import LogEntry

from teams import moment
from teams.models import DutyBailiff, DutyJudge, Leave, PairedJudge, Posting, Team
from tests.teams.people import browser, user

pytestmark = pytest.mark.django_db
SECURITY = "9002"


@pytest.fixture(autouse=True)
def _now(at):
    with at("2026-11-24 10:00"):
        yield


def send(path: str, **given):
    return browser(SECURITY).post(f"/admin/teams/{path}", given)


def text(answer) -> str:
    return answer.content.decode()


def test_a_leave_from_today_for_three_days():
    given = {"person": user("3302").pk, "kind": "annual", "stand_in": user("3303").pk}
    assert send("leave/add/", from_on="今天", to_on="+3", **given).status_code == 302
    assert Leave.objects.filter(person=user("3302"), from_on=date(2026, 11, 24), to_on=date(2026, 11, 27)).exists()


def test_a_posting_without_an_end_and_one_that_ends_on_a_day_of_this_year():
    team = Team.objects.get(code="fast-03")
    given = {"person": user("2102").pk, "team": team.pk, "post": "clerk", "special": ""}
    assert send("posting/add/", from_on="11-23", to_on="", **given).status_code == 302
    made = Posting.objects.get(person=user("2102"), team=team)
    assert (made.from_on, made.to_on) == (date(2026, 11, 23), None)
    assert send(f"posting/{made.pk}/change/", from_on="2026-11-23", to_on="12.31", special="").status_code == 302
    made.refresh_from_db()
    assert made.to_on == date(2026, 12, 31)


def test_a_paired_judge_and_a_week_of_duty_in_full_width():
    judge = PairedJudge.objects.order_by("id").first().judge
    team = PairedJudge.objects.order_by("id").last().team
    PairedJudge.objects.filter(team=team).delete()
    assert send("pairedjudge/add/", team=team.pk, judge=judge.pk, from_on="１１－３０", to_on="").status_code == 302
    assert PairedJudge.objects.get(team=team).from_on == date(2026, 11, 30)
    DutyJudge.objects.all().delete()
    assert send("dutyjudge/add/", judge=judge.pk, from_on="20261130", to_on="12-6").status_code == 302
    assert DutyJudge.objects.get().to_on == date(2026, 12, 6)


def test_a_night_of_duty_has_a_time_beside_each_date():
    bailiff = Posting.objects.on(moment.today()).filter(post="bailiff").first().person
    given = {"from_at_0": "今天", "from_at_1": "1730", "to_at_0": "明天", "to_at_1": "8:30", "person": bailiff.pk}
    answer = send("dutybailiff/add/", **given)
    assert answer.status_code == 302, text(answer)
    zone = moment.now().tzinfo
    made = DutyBailiff.objects.latest("pk")
    assert (made.from_at, made.to_at) == (
        datetime(2026, 11, 24, 17, 30, tzinfo=zone),
        datetime(2026, 11, 25, 8, 30, tzinfo=zone),
    )
    page = text(send("dutybailiff/add/", **given | {"to_at_0": "11-31", "to_at_1": "9点"}))
    assert "「11-31」不是日期" in page
    assert "「9点」不是时间" in page


@pytest.mark.parametrize("typed", ["11-31", "26-11-23", "下周"])
def test_what_is_no_date_is_refused_with_the_forms_that_are_and_stays_in_the_field(typed):
    given = {"person": user("3302").pk, "kind": "annual", "to_on": "+3"}
    answer = send("leave/add/", from_on=typed, **given)
    assert answer.status_code == 200
    assert f"「{typed}」不是日期：请写成 2026-11-23、11-23、今天 或 +3。" in text(answer)
    assert f'value="{typed}"' in text(answer)
    assert not Leave.objects.filter(person=user("3302")).exists()


def test_the_page_says_how_a_date_may_be_typed_and_one_written_otherwise_is_no_change():
    leave = Leave.objects.create(
        person=user("3302"), kind="annual", from_on=date(2026, 11, 24), to_on=date(2026, 11, 27)
    )
    page = text(browser(SECURITY).get(f"/admin/teams/leave/{leave.pk}/change/"))
    assert "可写 20261123、11-23、今天、+3" in page
    answer = send(
        f"leave/{leave.pk}/change/", person=leave.person_id, kind="annual", from_on="今天", to_on="11-27", stand_in=""
    )
    assert answer.status_code == 302
    assert "没有" in LogEntry.objects.latest("pk").get_change_message()
