"""Context of one approval, as maker and signers read it: a sheet of few lines, not a list of facts."""

from datetime import datetime

from django.urls import reverse

from cases import context, hooks, rights, signing
from cases.approvals import ACT, REASONS, Act
from cases.context import Context
from cases.deadlines import RULE
from cases.hooks import Check
from cases.models import Approval, ApprovalPlace, Case, WorkItem
from cases.models.work_item import NEVER
from cases.pages import case_standing, evidence
from cases.pages.lights import of_moment, short, stamp
from cases.pages.names import line, parties_of
from cases.pages.signing_choices import choices, opinions
from cases.signing import sheets
from cases.signing.desk import RETURNED
from cases.work.triggers import MET_BY
from cases.workflow import Stage
from teams.actor import Actor

ICON = {"green": "circle-check", "amber": "alert-triangle", "red": "alert-octagon"}
IN_HEADER = {"案号", "申请执行人", "被执行人", "案由", "申请标的", "承办团队"}
SHOWN = {"application/pdf": "page", "image/jpeg": "image", "image/png": "image"}  # over the decision; others are saved
LONG = 26  # characters that fit half a line of the sheet
RECEIVING = {"transfer_to_regular": "移入团队", "retriage": "变更至", "reassignment": "改派至"}
CLOSING = ("closing", "terminal_closure")


def page(approval: Approval, actor: Actor, *, with_paper: bool = True) -> dict:
    """One approval: facts as they were asked, checks as they are now, trail, and what this officer may do."""
    ctx, act, case = context.read(), ACT[approval.act], approval.case
    places = list(approval.places.order_by("order").select_related("signed_by"))
    seat = next((p for p in places if p.state == "waiting"), None)
    why_not = signing.can_sign(approval, actor)
    checks = sorted(sheets.read(approval, case).checks, key=weight) if seat else []
    table = evidence.recorded(ctx, case, approval.act)
    return {
        "approval": _head(ctx, approval, act, seat),
        "case": _case(case, ctx) if case else None,
        "light": _light(ctx, approval) if seat else None,
        **_sheet(ctx, approval, table),
        "table": table,
        "facts": approval.facts,
        "checks": [{"text": c.text, "state": c.state, "icon": ICON[c.state]} for c in checks],
        "red": any(c.state == "red" for c in checks),
        "papers": [_paper_row(m) for m in approval.materials.order_by("pk")],
        "trail": trail(ctx, places),
        "earlier": _earlier(ctx, approval),
        **(choices(ctx, approval) if seat and act.choice == "team" else {"teams": [], "left_out": ""}),
        "receiving": RECEIVING.get(approval.act, "团队"),
        "opinions": opinions(act),
        "reasons": list(REASONS.items()),
        "may_sign": seat is not None and not why_not,
        "why_not": why_not,
        "paper": _paper(ctx, approval, seat, actor) if with_paper else None,
        "may_withdraw": approval.state == "waiting"
        and approval.maker_id == actor.user_id
        and not signing.why_not_withdrawn(places),
        "may_unsign": not signing.why_not_taken_back(approval, places, actor, ctx.now),
        "last": seat is not None and seat.order == len(places),
        "again": _again(approval, actor),
        "how_on": how_on(approval),
    }


def weight(check: Check) -> int:
    return ("red", "amber", "green").index(check.state)


def _head(ctx: Context, approval: Approval, act: Act, seat: ApprovalPlace | None) -> dict:
    return {
        "id": approval.pk,
        "title": approval.title,
        "act": approval.act,
        "label": act.label,
        "law": act.law,
        "state": approval.get_state_display(),
        "key": approval.state,
        "maker": f"{ctx.roster.name(approval.maker_id)} {stamp(ctx, approval.asked_at)}",
        "closed": stamp(ctx, approval.closed_at),
        "reason": approval.reason,
        "changed": approval.changed,
        "urgent": approval.urgent,
        "order": seat.order if seat else "",
        "place": seat.label if seat else "",
        "batch": act.batch,
    }


def _case(case: Case, ctx: Context) -> dict:
    creditor, debtor = parties_of([case]).get(case.pk, ("", ""))
    return {
        "number": case.number,
        "url": f"/cases/{case.pk}/",
        "parties": line(case, {case.pk: (creditor, debtor)}),
        "said": f"{creditor or case.sent_by or '移送执行'} 申请执行 {debtor}" if debtor else creditor,
        "cause": case.cause,
        "stage": case.get_stage_display(),
    }


def _sheet(ctx: Context, approval: Approval, table: dict | None) -> dict:
    """The first lines of the sheet: short facts in pairs, then whatever is a sentence."""
    case, own = approval.case, _own(approval.facts)
    asked, served = stamp(ctx, approval.asked_at), _served(ctx, approval)
    pairs: list[dict] = []
    if case:
        told = dict(reversed([(label, text) for label, text in approval.facts]))  # the first of a label is the case's
        holder = f"{told.get('承办团队', '')} {ctx.roster.name(case.handler_id)}".strip()
        pairs = [
            {"label": "移出" if approval.act in RECEIVING else "承办", "text": holder},
            {"label": "标的", "text": told.get("申请标的", "")},
        ]
    if day := evidence.latest(ctx, table):
        pairs.append({"label": "采取措施" if table and table["heading"] == "措施" else "最近记录", "text": day})
    pairs.append({"label": "报签时间", "text": asked, **(served or {})})
    pairs += [{"label": label, "text": text} for label, text in own if len(text) <= LONG]
    sentences = [(label, text) for label, text in own if len(text) > LONG]
    return {"pairs": [pair for pair in pairs if pair["text"]], "sentences": sentences}


def _own(facts: list[list[str]]) -> list[tuple[str, str]]:
    """The facts of the act itself: what the head of the sheet says is left out once, the papers stand by themselves."""
    found, seen = [], set()
    for label, text in facts:
        if label != sheets.PAPER and (label not in IN_HEADER or label in seen):
            found.append((label.partition("（")[0], text))
        seen.add(label)
    return found


def _served(ctx: Context, approval: Approval) -> dict | None:
    """The duty that the last signature meets: whether the sheet came in time, and until when it is in time."""
    rules = MET_BY.get(f"step:{ACT[approval.act].step}", ()) if ACT[approval.act].step else ()
    if not rules or approval.case is None:
        return None
    running = WorkItem.objects.filter(case=approval.case, open=True, rule__in=rules, due_on__isnull=False)
    item = running.order_by("due_at").first()
    if item is None:
        return None
    late = approval.asked_at >= item.due_at
    start = short(item.started_at.astimezone(ctx.now.tzinfo).date(), ctx.today)
    until = "今日" if item.due_on == ctx.today else short(item.due_on, ctx.today)
    text = f"{RULE[item.rule].label}：{start} 起算，{until} 24:00 前签完为按期"
    if ctx.now >= item.due_at:
        text = f"{RULE[item.rule].label}：{start} 起算，{until} 届满，已超期"
    return {"tag": "超期报签" if late else "按期", "late": late, "served": text}


def _light(ctx: Context, approval: Approval) -> dict:
    """The signer's own clock; on its last day in hours and minutes."""
    item = WorkItem.objects.filter(approval=approval, open=True).order_by("id").first()
    if item is None:
        return {"state": "grey", "text": "无期限", "title": ""}
    return countdown(ctx, item)


def countdown(ctx: Context, item: WorkItem) -> dict:
    found = of_moment(ctx, item.due_at, item.due_on, item.warn_at)
    if found["state"] != "amber" or item.due_on != ctx.today or item.due_at >= NEVER:
        return found
    end, soft = item.due_at, datetime.combine(ctx.today, ctx.settings.time("soft_end"), ctx.now.tzinfo)
    if item.due_at.astimezone(ctx.now.tzinfo).date() != ctx.today and ctx.now < soft:
        end = soft  # a period that ends with the day is to be met within office hours
    hours, minutes = divmod(int((end - ctx.now).total_seconds()) // 60, 60)
    return found | {"text": f"剩 {hours} 小时 {minutes} 分" if hours else f"剩 {minutes} 分"}


def _paper_row(material) -> dict:
    return {
        "title": material.title,
        "url": f"/materials/{material.pk}/",
        "shown": SHOWN.get(material.content_type, ""),
        "print": f"第{material.version}版　{material.sha256[:12]}",
        "voided": material.voided_at is not None,
    }


def trail(ctx: Context, places: list[ApprovalPlace]) -> list[dict]:
    """Every place in order: who, when, his words; for whom or instead of whom he signs."""
    rows = []
    for place in places:
        extra = [
            f"受{ctx.roster.name(place.on_behalf_of_id)}委托" if place.on_behalf_of_id else "",
            f"递补：{place.instead_of}" if place.instead_of else "",
            "纸质签批" if place.route == "paper" and place.at else "",
        ]
        rows.append(
            case_standing.place_row(ctx, place)
            | {
                "at": stamp(ctx, place.at or place.reached_at),
                "extra": "；".join(filter(None, extra)),
                "opened": f"{stamp(ctx, place.seen_at)} 已打开" if place.seen_at and not place.at else "",
            }
        )
    return rows


def _earlier(ctx: Context, approval: Approval) -> list[dict]:
    """The same act asked before on the same matter: what came of it."""
    if approval.case_id is None:
        return []
    rows = Approval.objects.filter(
        case=approval.case_id, act=approval.act, subject=approval.subject, pk__lt=approval.pk
    ).order_by("-id")[:3]
    return [
        {
            "url": f"/approvals/{row.pk}/",
            "text": f"{stamp(ctx, row.asked_at)} 报请，{row.get_state_display()}",
            "reason": row.reason,
        }
        for row in rows
    ]


def _paper(ctx: Context, approval: Approval, seat: ApprovalPlace | None, actor: Actor) -> dict | None:
    """The route by pen, and who does what next on it."""
    if seat is None or not signing.paper_allowed(approval, seat):
        return None
    attached, mine = seat.sheet_id is not None, seat.attached_by_id == actor.user_id
    made = approval.maker_id == actor.user_id
    name = ctx.roster.name(seat.attached_by_id)
    return {
        "print": reverse("cases:sheet", args=[approval.pk]),
        "attach": reverse("cases:attach_sheet", args=[approval.pk]),
        "confirm": reverse("cases:confirm_sheet", args=[approval.pk]) if attached and not mine and not made else "",
        "attached": attached,
        "scan": f"/materials/{seat.sheet_id}/" if attached else "",
        "signer": ctx.roster.name(seat.signer_id),
        "by": name,
        "next": _paper_next(attached, mine, made, name),
    }


def _paper_next(attached: bool, mine: bool, made: bool, name: str) -> str:
    if not attached:
        return ""
    if mine:
        return "扫描件由您附上，须由另一人对照原件核对。"
    if made:
        return f"扫描件由{name}附上；您是报请人，须由报请人以外的另一人核对原件。"
    return f"扫描件由{name}附上。请对照签名原件核对，无误后点「原件已核」，签批即生效。"


def _room(approval: Approval):
    return next((way for prefix, way in hooks.again.items() if approval.subject.startswith(prefix)), None)


def how_on(approval: Approval) -> dict[str, str]:
    """What a sheet that changed says of its way on: why another signs where the case has moved, and where it is asked
    for anew where its room has a page for that."""
    if approval.state not in ("rejected", "stale"):
        return {}
    moved = next(((was, now) for label, was, now in approval.changed if label == "承办团队"), None)
    why = f"案件已由{moved[0]}转至{moved[1]}，签发人随承办团队改变，原报请不再有效。" if moved else ""
    words, url = way(approval) if (way := _room(approval)) else ("", "")
    return {"why": why, "words": words, "url": url} if why or url else {}


def _again(approval: Approval, actor: Actor) -> str:
    """Where a returned sheet is asked anew, filled in as it was; empty for who may not, or when it has been."""
    case = approval.case
    if approval.state not in ("rejected", "stale"):
        return ""
    if approval.act == "escalation":
        return f"/escalations/{approval.proposal.get('sheet')}/" if approval.team_id == actor.team_id else ""
    if _room(approval):
        return ""
    if case is None or not WorkItem.objects.filter(approval=approval, rule=RETURNED, open=True).exists():
        return ""
    allowed = rights.actions(actor, case)
    if approval.act in CLOSING and case.stage != Stage.CLOSING:  # it went back to its stage: reported anew
        url = reverse("cases:step", args=[case.pk, "report_closing"])
        return url if "report_closing" in allowed else ""
    url = reverse("cases:ask", args=[case.pk, approval.act])
    return f"{url}?again={approval.pk}" if f"ask:{approval.act}" in allowed else ""
