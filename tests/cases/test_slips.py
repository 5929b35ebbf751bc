"""移送立案表: a number is asked for, and the case registered once when it arrives, with everything carried over."""

from decimal import Decimal

import pytest

from cases import clock, signing, slips, steps, work
from cases.models import Agent, Case, CourtSetting, FilingSlip, WorkItem
from cases.refusals import Refused, Stale
from teams.actor import SYSTEM, Actor
from tests import make
from tests.cases.signing_helpers import (
    fresh_roster,
    office,
    place,
    put,
    race,
    team_id,
    terminal_case,
    transfer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_filing_office():
    """立案庭 gives the numbers."""
    CourtSetting.objects.create(key="own_numbering", value="0")
    fresh_roster()


def revived(team: str = "terminal-01"):
    """A revival, signed by judge and director."""
    case = terminal_case(team)
    Agent.objects.create(party=case.parties.get(role="creditor"), name="李律师", scope="special")
    Case.objects.filter(pk=case.pk).update(recovered=Decimal("10000"))
    approval = signing.ask(case, "revival", make.actor(team), proposal={"ground": "发现房产", "balance": "163312.38"})
    judge = place(approval).signer
    signing.sign(approval, make.Actor.of(judge, day=clock.today()))
    signing.sign(approval, office("bureau_director"))
    return case, approval


def test_revival_sends_a_slip_and_registers_when_the_number_arrives(by_filing_office):
    case, approval = revived()
    slip = FilingSlip.objects.get(case=case)
    assert (slip.kind, slip.approval, slip.number) == ("resumed", approval, "")
    watch = WorkItem.objects.get(case=case, rule="filing.number")
    assert watch.open
    assert Case.objects.filter(kind="resumed").count() == 0
    new = slips.answer(slip, "(2026)豫0902执恢 31号", make.actor("terminal-01"))
    assert (new.number, new.kind, new.stage, new.team) == ("（2026）豫0902执恢31号", "resumed", "resumed", case.team)
    assert new.amount == Decimal("163312.38")
    assert [p.name for p in new.parties.order_by("role")] == [p.name for p in case.parties.order_by("role")]
    assert new.parties.get(role="creditor").agents.get().name == "李律师"
    assert new.bases.get().number == case.bases.get().number
    assert set(new.links.values_list("kind", "other")) == {("origin", case.pk), ("previous", case.pk)}
    assert not WorkItem.objects.filter(pk=watch.pk, open=True).exists()
    assert Case.objects.get(pk=case.pk).stage == "terminal"


def test_answered_once(by_filing_office):
    case, _ = revived()
    slip, by = FilingSlip.objects.get(case=case), make.actor("terminal-01")
    slips.answer(slip, "（2026）豫0902执恢31号", by)
    with pytest.raises(Stale, match="执恢31号"):
        slips.answer(slip, "（2026）豫0902执恢32号", by)
    assert Case.objects.filter(kind="resumed").count() == 1


@pytest.mark.parametrize("number", ["2026执恢31", "（2026）豫0902执31号", ""])
def test_a_wrong_number_is_refused(by_filing_office, number):
    case, _ = revived()
    with pytest.raises(Refused):
        slips.answer(FilingSlip.objects.get(case=case), number, make.actor("terminal-01"))


def test_a_used_number_is_refused(by_filing_office):
    first, _ = revived()
    second, _ = revived("terminal-02")
    slips.answer(FilingSlip.objects.get(case=first), "（2026）豫0902执恢31号", make.actor("terminal-01"))
    with pytest.raises(Refused, match="已使用"):
        slips.answer(FilingSlip.objects.get(case=second), "（2026）豫0902执恢31号", make.actor("terminal-02"))


def test_17_asset_of_a_terminal_case_goes_to_the_regular_team_the_director_chose(by_filing_office):
    case = terminal_case()
    work.record_event(case, "measure_effective", clock.now(), SYSTEM)
    early = slips.send(case, "resumed", make.actor("terminal-01"))
    approval = transfer(case)
    signing.sign(approval, office("bureau_director"), choice=str(team_id("regular-05")))
    early.refresh_from_db()
    assert early.approval == approval
    assert early.answered_at is None
    new = slips.answer(early, "（2026）豫0902执恢77号", make.actor("terminal-01"))
    assert (new.stage, new.team.code) == ("regular", "regular-05")
    assert Case.objects.get(pk=case.pk).stage == "terminal"
    three = case.items.get(rule="transfer.three_days")
    assert (three.open, three.outcome) == (False, "done")  # met by the director's signature


def test_18_while_the_resumed_case_is_open_the_terminal_one_rests(by_filing_office):
    case = terminal_case()
    work.open(case, "terminal.recheck", SYSTEM)
    work.record_event(case, "measure_effective", clock.now(), SYSTEM)
    signing.sign(transfer(case), office("bureau_director"))
    new = slips.answer(FilingSlip.objects.get(case=case), "（2026）豫0902执恢79号", make.actor("terminal-01"))
    assert not case.items.filter(rule="terminal.recheck", open=True).exists()
    new = put(new, "closing", "regular-05", closing_from="regular", closing_mode="withdrawn_from_docket")
    approval = signing.ask(new, "closing", make.actor("regular-05"))
    while approval.state == "waiting":
        approval = signing.sign(approval, Actor.of(approval.places.get(state="waiting").signer))
    again = case.items.get(rule="terminal.recheck", open=True)
    assert again.length == "6M"  # 销案: the old case is managed on, in the same series


def test_17_the_number_may_come_before_the_signature(by_filing_office):
    case = terminal_case()
    work.record_event(case, "measure_effective", clock.now(), SYSTEM)
    early = slips.send(case, "resumed", make.actor("terminal-01"))
    slips.answer(early, "（2026）豫0902执恢78号", make.actor("terminal-01"))
    assert not Case.objects.filter(kind="resumed").exists()
    signing.sign(transfer(case), office("bureau_director"))
    assert Case.objects.get(kind="resumed").number == "（2026）豫0902执恢78号"


def test_no_second_slip(by_filing_office):
    case = terminal_case()
    slips.send(case, "resumed", make.actor("terminal-01"))
    with pytest.raises(Refused, match="待立案号"):
        slips.send(case, "resumed", make.actor("terminal-01"))


def test_own_numbering_registers_at_once(settings):
    settings.OWN_NUMBERING = True
    case, _ = revived()
    new = Case.objects.get(kind="resumed")
    assert new.type_code == "执恢"
    assert new.serial >= 1
    assert FilingSlip.objects.get(case=case).registered == new


def test_a_preservation_ruling_asks_for_an_enforcement_number(by_filing_office):
    (case,) = steps.register([make.registration(kind="review", number="保审2026-17")], SYSTEM)
    judge = make.actor("preservation_review", "judge")
    approval = signing.ask(case, "preservation_ruling", judge, proposal={"amount": "100000", "object": "银行存款"})
    signing.sign(approval, judge)
    new = slips.answer(FilingSlip.objects.get(case=case), "（2026）豫0902执保9号", judge)
    assert (new.kind, new.stage) == ("preservation", "preserving")


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_one_case(transactional_db):
    CourtSetting.objects.create(key="own_numbering", value="0")
    fresh_roster()
    case, _ = revived()
    slip, by = FilingSlip.objects.get(case=case), make.actor("terminal-01")
    results = race(*(lambda: slips.answer(slip, "（2026）豫0902执恢31号", by) for _ in range(3)))
    assert sum(isinstance(r, Case) for r in results) == 1
    assert Case.objects.filter(kind="resumed").count() == 1
