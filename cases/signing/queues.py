"""待签 and 已签: what waits for an officer, what he signed, and sheets given to whoever may sign now."""

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from cases import context, lists
from cases.context import Context
from cases.locks import lock_items
from cases.models import Approval, ApprovalPlace, WorkItem
from cases.refusals import Forbidden, Stale
from cases.work.plan import Plan
from teams.actor import SYSTEM, Actor

from . import desk
from .signatures import seat_for
from .signers import Sheet, Turn, recused_from, turns

State = ApprovalPlace.State


def with_turns(ctx: Context, chosen: Q, most: int | None = None) -> list[tuple[ApprovalPlace, list[Turn]]]:
    """Waiting places, each with everybody who may sign it now: three queries, however many."""
    due = WorkItem.objects.filter(approval=OuterRef("approval"), open=True).values("due_at")[:1]
    places = list(
        ApprovalPlace.objects.filter(chosen, state=State.WAITING, approval__state=Approval.State.WAITING)
        .select_related("approval__case__team", "approval__maker", "approval__team", "signer")
        .annotate(due_at=Subquery(due))
        .order_by(F("due_at").asc(nulls_last=True), "approval_id", "id")[:most]
    )
    all_places: dict[int, list[ApprovalPlace]] = {}
    for place in ApprovalPlace.objects.filter(approval__in={p.approval_id for p in places}).order_by("order"):
        all_places.setdefault(place.approval_id, []).append(place)
    recused = recused_from([p.approval.case for p in places if p.approval.case], ctx.today)
    found = []
    for place in places:
        approval = place.approval
        row, seat = desk.place_row(approval, all_places[approval.pk], place)
        sheet = Sheet.of(ctx, approval, recused.get(approval.case_id or 0, frozenset()))
        found.append((place, turns(row, sheet, seat)))
    return found  # type: ignore[return-value]


def queue(actor: Actor) -> list[ApprovalPlace]:
    """Places that wait for this officer, or that he may sign for an absent one, the first due first.

    Each carries `due_at` and `turn`, his title to sign it.
    """
    ctx = context.read()
    holders = {power.holder_id for power in ctx.roster.powers if power.deputy_id == actor.user_id}
    mine = Q(signer__in={actor.user_id, *holders, *ctx.roster.absent}) | Q(
        place="second_person", approval__team=actor.team
    )
    found = []
    for place, may in with_turns(ctx, mine, lists.CAP + 1):
        turn = next((turn for turn in may if turn.user_id == actor.user_id), None)
        if turn is not None:
            place.turn = turn  # type: ignore[attr-defined]
            found.append(place)
    return found


def signed_by(actor: Actor, cursor: str = "") -> lists.Page:
    """What this officer signed or returned, newest first."""
    rows = ApprovalPlace.objects.filter(signed_by=actor.user_id).select_related("approval__case", "on_behalf_of")
    return lists.keyset(rows, "at", cursor, descending=True)


def waiting(approval: Approval) -> ApprovalPlace:
    """The place that is to be signed now."""
    place = approval.places.filter(state=State.WAITING).select_related("approval").first()
    if place is None:
        raise Stale(desk.over(approval, list(approval.places.order_by("order").select_related("signed_by"))))
    return place


def can_sign(approval: Approval, actor: Actor) -> str:
    """Empty if the officer may sign the place that waits, else why not."""
    ctx = context.read()
    places = list(approval.places.order_by("order").select_related("signed_by"))
    if approval.state != Approval.State.WAITING:
        return desk.over(approval, places)
    try:
        seat_for(ctx, approval, places, actor, None)
    except (Forbidden, Stale) as refusal:
        return str(refusal)
    return ""


def reroute(person=None, by: Actor = SYSTEM) -> int:
    """Give waiting sheets to whoever signs now, after leave, return, a power or a posting changed; how many moved.

    With a person only what waits for him or is signed for him. The sweep calls it for all.
    """
    ctx = context.read()
    chosen = Q(signer=person) | Q(on_behalf_of=person) if person else Q()
    moved = 0
    for place, may in with_turns(ctx, chosen):
        if may and may[0] != (place.signer_id, place.on_behalf_of_id, place.instead_of):
            moved += reroute_one(place.approval, by)
    return moved


@transaction.atomic
def reroute_one(approval: Approval, by: Actor) -> int:
    """Let the waiting place follow the staffing; its item moves along and keeps its clock."""
    ctx = context.read()
    try:
        fresh, places = desk.hold(approval)
    except Stale:
        return 0
    place = desk.waiting_place(places)
    found = desk.turns_at(ctx, fresh, places, place)
    before = place.signer_id
    if not found:
        return 0
    desk.seat_turn(place, found[0])
    if before != place.signer_id:
        place.seen_at = None
    place.save(update_fields=["signer", "on_behalf_of", "instead_of", "seen_at"])
    if before == place.signer_id:
        return 1
    made, team = Plan(ctx, by), ctx.roster.team_of(place.signer_id)
    pks = WorkItem.objects.filter(approval=fresh, open=True).values_list("pk", flat=True)
    for item in lock_items(pks).values():
        item.case = fresh.case
        made.move(item, team.id if team else item.team_id, place.signer_id)
        item.person_id = place.signer_id
    told = {"approval": fresh.pk, "from": ctx.roster.name(before), "signer": ctx.roster.name(place.signer_id)}
    told |= {"on_behalf_of": ctx.roster.name(place.on_behalf_of_id), "instead_of": place.instead_of}
    desk.record(made, fresh, by, "reroute", f"改送{place.label}：{ctx.roster.name(place.signer_id)}", told)
    return 1
