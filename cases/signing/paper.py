"""纸质签批: the sheet is printed, signed by pen and scanned back by one person; another confirms 「原件已核」."""

from django.db import transaction

from cases import context, materials
from cases.approvals import Place
from cases.context import Context
from cases.models import Approval, ApprovalPlace
from cases.refusals import Forbidden, Refused, Stale
from teams.actor import Actor
from teams.models import Post

from . import desk, sheets
from .signatures import Changed, _check, advance, mark_changed

State = ApprovalPlace.State
BY_PEN = (Post.COURT_PRESIDENT, Post.VICE_PRESIDENT)


def on_paper(ctx: Context, place: Place) -> bool:
    """Only 院长 and 分管副院长 sign by pen, and only while the setting allows it."""
    return place.post in BY_PEN and ctx.settings.flag("paper_route_president")


def paper_allowed(approval: Approval, place: ApprovalPlace) -> bool:
    """Whether this place may be signed by pen."""
    places = list(approval.places.order_by("order"))
    return on_paper(context.read(), desk.place_row(approval, places, place)[0])


@transaction.atomic
def attach_sheet(place: ApprovalPlace, upload, by: Actor) -> ApprovalPlace:
    """File the scan of the hand-signed sheet; a later scan replaces it until somebody has confirmed."""
    ctx = context.read()
    approval, places = desk.hold(place.approval)
    place = _waiting(approval, places, place)
    if not on_paper(ctx, desk.place_row(approval, places, place)[0]):
        raise Refused(f"「{place.label}」须在系统中签署，不适用纸质签批。")
    sheet = materials.file(
        approval.case,
        upload,
        kind="signed_sheet",
        by=by,
        title=f"手签审批表：{approval.title}"[:200],
        approval=approval,
    )
    approval.materials.remove(sheet)  # the signed sheet is evidence of the signature, not part of what is signed
    place.route, place.sheet, place.attached_by_id = ApprovalPlace.Route.PAPER, sheet, by.user_id
    place.save(update_fields=["route", "sheet", "attached_by"])
    told = {"approval": approval.pk, "place": place.label, "sheet": sheet.pk, "sha256": sheet.sha256}
    _journal(ctx, approval, by, "attach_sheet", f"上传手签件：{place.label}", told)
    return place


def confirm_sheet(place: ApprovalPlace, by: Actor) -> Approval:
    """「原件已核」 by another person: from here on it is the signature of the post's holder."""
    with transaction.atomic():
        ctx = context.read()
        approval, places = desk.hold(place.approval)
        place = _waiting(approval, places, place)
        second_person(approval, place, by)
        content = sheets.read(approval, approval.case)
        if content.hash != approval.facts_hash:
            mark_changed(ctx, approval, places, content, by)
        else:
            _check(content)
            _pen(ctx, approval, places, place)
            advance(ctx, approval, places, place, by)
    if approval.state == Approval.State.STALE:
        raise Changed(approval)
    return approval


def second_person(approval: Approval, place: ApprovalPlace, by: Actor) -> None:
    """Raises unless there is a scan, and `by` neither attached it nor asked for the approval (flow §6)."""
    if place.sheet_id is None:
        raise Refused("还没有上传手签件。")
    if by.user_id == place.attached_by_id:
        raise Forbidden("原件须由上传人以外的另一人核对。")
    if by.user_id == approval.maker_id:
        raise Forbidden("报请人不能核对本人报请的签批原件。")


def _pen(ctx: Context, approval: Approval, places: list[ApprovalPlace], place: ApprovalPlace) -> None:
    """The pen is that of the post's holder, or of who signs for him now."""
    found = desk.turns_at(ctx, approval, places, place)
    turn = next((turn for turn in found if turn.user_id == place.signer_id), found[0] if found else None)
    if turn is None:
        raise Refused(f"「{place.label}」现无人可签，手签件不能生效。")
    desk.seat_turn(place, turn)
    place.state, place.signed_by_id, place.at = State.SIGNED, turn.user_id, ctx.now
    place.opinion, place.facts_hash = "同意（纸质签批，原件已核）", approval.facts_hash
    place.save()


def _waiting(approval: Approval, places: list[ApprovalPlace], place: ApprovalPlace) -> ApprovalPlace:
    fresh = next(each for each in places if each.pk == place.pk)
    if fresh.state == State.SIGNED:
        raise Stale(desk.signed_words(fresh))
    if fresh.state != State.WAITING:
        raise Refused(f"「{fresh.label}」尚未到签批顺序。")
    return fresh


def _journal(ctx: Context, approval: Approval, by: Actor, key: str, label: str, told: dict) -> None:
    from cases.locks import lock_case
    from cases.work.plan import Plan

    if approval.case_id:
        approval.case = lock_case(approval.case_id)  # filing the scan has moved its chain
    desk.record(Plan(ctx, by), approval, by, key, label, told)
