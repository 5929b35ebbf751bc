"""Papers of the demo: some issued and waiting to be served, some still drafts of their clerks; a photograph to be read."""

import io

from django.core.files.base import ContentFile

from cases import materials
from cases.models import Case, Party
from documents import drafting, issuing
from documents.models import Document

from . import officers, shelve

RECORD = "申请执行人称被执行人名下有豫J牌重型货车一辆，停放于开州路北段停车场，请求查封。"
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


def photograph(case: Case) -> None:
    """A record that was written by hand and photographed: found by its words once the worker has read it."""
    written, lines = io.BytesIO(), [RECORD[at : at + 20] for at in range(0, len(RECORD), 20)]
    shelve.page("执行笔录", more=lines).save(written, "JPEG", quality=85)
    upload = ContentFile(written.getvalue(), name="执行笔录.jpg")
    materials.file(case, upload, kind="record", by=officers.holder(case), title="执行笔录（照片）")
