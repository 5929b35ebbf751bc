"""缺项: what is missing by when, why it cannot be there yet, whose it is; and when it is there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Party
from documents import drafting
from documents.dossier import completeness, placing, required
from documents.index import ENFORCEMENT
from documents.kinds import KIND
from documents.models import Document
from tests import make
from tests.cases.signing_helpers import fast_case, fresh, put
from tests.documents.dossier_helpers import file
from tests.documents.helpers import draft, issued

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def judge():
    return make.actor("fast-03", "judge")


def lacks(case) -> dict[str, completeness.Missing]:
    return {row.label: row for row in completeness.missing(case)}


def subject(case) -> str:
    return case.parties.get(role="debtor").subject


ROWS = [(kind, row) for kind, rows in required.BY_KIND.items() for row in rows]


@pytest.mark.parametrize(("kind", "row"), ROWS, ids=[f"{kind}-{row.label}" for kind, row in ROWS])
def test_every_row_names_kinds_and_places_that_exist(kind, row):
    assert set(row.kinds) <= set(KIND)
    assert 1 <= row.place <= len(ENFORCEMENT)
    assert row.owner in ("reception", "quality", "holder", "preservation_review", "petitions")


def test_every_debtor_must_have_his_own_notice(judge):
    case = fast_case()
    assert lacks(case)["执行通知书"].about == case.parties.get(role="debtor").name
    issued(case, "execution_notice", judge, subject=subject(case))
    assert "执行通知书" not in lacks(case)


def test_a_paper_nobody_has_begun_says_whose_it_is_and_where_to_begin(judge):
    case = fast_case()
    row = lacks(case)["受理案件通知书"]
    assert row.who == make.actor("quality").name
    assert row.url == f"/cases/{case.pk}/docs/new/?kind=acceptance_notice"
    assert row.due


def test_what_the_paper_cannot_be_made_without_is_named(judge):
    case = fast_case()
    case.bases.all().delete()
    row = lacks(fresh(case))["执行通知书"]
    assert row.why.startswith("不能出具，因为还缺：")


def test_a_draft_that_could_not_be_issued_says_why_and_whose(judge):
    case = fast_case()
    document = draft(case, "execution_notice", judge, subject=subject(case))
    Document.objects.filter(pk=document.pk).update(problem="没有字体能印出「𪛖」。")
    row = lacks(case)["执行通知书"]
    assert (row.why, row.who) == ("不能出具，因为没有字体能印出「𪛖」", judge.name)
    assert row.url == f"/docs/{document.pk}/"


def test_a_draft_with_gaps_names_them(judge):
    case = fast_case()
    document = drafting.begin(case, "execution_notice", judge, subject=subject(case))
    drafting.change(document, dict.fromkeys(document.asked, ""), judge)
    case.bases.all().delete()
    assert "草稿还缺" in lacks(case)["执行通知书"].why


def test_a_paper_that_waits_for_a_signature_names_the_signer(judge):
    case = put(fast_case(), "closing", "fast-03", closing_from="fast")
    type(case).objects.filter(pk=case.pk).update(report={"mode": "terminal_closure"})
    case = fresh(case)
    document = draft(case, "terminal_ruling", judge)
    drafting.finish(document, judge)
    assert lacks(case)["终本、终结等裁定书"].why == "已定稿，尚未报请签批"


def test_a_scan_counts_by_what_it_was_filed_as_or_by_its_number(judge):
    case = fast_case()
    assert lacks(case)["财产查询材料"].due
    file(case, judge, kind="query", title="反馈")
    assert "财产查询材料" not in lacks(case)
    assert "执行依据" in lacks(case)
    placing.put(file(case, judge, title="判决"), 6, judge)
    assert "执行依据" not in lacks(case)


def test_a_scan_under_the_number_of_two_papers_counts_for_the_one_it_names(judge):
    case = fast_case()
    debtor = case.parties.get(role="debtor").name
    placing.put(file(case, judge, title=f"报告财产令 {debtor}"), 8, judge)
    assert "报告财产令" not in lacks(case)
    assert "执行通知书" in lacks(case)


def test_a_void_scan_counts_no_more(judge):
    from cases import materials

    case = fast_case()
    paper = file(case, judge, kind="query")
    materials.void(paper, "错件", judge)
    assert "财产查询材料" in lacks(case)


def test_a_paper_of_a_later_stage_is_told_but_not_held_against_the_case(judge):
    case = make.case()
    rows = lacks(case)
    assert not rows["执行通知书"].due
    assert rows["执行依据"].due
    report = completeness.report(case)
    assert report.wanted == len(report.due) + report.there


def test_only_a_closing_of_that_kind_must_have_the_ruling(judge):
    case = fast_case()
    assert "终本、终结等裁定书" not in lacks(case)
    type(case).objects.filter(pk=case.pk).update(report={"mode": "terminal_closure"})
    assert "终本、终结等裁定书" in lacks(fresh(case))


def queries(case) -> int:
    with CaptureQueriesContext(connection) as asked:
        completeness.missing(fresh(case))
    return len(asked)


def test_the_answer_costs_the_same_for_a_thick_file_and_many_debtors(judge):
    case = fast_case()
    file(case, judge, title="材料", kind="other")
    before = queries(case)
    for n in range(8):
        Party.objects.create(case=case, role="debtor", name=f"郑{n}", position=n + 2)
        file(case, judge, title=f"材料{n}", kind="query")
    assert len(lacks(case)) > 4
    assert queries(case) == before
