"""The signer's desk: approvals are locked, arrive at their next signer, and end. One journal line each.

Lock order: Case → Approval → WorkItem.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone

from cases import hooks, journal
from cases.approvals import ACT, Place
from cases.context import Context
from cases.locks import lock_approval, lock_case
from cases.models import Approval, ApprovalPlace, WorkItem
from cases.present import present
from cases.refusals import Stale
from cases.roster import Roster
from cases.work.acts import write
from cases.work.plan import Outcome, Plan, set_clock
from cases.work.triggers import MET_BY
from teams.actor import Actor
from teams.models import Post
from teams.notices import tell

from .signers import Sheet, Turn, recused_from, turns

State = ApprovalPlace.State
JUDGES = (Post.JUDGE, Post.ADJUDICATOR)
SEATS = ("审判长", "审判员", "审判员")
RETURNED = "approval.returned"
RULINGS = {"ruling", "preservation_ruling", "measure_release"}


def url(approval: Approval) -> str:
    return f"/approvals/{approval.pk}/"


def local(at: datetime) -> datetime:
    return timezone.localtime(at)


def all_judges(roster: Roster) -> list[int]:
    return [member.user_id for members in roster.posted.values() for member in members if member.post in JUDGES]


def seat_label(place: Place, seat: int) -> str:
    return f"{place.label}·{SEATS[seat]}" if place.post == "panel" else place.label


def place_row(approval: Approval, places: list[ApprovalPlace], place: ApprovalPlace) -> tuple[Place, int]:
    """The row of table 4 behind a stored place, and which seat of a panel it is."""
    chain = ACT[approval.act].chain(approval.chain)
    row = next(each for each in chain.places if each.key == place.place)
    return row, sum(each.place == place.place and each.order < place.order for each in places)


def sheet_of(ctx: Context, approval: Approval) -> Sheet:
    recused = recused_from([approval.case], ctx.today) if approval.case else {}
    return Sheet.of(ctx, approval, recused.get(approval.case_id or 0, frozenset()))


def turns_at(ctx: Context, approval: Approval, places: list[ApprovalPlace], place: ApprovalPlace) -> list[Turn]:
    """Who may sign the place, by the staffing of this moment."""
    row, seat = place_row(approval, places, place)
    return turns(row, sheet_of(ctx, approval), seat)


def hold(approval: Approval) -> tuple[Approval, list[ApprovalPlace]]:
    """Lock case and approval and give both fresh, with the places; closed meanwhile: Stale says by whom and when."""
    case = lock_case(approval.case_id) if approval.case_id else None
    fresh = lock_approval(approval.pk)
    fresh.case = case
    places = list(fresh.places.order_by("order").select_related("signed_by"))
    if fresh.state != Approval.State.WAITING:
        raise Stale(over(fresh, places))
    return fresh, places


def over(approval: Approval, places: list[ApprovalPlace]) -> str:
    """What became of it: 「已由张法官于 10:41 签署」."""
    done = [place for place in places if place.at and place.signer_id]
    if done and approval.state in (Approval.State.SIGNED, Approval.State.REJECTED):
        return signed_words(done[-1])
    return f"「{approval.title}」{approval.get_state_display()}，无需再签。"


def signed_words(place: ApprovalPlace) -> str:
    verb = "退回" if place.state == State.REJECTED else "签署"
    at = local(present(place.at))
    return f"已由{present(place.signed_by).name}于 {at:%H:%M} {verb}（{at:%m-%d}）。"


def unsigned(places: list[ApprovalPlace]) -> list[ApprovalPlace]:
    return [place for place in places if place.state in (State.WAITING, State.PENDING)]


def waiting_place(places: list[ApprovalPlace]) -> ApprovalPlace:
    """Whose turn it is; a sheet that waits has such a place."""
    return unsigned(places)[0]


def arrive(
    ctx: Context, approval: Approval, places: list[ApprovalPlace], by: Actor, key: str, label: str, facts: dict
) -> None:
    """Put the sheet before its next signer: the item before ends, his item opens, one journal line tells both."""
    place = waiting_place(places)
    found = turns_at(ctx, approval, places, place)
    if found:
        seat_turn(place, found[0])
    place.state, place.reached_at = State.WAITING, ctx.now
    place.save()
    approval.current = place.order
    approval.save(update_fields=["current"])
    made = Plan(ctx, by)
    close_items(made, approval)
    if key == "ask":
        asked_again(made, approval)
    open_item(made, approval, place)
    told = {**facts, "approval": approval.pk, "next": place.label, "signer": ctx.roster.name(place.signer_id)}
    record(made, approval, by, key, label, told)
    if approval.urgent:
        tell(
            [place.signer_id],
            f"急签：{approval.title}",
            url(approval),
            key=f"sign:{approval.pk}:{place.order}",
            kind="ring",
        )


def seat_turn(place: ApprovalPlace, turn: Turn) -> None:
    place.signer_id, place.on_behalf_of_id, place.instead_of = turn.user_id, turn.on_behalf_of, turn.instead_of[:100]


def end(
    ctx: Context,
    approval: Approval,
    places: list[ApprovalPlace],
    state: str,
    by: Actor,
    key: str,
    label: str,
    facts: dict,
) -> None:
    """Close the sheet: places not reached are dropped, the signer's item ends, the original clocks run on."""
    approval.state, approval.closed_at = state, ctx.now
    approval.save(update_fields=["state", "closed_at", "reason", "changed"])
    for place in places:
        if place.state in (State.PENDING, State.WAITING):
            place.state = State.DROPPED
            place.save(update_fields=["state"])
    made = Plan(ctx, by)
    decided = state in (Approval.State.SIGNED, Approval.State.REJECTED)
    close_items(made, approval, Outcome.DONE if decided else Outcome.CANCELLED, Approval.State(state).label)
    if state in (Approval.State.REJECTED, Approval.State.STALE):
        give_back(made, approval)
    record(made, approval, by, key, label, {**facts, "approval": approval.pk})
    for hook in hooks.of("returned", approval.act) if state != Approval.State.SIGNED else ():
        hook(approval, by)


def give_back(made: Plan, approval: Approval) -> None:
    """被退回 is something to do for its maker: to ask again or to give it up, never later than the duty it serves."""
    members = {member.user_id for member in made.ctx.roster.members(approval.team_id)}
    team_id = approval.team_id or (approval.case.team_id if approval.case else None)
    made.open(
        approval.case,
        RETURNED,
        made.ctx.now,
        subject=f"returned:{approval.pk}",
        title=f"被退回：{approval.title}"[:120],
        team_id=team_id,
        person_id=approval.maker_id if approval.maker_id in members else made.ctx.roster.leader(team_id),
        length=str(serves(approval, "due_on") or ""),
        urgent=approval.urgent,
        approval=approval,
    )


def asked_again(made: Plan, approval: Approval) -> None:
    """The same act asked anew is what its earlier return called for."""
    rows = WorkItem.objects.filter(
        rule=RETURNED,
        open=True,
        approval__case=approval.case,
        approval__act=approval.act,
        approval__subject=approval.subject,
    )
    for item in rows.order_by("pk").select_for_update(no_key=True, of=("self",)):
        item.case = approval.case
        made.close(item, Outcome.DONE, note="已重新报请")


def record(made: Plan, approval: Approval, by: Actor, key: str, label: str, facts: dict) -> None:
    told = {name: value for name, value in facts.items() if value not in (None, "", [])}
    told |= {"act": approval.act, **made.told(approval.case)}
    if approval.subject:
        told["subject"] = approval.subject
    write(made, [journal.Line(approval.case, "approval", key, label, told)], by)


def close_items(made: Plan, approval: Approval, outcome: str = Outcome.DONE, note: str = "") -> None:
    rows = WorkItem.objects.filter(approval=approval, open=True).order_by("pk").select_for_update(no_key=True)
    for item in rows:
        item.case = approval.case
        made.close(item, outcome, note=note)


def open_item(made: Plan, approval: Approval, place: ApprovalPlace) -> WorkItem:
    """The signer's duty: never later than the duty the signature serves."""
    team = made.ctx.roster.team_of(place.signer_id)
    opened = made.open(
        approval.case,
        "ruling.sign" if approval.act in RULINGS else "approval.sign",
        made.ctx.now,
        subject=f"approval:{approval.pk}:{place.order}",
        title=f"签批：{approval.title}"[:120],
        team_id=team.id if team else approval.team_id,
        person_id=place.signer_id,
        variant="urgent" if approval.urgent else "",
        urgent=approval.urgent,
        approval=approval,
    )
    item = present(opened)  # a team is always found: the signer's, else the asking one
    item.person_id, item.follows_case = place.signer_id, False
    served = serves(approval, "due_at")
    if served and item.due_at and served < item.due_at and not item.variant:
        item.variant = "urgent"
        set_clock(made.ctx, item)
    return item


def serves(approval: Approval, end: str) -> Any:
    """The earliest end (`due_at` or `due_on`) of a duty that the act's step will meet."""
    rules = MET_BY.get(f"step:{ACT[approval.act].step}", ())
    if not rules or approval.case is None:
        return None
    rows = WorkItem.objects.filter(case=approval.case, open=True, rule__in=rules, due_at__isnull=False)
    return rows.order_by("due_at").values_list(end, flat=True).first()
