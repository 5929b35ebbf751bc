"""What others do and when it ends: a renewal speaks for the measure it names, a watch is told of on its last day."""

from datetime import date

import pytest

from cases import clock, sweep, work
from cases.models import Case
from teams.actor import SYSTEM
from teams.models import Notice
from tests import make
from tests.cases.signing_helpers import held_by, item

pytestmark = pytest.mark.django_db


def unseen() -> int:
    return Notice.objects.filter(person=make.director().user_id, text__contains="未启动续行").count()


def frozen(at, *subjects: str, until: str = "2026-05-10") -> Case:
    with at("2026-03-02 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 3, 2))
        for subject in subjects:
            work.record_event(case, "deposit_frozen", clock.now(), SYSTEM, subject=subject, length=until)
    return case


def begin(at, case: Case, moment: str, subject: str = "") -> None:
    with at(moment):
        work.record_event(case, "renewal_begun", clock.now(), SYSTEM, subject=subject)


def swept(at, moment: str) -> int:
    with at(moment):
        sweep.run()
    return unseen()


def test_a_renewal_of_last_time_does_not_silence_this_one(at):
    """The measure was renewed and is about to end again: nobody has begun anything yet."""
    case = frozen(at, "账户 1")
    begin(at, case, "2026-05-03 09:00", "账户 1")
    assert swept(at, "2026-05-04 09:00") == 0
    with at("2026-05-08 09:00"):
        work.record_event(case, "measure_renewed", clock.now(), SYSTEM, subject="账户 1", length="2027-05-07")
        if not case.items.filter(rule="measure.deposit", open=True).exists():
            work.record_event(case, "deposit_frozen", clock.now(), SYSTEM, subject="账户 1", length="2027-05-07")
    assert swept(at, "2027-04-29 09:00") == 0  # not yet near
    assert swept(at, "2027-05-01 09:00") == 1


def test_one_that_names_no_measure_speaks_for_the_only_one(at):
    case = frozen(at, "账户 1")
    begin(at, case, "2026-05-03 09:00")
    assert swept(at, "2026-05-04 09:00") == 0


def test_and_for_none_where_several_ran(at):
    case = frozen(at, "账户 1", "账户 2")
    begin(at, case, "2026-05-03 09:00")
    assert swept(at, "2026-05-04 09:00") == 2


def test_nor_for_the_one_that_is_left_of_several(at):
    """It may have been about the one that was released."""
    case = frozen(at, "账户 1", "账户 2")
    begin(at, case, "2026-05-02 09:00")
    with at("2026-05-03 09:00"):
        work.record_event(case, "measure_released", clock.now(), SYSTEM, subject="账户 2")
    assert swept(at, "2026-05-04 09:00") == 1


def test_one_that_names_another_speaks_for_nothing(at):
    case = frozen(at, "账户 1")
    begin(at, case, "2026-05-03 09:00", "账户 3")
    assert swept(at, "2026-05-04 09:00") == 1


def last_day(person: int) -> list[str]:
    return list(Notice.objects.filter(person=person, text__startswith="今日届满").values_list("text", flat=True))


def test_the_holder_of_a_watch_is_told_on_its_last_day_and_not_before(at):
    with at("2026-11-09 09:00"):
        case, hidden = (held_by("fast-03", filed_on=date(2026, 11, 9)) for _ in range(2))
        Case.objects.filter(pk=hidden.pk).update(confidential=True)
        for each in (case, hidden):
            work.record_event(each, "distribution_plan_served", clock.now(), SYSTEM)
        one = item(case, "distribution.objection")
        assert item(hidden, "distribution.objection").person_id == one.person_id
    assert one.due_on == date(2026, 11, 24)  # fifteen days
    with at("2026-11-23 23:59"):
        sweep.run()
    assert last_day(one.person_id) == []
    with at("2026-11-24 00:00"):
        sweep.run()
        sweep.run()
    (line,) = last_day(one.person_id)  # a list, and once
    assert "2 件" in line
    assert case.number in line
    assert hidden.number not in line
    assert item(case, "distribution.objection").open
    with at("2026-11-25 00:00"):
        sweep.run()
    one.refresh_from_db()
    assert (one.open, one.outcome) == (False, "lapsed")


def test_after_an_outage_nobody_is_told_of_a_last_day_that_is_over(at):
    with at("2026-11-09 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 11, 9))
        work.record_event(case, "distribution_plan_served", clock.now(), SYSTEM)
        one = item(case, "distribution.objection")
    with at("2026-11-26 08:00"):
        sweep.run()
    assert last_day(one.person_id) == []
    assert Notice.objects.filter(person=one.person_id, text__startswith="期间已届满").exists()
