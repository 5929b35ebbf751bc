"""Reviews that come round, holds that end by law, ends that come near."""

from datetime import date

import pytest

from cases import clock, holds, signing, steps, sweep, work
from cases.deadlines import ANCHORS
from cases.models import Escalation, Hold
from cases.refusals import Refused
from cases.work import triggers
from teams.actor import SYSTEM
from teams.models import Notice
from tests import make

from .signing_helpers import fresh, held_by, item, paper, sign_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


# What comes round again


def test_a_hold_is_reviewed_every_three_months_and_stops_when_it_is_lifted(at):
    judge = make.actor("fast-03", "judge")
    with at("2026-03-02 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 3, 2))
        hold = holds.set_hold(case, "outsider", judge, material=paper(case, SYSTEM))
    review = item(case, "suspension.review")
    assert (review.subject, review.due_on) == (f"hold:{hold.pk}", date(2026, 6, 2))
    with at("2026-06-01 09:00"):
        work.finish([review], judge, note="异议尚在审查")
        assert item(case, "suspension.review").due_on == date(2026, 9, 1)
        holds.lift_hold(hold, judge, reason="撤回")
    assert not case.items.filter(rule="suspension.review", open=True).exists()


def test_a_suspension_is_reviewed_on_the_day_it_names_and_again(at):
    judge = make.actor("fast-03", "judge")
    with at("2026-03-02 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 3, 2))
        told = {"kind": "suspension", "ground": "分期履行", "until": "2027-03-01"}
        sign_all(signing.ask(case, "suspension", judge, proposal=told))
    assert item(case, "suspension.review").due_on == date(2027, 3, 1)
    with at("2026-03-10 09:00"):
        work.finish([item(case, "suspension.review")], judge, note="已核")
        assert item(case, "suspension.review").due_on == date(2026, 6, 10)
        steps.take_step(fresh(case), "resume", judge, reason="未按期履行")
    assert not case.items.filter(rule="suspension.review", open=True).exists()


@pytest.mark.parametrize(
    ("kind", "rule", "until", "too_late"),
    [
        ("deferral", "deferral.end_guarantee", "2027-03-01", "2027-03-02"),
        ("deferral_upper", "deferral.end_upper_court", "2026-06-01", "2026-06-02"),
    ],
)
def test_the_signature_that_grants_a_deferral_sets_its_end_and_no_longer_than_the_law_allows(
    at, kind, rule, until, too_late
):
    judge = make.actor("fast-03", "judge")
    with at("2026-03-02 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 3, 2))
        told = {"kind": kind, "ground": "被执行人提供担保，申请执行人同意"}
        with pytest.raises(Refused, match=f"最长至 {until}"):
            signing.ask(case, "suspension", judge, proposal={**told, "until": too_late})
        assert rule not in {started.key for anchor in ANCHORS for started in triggers.STARTED_BY.get(anchor.key, ())}
        sign_all(signing.ask(case, "suspension", judge, proposal={**told, "until": until}))
    assert item(case, rule).due_on == date.fromisoformat(until)
    assert not case.items.filter(rule="suspension.review").exists()
    assert case.pauses.get().ground == "deferral"
    with at("2026-04-02 09:00"):
        steps.take_step(fresh(case), "resume", judge, reason="担保物已变现")
    assert not case.items.filter(rule=rule, open=True).exists()


def test_rechecks_are_counted_from_the_closing_ten_times(at):
    with at("2026-03-02 09:00"):
        case = held_by("terminal-01", stage="terminal", closed_on=date(2026, 3, 2))
        officer = make.actor("terminal-01")
        work.open(case, "terminal.recheck", SYSTEM)
    dues = []
    for _ in range(10):
        found = item(case, "terminal.recheck")
        dues.append(found.due_on)
        with at(f"{found.due_on} 09:00"):
            work.finish([found], officer, note="未发现财产")
    assert dues[:3] == [date(2026, 9, 2), date(2027, 3, 2), date(2027, 9, 2)]
    assert len(set(dues)) == 10
    assert not case.items.filter(rule="terminal.recheck", open=True).exists()


def test_an_answered_supervision_is_verified_by_whoever_ordered_it():
    case, director = held_by("fast-03"), make.director()
    judge = make.actor("fast-03", "judge")
    reply = work.supervise(case, judge.user_id, judge.team_id, "尽快启动评估", director)
    work.finish([reply], judge, note="已启动")
    verify = item(case, "supervision.verify")
    assert (verify.person_id, verify.subject) == (director.user_id, reply.subject)
    work.finish([verify], director, note="属实")


# Holds that end by law


def test_after_the_rejection_is_served_there_is_no_disposal_for_fifteen_days(at):
    judge = make.actor("fast-03", "judge")
    with at("2026-03-02 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 3, 2))
        holds.set_hold(case, "outsider", judge, material=paper(case, SYSTEM))
    with at("2026-04-01 09:00"):
        work.record_event(case, "outsider_rejection_served", clock.now(), judge)
        assert Hold.objects.get(case=case).to_on == date(2026, 4, 16)
        assert holds.blocking(case, "asset:1")
        with pytest.raises(Refused, match="不得处分"):
            steps.take_step(fresh(case), "report_closing", judge, mode="fully_enforced", reason="x")
    with at("2026-04-10 09:00"):
        work.record_event(case, "outsider_suit_filed", clock.now(), judge)
    assert Hold.objects.get(case=case).to_on is None


# Ends that come near


def test_seven_days_before_a_measure_ends_the_director_hears_of_it_unless_its_renewal_has_begun(at):
    judge, director = make.actor("fast-03", "judge"), make.director()
    with at("2026-03-02 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 3, 2))
        for subject in ("账户 1", "账户 2"):
            work.record_event(case, "deposit_frozen", clock.now(), judge, subject=subject, length="2026-05-10")
    with at("2026-05-03 09:00"):
        work.record_event(case, "renewal_begun", clock.now(), judge, subject="账户 2")
    with at("2026-05-04 09:00"):
        sweep.run()
        sweep.run()
    lines = Notice.objects.filter(person=director.user_id, text__contains="未启动续行")
    assert [line.text for line in lines] == [f"{case.number} 冻结存款到期：05-10 止，未启动续行"]
    with at("2026-05-11 00:01"):
        sweep.run()
    assert set(case.items.filter(rule="measure.deposit").values_list("outcome", flat=True)) == {"lapsed"}
    assert Escalation.objects.get(rule="measure.deposit").rows.count() == 2  # a lapse is an incident


def test_custody_rings_judge_and_director_at_once_and_again_when_it_is_late(at):
    director, coercion = make.director(), make.actor("coercion", "bailiff")
    with at("2026-03-02 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 3, 2))
        work.record_event(case, "person_taken", clock.now(), SYSTEM)
        rings = Notice.objects.filter(kind="ring", text__contains="通知家属")
        assert {director.user_id, case.handler_id} <= set(rings.values_list("person_id", flat=True))
    with at("2026-03-03 10:01"):
        sweep.run()
    assert rings.filter(person=director.user_id).count() == 2
    assert coercion.team_id == item(case, "detention.family").team_id
