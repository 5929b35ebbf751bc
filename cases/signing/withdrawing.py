"""撤回: the maker's while no signer has opened the sheet; a signer's for ten minutes, while the next has not opened it.

What has taken effect is not undone here: a step that was taken is only undone by a new decision.
"""

from datetime import timedelta

from django.db import transaction

from cases import context
from cases.approvals import ACT
from cases.hooks import Reason
from cases.models import Approval, ApprovalPlace
from cases.present import present
from cases.refusals import Forbidden, Refused
from teams.actor import Actor

from . import desk

State = ApprovalPlace.State
REGRET = timedelta(minutes=10)


def opened(approval: Approval | int, by: Actor) -> None:
    """The signer has the sheet before him; said once, by one statement without a lock."""
    waiting = ApprovalPlace.objects.filter(approval=approval, state=State.WAITING, signer_id=by.user_id)
    waiting.filter(seen_at=None).update(seen_at=context.read().now)


def why_not_withdrawn(places: list[ApprovalPlace]) -> str:
    """Why the maker cannot take it back any more; empty while he can."""
    for place in places:
        if place.state == State.SIGNED and place.signer_id:
            return "已有人签署，不能撤回；请联系签批人退回。"
        if place.seen_at:
            at = f"{desk.local(place.seen_at):%m-%d %H:%M}"
            return f"{place.label}已于 {at} 打开，不能撤回；请联系签批人退回。"
    return ""


@transaction.atomic
def withdraw(approval: Approval, by: Actor) -> Approval:
    """撤回 by the maker."""
    ctx = context.read()
    approval, places = desk.hold(approval)
    if approval.maker_id != by.user_id:
        raise Forbidden("只有报请人可以撤回。")
    if reason := why_not_withdrawn(places):
        raise Refused(reason)
    desk.end(ctx, approval, places, Approval.State.WITHDRAWN, by, "withdraw", "撤回报请", {})
    return approval


def why_not_taken_back(approval: Approval, places: list[ApprovalPlace], by: Actor, now) -> str:
    """Why this officer cannot take his last signature back; empty while he can."""
    mine = [place for place in places if place.state == State.SIGNED and place.signer_id]
    last, after = (mine[-1] if mine else None), next(iter(desk.unsigned(places)), None)
    if last is None or last.signed_by_id != by.user_id or last.route == ApprovalPlace.Route.PAPER:
        return "只能撤回您本人最后一次的系统签署。"
    if approval.state != Approval.State.WAITING or after is None:
        return "签批已经生效，不能撤回；请另行报请变更。"
    if now - last.at > REGRET:
        return "签署已超过十分钟，不能撤回；请联系下一位签批人退回。"
    if after.seen_at:
        return f"{after.label}已打开，不能撤回；请联系其退回。"
    return ""


@transaction.atomic
def take_back(approval: Approval, by: Actor) -> Approval:
    """A signer's second thought: his place waits for him again; journal and trail keep that he had signed."""
    ctx = context.read()
    approval, places = desk.hold(approval)
    if reason := why_not_taken_back(approval, places, by, ctx.now):
        raise Refused(Reason(reason, "查看审批", desk.url(approval)))
    last = [place for place in places if place.state == State.SIGNED and place.signer_id][-1]
    after = desk.waiting_place(places)
    told = {"place": last.label, "opinion": last.opinion, "signed_at": present(last.at).isoformat()}
    after.state, after.reached_at = State.PENDING, None
    after.save(update_fields=["state", "reached_at"])
    last.state, last.signed_by, last.at, last.opinion, last.facts_hash = State.PENDING, None, None, "", ""
    last.seen_at = ctx.now
    last.save()
    desk.arrive(ctx, approval, places, by, "unsign", f"{last.label}撤回签署：{ACT[approval.act].label}", told)
    return approval
