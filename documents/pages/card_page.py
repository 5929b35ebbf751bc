"""`/docs/<id>/card/` 录入卡: the values in the order of the national form, then the receipt number."""

from cases import context, rights
from cases.pages.item_page import case_line
from cases.pages.lights import light, stamp
from documents.models import Document, Receipt
from documents.national import cards, entering, uploading
from teams.actor import Actor


def _package(ctx, document: Document) -> dict | None:
    """What became of the last package about it."""
    row = uploading.last(document)
    if row is None:
        return None
    receipt = Receipt.objects.filter(outgoing=row).first()
    return {
        "under_way": row.state in uploading.UNDER_WAY,
        "state": row.get_state_display(),
        "at": stamp(ctx, row.answered_at or row.sent_at or row.created_at),
        "reason": receipt.payload.get("reason", "") if receipt else "",
    }


def page(document: Document, actor: Actor) -> dict:
    ctx, card, held = context.read(), cards.of(document), entering.held_by(document)
    items = entering.waiting(document)
    issued = document.state == Document.State.ISSUED
    return {
        "document": {
            "id": document.pk,
            "title": document.title,
            "number": document.number,
            "state": document.get_state_display(),
            "issued": issued,
            "file": f"/materials/{document.material_id}/" if document.material_id else "",
        },
        "case": {"id": document.case_id, "number": document.case.number, "url": f"/cases/{document.case_id}/?tab=documents", "line": case_line(document.case)},
        "form_title": card.form.title,
        "rows": [{"label": label, "text": text} for label, text in card.rows],
        "together": card.together,
        "light": light(ctx, items[0]) if items else None,
        "entered": {"number": held.number or "导出未给出", "door": held.get_door_display(), "by": held.by.name if held.by else "系统", "at": stamp(ctx, held.at)} if held else None,
        "may": issued and held is None and "enter_national" in rights.actions(actor, document.case),
        "package": _package(ctx, document),
        "sensitive": document.case.confidential or document.case.state_secret,
    }  # fmt: skip
