"""What an officer may propose or record has its limits: days in order, days to come, what the law allows at most."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cases import approvals, clock, holds, signing, work
from cases.approvals import ACT
from cases.forms.approval import AskForm
from cases.models import Approval
from cases.refusals import Refused
from teams.actor import SYSTEM, Actor
from tests import make
from tests.cases.signing_helpers import fast_case, held_by, paper, pdf, place

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["pause", "hold"])
def test_an_end_before_its_beginning_is_told_on_the_form_and_kept(client, address):
    case, judge = held_by("fast-03"), make.actor("fast-03", "judge")
    client.force_login(judge.user)
    ground = {"pause": "appraisal", "hold": "outsider"}[address]
    given = {"ground": ground, "subject": "", "note": "", "from_on": "今天", "to_on": "-3", "paper": pdf()}
    given["to_on"] = f"{clock.today() - timedelta(days=3):%Y%m%d}"
    answer = client.post(f"/cases/{case.pk}/{address}/", given)
    assert answer.status_code == 422
    assert "于「自」" in answer.content.decode()
    assert given["to_on"] in answer.content.decode()
    assert not case.pauses.exists()
    assert not case.holds.exists()


def test_the_edges_of_a_pause_and_of_a_hold():
    case, judge, today = held_by("fast-03"), make.actor("fast-03", "judge"), clock.today()
    proof = paper(case, SYSTEM)
    with pytest.raises(Refused, match="应晚于"):
        work.pause(case, "appraisal", today, judge, to_on=today, material=proof)  # the day itself counts again
    assert work.pause(case, "appraisal", today, judge, to_on=today + timedelta(days=1), material=proof).pk
    with pytest.raises(Refused, match="不能早于"):
        holds.set_hold(case, "outsider", judge, from_on=today, to_on=today - timedelta(days=1), material=proof)
    assert holds.set_hold(case, "outsider", judge, from_on=today, to_on=today, material=proof).pk  # its last day
    with pytest.raises(Refused, match="不能从将来开始"):
        holds.set_hold(case, "death", judge, from_on=today + timedelta(days=1), material=proof)


def test_a_hold_is_not_lifted_before_it_began():
    case, judge = held_by("fast-03"), make.actor("fast-03", "judge")
    hold = holds.set_hold(case, "outsider", judge, material=paper(case, SYSTEM))
    with pytest.raises(Refused, match="解除日不能早于"):
        holds.lift_hold(hold, judge, to_on=clock.today() - timedelta(days=1))
    assert holds.lift_hold(hold, judge).to_on == clock.today()


def asked(act: str, **proposal) -> Approval:
    case = fast_case()
    return signing.ask(case, act, make.actor("fast-03", "judge"), proposal={"reason": "依法应予办理", **proposal})


def debtor(case) -> int:
    return case.parties.get(role="debtor").pk


@pytest.mark.parametrize("days", [0, 16, 99, -1, "十五"])
def test_a_detention_is_of_one_to_fifteen_days(days):
    case = fast_case()
    told = {"party": debtor(case), "days": days, "reason": "拒不报告财产"}
    with pytest.raises(Refused, match="须在 1 至 15 之间"):
        signing.ask(case, "detention", make.actor("fast-03", "clerk"), proposal=told)
    for fits in (1, 15):
        case = fast_case()
        told = {"party": debtor(case), "days": fits, "reason": "拒不报告财产"}
        assert signing.ask(case, "detention", make.actor("fast-03", "clerk"), proposal=told).state == "waiting"


@pytest.mark.parametrize("months", [0, 4, 10_000])
def test_an_extension_is_of_at_most_three_months_at_a_time(months):
    with pytest.raises(Refused, match="须在 1 至 3 之间"):
        asked("extension", months=months)
    assert asked("extension", months=3).state == "waiting"


def test_the_form_of_them_says_so_at_its_field():
    form = AskForm(ACT["detention"], fast_case(), make.actor("fast-03"), {"days": "99", "reason": "x"})
    assert "days" in form.errors
    form = AskForm(ACT["extension"], fast_case(), make.actor("fast-03"), {"months": "10000", "reason": "x"})
    assert "months" in form.errors


def test_a_suspension_ends_on_a_day_to_come_also_when_it_is_signed(at):
    told = {"kind": "suspension", "ground": "案外人异议"}
    with at("2026-11-20 09:00"):
        for day in ("2026-11-20", "2026-11-01"):
            with pytest.raises(Refused, match="须晚于今天"):
                asked("suspension", until=day, **told)
        sheet = asked("suspension", until="2026-11-21", **told)
        signer = Actor.of(place(sheet).signer)
    with at("2026-11-21 09:00"), pytest.raises(Refused, match="须晚于今天"):
        signing.sign(sheet, signer)
    with at("2026-11-20 10:00"):
        assert signing.sign(sheet, signer).state == "signed"


@pytest.mark.parametrize(
    ("kind", "amount", "fits"),
    [
        ("natural_person", "0.00", False),
        ("natural_person", "0.01", True),
        ("natural_person", "100000.00", True),
        ("natural_person", "100000.01", False),
        ("legal_person", "49999.99", False),
        ("legal_person", "50000.00", True),
        ("legal_person", "1000000.00", True),
        ("legal_person", "1000000.01", False),
    ],
)
def test_a_fine_stays_within_article_118(kind, amount, fits):
    case = fast_case()
    case.parties.filter(role="debtor").update(type=kind)
    told = {"party": debtor(case), "amount": amount, "reason": "拒不报告财产"}
    if fits:
        assert signing.ask(case, "fine", make.actor("fast-03", "clerk"), proposal=told).state == "waiting"
    else:
        with pytest.raises(Refused, match="第118条"):
            signing.ask(case, "fine", make.actor("fast-03", "clerk"), proposal=told)


class Tier:
    def number(self, key: str) -> int:
        return 90071992547409930  # two to the 53rd times ten and a little: no float can tell it from its neighbour


@pytest.mark.parametrize(("amount", "chain"), [("90071992547409929.99", "default"), ("90071992547409930.00", "large")])
def test_an_amount_is_compared_to_the_fen(amount, chain):
    assert approvals.chain_of(ACT["disbursement"], {"amount": amount, "settings": Tier()}).key == chain
    assert approvals.chain_of(ACT["disbursement"], {"amount": Decimal(amount), "settings": Tier()}).key == chain
