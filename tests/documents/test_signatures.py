"""Who stands under a paper: whoever signed its sheet, and nobody who did not."""

import pytest

from cases import signing
from documents import composing, drafting
from documents.kinds import KIND
from documents.models import Document
from teams import moment
from teams.models import Acting, Leave, User
from tests import make
from tests.cases.signing_helpers import fast_case, fresh_roster, sign_all
from tests.documents.helpers import draft

pytestmark = pytest.mark.django_db


def lines(document: Document) -> list[tuple[str, str]]:
    return [(each.title, each.name) for each in composing.compose(document).paper.signatures]


def debtor(case) -> str:
    return case.parties.get(role="debtor").subject


def signed(case, kind: str, by, **proposal) -> Document:
    document = draft(case, kind, by, subject=debtor(case))
    assert ("院长", "") in lines(document) or lines(document)[0][0] == "审判员"
    drafting.finish(document, by)
    approval = signing.ask(case, KIND[kind].act, by, subject="", proposal=proposal)
    sign_all(approval)
    document.refresh_from_db()
    return document


def test_a_search_order_bears_the_presidents_name_once_he_has_signed():
    case = fast_case()
    document = signed(
        case,
        "search_order",
        make.actor("fast-03", "judge"),
        party=str(case.parties.get(role="debtor").pk),
        reason="隐匿财产",
        object="住所",
    )
    assert lines(document) == [("院长", make.actor("leadership", "court_president").name)]


def test_a_ruling_bears_the_judge_who_signed_it_and_the_clerk():
    case = fast_case()
    document = signed(case, "freeze_ruling", make.actor("fast-03", "clerk"), reason="冻结存款")
    assert lines(document)[0] == ("审判员", make.actor("fast-03", "judge").name)
    assert lines(document)[-1][0] == "书记员"


def deputise(holder: str, deputy: User, *acts: str) -> None:
    who = User.objects.get(staff_number=holder)
    day = moment.today()
    Acting.objects.create(
        holder=who, deputy=deputy, post=who.postings.get().post, acts=list(acts), from_on=day, to_on=day,
        reason="出差", granted_by=who,
    )  # fmt: skip
    Leave.objects.create(person=who, from_on=day, to_on=day)
    fresh_roster()


def test_a_deputy_judge_signs_by_the_authority_that_is_printed_under_his_name():
    case, judge, deputy = fast_case(), make.actor("fast-03", "judge"), make.actor("fast-01", "judge")
    deputise(judge.user.staff_number, deputy.user, "ruling")
    document = signed(case, "freeze_ruling", make.actor("fast-03", "clerk"), reason="冻结存款")
    assert lines(document)[:2] == [("审判员", deputy.name), ("受委托于", judge.name)]


def test_nobody_is_printed_as_president_who_is_not():
    case, president = fast_case(), make.actor("leadership", "court_president")
    deputy = make.actor("leadership", "vice_president")
    deputise(president.user.staff_number, deputy.user, "presiding")
    told = {"party": str(case.parties.get(role="debtor").pk), "reason": "隐匿财产", "object": "住所"}
    document = signed(case, "search_order", make.actor("fast-03", "judge"), **told)
    assert lines(document) == [("受委托人", deputy.name), ("受委托于", president.name)]


def test_a_form_and_a_cover_have_lines_of_their_own():
    case = fast_case()
    for kind in ("closing_form", "volume_note", "spine_label"):
        document = draft(case, kind, make.actor("fast-03", "clerk"))
        composed = composing.compose(document)
        assert (composed.paper.signatures, composed.paper.date) == ([], "")
