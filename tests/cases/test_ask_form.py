"""报请: the plain form has the fields of table 4 and gives back what is stored; the signing password."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from cases import clock, signing
from cases.approvals import ACT, ACTS
from cases.forms.approval import AskForm
from cases.forms.step import StepForm
from cases.workflow import STEP
from tests import make
from tests.cases.signing_helpers import fast_case, team_id, terminal_case
from tests.databases import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("act", [act.key for act in ACTS])
def test_every_act_has_its_form(act):
    case = fast_case(measured=False)
    form = AskForm(ACT[act], case, make.actor("fast-03"))
    assert {fact.key for fact in ACT[act].facts} <= set(form.fields)
    assert all(field.label for field in form)


def test_what_is_typed_is_what_is_asked():
    case, maker = fast_case(), make.actor("fast-03", "clerk")
    form = AskForm(
        ACT["transfer_to_regular"], case, maker, {"team": str(team_id("regular-02")), "reason": "需评估拍卖"}
    )
    assert form.is_valid(), form.errors
    approval = signing.ask(case, "transfer_to_regular", maker, proposal=form.proposal(), panel=form.panel())
    assert approval.proposal == {"team": team_id("regular-02"), "reason": "需评估拍卖"}


def test_money_and_dates_are_text():
    case = terminal_case()
    form = AskForm(
        ACT["deferral"],
        case,
        make.actor("terminal-01"),
        {"amount": "1200.5", "reason": "异议审查中", "until": "2026-12-31"},
    )
    assert form.is_valid(), form.errors
    assert form.proposal() == {"amount": "1200.50", "reason": "异议审查中", "until": "2026-12-31"}


def test_several_papers():
    papers = [SimpleUploadedFile(f"{n}.pdf", b"%PDF-1.4") for n in range(3)]
    data = {"team": str(team_id("regular-02")), "reason": "需评估"}
    form = AskForm(
        ACT["transfer_to_regular"], fast_case(), make.actor("fast-03"), data, MultiValueDict({"papers": papers})
    )
    assert form.is_valid(), form.errors
    assert [paper.name for paper in form.papers()] == ["0.pdf", "1.pdf", "2.pdf"]


def test_a_panel_is_three_different_judges():
    judges = [make.actor(code, "judge").user_id for code in ("fast-03", "fast-05", "fast-06")]
    case = fast_case()
    data = {"panel_1": judges[0], "panel_2": judges[1], "panel_3": judges[1]}
    assert not AskForm(ACT["terminal_closure"], case, make.actor("fast-03"), data).is_valid()
    form = AskForm(ACT["terminal_closure"], case, make.actor("fast-03"), {**data, "panel_3": judges[2]})
    assert form.is_valid(), form.errors
    assert form.panel() == tuple(judges)


def test_a_panel_is_asked_only_where_the_case_can_end_as_terminal():
    reception = make.case()
    fields = {case: set(StepForm(row=STEP["report_closing"], case=case).fields) for case in (reception, fast_case())}
    assert fields[reception] == {"mode", "reason"}
    assert {"panel_0", "panel_1", "panel_2", "consent"} <= set.union(*fields.values())


def test_consent_needs_its_paper():
    form = AskForm(ACT["terminal_closure"], fast_case(), make.actor("fast-03"), {"consent": "on"})
    assert not form.is_valid()
    assert "papers" in form.errors


class TestPassword:
    @pytest.fixture
    def request_of(self, rf):
        request = rf.post("/sign/")
        request.user, request.session = make.director().user, {}
        return request

    def test_asked_once_in_half_an_hour(self, request_of):
        assert not signing.signing_unlocked(request_of)
        assert signing.confirm_password(request_of, PASSWORD)
        assert signing.signing_unlocked(request_of)
        with clock.at(clock.now() + timedelta(minutes=31)):
            assert not signing.signing_unlocked(request_of)

    def test_a_wrong_one_locks_the_desk(self, request_of):
        assert signing.confirm_password(request_of, PASSWORD)
        assert not signing.confirm_password(request_of, "wrong")
        assert not signing.signing_unlocked(request_of)
