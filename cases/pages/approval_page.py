"""Context of the signer's desk, of one approval, and of its printed sheet."""

import segno
from django.urls import reverse

from cases import context, lists, rights, signing
from cases.approvals import ACT, REASONS
from cases.context import Context
from cases.forms_step import loads_of
from cases.models import Approval, ApprovalPlace, Case, WorkItem
from cases.pages.lights import of_moment, stamp
from cases.pages.names import line, parties_of, short_number
from cases.signing import sheets
from cases.signing.desk import RETURNED
from cases.workflow import Stage
from teams.actor import Actor

CLOSING = ("closing", "terminal_closure")
ICON = {"green": "circle-check", "amber": "alert-triangle", "red": "alert-octagon"}


def desk(request, actor: Actor, chosen: Approval | None = None) -> dict:
    """What waits for this signer, grouped by light, and the chosen one in full."""
    ctx = context.read()
    places = list(signing.queue(actor))
    rows = _rows(ctx, places)
    wanted = request.GET.get("approval", "")
    ids = [row["id"] for row in rows]
    pk = chosen.pk if chosen else int(wanted) if wanted.isdigit() and int(wanted) in ids else (ids[0] if ids else None)
    approval = Approval.objects.select_related("case", "team").get(pk=pk) if pk else None
    for row in rows:
        row["current"] = row["id"] == pk
    return {
        "groups": _grouped(rows),
        "count": len(rows),
        "today_count": sum(row["group"] in ("red", "today") for row in rows),
        "chosen": page(approval, actor) if approval else None,
        "unlocked": signing.signing_unlocked(request),
    }


def _rows(ctx: Context, places: list[ApprovalPlace]) -> list[dict]:
    cases = [p.approval.case for p in places if p.approval.case]
    parties, due = parties_of(cases), _due([p.approval_id for p in places])
    rows = []
    for place in places:
        approval, case = place.approval, place.approval.case
        item = due.get(approval.pk)
        lamp = (
            of_moment(ctx, item.due_at, item.due_on, item.warn_at)
            if item
            else {"state": "grey", "text": "无期限", "title": ""}
        )
        team = ctx.roster.team(approval.team_id)
        rows.append(
            {
                "id": approval.pk,
                "url": f"/sign/?approval={approval.pk}",
                "tag": ACT[approval.act].label,
                "number": short_number(case, ctx.today.year) if case else approval.title,
                "line": line(case, parties) if case else "",
                "from": f"{team.name if team else ''} {ctx.roster.name(approval.maker_id)} {stamp(ctx, approval.asked_at)}".strip(),
                "light": lamp,
                "group": "red" if lamp["state"] == "red" else "today" if lamp["text"].startswith("今日") else "later",
                "batch": ACT[approval.act].batch,
                "due_at": item.due_at if item else None,
            }
        )
    return sorted(rows, key=lambda row: (row["due_at"] is None, row["due_at"] or 0, row["id"]))


def _due(pks: list[int]) -> dict:
    from cases.models import WorkItem

    return {item.approval_id: item for item in WorkItem.objects.filter(approval__in=pks, open=True).order_by("id")}


def _grouped(rows: list[dict]) -> list[dict]:
    groups = (("red", "已超期"), ("today", "今日到期"), ("later", "未到期"))
    return [
        {"key": key, "label": label, "count": len(found), "rows": found}
        for key, label in groups
        if (found := [row for row in rows if row["group"] == key])
    ]


def page(approval: Approval, actor: Actor) -> dict:
    """One approval: facts as they were asked, checks as they are now, trail, and what this officer may do."""
    ctx, act = context.read(), ACT[approval.act]
    places = list(approval.places.order_by("order"))
    seat = next((p for p in places if p.state == "waiting"), None)
    why_not = signing.can_sign(approval, actor) if seat else "已办结"
    checks = sheets.read(approval, approval.case).checks if seat else []
    return {
        "approval": {
            "id": approval.pk,
            "title": approval.title,
            "act": approval.act,
            "label": act.label,
            "law": act.law,
            "state": approval.get_state_display(),
            "key": approval.state,
            "maker": f"{ctx.roster.name(approval.maker_id)} {stamp(ctx, approval.asked_at)}",
            "reason": approval.reason,
            "changed": approval.changed,
            "urgent": approval.urgent,
            "order": seat.order if seat else "",
            "batch": act.batch,
        },
        "case": _case(approval.case, ctx) if approval.case else None,
        "facts": approval.facts,
        "checks": [{"text": c.text, "state": c.state, "icon": ICON[c.state]} for c in checks],
        "red": any(c.state == "red" for c in checks),
        "papers": [{"title": m.title, "url": f"/materials/{m.pk}/"} for m in approval.materials.order_by("pk")],
        "trail": trail(ctx, places),
        "teams": choices(ctx, approval) if seat and act.choice == "team" else [],
        "opinions": act.opinions,
        "reasons": list(REASONS.items()),
        "may_sign": seat is not None and not why_not,
        "why_not": why_not if seat else "",
        "paper": _paper(approval, seat, actor),
        "may_withdraw": approval.state == "waiting"
        and approval.maker_id == actor.user_id
        and not signing.why_not_withdrawn(places),
        "may_unsign": not signing.why_not_taken_back(approval, places, actor, ctx.now),
        "again": _again(approval, actor),
    }


def _again(approval: Approval, actor: Actor) -> str:
    """Where a returned sheet is asked anew, filled in as it was; empty for who may not, or when it has been."""
    case = approval.case
    if approval.state not in ("rejected", "stale") or case is None:
        return ""
    if not WorkItem.objects.filter(approval=approval, rule=RETURNED, open=True).exists():
        return ""
    allowed = rights.actions(actor, case)
    if approval.act in CLOSING and case.stage != Stage.CLOSING:  # it went back to its stage: reported anew
        url = reverse("cases:step", args=[case.pk, "report_closing"])
        return url if "report_closing" in allowed else ""
    url = reverse("cases:ask", args=[case.pk, approval.act])
    return f"{url}?again={approval.pk}" if f"ask:{approval.act}" in allowed else ""


def _case(case: Case, ctx: Context) -> dict:
    return {
        "number": case.number,
        "url": f"/cases/{case.pk}/",
        "parties": line(case, parties_of([case])),
        "cause": case.cause,
        "stage": case.get_stage_display(),
    }


def trail(ctx: Context, places: list[ApprovalPlace]) -> list[dict]:
    rows = []
    for place in places:
        name = ctx.roster.name(place.signed_by_id or place.signer_id)
        extra = [
            f"受{ctx.roster.name(place.on_behalf_of_id)}委托" if place.on_behalf_of_id else "",
            place.instead_of,
            "纸质签批" if place.route == "paper" and place.at else "",
        ]
        rows.append(
            {
                "label": place.label,
                "name": name,
                "state": place.get_state_display(),
                "key": place.state,
                "at": stamp(ctx, place.at or place.reached_at),
                "opinion": place.opinion,
                "extra": "；".join(filter(None, extra)),
            }
        )
    return rows


def choices(ctx: Context, approval: Approval) -> list[dict]:
    """Teams the signer may choose, by load; the proposed one preselected."""
    kinds = {"transfer_to_regular": ("regular",), "retriage": ("fast", "regular")}.get(approval.act)
    if kinds is None:
        kinds = (ctx.roster.team(approval.case.team_id).kind,)
    teams = [
        t for kind in kinds for t in ctx.roster.teams_of(kind) if approval.case is None or t.id != approval.case.team_id
    ]
    loads = loads_of([t.id for t in teams])
    most = max([*loads.values(), 1])
    wanted = str(approval.proposal.get("team", ""))
    ordered = sorted(teams, key=lambda t: (loads.get(t.id, 0), t.code))
    if wanted not in {str(t.id) for t in ordered} and ordered:
        wanted = str(ordered[0].id)
    return [
        {
            "id": t.id,
            "name": t.name,
            "leader": ctx.roster.name(ctx.roster.leader(t.id)),
            "load": loads.get(t.id, 0),
            "most": most,
            "chosen": str(t.id) == wanted,
        }
        for t in ordered
    ]


def _paper(approval: Approval, seat: ApprovalPlace | None, actor: Actor) -> dict | None:
    if seat is None or not signing.paper_allowed(approval, seat):
        return None
    return {
        "print": reverse("cases:sheet", args=[approval.pk]),
        "attach": reverse("cases:attach_sheet", args=[approval.pk]) if seat.sheet_id is None else "",
        "confirm": reverse("cases:confirm_sheet", args=[approval.pk])
        if seat.sheet_id and seat.attached_by_id != actor.user_id
        else "",
        "attached": seat.sheet_id is not None,
    }


def preview(act: str, case: Case) -> dict:
    """What the signers would read, beside the form of asking."""
    content = sheets.compose(act, case, "", {}, [])
    return {
        "facts": content.facts,
        "checks": [{"text": c.text, "state": c.state, "icon": ICON[c.state]} for c in content.checks],
    }


def summary(results) -> dict:
    done = [r.approval.title for r in results if not r.refusal]
    left = [{"title": r.approval.title, "why": r.refusal} for r in results if r.refusal]
    return {"done": done, "left": left, "text": f"成功 {len(done)}，未签 {len(left)}"}


def signed(request, actor: Actor) -> dict:
    ctx = context.read()
    page_ = signing.signed_by(actor, request.GET.get("after", ""))
    rows = [
        {
            "title": p.approval.title,
            "url": f"/approvals/{p.approval_id}/",
            "state": p.get_state_display(),
            "at": stamp(ctx, p.at),
            "opinion": p.opinion,
            "extra": f"受{ctx.roster.name(p.on_behalf_of_id)}委托" if p.on_behalf_of_id else "",
        }
        for p in page_.rows
    ]
    return {
        "rows": rows,
        "next": lists.link(request.path, [], page_.next),
        "previous": lists.link(request.path, [], page_.previous),
    }


def sheet(request, approval: Approval) -> dict:
    """The printed sheet: facts, places, and a QR code that leads back to the approval."""
    ctx = context.read()
    address = request.build_absolute_uri(f"/approvals/{approval.pk}/")
    code = segno.make(address, error="m")
    return {
        "approval": approval,
        "label": ACT[approval.act].label,
        "law": ACT[approval.act].law,
        "facts": approval.facts,
        "trail": trail(ctx, list(approval.places.order_by("order"))),
        "qr": code.svg_inline(scale=3, omitsize=True, svgclass=None, lineclass=None),
        "hash": approval.facts_hash[:16],
        "printed": f"{ctx.roster.name(request.actor.user_id)} {stamp(ctx, ctx.now)}",
    }
