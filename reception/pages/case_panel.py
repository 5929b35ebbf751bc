"""The tab 接待记录 of the case page: every reception, note and later visit, with its papers."""

from django.urls import reverse

from cases import context, rights
from cases.models import Case
from cases.pages.lights import stamp
from reception.models import ReceptionRecord
from teams.actor import Actor


def panel(case: Case, actor: Actor) -> dict:
    ctx = context.read()
    rows = (
        ReceptionRecord.objects.filter(case=case).select_related("by", "document", "address").prefetch_related("clues")
    )
    own = rights.may_office(actor, "reception_desk")
    return {
        "rows": [
            {
                "kind": row.get_kind_display(), "mode": row.get_mode_display(), "visitor": row.visitor_name,
                "at": stamp(ctx, row.at), "by": row.by.name, "reason": row.get_reason_display(), "originals": row.originals,
                "clues": [str(clue) for clue in row.clues.all()],
                "papers": [
                    {"title": paper.title, "url": f"/materials/{paper.material_id}/"}
                    for paper in (row.document, row.address) if paper and paper.material_id
                ],
                "url": reverse("reception:reception_record", args=[row.pk]) if own else "",
                "waits": row.waits_for_signature,
            }
            for row in rows.order_by("-pk")[:100]
        ],
        "visit": reverse("reception:receive", args=[case.pk]) if "later_visit" in rights.actions(actor, case) and case.is_open else "",
    }  # fmt: skip
