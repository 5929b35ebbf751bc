"""What an event starts and ends, what must be told with it, what a registration opens."""

from datetime import date

import pytest

from cases import clock, escalation, signing, steps, sweep, work
from cases.deadlines import RULES
from cases.models import Escalation, Material, Pause, WorkItem
from cases.refusals import Forbidden, Refused
from cases.work import triggers
from teams.actor import SYSTEM
from teams.models import Team
from tests import make

from .signing_helpers import fresh, held_by, item

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


# What an event ends


def test_an_event_ends_what_it_meets():
    case, quality = make.case(), make.actor("quality", "clerk")
    first = item(case, "reception.first_day")
    for rule in work.PARTS[first.rule]:
        work.tick(first, rule, "done", make.actor("reception", "clerk"))
    work.record_event(fresh(case), "e_served", clock.now(), quality)
    served = case.items.get(rule="documents.e_service")
    assert (served.open, served.outcome, served.finished_by_id) == (False, "done", quality.user_id)
    assert item(case, "documents.standard_set")


def test_every_rule_that_names_an_event_is_ended_by_it():
    named = [(rule.key, event[7:]) for rule in RULES for event in rule.met_by if event.startswith("anchor:")]
    assert len(named) > 60
    assert all(key in triggers.MET_BY[anchor] for key, anchor in named)


def test_an_event_that_ends_one_of_several_says_which():
    case = held_by("fast-03")
    for subject in ("账户 1", "账户 2"):
        work.record_event(case, "deposit_frozen", clock.now(), SYSTEM, subject=subject)
    with pytest.raises(Refused, match=r"在办的有 2 件.*请在「对象」写明"):
        work.record_event(case, "measure_released", clock.now(), SYSTEM)
    with pytest.raises(Refused, match="没有对象为「账户 3」"):
        work.record_event(case, "measure_released", clock.now(), SYSTEM, subject="账户 3")
    work.record_event(case, "measure_released", clock.now(), SYSTEM, subject="账户 2")
    assert [i.subject for i in case.items.filter(rule="measure.deposit", open=True)] == ["账户 1"]


def test_custody_is_entered_within_two_hours_and_a_48_hour_ruling_within_a_working_day(at):
    with at("2026-03-02 09:00"):
        (review,) = steps.register([make.registration(kind="review", number="保审2026-33")], SYSTEM)
        work.record_event(review, "pre_suit_accepted", clock.now(), SYSTEM)
        case = held_by("fast-03", filed_on=date(2026, 3, 2))
        work.record_event(case, "person_taken", clock.now(), SYSTEM)
    began = item(case, "detention.family").started_at
    with at("2026-03-02 14:00"):
        work.finish([item(review, "preservation.ruling_pre_suit")], SYSTEM, happened_at=began)
        with pytest.raises(Refused, match="超过两小时"):
            work.finish([item(case, "detention.family")], SYSTEM, happened_at=began)


def test_a_sheet_to_be_put_right_by_a_day_is_a_supervised_duty_of_the_leader(at):
    with at("2026-11-20 09:00"):
        make.case(filed_on=date(2026, 11, 20))
    with at("2026-11-23 08:00"):
        sweep.run()
        leader, director = make.actor("reception", "regular_officer"), make.director()
        approval = escalation.explain(Escalation.objects.get(rule="reception.first_day"), leader, "集中到局")
        signing.sign(approval, director, opinion="限期整改", choice="2026-11-27")
    duty = WorkItem.objects.get(rule="supervision.reply")
    assert (duty.person_id, duty.due_on) == (leader.user_id, date(2026, 11, 27))
    with at("2026-11-26 08:00"):
        work.finish([duty], leader, note="已整改")
    assert WorkItem.objects.get(rule="supervision.verify").person_id == director.user_id


def test_only_the_signing_judge_resumes():
    case = held_by("fast-03", stage="suspended", suspended_from="fast")
    other = make.actor("fast-05", "judge")
    case.sights.create(team=other.team, since_at=clock.now())
    with pytest.raises(Forbidden, match="签发法官"):
        steps.take_step(fresh(case), "resume", other, reason="x")
    with pytest.raises(Forbidden):
        steps.take_step(fresh(case), "resume", make.actor("fast-03", "clerk"), reason="x")
    assert steps.take_step(fresh(case), "resume", make.actor("fast-03", "judge"), reason="事由消除").stage == "fast"


# What must be told with an event


def test_a_period_printed_in_the_paper_must_be_told():
    case = held_by("fast-03")
    with pytest.raises(Refused, match="请在「文书载明的期间」填写天数或截止日期"):
        work.record_event(case, "notice_served", clock.now(), SYSTEM)
    work.record_event(case, "instruction_received", clock.now(), SYSTEM)
    assert item(case, "upper.instruction").due_on is None  # as set, and nothing was set: 无期限


def test_the_parties_are_told_three_days_before_the_announcement(at):
    with at("2026-03-02 09:00"):
        case = held_by("regular-02", filed_on=date(2026, 3, 2))
        with pytest.raises(Refused, match="公告发布日"):
            work.record_event(case, "announcement_set", clock.now(), SYSTEM)
        work.record_event(case, "announcement_set", clock.now(), SYSTEM, length="2026-03-20")
    assert item(case, "auction.notify_parties").due_on == date(2026, 3, 17)


def test_an_urgent_variant_is_chosen_with_the_event(at):
    with at("2026-03-02 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 3, 2))
        work.record_event(case, "asset_found", clock.now(), SYSTEM, subject="车", variant="urgent")
        work.record_event(case, "asset_found", clock.now(), SYSTEM, subject="房")
    found = dict(case.items.filter(rule="asset.control").values_list("subject", "due_on"))
    assert found == {"车": date(2026, 3, 2), "房": date(2026, 3, 4)}


# Registration


def test_a_case_without_a_basis_has_a_limit_and_of_two_bases_the_shorter_one_decides():
    assert make.case(bases=[]).items.filter(rule="enforcement.limit").exists()
    both = make.case(bases=[steps.BasisData("民初1号"), steps.BasisData("行审1号", kind="administrative")])
    assert [i.rule for i in both.items.filter(rule__startswith="enforcement.limit")] == [
        "enforcement.limit_administrative"
    ]


def test_a_fine_runs_from_the_day_its_judgment_took_effect(at):
    with at("2026-03-02 09:00"):
        case = make.case(
            filed_on=date(2026, 3, 2),
            bases=[steps.BasisData("刑初1号", kind="criminal", effective_on=date(2026, 2, 10))],
            claims=[steps.ClaimData("money", 5000, fine=True)],
        )
    assert item(case, "criminal.fine_target").due_on == date(2026, 5, 11)
    assert "enforcement.limit_criminal" in set(case.items.values_list("rule", flat=True))


def test_a_number_that_is_none_registers_nothing():
    with pytest.raises(Refused, match="不是案号"):
        make.case(number="执字第几号")


def test_a_clue_before_triage_is_the_duty_judges_and_goes_on_with_the_case():
    case, quality = make.case(), make.actor("quality", "clerk")
    work.record_event(case, "clue_received", clock.now(), make.actor("reception", "clerk"))
    from cases import context

    assert item(case, "enforcement.clue").person_id == context.read().roster.duty
    first = item(case, "reception.first_day")
    for rule in work.PARTS[first.rule]:
        work.tick(first, rule, "done", make.actor("reception", "clerk"))
    work.record_event(fresh(case), "triage_same_day", clock.now(), quality)
    steps.take_step(fresh(case), "triage_fast", quality, team=Team.objects.get(code="fast-02").pk, reason="线索紧急")
    assert item(case, "enforcement.clue").team.code == "fast-02"


def test_an_objection_is_passed_on_by_whoever_receives_it():
    case = held_by("fast-03")
    petitions = make.actor("petitions", "clerk")
    work.open(case, "petition.register", SYSTEM, team_id=petitions.team_id)
    work.record_event(case, "party_change_asked", clock.now(), petitions)
    assert item(case, "objection.pass_on").team_id == petitions.team_id
    assert item(case, "party_change.decide").team.code == "fast-03"
    assert not Pause.objects.filter(case=case).exists()
    assert Material.objects.filter(case=case).count() == 0
