"""What clocks do when something else has happened: extensions and exclusions that were signed, closings that were
annulled, reviews that come round, holds that end by law, ends that come near."""

from datetime import date

import pytest

from cases import clock, escalation, holds, signing, steps, sweep, work
from cases.deadlines import RULES
from cases.models import Case, Escalation, Hold, Material, Pause, WorkItem
from cases.refusals import Forbidden, Refused
from cases.work import triggers
from teams.actor import SYSTEM, Actor
from teams.models import Notice, Team
from tests import make

from .signing_helpers import paper, put

pytestmark = pytest.mark.django_db
STAGE = {"fast": "fast", "regular": "regular", "terminal": "terminal"}


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


def held_by(code: str, *, stage: str = "", closed_on=None, suspended_from="", **given) -> Case:
    """A case in this team's hands, its items with it."""
    case = make.case(**given)
    team = Team.objects.get(code=code)
    case.items.filter(open=True, follows_case=True).update(team=team)
    return put(case, stage or STAGE[team.kind], code, closed_on=closed_on, suspended_from=suspended_from)


def paper_of(case) -> Material:
    return paper(case, SYSTEM)


def sign_all(approval) -> None:
    while approval.state == "waiting":
        seat = approval.places.filter(state="waiting").select_related("signer").get()
        approval = signing.sign(approval, Actor.of(seat.signer))


def item(case, rule: str):
    return case.items.get(rule=rule, open=True)


def fresh(case) -> Case:
    return Case.objects.get(pk=case.pk)


# Extensions and exclusions


def test_a_signed_extension_lengthens_the_limit_before_the_roll(at):
    with at("2026-03-02 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 3, 2))
    assert item(case, "enforcement.limit").due_on == date(2026, 9, 2)
    with at("2026-08-20 09:00"):
        judge = make.actor("fast-03", "judge")
        sign_all(signing.ask(case, "extension", judge, proposal={"months": "3", "reason": "评估中"}))
    limit = item(case, "enforcement.limit")
    assert (limit.extensions, limit.due_on) == (["3M"], date(2026, 12, 2))
    assert "含延长 3 个月" in "".join(limit.derivation)
    assert case.journal.filter(key="extension", label__contains="2026-12-02").exists()


def test_an_extension_asked_too_late_says_so_and_without_a_limit_it_cannot_be_asked(at):
    with at("2026-03-02 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 3, 2))
    judge = make.actor("fast-03", "judge")
    with at("2026-08-31 09:00"):
        checks = signing.sheets.compose("extension", case, "", {"months": "3"}, []).checks
        assert [check.state for check in checks if "最后日 2026-08-28" in check.text] == ["amber"]
        case.items.filter(rule="enforcement.limit").update(rule="enforcement.report_check")
        with pytest.raises(Refused, match="没有在计的执行期限"):
            signing.ask(case, "extension", judge, proposal={"months": "3", "reason": "x"})


def test_a_signed_exclusion_stands_still_from_its_first_to_its_last_day(at):
    with at("2026-03-02 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 3, 2))
    judge = make.actor("fast-03", "judge")
    told = {"exclusion": "appraisal", "from_on": "2026-04-01", "to_on": "2026-04-21", "reason": "委托评估"}
    with at("2026-04-21 09:00"):
        with pytest.raises(Refused, match="须附"):
            signing.ask(case, "time_exclusion", judge, proposal=told)
        sign_all(signing.ask(case, "time_exclusion", judge, proposal=told, materials=[paper_of(case)]))
    assert item(case, "enforcement.limit").due_on == date(2026, 9, 22)
    pause = case.pauses.get()
    assert (pause.ground, pause.material_id is not None, pause.backdated) == ("appraisal", True, False)


def test_only_what_the_law_lets_stand_still_can_be_paused(at):
    case = held_by("fast-03")
    work.record_event(case, "money_arrived", clock.now(), SYSTEM)
    judge = make.actor("fast-03", "judge")
    for rule in ("funds.claim",):
        with pytest.raises(Refused, match="不停止计算"):
            work.pause(case, "sale", clock.today(), judge, item=item(case, rule), material=paper_of(case))


# A closing that is annulled


def test_an_annulled_closing_brings_the_clocks_back_minus_the_closed_time(at):
    with at("2026-03-02 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 3, 2))
    before = item(case, "enforcement.limit")
    with at("2026-05-06 09:00"):
        close(case)
        assert not case.items.filter(rule="enforcement.limit", open=True).exists()
        assert item(case, "archives.file_case").due_on == date(2026, 8, 6)
    with at("2026-06-05 09:00"):
        director = make.director()
        sign_all(signing.ask(fresh(case), "annul_closing", director, proposal={"ground": "异议裁定"},
                             materials=[paper_of(case)]))  # fmt: skip
    limit = item(case, "enforcement.limit")
    assert fresh(case).stage == "fast"
    assert limit.started_at == before.started_at
    assert limit.due_on == date(2026, 10, 8)  # 2026-09-02 and the 30 days of the closing: 10-02, past National Day
    assert case.pauses.get(item=limit).ground == "closed"
    assert not case.items.filter(rule="archives.file_case", open=True).exists()


def close(case) -> None:
    judge = make.actor("fast-03", "judge")
    steps.take_step(case, "report_closing", judge, mode="fully_enforced", reason="完毕")
    work.finish([item(case, "archives.pre_closing")], make.actor("archives", "clerk"), note="齐全")
    sign_all(case.approvals.get(act="closing"))


def test_the_closing_date_is_that_of_service_on_the_last_party(at):
    with at("2026-03-02 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 3, 2))
    archives = make.actor("archives", "clerk")
    with at("2026-05-06 09:00"):
        with pytest.raises(Refused, match="尚未结案"):
            work.record_event(case, "closing_served", clock.now(), SYSTEM)
        close(case)
    with at("2026-05-11 09:00"):
        work.record_event(fresh(case), "closing_served", clock.now(), archives)
    assert fresh(case).closed_on == date(2026, 5, 11)
    assert item(case, "archives.file_case").due_on == date(2026, 8, 11)


def test_a_mode_the_stage_does_not_allow_is_refused_at_the_door():
    case = make.case()
    with pytest.raises(Refused, match="可报的结案方式为：销案"):
        steps.take_step(case, "report_closing", make.actor("reception", "regular_officer"), mode="fully_enforced")


def test_a_terminal_closure_cannot_slip_through_as_an_ordinary_closing():
    case = held_by("fast-03")
    judge = make.actor("fast-03", "judge")
    steps.take_step(case, "report_closing", judge, mode="terminal_closure", reason="无财产", consent=1)
    asked = {"mode": "fully_enforced"}  # what the proposal says of the mode counts for nothing
    with pytest.raises(Refused, match="终本"):
        signing.ask(fresh(case), "closing", judge, proposal=asked)


def test_a_case_sent_back_to_reception_asks_for_the_gap_from_the_first_start(at):
    with at("2026-11-16 10:00"):
        case = make.case(filed_on=date(2026, 11, 16))
        first = item(case, "reception.first_day")
        for rule in work.PARTS[first.rule]:
            work.tick(first, rule, "done", make.actor("reception", "clerk"))
    with at("2026-11-18 10:00"):
        steps.take_step(fresh(case), "return_to_reception", make.actor("quality", "clerk"), gap="缺送达地址确认书")
        again = item(case, "reception.first_day")
        assert again.title == "退回补正：缺送达地址确认书"
        assert (again.due_on, again.ticks.count()) == (date(2026, 11, 16), 6)
        steps.take_step(fresh(case), "pass_on", make.actor("reception", "clerk"))
    assert fresh(case).stage == "preparation"


# What comes round again


def test_a_hold_is_reviewed_every_three_months_and_stops_when_it_is_lifted(at):
    judge = make.actor("fast-03", "judge")
    with at("2026-03-02 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 3, 2))
        hold = holds.set_hold(case, "outsider", judge, material=paper_of(case))
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
        holds.set_hold(case, "outsider", judge, material=paper_of(case))
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
