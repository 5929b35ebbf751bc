"""What stands on the case: pauses, holds, the approvals under way, first and last days allowed, and the strips that say so."""

from django.urls import reverse

from cases import limits
from cases.approvals import ACT
from cases.context import Context
from cases.models import Approval, ApprovalPlace, Case
from cases.pages import item_page
from cases.pages.lights import short, stamp
from cases.workflow import Stage
from teams.actor import Actor

SHOWN = 20


def waiting_approvals(case: Case) -> list[Approval]:
    return list(case.approvals.filter(state=Approval.State.WAITING).prefetch_related("places").order_by("-id"))


def approvals(ctx: Context, rows: list[Approval]) -> list[dict]:
    return [
        {
            "title": row.title,
            "label": ACT[row.act].label,
            "url": f"/approvals/{row.pk}/",
            "state": row.get_state_display(),
            "key": row.state,
            "asked": f"{ctx.roster.name(row.maker_id)} {stamp(ctx, row.asked_at)} 报请",
            "reason": row.reason,
            "places": [place_row(ctx, place) | {"at": stamp(ctx, place.at)} for place in row.places.all()],
        }
        for row in rows
    ]


def place_row(ctx: Context, place: ApprovalPlace) -> dict:
    """One place of an approval: whose, in which state, in which words."""
    return {
        "label": place.label,
        "name": ctx.roster.name(place.signed_by_id or place.signer_id),
        "state": "已签" if place.state == "signed" and place.opinion else place.get_state_display(),  # the words follow
        "key": place.state,
        "opinion": place.opinion,
    }


def gates(rows: list[limits.Limit]) -> list[dict]:
    return [item_page.limit(each) for each in rows]


def pauses(ctx: Context, case: Case, allowed: set[str], actor: Actor) -> list[dict]:
    rows = []
    for pause in case.pauses.order_by("-id")[:SHOWN]:
        to_confirm = pause.backdated and pause.confirmed_by_id is None
        end = short(pause.to_on, ctx.today) if pause.to_on else "今"
        rows.append(
            {
                "text": f"{pause.get_ground_display()}，{short(pause.from_on, ctx.today)} 至 {end}",
                "running": pause.to_on is None,
                "unconfirmed": to_confirm,
                "confirm": reverse("cases:confirm_pause", args=[case.pk, pause.pk])
                if to_confirm and "confirm_pause" in allowed and pause.by_id != actor.user_id
                else "",
                "end": reverse("cases:end_pause", args=[case.pk, pause.pk])
                if pause.to_on is None and "pause_item" in allowed and pause.ground not in ("suspension", "deferral")
                else "",
            }
        )
    return rows


def holds(ctx: Context, case: Case, allowed: set[str]) -> list[dict]:
    names = {party.subject: party.name for party in case.parties.all()}
    return [
        {
            "text": f"{hold.get_ground_display()}（{names.get(hold.subject, '全案') if hold.subject else '全案'}），"
            f"自 {short(hold.from_on, ctx.today)}" + (f" 至 {short(hold.to_on, ctx.today)}" if hold.to_on else ""),
            "note": hold.note,
            "running": hold.to_on is None,
            "url": reverse("cases:lift_hold", args=[case.pk, hold.pk]) if "hold" in allowed and not hold.to_on else "",
        }
        for hold in case.holds.order_by("-id")[:SHOWN]
    ]


def strips(case: Case, pauses_: list[dict], holds_: list[dict]) -> list[dict]:
    """What whoever opens the case must know before anything else."""
    rows = []
    if case.stage == Stage.VOID:
        rows.append({"text": f"本案已撤销登记：{case.void_reason}。案号不再使用。", "colour": "r"})
    if case.state_secret:
        rows.append({"text": "国家秘密案件：当事人和材料在线下办理，此处只登记编号、承办人和日期。", "colour": "r"})
    elif case.confidential:
        rows.append({"text": "不公开案件：只有指定人员可以查看，请勿外传。", "colour": "r"})
    if case.stage == Stage.SUSPENDED:
        running = next((row["text"] for row in pauses_ if row["running"]), "")
        rows.append({"text": f"本案{running or '中止、暂缓'}：期限暂停，恢复后顺延。", "colour": "a"})
    rows += [{"text": f"不得处分：{row['text']}", "colour": "a"} for row in holds_ if row["running"]]
    if case.closing_mode and case.stage == Stage.CLOSING:
        rows.append(
            {"text": f"已报请结案（{case.get_closing_mode_display()}），卷宗管理中心整理后报签。", "colour": ""}
        )
    return rows
