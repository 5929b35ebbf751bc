"""Under a ruling stands whoever has decided it, as its chain of signatures went."""

from datetime import timedelta

import pytest

from cases import clock, signing
from cases.approvals import ACT
from cases.forms.step import StepForm
from cases.models import Case
from cases.refusals import Refused
from cases.workflow import STEP
from documents import composing, drafting
from documents.kinds import KINDS
from documents.models import Document
from tests import make
from tests.cases.signing_helpers import fast_case, paper, put, sign_all
from tests.documents.helpers import draft

pytestmark = pytest.mark.django_db
PLACE = {"panel": "panel", "judge": "signing_judge", "president": "court_president"}


def bench() -> list:
    judges = [make.actor(code, "judge") for code in ("fast-05", "fast-06")]
    return [*judges, make.actor("adjudication", "adjudicator", nth=1)]


def lines(document: Document) -> list[tuple[str, str]]:
    found = composing.compose(Document.objects.get(pk=document.pk)).paper.signatures
    return [(each.title, each.name) for each in found if not each.below]


def three(judges) -> list[tuple[str, str]]:
    return list(zip(("审判长", "审判员", "审判员"), [judge.name for judge in judges], strict=True))


def closing(mode: str) -> Case:
    return put(
        make.case(filed_on=clock.today() - timedelta(days=120)), "closing", "fast-03", closing_from="fast", closing_mode=mode
    )  # fmt: skip


def signed(case: Case, kind: str, act: str, by, **given) -> Document:
    document = draft(case, kind, make.actor("fast-03", "clerk"), subject=given.pop("about", ""))
    drafting.finish(document, make.actor("fast-03", "clerk"))
    sign_all(signing.ask(case, act, by, by_system=True, **given))
    return document


def test_whoever_stands_under_a_paper_has_a_place_in_the_chain_that_issues_it():
    for kind in KINDS:
        wanted = PLACE.get(kind.signers)
        if wanted and kind.act:
            assert wanted in {place.post for chain in ACT[kind.act].chains for place in chain.places}, kind.label
    assert [kind.label for kind in KINDS if kind.series == "ruling" and not kind.act] == [], (
        "no ruling goes out unsigned"
    )


@pytest.mark.parametrize("kind", ["sale_ruling", "debt_in_kind_ruling"])
def test_a_ruling_signed_by_one_judge_bears_him(kind):
    case = fast_case()
    document = signed(case, kind, "ruling", make.actor("fast-03", "clerk"), proposal={"measure": "sale"})
    assert lines(document) == [("审判员", make.actor("fast-03", "judge").name)]


def test_a_terminal_ruling_bears_the_panel_and_with_the_creditors_consent_the_judge():
    judges, clerk = bench(), make.actor("fast-03", "clerk")
    chosen = {"proposal": {"mode": "terminal_closure"}, "panel": [judge.user_id for judge in judges]}
    document = signed(closing("terminal_closure"), "terminal_ruling", "terminal_closure", clerk, **chosen)
    assert lines(document) == three(judges)
    case = closing("terminal_closure")
    chosen["proposal"]["consent"] = "1"  # a panel is named, but has not signed
    document = signed(case, "terminal_ruling", "terminal_closure", clerk, **chosen, materials=[paper(case, clerk)])
    assert lines(document) == [("审判员", make.actor("fast-03", "judge").name)]


def test_a_termination_decided_by_a_panel_bears_the_panel_and_not_the_teams_judge():
    judges = bench()
    chosen = {"proposal": {"mode": "termination"}, "panel": [judge.user_id for judge in judges]}
    document = signed(closing("termination"), "termination_ruling", "closing", make.actor("fast-03", "clerk"), **chosen)
    assert lines(document) == three(judges)


def test_refusing_to_enforce_is_for_a_panel():
    case, clerk, judges = closing("non_enforcement"), make.actor("fast-03", "clerk"), bench()
    document = draft(case, "non_enforcement", clerk)
    drafting.finish(document, clerk)
    with pytest.raises(Refused, match="合议庭"):
        signing.ask(case, "closing", clerk, proposal={"mode": "non_enforcement"}, by_system=True)
    panel = [judge.user_id for judge in judges]
    sign_all(signing.ask(case, "closing", clerk, proposal={"mode": "non_enforcement"}, panel=panel, by_system=True))
    assert lines(document) == three(judges)


def test_whoever_reports_it_is_told_so_at_once():
    judges = {f"panel_{n}": str(judge.user_id) for n, judge in enumerate(bench())}
    given = {"mode": "non_enforcement", "reason": "仲裁裁决不予执行"}

    def errors(**more) -> dict:
        return StepForm({**given, **more}, row=STEP["report_closing"], case=fast_case()).errors

    assert "合议庭" in errors()["panel_0"][0]
    assert not errors(**judges)


def test_a_change_of_party_is_signed_by_a_panel_before_it_goes_out():
    case, judges = fast_case(), bench()
    document = draft(case, "party_change", make.actor("adjudication", "adjudicator"))
    with pytest.raises(Refused, match="合议庭"):
        signing.ask(
            case,
            "party_change",
            make.actor("adjudication", "adjudicator"),
            proposal={"ground": "法定继承"},
            by_system=True,
        )
    drafting.finish(document, make.actor("adjudication", "adjudicator"))
    panel = [judge.user_id for judge in judges]
    by = make.actor("adjudication", "adjudicator")
    sign_all(signing.ask(case, "party_change", by, proposal={"ground": "法定继承"}, panel=panel, by_system=True))
    assert lines(document) == three(judges)
