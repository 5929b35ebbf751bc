"""撤销: what was entered by mistake is taken back, as long as no day of it is over; the history keeps it, and who did it."""

from datetime import timedelta

import pytest

from cases import context, leave
from teams import moment
from teams.models import DutyBailiff, DutyJudge, Leave, PairedJudge
from tests.cases.signing_helpers import fresh_roster
from tests.cases.test_leave import holders, items, people  # noqa: F401
from tests.teams.people import browser, user

pytestmark = pytest.mark.django_db
SECURITY, AUDIT, SYSTEM = "9002", "9003", "9001"


def away(days: int = 0) -> Leave:
    begin = moment.today() + timedelta(days=days)
    return Leave.objects.create(person=user("3302"), from_on=begin, to_on=begin + timedelta(days=5))


def delete(row, number=SECURITY):
    return browser(number).post(f"/admin/teams/{row._meta.model_name}/{row.pk}/delete/", {"post": "yes"}, follow=True)


def test_a_leave_by_mistake_is_taken_back_and_told_in_the_history():
    row = away()
    page = browser(SECURITY).get(f"/admin/teams/leave/{row.pk}/change/").content.decode()
    assert "撤销" in page
    assert "删除" not in page
    asked = browser(SECURITY).get(f"/admin/teams/leave/{row.pk}/delete/").content.decode()
    assert "保留在变动记录中" in asked
    done = delete(row).content.decode()
    assert "已撤销" in done
    assert "删除" not in done
    assert not Leave.objects.exists()
    told = browser(AUDIT).get("/admin/teams/leaveevent/?verb=delete").content.decode()
    assert user("3302").name in told
    assert user(SECURITY).name in told


def test_nothing_of_a_day_that_is_over_and_by_nobody_else():
    begun, coming = away(-1), away(20)
    for row, number in ((begun, SECURITY), (coming, SYSTEM), (coming, AUDIT), (coming, "1003"), (coming, "3302")):
        assert delete(row, number).status_code == 403, number
    assert "撤销</a>" not in browser(SECURITY).get(f"/admin/teams/leave/{begun.pk}/change/").content.decode()
    assert Leave.objects.count() == 2


def test_of_the_rosters_likewise():
    today, judge = moment.today(), PairedJudge.objects.order_by("id").first().judge
    DutyJudge.objects.all().delete()
    duty = DutyJudge.objects.create(judge=judge, from_on=today, to_on=today + timedelta(days=6))
    night = DutyBailiff.objects.create(
        person=judge, from_at=moment.now() + timedelta(hours=1), to_at=moment.now() + timedelta(hours=9)
    )
    fresh_roster()
    assert context.read().roster.duty == judge.pk
    for row in (duty, night):
        assert delete(row).status_code == 200
    fresh_roster()
    assert context.read().roster.duty is None
    assert not DutyBailiff.objects.filter(pk=night.pk).exists()
    old = DutyJudge.objects.create(judge=judge, from_on=today - timedelta(days=7), to_on=today - timedelta(days=1))
    assert delete(old).status_code == 403


def test_what_a_stand_in_had_is_the_officers_again(at, people, items):  # noqa: F811
    with at("2026-03-10 08:00"):
        row = Leave.objects.create(
            person=people[0].user, stand_in=people[1].user, from_on=moment.today(), to_on=moment.today() + timedelta(2)
        )
        fresh_roster()
        leave.run()
        assert holders(items)["during"] == people[1].user_id
        row.delete()
        fresh_roster()
        leave.run()
        assert holders(items)["during"] == people[0].user_id
