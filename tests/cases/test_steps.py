"""The door: registration, steps, what they open, move, finish and cancel; refusals; the number of statements."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import clock, steps, verify, work
from cases.models import Case, CaseSight
from cases.refusals import Refused
from cases.workflow import STEP, Stage
from teams.actor import SYSTEM
from teams.models import Team
from tests import make

pytestmark = pytest.mark.django_db


def open_rules(case) -> set[str]:
    return set(case.items.filter(open=True).values_list("rule", flat=True))


def ticked(case) -> Case:
    item = case.items.get(rule="reception.first_day")
    for rule in work.PARTS[item.rule]:
        work.tick(item, rule, "done", make.actor("reception", "clerk"))
    return Case.objects.get(pk=case.pk)


def test_registration_opens_the_first_day_and_the_limit_of_its_kind():
    case = make.case()
    assert open_rules(case) == {
        "reception.first_day", "case.handler_fixed", "enforcement.ask_clues", "enforcement.basic_investigation", "enforcement.limit",
    }  # fmt: skip
    assert case.journal.get().key == "register"
    assert CaseSight.objects.filter(case=case, team=case.team).exists()
    administrative = make.case(bases=[steps.BasisData("（2026）豫0902行审1号", kind="administrative")])
    assert "enforcement.limit_administrative" in open_rules(administrative)
    assert "enforcement.limit" not in open_rules(administrative)


def test_a_number_is_used_once_for_ever():
    case = make.case()
    with pytest.raises(Refused, match="案号已使用"):
        make.case(number=case.number)


def test_filed_on_saturday_and_imported_on_monday_starts_on_monday(at):
    with at("2026-11-23 09:10"):
        case = make.case(filed_on=date(2026, 11, 21))
        first = case.items.get(rule="reception.first_day")
    assert (case.started_on, first.due_on) == (date(2026, 11, 23), date(2026, 11, 23))
    limit = case.items.get(rule="enforcement.limit")
    assert limit.due_on == date(2027, 5, 21)  # counted from the filing day


def test_six_ticks_pass_the_case_on_by_itself():
    case = ticked(make.case())
    assert (case.stage, case.team.code) == ("preparation", "quality")
    assert "reception.first_day" not in open_rules(case)
    assert {"documents.standard_set", "documents.e_service", "quality.offline_query", "quality.triage"} <= open_rules(
        case
    )
    assert case.items.get(rule="enforcement.limit").team.code == "quality"  # it follows the case


def test_an_excused_tick_lets_the_case_flow_and_turns_green_later():
    case = make.case()
    item, clerk = case.items.get(rule="reception.first_day"), make.actor("reception", "clerk")
    for rule in work.PARTS[item.rule]:
        state = "excused" if rule == "reception.network_query" else "done"
        work.tick(item, rule, state, clerk, reason="查控系统 14:00 起故障" if state == "excused" else "")
    assert Case.objects.get(pk=case.pk).stage == "preparation"
    work.tick(item, "reception.network_query", "done", clerk)
    assert item.ticks.get(rule="reception.network_query").state == "done"
    with pytest.raises(Refused, match="已于"):
        work.tick(item, "reception.network_query", "na", clerk, reason="x")


def test_passing_on_early_is_refused_with_the_way_out():
    case = make.case()
    with pytest.raises(Refused) as refusal:
        steps.take_step(case, "pass_on", make.actor("reception", "clerk"))
    assert "还有 6 项未办" in str(refusal.value)
    assert refusal.value.reasons[0].url.startswith("/items/")


def test_a_batch_lets_the_good_through_and_says_why_the_others_stay():
    good, bad = ticked(make.case()), ticked(make.case())
    quality = make.actor("quality", "clerk")
    work.finish(
        list(good.items.filter(open=True, rule__in=("documents.standard_set", "quality.offline_query"))),
        quality,
        note="已办",
    )
    work.record_event(good, "network_answered", clock.now(), quality)
    outcome = steps.take_steps(
        [good, bad], "triage_fast", quality, team=Team.objects.get(code="fast-02").pk, reason="简案"
    )
    assert [case.pk for case in outcome.taken] == [good.pk]
    assert isinstance(outcome.refused[bad.pk], Refused)


def test_closing_cancels_what_the_case_no_longer_owes_and_opens_its_filing():
    case = make.case()
    steps.take_step(
        case,
        "report_closing",
        make.actor("reception", "regular_officer"),
        mode="withdrawn_from_docket",
        reason="重复立案",
    )
    work.finish(
        list(case.items.filter(rule="archives.pre_closing", open=True)), make.actor("archives", "clerk"), note="齐全"
    )
    approval = case.approvals.get(act="closing")
    assert approval.maker_id == make.actor("reception", "regular_officer").user_id
    assert approval.state == "waiting"


@pytest.mark.parametrize("step", list(STEP))
def test_a_step_is_possible_from_exactly_the_stages_of_the_table(step):
    from django_fsm import can_proceed

    for stage in Stage:
        assert can_proceed(getattr(Case(stage=stage), step)) == (stage in STEP[step].sources)


def test_the_number_of_statements_does_not_grow_with_the_batch():
    """Guards, rights, machine, journal, items and sight: the same for three cases and for thirty."""
    counts = []
    clerk = make.actor("reception", "regular_officer")
    for number in (3, 30):
        cases = make.cases(number)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            steps.take_steps(cases, "report_closing", clerk, mode="withdrawn_from_docket", reason="重复")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_chain_is_whole_after_everything():
    ticked(make.case())
    assert not [*verify.chains(), *verify.heads()]


def test_own_serial_kinds_start_with_their_team_and_conclude():
    case = steps.register([make.registration(kind="petition", number="访2026-9", parties=[])], SYSTEM)[0]
    assert (case.stage, case.team.code) == ("answering", "petitions")
    officer = make.actor("petitions", "clerk")
    work.record_event(case, "petition_received", clock.now(), officer)
    with pytest.raises(Refused, match="1 件事项未办结"):
        steps.take_step(case, "conclude", officer, reason="已答复")
    work.finish(list(case.items.filter(rule="petition.register")), officer, note="已登记")
    case = steps.take_step(case, "conclude", officer, reason="已答复")
    assert (case.stage, case.closed_on) == ("closed", clock.today())


def test_a_resumed_case_gets_its_limits_back_moved_by_the_pause(at):
    from cases import signing

    with at("2026-03-02 09:00"):
        case = make.case(filed_on=date(2026, 3, 2))
        Case.objects.filter(pk=case.pk).update(team=Team.objects.get(code="fast-03"))
        case.items.filter(follows_case=True).update(team=Team.objects.get(code="fast-03"))
        from django.db.models import F

        Case.objects.filter(pk=case.pk).update(entries=F("entries"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET stage = 'fast' WHERE id = %s", [case.pk])
    judge = make.actor("fast-03", "judge")
    before = case.items.get(rule="enforcement.limit").due_on
    with at("2026-04-01 09:00"):
        approval = signing.ask(Case.objects.get(pk=case.pk), "suspension", judge,
                               proposal={"kind": "suspension", "ground": "案外人异议", "until": "2026-06-01"})  # fmt: skip
        for place in approval.places.order_by("order"):
            signing.sign(approval, make.Actor.of(place.signer))
        assert Case.objects.get(pk=case.pk).stage == "suspended"
        assert case.items.get(rule="enforcement.limit").paused
    with at("2026-04-21 09:00"):
        steps.take_step(Case.objects.get(pk=case.pk), "resume", judge, reason="事由消除")
    limit = case.items.get(rule="enforcement.limit")
    assert Case.objects.get(pk=case.pk).stage == "fast"
    assert not limit.paused
    assert limit.due_on - before >= timedelta(days=20)


def test_an_urgent_clue_before_triage_is_the_duty_judges():
    case = make.case()
    work.record_event(case, "urgent_clue_received", clock.now(), make.actor("reception", "clerk"))
    item = case.items.get(rule="enforcement.clue_urgent")
    from cases import context

    assert item.person_id == context.read().roster.duty
