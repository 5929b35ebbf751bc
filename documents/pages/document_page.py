"""`/docs/<id>/`: what is asked on the left, the paper as it will be printed on the right; issued, its file and its number."""

from django.conf import settings

from cases import context, rights
from cases.approvals import ACT
from cases.pages.item_page import case_line
from cases.pages.lights import stamp
from documents import access, composing, marked
from documents.kinds import KIND
from documents.models import Document
from teams.actor import Actor

State = Document.State


def page(document: Document, actor: Actor) -> dict:
    ctx, kind = context.read(), KIND[document.kind]
    standing = rights.standings(actor, [document.case])[document.case_id]
    allowed = rights.actions(actor, document.case, standing)
    signed = composing.signed(document)
    draft = document.state in (State.DRAFT, State.READY)
    act = ACT.get(kind.act)
    return {
        "document": {
            "id": document.pk,
            "title": document.title,
            "state": document.get_state_display(),
            "key": document.state,
            "number": document.number,
            "problem": document.problem,
            "void": document.void_reason,
            "made": f"{document.posting.person.name if document.posting else '系统'} {stamp(ctx, document.made_at)}",
            "issued": stamp(ctx, document.issued_at) if document.issued_at else "",
            "file": f"/materials/{document.material_id}/" if document.material_id else "",
            "copies": "、".join(marked.names(document)),
            "sha256": document.material.sha256[:16] if document.material else "",
            "check": document.check_code or "",
            "seen": document.version,
            "law": kind.law,
            "seal": "（院印）处由印章管理处加盖，或经院电子签章系统加盖" if kind.seal and not settings.DEMO else "",
        },
        "case": {"id": document.case_id, "number": document.case.number, "url": f"/cases/{document.case_id}/?tab=documents",
                 "line": case_line(document.case)},
        "act": {"label": act.label, "url": f"/cases/{document.case_id}/ask/{act.key}/"} if act else None,
        "editable": draft and not signed and "draft_document" in allowed,
        "again": draft and signed and access.may(actor, standing, document, "issue_document"),
        "droppable": draft and "draft_document" in allowed,
        "issuable": draft and not act and "issue_document" in allowed,
        "voidable": document.state == State.ISSUED and "void_document" in allowed,
        **preview(document),
    }  # fmt: skip


def preview(document: Document) -> dict:
    """The paper as lines of HTML, at the width of a page; what stops it stands above."""
    composed = composing.compose(document)
    faults = [] if document.material_id else composed.faults
    return {"paper": composed.paper, "faults": faults}
