"""Papers of the demo: some issued and waiting to be served, some still drafts of their clerks."""

from cases.models import Case, Party
from documents import drafting, issuing
from documents.models import Document

from . import officers, shelve

KINDS = ("execution_notice", "report_order")


def written(cases: list[Case]) -> None:
    """The first half of the cases has its papers issued, the other half drafted."""
    drafts = [paper for case in cases for paper in begun(case)]
    for paper in drafts[: len(drafts) // 2]:
        issuing.issue(paper, officers.holder(paper.case, "clerk"))
    shelve.work_off("document.issue")


def begun(case: Case) -> list[Document]:
    """执行通知书 and 报告财产令 for the first debtor."""
    debtor = case.parties.filter(role=Party.Role.DEBTOR).order_by("position")[0]
    clerk = officers.holder(case, "clerk")
    return [drafting.begin(case, kind, clerk, subject=debtor.subject) for kind in KINDS]
