"""纸质签批: signed by pen, scanned back by one person, confirmed by another; only 院长 and 分管副院长."""

import pytest

from cases import signing
from cases.models import Approval, Case, CourtSetting, Party
from cases.refusals import Forbidden, Refused, Stale
from tests import make
from tests.cases.signing_helpers import fast_case, fresh_roster, office, pdf, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def approval():
    """An extension that the director has signed and the vice president is to sign."""
    judge = make.actor("fast-01", "judge")
    approval = signing.ask(fast_case("fast-01"), "extension", judge, proposal={"months": 3, "reason": "评估中"})
    return signing.sign(approval, office("bureau_director"))


def clerk(nth: int):
    return make.actor("fast-01", "clerk", nth=nth)


def test_it_takes_two_people_and_is_marked(approval):
    signing.attach_sheet(place(approval), pdf(), clerk(0))
    with pytest.raises(Forbidden, match="另一人"):
        signing.confirm_sheet(place(approval), clerk(0))
    done = signing.confirm_sheet(place(approval), clerk(1))
    signed = done.places.get(order=2)
    assert (done.state, signed.route, signed.signed_by) == ("signed", "paper", office("vice_president").user)
    assert signed.sheet.sha256
    assert signed.attached_by == clerk(0).user


def test_the_maker_does_not_confirm_his_own(approval):
    signing.attach_sheet(place(approval), pdf(), clerk(0))
    with pytest.raises(Forbidden, match="报请人"):
        signing.confirm_sheet(place(approval), make.actor("fast-01", "judge"))


def test_not_for_the_director():
    judge = make.actor("fast-01", "judge")
    approval = signing.ask(fast_case("fast-01"), "extension", judge, proposal={"months": 3, "reason": "评估中"})
    with pytest.raises(Refused, match="不适用纸质签批"):
        signing.attach_sheet(place(approval), pdf(), clerk(0))
    assert not signing.paper_allowed(approval, place(approval))


def test_not_where_the_setting_is_off(approval):
    CourtSetting.objects.create(key="paper_route_president", value="0")
    fresh_roster()
    with pytest.raises(Refused):
        signing.attach_sheet(place(approval), pdf(), clerk(0))


def test_nothing_to_confirm_without_a_scan(approval):
    with pytest.raises(Refused, match="手签件"):
        signing.confirm_sheet(place(approval), clerk(1))


def test_a_changed_fact_makes_the_pen_void_too(approval):
    signing.attach_sheet(place(approval), pdf(), clerk(0))
    Party.objects.filter(case=approval.case, role="debtor").update(name="改名后")
    with pytest.raises(Stale, match="改名后"):
        signing.confirm_sheet(place(approval), clerk(1))
    assert Approval.objects.get(pk=approval.pk).state == "stale"


def test_confirmed_once(approval):
    seat = place(approval)
    signing.attach_sheet(seat, pdf(), clerk(0))
    signing.confirm_sheet(seat, clerk(1))
    with pytest.raises(Stale):
        signing.confirm_sheet(seat, clerk(1))


def test_the_screen_still_works_after_a_scan(approval):
    signing.attach_sheet(place(approval), pdf(), clerk(0))
    signing.sign(approval, office("vice_president"))
    assert Approval.objects.get(pk=approval.pk).state == "signed"
    assert Case.objects.get(pk=approval.case_id).journal.filter(what="approval").count() == 4
