"""报请, 签署, 退回, 撤回: what binds a signature, what follows the last one, and what two people at once get."""

import itertools
from datetime import timedelta

import pytest

from cases import clock, hooks, materials, signing, work
from cases.hooks import Brief, Check
from cases.models import Approval, Case, ImportBatch, JournalEntry, Party, WorkItem
from cases.refusals import Forbidden, Refused, Stale, Unseen
from teams.actor import SYSTEM
from teams.models import Notice
from tests import make
from tests.cases.signing_helpers import (
    fast_case,
    fresh_roster,
    office,
    paper,
    place,
    put,
    race,
    team_id,
    transfer,
)

pytestmark = pytest.mark.django_db
DIRECTOR, VICE, PRESIDENT = "bureau_director", "vice_president", "court_president"


@pytest.fixture
def director():
    return office(DIRECTOR)


def keys(case: Case) -> list[str]:
    return list(JournalEntry.objects.filter(case=case, what="approval").order_by("id").values_list("key", flat=True))


class TestAsking:
    def test_the_sheet_is_hashed_and_its_signer_has_an_item(self, director):
        case = fast_case()
        approval = transfer(case)
        assert len(approval.facts_hash) == 64
        assert ["案号", case.number] in approval.facts
        item = approval.items.get()
        assert (item.rule, item.person, item.open) == ("approval.sign", director.user, True)
        assert keys(case) == ["ask"]

    def test_never_due_later_than_the_duty_it_serves(self, at):
        with at("2026-11-17 10:00"):
            case = fast_case()
        duty = WorkItem.objects.get(case=case, rule="transfer.three_days")
        with at("2026-11-20 09:00"):
            item = transfer(case).items.get()
        assert item.due_at <= duty.due_at

    def test_one_waiting_for_one_act_and_subject(self):
        case = fast_case()
        first = transfer(case)
        with pytest.raises(Refused, match="不能重复报请") as refusal:
            transfer(case)
        assert refusal.value.reasons[0].url == f"/approvals/{first.pk}/"

    def test_red_conditions_cannot_be_asked_and_say_the_way_out(self):
        case = fast_case(measured=False)
        with pytest.raises(Refused, match="有效控制措施") as refusal:
            transfer(case)
        assert refusal.value.reasons[0].url == f"/cases/{case.pk}/?tab=events"

    def test_papers_of_another_case_are_refused(self):
        other = fast_case()
        with pytest.raises(Refused, match="本案卷宗"):
            transfer(fast_case(), materials=[paper(other, make.actor("fast-03", "clerk"))])

    def test_only_who_table_2_allows(self):
        case = fast_case()
        with pytest.raises(Unseen):
            transfer(case, make.actor("fast-04", "clerk"))
        with pytest.raises(Forbidden):
            transfer(case, make.actor("quality", "clerk"))


class TestSigning:
    def test_the_last_signature_takes_the_step(self, director):
        case = fast_case()
        approval = signing.sign(transfer(case), director, opinion="同意移交")
        case = Case.objects.get(pk=case.pk)
        assert (case.stage, case.team.code) == ("regular", "regular-02")
        assert approval.state == "signed"
        assert not approval.items.filter(open=True).exists()
        assert not WorkItem.objects.filter(case=case, rule="transfer.three_days", open=True).exists()

    def test_the_director_chooses_another_team(self, director):
        case = fast_case()
        signing.sign(transfer(case), director, choice=str(team_id("regular-04")))
        assert Case.objects.get(pk=case.pk).team.code == "regular-04"
        assert "choice" in JournalEntry.objects.get(case=case, key="sign").facts

    def test_places_are_signed_in_order(self):
        case = fast_case("fast-01")
        approval = signing.ask(
            case, "extension", make.actor("fast-01", "judge"), proposal={"months": 3, "reason": "评估中"}
        )
        with pytest.raises(Forbidden, match="执行局局长"):
            signing.sign(approval, office(VICE))
        signing.sign(approval, office(DIRECTOR))
        assert Approval.objects.get(pk=approval.pk).state == "waiting"
        assert place(approval).signer == office(VICE).user
        signing.sign(approval, office(VICE))
        assert Approval.objects.get(pk=approval.pk).state == "signed"
        assert keys(case) == ["ask", "sign", "sign"]

    def test_a_second_click_signs_nothing(self, director):
        case = fast_case("fast-01")
        approval = signing.ask(
            case, "extension", make.actor("fast-01", "judge"), proposal={"months": 3, "reason": "评估中"}
        )
        signing.sign(approval, director, place=1)
        with pytest.raises(Stale, match="已由"):
            signing.sign(approval, director, place=1)
        assert keys(case) == ["ask", "sign"]

    def test_a_fact_that_changed_makes_it_stale(self, director):
        case = fast_case()
        approval = transfer(case)
        Party.objects.filter(case=case, role="debtor").update(name="改名后")
        with pytest.raises(signing.Changed, match="改名后"):
            signing.sign(approval, director)
        approval.refresh_from_db()
        assert approval.state == "stale"
        assert approval.changed[0][0] == "被执行人"
        assert approval.places.get().state == "dropped"
        assert Notice.objects.filter(person=approval.maker, text__contains="改名后").exists()
        assert Case.objects.get(pk=case.pk).stage == "fast"
        assert WorkItem.objects.filter(case=case, rule="transfer.three_days", open=True).exists()
        transfer(case)

    def test_a_voided_paper_makes_it_stale(self, director):
        case, maker = fast_case(), make.actor("fast-03", "clerk")
        sheet = paper(case, maker)
        approval = transfer(case, maker, materials=[sheet])
        materials.void(sheet, "重复", make.actor("fast-03"))
        with pytest.raises(Stale):
            signing.sign(approval, director)
        approval.refresh_from_db()
        assert approval.state == "stale"

    def test_a_change_elsewhere_does_not_stop_it(self, director):
        case = fast_case()
        approval = transfer(case)
        Case.objects.filter(pk=case.pk).update(clues="又报一条线索", remark="备注")
        signing.sign(approval, director)

    def test_a_red_check_stops_the_signature(self, director, monkeypatch):
        case = fast_case()
        approval = transfer(case)
        seen = hooks.of("guard", "transfer_to_regular")
        monkeypatch.setitem(
            hooks._lists["guard"],
            "transfer_to_regular",
            [*seen, lambda cases: {c.pk: [hooks.Reason("措施已失效")] for c in cases}],
        )
        with pytest.raises(Refused, match="措施已失效"):
            signing.sign(approval, director)
        approval.refresh_from_db()
        assert approval.state == "waiting"

    def test_nothing_is_signed_by_time(self, director, at):
        case = fast_case()
        approval = transfer(case)
        with clock.at(clock.now() + timedelta(days=30)):
            signing.reroute()
        approval.refresh_from_db()
        assert approval.state == "waiting"


class TestReturning:
    def test_rejected_goes_to_the_maker_and_the_clock_runs_on(self, director):
        case = fast_case()
        before = WorkItem.objects.get(case=case, rule="transfer.three_days")
        approval = transfer(case)
        with pytest.raises(Refused):
            signing.reject(approval, director, reason="")
        signing.reject(approval, director, reason="facts", opinion="补充查封期限")
        approval.refresh_from_db()
        assert (approval.state, approval.reason) == ("rejected", "事实或数额不清")
        after = WorkItem.objects.get(case=case, rule="transfer.three_days")
        assert (after.open, after.due_at) == (True, before.due_at)
        assert Notice.objects.filter(person=approval.maker, text__contains="补充查封期限").exists()
        transfer(case)

    def test_withdrawn_by_its_maker_alone(self, director):
        case = fast_case()
        approval = transfer(case)
        with pytest.raises(Forbidden):
            signing.withdraw(approval, director)
        signing.withdraw(approval, make.actor("fast-03", "clerk"))
        approval.refresh_from_db()
        assert approval.state == "withdrawn"
        with pytest.raises(Stale, match="撤回"):
            signing.sign(approval, director)

    def test_not_withdrawn_after_a_signature(self, director):
        judge = make.actor("fast-01", "judge")
        approval = signing.ask(fast_case("fast-01"), "extension", judge, proposal={"months": 3, "reason": "评估中"})
        signing.sign(approval, director)
        with pytest.raises(Refused, match="已有人签署"):
            signing.withdraw(approval, judge)


class TestBatch:
    def test_green_ones_are_signed_the_rest_named(self, director, monkeypatch):
        good, amber = fast_case(), fast_case()
        approvals = [transfer(good), transfer(amber)]
        warn = lambda case, subject: Brief([], [Check("续封临近", "amber")] if case.pk == amber.pk else [])  # noqa: E731
        monkeypatch.setitem(
            hooks._lists["brief"], "transfer_to_regular", [*hooks.of("brief", "transfer_to_regular"), warn]
        )
        results = {result.approval.pk: result.refusal for result in signing.sign_many(approvals, director)}
        assert results[approvals[0].pk] == ""
        assert "续封临近" in results[approvals[1].pk]
        assert Case.objects.get(pk=amber.pk).stage == "fast"

    def test_an_act_that_is_read_one_by_one(self):
        judge = make.actor("fast-01", "judge")
        approval = signing.ask(fast_case("fast-01"), "extension", judge, proposal={"months": 3, "reason": "评估中"})
        assert "逐件" in signing.sign_many([approval], office(DIRECTOR))[0].refusal


class TestPanel:
    def judges(self):
        return [make.actor(code, "judge") for code in ("fast-03", "fast-05", "fast-06")]

    def closing(self, **given):
        case = put(
            make.case(filed_on=clock.today() - timedelta(days=120)),
            "closing",
            "fast-03",
            closing_from="fast",
            closing_mode="terminal_closure",
        )
        maker = make.actor("fast-03", "clerk")
        return case, signing.ask(
            case,
            "terminal_closure",
            maker,
            proposal={"mode": "terminal_closure", **given.pop("proposal", {})},
            by_system=True,
            **given,
        )

    def test_three_named_judges_then_the_president(self):
        judges = self.judges()
        case, approval = self.closing(panel=[j.user_id for j in judges])
        assert [p.label for p in approval.places.order_by("order")][:3] == [
            "合议庭·审判长",
            "合议庭·审判员",
            "合议庭·审判员",
        ]
        for judge in judges:
            signing.sign(approval, judge)
        signing.sign(approval, office(PRESIDENT))
        case = Case.objects.get(pk=case.pk)
        assert case.stage == "terminal"
        assert case.team.kind == "terminal"

    def test_two_are_no_panel(self):
        with pytest.raises(Refused, match="三名"):
            self.closing(panel=[self.judges()[0].user_id] * 2)

    def test_consent_replaces_signatures_and_needs_its_paper(self):
        with pytest.raises(Refused, match="书面同意"):
            self.closing(proposal={"consent": "1"})

    def test_with_the_paper_the_judge_alone_signs(self):
        case = put(
            make.case(filed_on=clock.today() - timedelta(days=120)),
            "closing",
            "fast-03",
            closing_from="fast",
            closing_mode="terminal_closure",
        )
        judge = make.actor("fast-03", "judge")
        consent = paper(case, judge, "终本申请书")
        approval = signing.ask(
            case,
            "terminal_closure",
            make.actor("fast-03", "clerk"),
            proposal={"consent": "1"},
            materials=[consent],
            by_system=True,
        )
        signing.sign(approval, judge)
        assert Case.objects.get(pk=case.pk).stage == "terminal"

    def test_a_rejected_closing_goes_back_to_its_stage(self):
        case = put(make.case(), "closing", "fast-01", closing_from="fast", closing_mode="fully_enforced")
        judge = make.actor("fast-01", "judge")
        approval = signing.ask(case, "closing", judge, proposal={"mode": "fully_enforced"}, by_system=True)
        signing.reject(approval, judge, reason="measure")
        assert Case.objects.get(pk=case.pk).stage == "fast"


class TestQueue:
    def test_constant_queries_and_order(self, director, django_assert_max_num_queries):
        for _ in range(3):
            transfer(fast_case())
        with django_assert_max_num_queries(6):
            few = signing.queue(director)
        for _ in range(5):
            transfer(fast_case())
        with django_assert_max_num_queries(6):
            many = signing.queue(director)
        assert len(many) == len(few) + 5
        assert [p.due_at for p in many] == sorted(p.due_at for p in many)

    def test_signed_ledger(self, director):
        approvals = [transfer(fast_case()) for _ in range(2)]
        for approval in approvals:
            signing.sign(approval, director)
        assert [p.approval_id for p in signing.signed_by(director).rows[:2]] == [a.pk for a in reversed(approvals)]


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.fixture(autouse=True)
    def people(self, transactional_db):
        fresh_roster()

    def test_two_signers_one_signature(self):
        director, case = office(DIRECTOR), fast_case()
        approval = transfer(case)
        results = race(*(lambda: signing.sign(approval, director, place=1) for _ in range(4)))
        assert sum(isinstance(r, Approval) for r in results) == 1
        assert all(isinstance(r, Stale) and "已由" in str(r) for r in results if not isinstance(r, Approval))
        assert Case.objects.get(pk=case.pk).stage == "regular"
        assert JournalEntry.objects.filter(case=case, key="transfer_to_regular").count() == 1

    def test_two_askers_one_sheet(self):
        case, maker = fast_case(), make.actor("fast-03", "clerk")
        results = race(*(lambda: transfer(case, maker) for _ in range(4)))
        assert sum(isinstance(r, Approval) for r in results) == 1
        assert Approval.objects.filter(case=case).count() == 1

    def test_signing_and_recording_cross_without_deadlock_and_the_chain_stays_whole(self):
        case, director, maker = fast_case(), office(DIRECTOR), make.actor("fast-03", "clerk")
        approval = transfer(case, maker)
        judge = make.actor("fast-03")
        calls = [
            lambda: signing.sign(approval, director),
            lambda: signing.reject(approval, director, reason="facts"),
            lambda: signing.ask(case, "extension", judge, proposal={"months": 3, "reason": "评估中"}),
            lambda: work.record_event(case, "measure_effective", clock.now(), SYSTEM),
            lambda: signing.reroute(),
            lambda: signing.withdraw(approval, maker),
        ]
        results = race(*calls)
        assert sum(isinstance(r, Approval) and r.pk == approval.pk for r in results) == 1, results
        assert not any("deadlock" in str(r) for r in results)
        rows = list(JournalEntry.objects.filter(case=case).order_by("no").values_list("no", "prev", "hash"))
        assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
        assert all(after[1] == before[2] for before, after in itertools.pairwise(rows))

    def test_signing_against_withdrawing(self):
        director, case, maker = office(DIRECTOR), fast_case(), make.actor("fast-03", "clerk")
        approval = transfer(case, maker)
        results = race(lambda: signing.sign(approval, director), lambda: signing.withdraw(approval, maker))
        assert sum(isinstance(r, Stale) for r in results) == 1
        approval.refresh_from_db()
        assert approval.state in ("signed", "withdrawn")
        assert (Case.objects.get(pk=case.pk).stage == "regular") == (approval.state == "signed")


class TestWithoutACase:
    def test_a_whole_import_is_struck_by_a_second_person_of_the_team(self):
        maker, second = make.actor("reception", nth=0), make.actor("reception", nth=1)
        batch = ImportBatch.objects.create(
            file_name="2026-11-20.xlsx", sha256="0" * 64, at=clock.now(), by=maker.user, team=maker.team
        )
        cases = make.cases(3)
        Case.objects.filter(pk__in=[case.pk for case in cases]).update(imported_in=batch)
        approval = signing.ask(None, "case_void", maker, subject=f"import:{batch.pk}", proposal={"reason": "文件选错"})
        with pytest.raises(Forbidden, match="报请人"):
            signing.sign(approval, maker)
        signing.sign(approval, second)
        assert set(Case.objects.filter(imported_in=batch).values_list("stage", flat=True)) == {"void"}

    def test_not_once_something_was_done_on_one_of_them(self):
        maker = make.actor("reception", nth=0)
        batch = ImportBatch.objects.create(
            file_name="2026-11-20.xlsx", sha256="0" * 64, at=clock.now(), by=maker.user, team=maker.team
        )
        case = make.case()
        Case.objects.filter(pk=case.pk).update(imported_in=batch)
        work.record_event(case, "measure_effective", clock.now(), SYSTEM)
        with pytest.raises(Refused, match="已有办理记录"):
            signing.ask(None, "case_void", maker, subject=f"import:{batch.pk}", proposal={"reason": "文件选错"})
