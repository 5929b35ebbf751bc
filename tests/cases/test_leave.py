"""请假: what falls due meanwhile is the stand-in's and comes back; what falls due later waits; nobody recused gets it."""

from datetime import date

import pytest

from cases import context, escalation, exceptions, handover, sweep, verify, work
from cases.models import Case, Escalation, WorkItem
from teams.actor import SYSTEM
from teams.models import Leave, Notice
from tests import make
from tests.cases.signing_helpers import fresh_roster, held_by

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 3, 10), date(2026, 3, 12)


@pytest.fixture
def people():
    """Three clerks of reception: who goes on leave, his stand-in, a colleague."""
    return [make.actor("reception", "clerk", nth=n) for n in range(2)] + [make.actor("reception", "regular_officer")]


@pytest.fixture
def items(at, people):
    """Of one clerk: due during the leave, due after it, urgent, and a chore without a case."""
    with at("2026-03-09 09:00"):
        case = make.case(filed_on=date(2026, 3, 9))
        given = {"team_id": people[0].team_id, "person_id": people[0].user_id}
        made = [
            work.open(case, "team.chore", SYSTEM, subject="during", length="2026-03-11", **given),
            work.open(case, "team.chore", SYSTEM, subject="after", length="2026-03-20", **given),
            work.open(case, "team.chore", SYSTEM, subject="urgent", length="2026-03-30", urgent=True, **given),
            work.open(None, "team.chore", SYSTEM, subject="chore", length="2026-03-12", **given),
        ]
    return {item.subject: item for item in made}


def leave(people, stand_in=True) -> Leave:
    row = Leave.objects.create(
        person=people[0].user, stand_in=people[1].user if stand_in else None, from_on=FIRST, to_on=LAST
    )
    fresh_roster()
    return row


def holders(items) -> dict[str, int]:
    rows = WorkItem.objects.filter(pk__in=[item.pk for item in items.values()])
    return dict(rows.values_list("subject", "person_id"))


def test_what_falls_due_during_a_leave_is_the_stand_ins_and_what_is_left_comes_back(at, people, items):
    me, deputy = people[0].user_id, people[1].user_id
    leave(people)
    with at("2026-03-09 23:00"):
        sweep.run()
    assert set(holders(items).values()) == {me}  # the day before
    with at("2026-03-10 00:01"):
        assert sweep.run()["covered"] == WorkItem.objects.filter(covered_for=me).count()
        assert "covered" not in sweep.run()
    assert holders(items) == {"during": deputy, "after": me, "urgent": deputy, "chore": deputy}
    case = items["during"].case
    assert case.journal.filter(key="leave", label__contains=people[1].name).count() == 1
    told = Notice.objects.get(person=deputy, key__startswith="leave:")
    assert "由您代办" in told.text
    with at("2026-03-11 10:00"):
        work.finish([WorkItem.objects.get(pk=items["during"].pk)], people[1], note="代办")
        fresh = work.open(
            case, "team.chore", SYSTEM, subject="new", length="30", team_id=people[0].team_id, person_id=me
        )
        assert (fresh.person_id, fresh.covered_for_id) == (deputy, me)
    with at("2026-03-13 00:01"):
        sweep.run()
    assert holders(items) == {"during": deputy, "after": me, "urgent": me, "chore": me}
    assert WorkItem.objects.get(pk=fresh.pk).person_id == me
    assert not WorkItem.objects.filter(covered_for__isnull=False, open=True).exists()
    assert Notice.objects.filter(person=me, text__contains="已转回").count() == 1
    assert not [*verify.chains(), *verify.heads()]


def test_without_a_stand_in_somebody_present_has_it_and_a_recused_one_is_passed_over(at, people, items):
    leave(people)
    case = items["during"].case
    exceptions.grant(case, people[1].user_id, "recused_from_case", None, "近亲属", SYSTEM, by_step=True)
    with at("2026-03-10 00:01"):
        sweep.run()
    found = holders(items)
    assert found["during"] not in (people[0].user_id, people[1].user_id)
    assert found["chore"] == people[1].user_id  # of no case


def test_a_stand_in_of_another_team_does_not_get_what_he_may_not_do(at, people, items):
    row = leave(people)
    Leave.objects.filter(pk=row.pk).update(stand_in=make.actor("fast-03", "clerk").user)
    fresh_roster()
    with at("2026-03-10 00:01"):
        sweep.run()
        members = {member.user_id for member in context.read().roster.members(people[0].team_id)}
    assert set(holders(items).values()) <= members
    assert holders(items)["during"] != people[0].user_id


def test_what_a_colleague_has_taken_over_stays_his(at, people, items):
    leave(people)
    with at("2026-03-10 00:01"):
        sweep.run()
    with at("2026-03-10 09:00"):
        work.take_over(WorkItem.objects.get(pk=items["urgent"].pk), people[2])
    with at("2026-03-13 00:01"):
        sweep.run()
    assert holders(items)["urgent"] == people[2].user_id


def test_who_is_recused_or_leaves_meanwhile_gets_nothing_back(at, people, items):
    leave(people)
    with at("2026-03-10 00:01"):
        sweep.run()
    with at("2026-03-11 09:00"):
        exceptions.grant(
            items["urgent"].case, people[0].user_id, "recused_from_case", None, "近亲属", SYSTEM, by_step=True
        )
        assert sum(n for _, n, _ in handover.preview(people[0].user)) >= 1  # the chore a stand-in does for him
        handover.hand_over(people[0].user, people[2].user, make.director())
    with at("2026-03-13 00:01"):
        sweep.run()
    assert holders(items)["urgent"] == people[1].user_id
    assert holders(items)["chore"] == people[2].user_id


def test_a_signature_follows_the_staffing_and_no_stand_in(at, people):
    judge, clerk = make.actor("fast-03", "judge"), make.actor("fast-03", "clerk")
    with at("2026-03-10 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 3, 9))
        Leave.objects.create(person=judge.user, stand_in=clerk.user, from_on=FIRST, to_on=LAST)
        fresh_roster()
        item = work.open(case, "ruling.sign", SYSTEM, team_id=judge.team_id, person_id=judge.user_id)
        assert item.covered_for_id is None
    assert Case.objects.get(pk=case.pk).handler_id == judge.user_id


def test_a_leader_answers_for_his_team_himself_when_he_is_back(at):
    leader, clerk = make.actor("reception", "regular_officer"), make.actor("reception", "clerk")
    with at("2026-03-09 09:00"):
        make.case(filed_on=date(2026, 3, 9))
        Leave.objects.create(person=leader.user, stand_in=clerk.user, from_on=FIRST, to_on=LAST)
    fresh_roster()
    with at("2026-03-10 00:01"):
        sweep.run()
        sweep.run()
    duty = WorkItem.objects.get(rule="escalation.explain", open=True)
    assert (duty.person_id, duty.covered_for_id) == (leader.user_id, None)
    with at("2026-03-13 09:00"):
        escalation.explain(Escalation.objects.get(rule="reception.first_day"), leader, "请假期间集中立案")
    assert not WorkItem.objects.get(pk=duty.pk).open
