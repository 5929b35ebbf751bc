"""同意 and 退回: one signature, and what follows the last one, in one transaction."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction

from cases import context, hooks, rights
from cases.approvals import ACT, REASONS, Act
from cases.context import Context
from cases.hooks import Reason
from cases.models import Approval, ApprovalPlace
from cases.present import present
from cases.refusals import Forbidden, Refused, Stale
from cases.steps import take_step
from teams.actor import SYSTEM, Actor
from teams.notices import tell

from . import desk, sheets
from .signers import Turn, barred

State = ApprovalPlace.State


class Changed(Stale):
    """The sheet is no longer what was read: it is marked so, its maker is told, nothing is signed.

    `keeps` says to whoever opened a transaction around it that what was written is to stand.
    """

    keeps = True

    def __init__(self, approval: Approval):
        self.approval = approval
        told = "；".join(f"{label}由「{was or '无'}」变为「{now or '无'}」" for label, was, now in approval.changed)
        super().__init__(f"「{approval.title}」报请后内容已变，未签署，已通知报请人：{told}。")


class Result(NamedTuple):
    """One line of a batch: signed, or why not."""

    approval: Approval
    refusal: str


def sign(approval: Approval, by: Actor, *, opinion: str = "", choice=None, place: int | None = None) -> Approval:
    """Sign the place that waits; `place` is the one the signer saw. The last signature carries the act out.

    Raises Stale when somebody was first, Changed when the sheet's facts moved, Refused on a red check.
    """
    with transaction.atomic():
        ctx = context.read()
        fresh, places = desk.hold(approval)
        seat, turn = seat_for(ctx, fresh, places, by, place)
        content = sheets.read(fresh, fresh.case)
        if content.hash != fresh.facts_hash:
            mark_changed(ctx, fresh, places, content, by)
        else:
            _check(content)
            put(seat, turn, by, ctx, fresh, opinion)
            advance(ctx, fresh, places, seat, by, choice)
    if fresh.state == Approval.State.STALE:
        raise Changed(fresh)
    return fresh


def seat_for(ctx: Context, approval: Approval, places, by: Actor, expected: int | None) -> tuple[ApprovalPlace, Turn]:
    """The waiting place and this officer's title to it, by the staffing of this moment."""
    rights.require_office(by, "sign")
    seat = desk.waiting_place(places)
    last = next((each for each in reversed(places) if each.state == State.SIGNED and each.signer_id), None)
    if expected is not None and seat.order != expected and last:
        raise Stale(desk.signed_words(last))
    found = desk.turns_at(ctx, approval, places, seat)
    turn = next((turn for turn in found if turn.user_id == by.user_id), None)
    if turn is None or by.user_id is None:
        if last and by.user_id in (last.signed_by_id, last.signer_id, last.on_behalf_of_id):
            raise Stale(desk.signed_words(last))
        if last and any(t.user_id == by.user_id for t in desk.turns_at(ctx, approval, places, last)):
            raise Stale(desk.signed_words(last))
        raise Forbidden(not_yours(ctx, approval, seat, by, found))
    return seat, turn


def not_yours(ctx: Context, approval: Approval, seat: ApprovalPlace, by: Actor, found: list[Turn]) -> str:
    """Why this officer may not sign now."""
    if reason := barred(by.user_id or 0, desk.sheet_of(ctx, approval), seat.own):
        return f"{reason}，不能签署。"
    waiting = "、".join(ctx.roster.name(turn.user_id) for turn in found) or ctx.roster.name(seat.signer_id)
    return f"「{seat.label}」现待{waiting}签署。"


def _check(content: sheets.Content) -> None:
    if content.red:
        raise Refused(*(Reason(text) for text in content.red))


def put(seat: ApprovalPlace, turn: Turn, by: Actor, ctx: Context, approval: Approval, opinion: str) -> None:
    desk.seat_turn(seat, turn)
    seat.state, seat.signed_by_id, seat.at = State.SIGNED, by.user_id, ctx.now
    seat.signed_by, seat.route = by.user, ApprovalPlace.Route.SCREEN
    seat.opinion, seat.facts_hash = opinion.strip()[:500] or "同意", approval.facts_hash
    seat.save()


def advance(ctx: Context, approval: Approval, places, seat: ApprovalPlace, by: Actor, choice=None) -> None:
    """Go on to the next place, or carry the act out."""
    row = ACT[approval.act]
    told = {"place": seat.label, "opinion": seat.opinion, "signer": ctx.roster.name(seat.signer_id)}
    told |= {"on_behalf_of": ctx.roster.name(seat.on_behalf_of_id), "instead_of": seat.instead_of}
    told |= {
        "facts": seat.facts_hash,
        "route": seat.get_route_display() if seat.route == ApprovalPlace.Route.PAPER else "",
    }
    if choice not in (None, ""):
        told["choice"] = _choose(row, approval, choice)
    if desk.unsigned(places):
        told["signed_by"] = told.pop("signer")
        desk.arrive(ctx, approval, places, by, "sign", f"{seat.label}签署：{row.label}", told)
        return
    desk.end(ctx, approval, places, Approval.State.SIGNED, by, "sign", f"{seat.label}签署：{row.label}", told)
    carry_out(approval, row, by)
    if approval.maker_id != by.user_id:
        tell(
            [approval.maker_id],
            f"已签批：{approval.title}",
            desk.url(approval),
            key=f"signed:{approval.pk}",
            kind="result",
        )


def _choose(row: Act, approval: Approval, choice) -> str:
    """What is the signer's to choose (the regular team): it replaces the proposal and is journalled."""
    if not row.choice:
        raise Refused(f"「{row.label}」没有可由签批人选择的内容。")
    before = approval.proposal.get(row.choice, "")
    approval.proposal[row.choice] = choice
    approval.save(update_fields=["proposal"])
    return f"{row.choice}: {before} → {choice}"


def carry_out(approval: Approval, row: Act, by: Actor) -> None:
    """The act itself: its step, or the filing slip where a new number is needed; then what rooms add."""
    from cases import slips

    if kind := slips.needed(approval, row):
        slips.send(present(approval.case), kind, by, approval=approval, proposal=approval.proposal)
    elif row.step and approval.case is not None:
        take_step(approval.case, row.step, by, approval=approval, **step_facts(approval))
    for hook in hooks.of("approved", row.key):
        hook(approval, by)


def step_facts(approval: Approval) -> dict:
    """The proposal as the step takes it; empty values and what the door decides itself are left out."""
    decided = {"at", "by_id", "team_id", "step", "by", "cases", "approval", "happened_at", "each", "panel"}
    return {key: value for key, value in approval.proposal.items() if key not in decided and value not in ("", None)}


def mark_changed(ctx: Context, approval: Approval, places, content: sheets.Content, by: Actor) -> None:
    changed = sheets.changes(approval.facts, content.facts) or [["内容", "报请时", "已变"]]
    approval.changed = changed
    words = "；".join(f"{label}：{was or '无'} → {now or '无'}" for label, was, now in changed)
    desk.end(
        ctx,
        approval,
        places,
        Approval.State.STALE,
        by,
        "stale",
        f"内容已变：{ACT[approval.act].label}",
        {"changed": changed},
    )
    tell(
        [approval.maker_id],
        f"报请内容已变，未签署，请核对后重新报请：{words}",
        desk.url(approval),
        key=f"stale:{approval.pk}",
        kind="result",
    )


@transaction.atomic
def reject(approval: Approval, by: Actor, *, reason: str, opinion: str = "", place: int | None = None) -> Approval:
    """退回 to the maker with a structured reason; the original clocks run on."""
    ctx = context.read()
    fresh, places = desk.hold(approval)
    seat, turn = seat_for(ctx, fresh, places, by, place)
    if reason not in REASONS:
        raise Refused("请选择退回原因。")
    desk.seat_turn(seat, turn)
    seat.state, seat.signed_by_id, seat.at, seat.opinion = State.REJECTED, by.user_id, ctx.now, opinion.strip()[:500]
    seat.save()
    fresh.reason = REASONS[reason]
    told = {"place": seat.label, "reason": fresh.reason, "opinion": seat.opinion}
    desk.end(
        ctx, fresh, places, Approval.State.REJECTED, by, "reject", f"{seat.label}退回：{ACT[fresh.act].label}", told
    )
    text = f"{by.name}退回：{fresh.title}（{fresh.reason}）{seat.opinion}"
    tell([fresh.maker_id], text, desk.url(fresh), key=f"reject:{fresh.pk}", kind="result")
    if fresh.act in ("closing", "terminal_closure") and fresh.case is not None:
        _return_closing(fresh, by)
    return fresh


def _return_closing(approval: Approval, by: Actor) -> None:
    """A closing that is not signed goes back to the stage it came from."""
    case = present(approval.case)
    allowed = "return_closing" in rights.actions(by, case)
    take_step(case, "return_closing", by if allowed else SYSTEM, reason=approval.reason)


def sign_many(approvals: Iterable[Approval], by: Actor, *, opinion: str = "") -> list[Result]:
    """批量同意: each by itself; only acts that allow it, and only where every check is green."""
    results = []
    for approval in sorted(approvals, key=lambda each: (each.case_id or 0, each.pk)):
        try:
            _only_green(approval)
            results.append(Result(sign(approval, by, opinion=opinion), ""))
        except (Refused, Stale, Forbidden) as refusal:
            results.append(Result(approval, str(refusal)))
    return results


def reject_many(approvals: Iterable[Approval], by: Actor, *, reason: str, opinion: str = "") -> list[Result]:
    """批量退回 with one reason: each by itself."""
    results = []
    for approval in sorted(approvals, key=lambda each: (each.case_id or 0, each.pk)):
        try:
            results.append(Result(reject(approval, by, reason=reason, opinion=opinion), ""))
        except (Refused, Stale, Forbidden) as refusal:
            results.append(Result(approval, str(refusal)))
    return results


def _only_green(approval: Approval) -> None:
    row = ACT[approval.act]
    if not row.batch:
        raise Refused(f"「{row.label}」须逐件签署。")
    checks = sheets.read(approval, approval.case).checks
    if missing := [check.text for check in checks if check.state != "green"]:
        raise Refused("核验项未全部通过：" + "；".join(missing))
