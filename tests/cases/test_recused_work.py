"""Whoever is recused from a case is given nothing of it: not by a step, not by an item, not by a hand-over."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import clock, exceptions, handover, recused, signing, steps, verify, work
from cases.models import Case, WorkItem
from cases.refusals import Refused
from cases.work.owners import SPECIALS
from teams.actor import SYSTEM, Actor
from teams.models import Posting
from tests import make
from tests.cases.signing_helpers import away, fast_case, fresh, held_by, item, put, sign_all, team_id

pytestmark = pytest.mark.django_db


def recuse(case: Case, user_id: int, until: date | None = None) -> None:
    exceptions.grant(case, user_id, "recused_from_case", until, "近亲属", SYSTEM, by_step=True)


def special(team: str, post: str) -> int:
    return Posting.objects.on(clock.today()).get(team__code=team, special=post).person_id


def passed_on(case: Case) -> Case:
    first, clerk = item(case, "reception.first_day"), make.actor("reception", "clerk")
    for rule in work.PARTS[first.rule]:
        work.tick(first, rule, "done", clerk)
    return fresh(case)


def test_items_of_a_post_open_in_no_name_of_a_recused_holder():
    case, other, holder = make.case(), make.case(), special("quality", SPECIALS["documents"])
    recuse(case, holder)
    passed_on(case)
    passed_on(other)
    assert item(other, "documents.standard_set").person_id == holder
    given = set(case.items.filter(open=True, team__code="quality").values_list("person_id", flat=True))
    assert given
    assert not given & {holder, None}
    assert not [*verify.chains(), *verify.heads()]


def test_a_recusal_that_has_run_out_bars_nobody(at):
    with at("2026-11-20 09:00"):
        case, holder = make.case(), special("quality", SPECIALS["documents"])
        recuse(case, holder, until=date(2026, 11, 20))
        assert holder in recused.of_case(fresh(case), clock.today())
    with at("2026-11-21 00:00"):
        passed_on(case)
        assert item(case, "documents.standard_set").person_id == holder


def test_a_step_asks_no_further_statement_for_it():
    counts = []
    for recusals in (0, 2):
        cases, clerk = make.cases(2), make.actor("reception", "regular_officer")
        for case in cases:
            for officer in make.actor("archives", "clerk", nth=0), make.actor("archives", "clerk", nth=1):
                if recusals:
                    recuse(case, officer.user_id)
        with CaptureQueriesContext(connection) as queries:
            steps.take_steps(cases, "report_closing", clerk, mode="withdrawn_from_docket", reason="重复")
        counts.append(len(queries))
        barred = {officer for case in cases for officer in recused.of_case(fresh(case), clock.today())}
        given = WorkItem.objects.filter(case__in=cases, rule="archives.pre_closing").values_list("person_id", flat=True)
        assert not barred & set(given)
    assert counts[0] == counts[1]


def test_a_recused_colleague_cannot_be_given_an_item_by_hand():
    case = held_by("fast-03")
    clerk, colleague = (make.actor("fast-03", "clerk", nth=n) for n in range(2))
    one = work.open(case, "enforcement.report_check", SYSTEM, person_id=clerk.user_id)
    recuse(case, colleague.user_id)
    with pytest.raises(Refused, match="回避本案，不能承办"):
        work.assign(one, colleague.user_id, make.actor("fast-03", "judge"))


def test_a_recused_stand_in_is_passed_over_at_birth(at):
    from teams.models import Leave

    case = held_by("fast-03")
    one, stand_in = (make.actor("fast-03", "clerk", nth=n) for n in range(2))
    away(one)
    Leave.objects.filter(person=one.user).update(stand_in=stand_in.user)
    recuse(case, stand_in.user_id)
    made = work.open(case, "enforcement.report_check", SYSTEM, person_id=one.user_id)
    assert made.person_id not in (one.user_id, stand_in.user_id, None)
    assert made.covered_for_id == one.user_id


def leavers_case() -> tuple[Case, Actor, Actor]:
    case, leaver, successor = held_by("fast-03"), *(make.actor("fast-03", "clerk", nth=n) for n in range(2))
    Case.objects.filter(pk=case.pk).update(clerk=leaver.user)
    work.open(case, "enforcement.report_check", SYSTEM, person_id=leaver.user_id)
    return fresh(case), leaver, successor


def test_a_recused_successor_has_nothing_of_the_case():
    (case, leaver, successor), (other, *_) = leavers_case(), leavers_case()
    recuse(case, successor.user_id)
    handover.hand_over(leaver.user, successor.user, make.actor("fast-03", "judge"))
    assert fresh(other).clerk_id == successor.user_id
    assert item(other, "enforcement.report_check").person_id == successor.user_id
    barred = {leaver.user_id, successor.user_id, None}
    assert fresh(case).clerk_id not in barred
    assert item(case, "enforcement.report_check").person_id not in barred
    assert successor.user.name not in case.journal.filter(key="leaver").get().label
    assert not [*verify.chains(), *verify.heads()]


def leader_of(team: str) -> int:
    return Posting.objects.on(clock.today()).get(team__code=team, leads=True).person_id


def test_a_case_that_arrives_is_not_its_recused_leaders():
    case, leader = held_by("fast-03"), leader_of("fast-04")
    recuse(case, leader)
    proposal = {"team": team_id("fast-04"), "reason": "均衡"}
    sign_all(signing.ask(fresh(case), "reassignment", make.actor("fast-03", "judge"), proposal=proposal))
    after = fresh(case)
    assert after.team.code == "fast-04"
    assert leader not in (after.handler_id, after.clerk_id)
    assert after.handler_id in Posting.objects.on(clock.today()).filter(team=after.team).values_list(
        "person", flat=True
    )
    assert not case.items.filter(open=True, person=leader).exists()


def test_nor_a_case_handed_to_the_regular_team_or_sent_back_to_triage():
    for case, act, team in (
        (fast_case(), "transfer_to_regular", "regular-02"),
        (put(make.case(), "regular", "regular-01"), "retriage", "fast-02"),
    ):
        leader, clerk = leader_of(team), make.actor(team, "clerk").user_id
        for officer in (leader, clerk):
            recuse(case, officer)
        maker = make.actor(case.team.code, "judge") if act == "retriage" else make.actor(case.team.code, "clerk")
        sign_all(signing.ask(case, act, maker, proposal={"team": team_id(team), "reason": "须评估拍卖"}))
        after = fresh(case)
        assert after.team.code == team
        assert {after.handler_id, after.clerk_id}.isdisjoint({leader, clerk, None})
