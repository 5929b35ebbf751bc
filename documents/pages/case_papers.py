"""The tab 文书 of the case page: the papers of the case, the newest first, those of the 副卷 only for who may read it."""

from cases import context, rights
from cases.models import Case
from cases.pages.lights import stamp
from documents.kinds import KIND
from documents.models import Document, Sealing
from teams.actor import Actor

MOST = 200
State = Document.State
COLOUR = {
    State.DRAFT: "am", State.READY: "bl", State.DRAWING: "bl", State.ISSUED: "gr", State.VOID: "re", State.DROPPED: "",
}  # fmt: skip
SEAL_COLOUR = {Sealing.State.WAITING: "am", Sealing.State.REFUSED: "re", Sealing.State.DONE: "gr"}


def panel(case: Case, actor: Actor) -> dict:
    ctx, allowed = context.read(), rights.actions(actor, case)
    rows = (
        Document.objects.filter(case=case)
        .exclude(state=State.DROPPED)
        .select_related("posting__person", "material", "sealing", "entered")
        .order_by("-pk")[:MOST]
    )
    return {
        "papers": [row(ctx, document) for document in rows if open_to(document, actor, bool(rights.SECRET & allowed))],
        "may_draft": "draft_document" in allowed and not case.state_secret,
    }


def open_to(document: Document, actor: Actor, secret: bool) -> bool:
    """Whether the officer may read the paper; `secret`: he opens the 副卷 of its case."""
    kind = KIND[document.kind]
    hidden = kind.secret and not kind.main
    own = document.posting is not None and document.posting.person_id == actor.user_id
    return not hidden or own or secret


def row(ctx, document: Document) -> dict:
    """One line of a list of papers."""
    at = document.issued_at or document.changed_at
    sealing = getattr(document, "sealing", None) if document.state == State.ISSUED else None
    entered = getattr(document, "entered", None)
    return {
        "entered": f"已录入执行系统 {entered.number}".strip() if entered else "",
        "seal": sealing.get_state_display() if sealing else "",
        "seal_colour": SEAL_COLOUR[Sealing.State(sealing.state)] if sealing else "",
        "id": document.pk,
        "url": f"/docs/{document.pk}/",
        "title": document.title,
        "number": document.number,
        "state": document.get_state_display(),
        "colour": COLOUR[State(document.state)],
        "problem": document.problem,
        "by": document.posting.person.name if document.posting else "系统",
        "at": stamp(ctx, at),
        "file": f"/materials/{document.material_id}/" if document.material_id else "",
    }
