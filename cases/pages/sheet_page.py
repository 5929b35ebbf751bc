"""审批表 on paper: what the signers read, a line for every signature, and a QR code that leads back to the approval."""

import segno

from cases import context, signing
from cases.approvals import ACT
from cases.models import Approval
from cases.pages import approval_page, evidence
from cases.pages.print_page import printed
from cases.signing import authority, sheets


def page(request, approval: Approval) -> dict:
    """A4: facts without the hashes of papers, papers by name, places in order, signed ones with whom they were for."""
    ctx, act = context.read(), ACT[approval.act]
    code = segno.make(request.build_absolute_uri(f"/approvals/{approval.pk}/"), error="m")
    places = list(approval.places.order_by("order").select_related("signed_by", "approval"))
    seat = next((p for p in places if p.state == "waiting"), None)
    return {
        "id": approval.pk,
        "number": f"审批第 {approval.pk} 号",
        "label": act.label,
        "law": act.law,
        "state": approval.get_state_display(),
        "facts": [(label, text) for label, text in approval.facts if label != sheets.PAPER],
        "papers": [paper.title for paper in approval.materials.order_by("pk")],
        "table": evidence.recorded(ctx, approval.case, approval.act),
        "maker": f"{approval.team.name if approval.team else ''} {ctx.roster.name(approval.maker_id)}".strip(),
        "asked": f"{approval.asked_at.astimezone(ctx.now.tzinfo):%Y-%m-%d %H:%M}",
        "trail": [
            {
                **row,
                "authority": authority.in_words(place),
                "at": f"{place.at.astimezone(ctx.now.tzinfo):%Y-%m-%d %H:%M}" if place.at else "",
            }
            for row, place in zip(approval_page.trail(ctx, places), places, strict=True)
        ],
        "by_pen": seat is not None and signing.paper_allowed(approval, seat),
        "qr": code.svg_inline(scale=3, omitsize=True, svgclass=None, lineclass=None),
        "hash": approval.facts_hash[:16],
        "printed": printed(ctx, request.actor),
        "back": f"/approvals/{approval.pk}/",
    }
