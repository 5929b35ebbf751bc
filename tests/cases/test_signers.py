"""Who signs: the post of the day, its deputy, the next post up; never by time, never the maker, never nobody."""

import pytest

from cases import clock, signing
from cases.models import CaseGrant
from cases.refusals import Forbidden, Refused
from teams.models import Acting, DutyJudge, PairedJudge
from tests import make
from tests.cases.signing_helpers import away, fast_case, fresh_roster, office, place, put, terminal_case, transfer

pytestmark = pytest.mark.django_db
DIRECTOR, VICE, PRESIDENT = "bureau_director", "vice_president", "court_president"


def deputise(holder, deputy, *acts):
    Acting.objects.create(
        holder=holder.user, deputy=deputy.user, post=holder.post, acts=list(acts), from_on=clock.today(),
        to_on=clock.today(), reason="出差", granted_by=holder.user,
    )  # fmt: skip
    fresh_roster()


def test_the_director_signs_a_transfer():
    approval = transfer(fast_case())
    assert place(approval).signer == office(DIRECTOR).user


def test_14_director_on_leave_his_deputy_signs_by_his_authority():
    case, judge = fast_case(), make.actor("fast-01", "judge")
    away(office(DIRECTOR))
    deputise(office(DIRECTOR), judge, "transfer_to_regular")
    approval = transfer(case)
    assert place(approval).signer == judge.user
    assert place(approval).on_behalf_of == office(DIRECTOR).user
    signing.sign(approval, judge, opinion="同意移交")
    signed = approval.places.get()
    assert (signed.signed_by, signed.on_behalf_of) == (judge.user, office(DIRECTOR).user)
    case.refresh_from_db(fields=["team"])
    assert case.team.code == "regular-02"


def test_14_no_deputy_named_the_next_post_up_is_offered():
    case = fast_case()
    away(office(DIRECTOR))
    approval = transfer(case)
    assert place(approval).signer == office(VICE).user
    assert "不在岗" in place(approval).instead_of
    with pytest.raises(Forbidden):
        signing.sign(approval, office(DIRECTOR))


def test_a_power_for_other_acts_does_not_count():
    case, judge = fast_case(), make.actor("fast-01", "judge")
    away(office(DIRECTOR))
    deputise(office(DIRECTOR), judge, "extension")
    assert place(transfer(case)).signer == office(VICE).user


def test_15_the_director_is_the_maker_the_vice_president_signs():
    case = fast_case()
    approval = signing.ask(
        case,
        "reassignment",
        office(DIRECTOR),
        proposal={"team": make.actor("fast-04").team_id, "ground": "balance", "reason": "均衡"},
    )
    assert place(approval).signer == office(VICE).user
    assert "报请人" in place(approval).instead_of
    with pytest.raises(Forbidden, match="报请人"):
        signing.sign(approval, office(DIRECTOR))
    signing.sign(approval, office(VICE))


def test_a_recused_director_is_passed_over():
    case = fast_case()
    recuse(case, office(DIRECTOR))
    approval = transfer(case)
    assert place(approval).signer == office(VICE).user
    assert "回避" in place(approval).instead_of


def recuse(case, actor):
    from django.contrib.auth.models import Permission

    CaseGrant.objects.create(
        user=actor.user, content_object=case, permission=Permission.objects.get(codename="recused_from_case"),
        reason="亲属", granted_at=clock.now(),
    )  # fmt: skip


def test_whoever_becomes_entitled_may_sign_and_whoever_is_no_longer_may_not():
    approval = transfer(fast_case())
    away(office(DIRECTOR))
    with pytest.raises(Forbidden):
        signing.sign(approval, office(DIRECTOR))
    assert signing.can_sign(approval, office(VICE)) == ""
    signing.sign(approval, office(VICE))
    assert approval.places.get().signed_by == office(VICE).user


def test_reroute_gives_the_sheet_and_its_item_to_whoever_signs_now():
    approval = transfer(fast_case())
    away(office(DIRECTOR))
    assert signing.reroute() == 1
    assert place(approval).signer == office(VICE).user
    assert approval.items.get(open=True).person == office(VICE).user
    assert [p.approval for p in signing.queue(office(VICE))] == [approval]
    assert signing.reroute() == 0


class TestJudges:
    """A ruling needs a judge."""

    def ask(self, case, by=None):
        by = by or make.actor(case.team.code, "clerk")
        return signing.ask(
            case,
            "ruling",
            by,
            proposal={"measure": "freeze", "object": "存款", "party": case.parties.get(role="debtor").pk},
        )

    def test_the_team_judge_signs_his_own_ruling(self):
        case = fast_case("fast-01")
        judge = make.actor("fast-01", "judge")
        approval = self.ask(case, judge)
        assert place(approval).signer == judge.user
        signing.sign(approval, judge)

    def test_16_officer_led_team_the_paired_judge_signs(self):
        case = terminal_case()
        paired = PairedJudge.objects.get(team=case.team).judge
        approval = self.ask(case)
        assert place(approval).signer == paired

    def test_16_no_paired_judge_the_duty_judge_signs(self):
        case = terminal_case()
        PairedJudge.objects.filter(team=case.team).delete()
        fresh_roster()
        duty = DutyJudge.objects.filter(from_on__lte=clock.today(), to_on__gte=clock.today()).first()
        assert place(self.ask(case)).signer == duty.judge

    def test_16_none_nothing_goes_out(self):
        case = terminal_case()
        PairedJudge.objects.filter(team=case.team).delete()
        DutyJudge.objects.all().delete()
        fresh_roster()
        with pytest.raises(Refused, match="无可签发的法官"):
            self.ask(case)
        assert not case.approvals.exists()

    def test_an_absent_paired_judge_is_replaced_by_the_duty_judge(self):
        case = terminal_case()
        paired = PairedJudge.objects.get(team=case.team).judge
        away(make.Actor.of(paired, day=clock.today()))
        duty = DutyJudge.objects.filter(from_on__lte=clock.today(), to_on__gte=clock.today()).first()
        if duty.judge != paired:
            assert place(self.ask(case)).signer == duty.judge

    def test_quality_gets_the_duty_judge(self):
        case = put(make.case(), "preparation", "quality")
        duty = DutyJudge.objects.filter(from_on__lte=clock.today(), to_on__gte=clock.today()).first()
        assert place(self.ask(case)).signer == duty.judge


class TestPresident:
    """What the law leaves to 院长 goes to nobody else."""

    def ask(self, case):
        debtor = case.parties.get(role="debtor").pk
        approval = signing.ask(
            case,
            "detention",
            make.actor("fast-01", "clerk"),
            proposal={"party": debtor, "days": 10, "reason": "拒不报告财产"},
        )
        signing.sign(approval, make.actor("fast-01", "judge"))
        signing.sign(approval, office(DIRECTOR))
        return approval

    def test_not_the_vice_president(self):
        case = fast_case("fast-01")
        away(office(PRESIDENT))
        deputise(office(PRESIDENT), office(VICE))
        approval = self.ask(case)
        assert place(approval).signer == office(PRESIDENT).user
        with pytest.raises(Forbidden):
            signing.sign(approval, office(VICE))

    def test_whoever_is_appointed_to_preside(self):
        case = fast_case("fast-01")
        away(office(PRESIDENT))
        deputise(office(PRESIDENT), office(VICE), "presiding")
        approval = self.ask(case)
        assert place(approval).signer == office(VICE).user
        signing.sign(approval, office(VICE))
        assert approval.places.get(order=3).on_behalf_of == office(PRESIDENT).user

    def test_no_power_makes_an_exception(self):
        case = fast_case("fast-01")
        recuse(case, office(PRESIDENT))
        with pytest.raises(Refused, match="无人可签"):
            self.ask(case)
