"""原件与材料的交接: a bundle is registered, given by one scan and taken by another; where it is is always one row.

Taken by the archive centre, originals start the same-day scan and a team's papers their own clock (plan 一(一), 一(三)).
"""

from typing import NamedTuple

from django.db import transaction

from cases import context, journal, rights, secrecy, work
from cases.hooks import Reason
from cases.locks import lock_case
from cases.models import Case, Tick, WorkItem
from cases.present import present
from cases.refusals import Forbidden, Refused, Stale
from documents import codes
from documents.models import Bundle, Custody
from teams.actor import Actor
from teams.notices import tell

ANCHOR = {Bundle.Kind.ORIGINALS: "originals_handed_over", Bundle.Kind.PAPERS: "bundle_received"}
TICK = "reception.originals"
SCAN = {Bundle.Kind.ORIGINALS: "archives.scan_originals", Bundle.Kind.PAPERS: "archives.scan_bundle"}


class Scanned(NamedTuple):
    """What one scan did: 交出 or 收到."""

    verb: str
    bundle: Bundle
    custody: Custody


def make(
    case: Case,
    by: Actor,
    *,
    kind: str,
    title: str,
    pieces: int,
    pages: int,
    secret: bool = False,
    action: str = "bundle",
) -> Bundle:
    """Register papers that travel together; they are with whoever registers them. `action`: the row of table 2 that it
    needs, where the act it belongs to (补接待) names its own."""
    with transaction.atomic():
        fresh = lock_case(case.pk)
        rights.require(by, fresh, action)
        secrecy.refuse(fresh)
        bundle = Bundle.objects.create(
            case=fresh, kind=kind, title=title[:200], pieces=pieces, pages_paper=pages, secret=secret,
            team_id=present(by.team_id), holder_id=present(by.user_id), made_by_id=present(by.user_id),
            made_at=context.read().now,
        )  # fmt: skip
        _tell_journal(fresh, bundle, "make", f"登记材料包：{bundle.title}", {"pieces": pieces, "pages": pages}, by)
        return bundle


class Count(NamedTuple):
    """What lies in a bundle, as it was counted."""

    pieces: int
    pages: int
    title: str


@transaction.atomic
def correct(bundle: Bundle, counted: Count, by: Actor, *, action: str = "bundle") -> Bundle:
    """Counted otherwise than its cover says, before anybody has given it on: the same bundle, with the new number."""
    case, fresh = lock_case(bundle.case_id), _lock(bundle)
    rights.require(by, case, action)
    held = Count(fresh.pieces, fresh.pages_paper, fresh.title)
    if held == counted:
        return fresh
    if fresh.team_id != by.team_id or Custody.objects.filter(bundle=fresh).exists():
        raise Stale(f"{called(fresh)}已交出过，件数不能再改：请刷新，另有原件的另行登记。")
    fresh.pieces, fresh.pages_paper, fresh.title = counted.pieces, counted.pages, counted.title[:200]
    fresh.save(update_fields=["pieces", "pages_paper", "title"])
    facts = {"pieces": [held.pieces, counted.pieces], "pages": [held.pages, counted.pages]}
    _tell_journal(case, fresh, "correct", f"更正材料包：{fresh.title}", facts, by)
    return fresh


def code_of(bundle: Bundle) -> str:
    return codes.of(codes.BUNDLE, bundle.pk)


def called(bundle: Bundle) -> str:
    """The bundle in a sentence that more people read than are named on its case: of a confidential one its code."""
    return f"材料包 {code_of(bundle)}" if bundle.case.confidential else f"「{bundle.title}」"


def find(text: str) -> Bundle:
    """The bundle of a code; Refused says what is wrong with what was scanned."""
    code = codes.read(text)
    if code is None:
        raise Refused(f"「{text[:40]}」不是本系统的条码，或有一位录错：请重新扫描。")
    if code.kind != codes.BUNDLE:
        raise Refused("扫到的是架位、案卷或分隔页条码：交接请扫材料包封面的条码。")
    bundle = Bundle.objects.select_related("case", "team", "holder").filter(pk=code.key).first()
    if bundle is None:
        raise Refused(f"没有编号为 {codes.of(code.kind, code.key)} 的材料包。")
    return bundle


def scan(text: str, by: Actor, to_team: int | None = None) -> Scanned:
    """What the scan means is read from where the bundle is: on its way to my team, it is taken; with my team, given."""
    bundle = find(text)
    coming = open_hand_over(bundle)
    if coming and coming.to_team_id == by.team_id:
        return Scanned("收到", bundle, take(bundle, by))
    if coming is None and bundle.team_id == by.team_id:
        if to_team is None:
            raise Refused(f"{called(bundle)}就在本团队：要交出，请先选接收团队。")
        return Scanned("交出", bundle, give(bundle, to_team, by))
    raise Refused(f"{called(bundle)}{where(bundle)}，不能由{by.team_name}扫码。")


def open_hand_over(bundle: Bundle) -> Custody | None:
    rows = Custody.objects.filter(bundle=bundle, taken_at=None, recalled_at=None)
    return rows.select_related("to_team", "from_team", "given_by").first()


def where(bundle: Bundle) -> str:
    """「在卷宗管理中心（王敏），架位 A-03-12」: one sentence."""
    coming = open_hand_over(bundle)
    if coming:
        return f"由{coming.from_team.name}（{coming.given_by.name}）交出，待{coming.to_team.name}扫码接收"
    shelf = f"，架位 {bundle.shelf}" if bundle.shelf else ""
    return f"在{bundle.team.name}（{bundle.holder.name}）{shelf}"


@transaction.atomic
def give(bundle: Bundle, to_team: int, by: Actor) -> Custody:
    """The giver's scan. Originals that reception gives on the filing day set their tick by themselves."""
    ctx, case, fresh = context.read(), lock_case(bundle.case_id), _lock(bundle)
    rights.require_office(by, "custody")
    if fresh.team_id != by.team_id or open_hand_over(fresh):
        raise Stale(f"{called(fresh)}现{where(fresh)}，请刷新后再扫。")
    if to_team == fresh.team_id:
        raise Refused("接收团队不能是本团队。")
    row = Custody.objects.create(
        bundle=fresh, from_team_id=fresh.team_id, given_by_id=present(by.user_id), given_at=ctx.now, to_team_id=to_team
    )
    facts = {"to": ctx.roster.row(to_team).name, "pieces": fresh.pieces}
    _tell_journal(case, fresh, "give", f"交出：{fresh.title}", facts, by)
    if fresh.kind == Bundle.Kind.ORIGINALS and by.kind == "reception":
        _tick(case, by)
    return row


def _tick(case: Case, by: Actor) -> None:
    item = WorkItem.objects.filter(case=case, rule="reception.first_day", open=True).first()
    if item and not Tick.objects.filter(item=item, rule=TICK, state=Tick.State.DONE).exists():
        work.tick(item, TICK, "done", by)


@transaction.atomic
def take(bundle: Bundle, by: Actor) -> Custody:
    """The receiver's scan: from now the bundle is his team's, and the clock of its scanning runs."""
    ctx, case, fresh = context.read(), lock_case(bundle.case_id), _lock(bundle)
    rights.require_office(by, "custody")
    row = Custody.objects.select_for_update().filter(bundle=fresh, taken_at=None, recalled_at=None).first()
    if row is None or row.to_team_id != by.team_id:
        raise Stale(f"{called(fresh)}现{where(fresh)}，请刷新后再扫。")
    row.taken_by_id, row.taken_at, row.counted = by.user_id, ctx.now, fresh.pieces
    row.save(update_fields=["taken_by", "taken_at", "counted"])
    fresh.team_id, fresh.holder_id, fresh.shelf = present(by.team_id), present(by.user_id), ""
    if by.kind == "archives" and fresh.received_at is None:
        fresh.received_at = ctx.now
    fresh.save(update_fields=["team", "holder", "shelf", "received_at"])
    _tell_journal(case, fresh, "take", f"收到：{fresh.title}", {"from": row.from_team.name, "pieces": row.counted}, by)
    if by.kind == "archives" and not fresh.duty and not fresh.filed_at:
        _start_scan(case, fresh, by)
    return row


def _start_scan(case: Case, bundle: Bundle, by: Actor) -> None:
    """An item that a visit has opened is this bundle's, if no other bundle has it; else the arrival opens one."""
    kind = Bundle.Kind(bundle.kind)
    taken = Bundle.objects.filter(case=case).exclude(duty="").values("duty")
    asked = WorkItem.objects.filter(case=case, rule=SCAN[kind], open=True, subject__startswith="visit:")
    item = asked.exclude(subject__in=taken).order_by("pk").first()
    bundle.duty = item.subject if item else f"bundle:{bundle.pk}"
    bundle.save(update_fields=["duty"])
    if item is None:
        work.record_event(case, ANCHOR[kind], context.read().now, by, subject=bundle.duty, action="take_bundle")


@transaction.atomic
def recall(bundle: Bundle, by: Actor) -> None:
    """收回: what was given and not yet taken is the giver's again."""
    ctx, case, fresh = context.read(), lock_case(bundle.case_id), _lock(bundle)
    row = Custody.objects.select_for_update().filter(bundle=fresh, taken_at=None, recalled_at=None).first()
    if row is None:
        raise Stale(f"{called(fresh)}现{where(fresh)}，不能收回。")
    if row.from_team_id != by.team_id:
        raise Forbidden(f"{called(fresh)}由{row.from_team.name}交出，由该团队收回。")
    row.recalled_at = ctx.now
    row.save(update_fields=["recalled_at"])
    _tell_journal(case, fresh, "recall", f"收回：{fresh.title}", {}, by)


@transaction.atomic
def recount(row: Custody, counted: int, by: Actor) -> None:
    """应 7 实 6: the giver is told at once, and it stays visible."""
    case, fresh = lock_case(row.bundle.case_id), _lock(row.bundle)
    if row.taken_at is None or row.to_team_id != by.team_id:
        raise Forbidden("实收件数由接收团队登记。")
    row.counted = counted
    row.save(update_fields=["counted"])
    _tell_journal(case, fresh, "recount", f"清点：{fresh.title}", {"pieces": fresh.pieces, "counted": counted}, by)
    if counted != fresh.pieces:
        text = f"{'' if case.confidential else case.number}{called(fresh)}应 {fresh.pieces} 件，实收 {counted} 件，请核对。"
        tell([row.given_by_id], text, f"/bundles/{fresh.pk}/", kind="nudge", sender=by.user_id)


def shelve(bundle: Bundle, shelf: str, by: Actor) -> None:
    """Put on a shelf of the team that has it."""
    with transaction.atomic():
        case, fresh = lock_case(bundle.case_id), _lock(bundle)
        if fresh.team_id != by.team_id or open_hand_over(fresh):
            raise Refused(Reason(f"{called(fresh)}{where(fresh)}，不能上架。", "查看", f"/bundles/{fresh.pk}/"))
        fresh.shelf = shelf[:60]
        fresh.save(update_fields=["shelf"])
        _tell_journal(case, fresh, "shelve", f"上架：{fresh.title}", {"shelf": shelf}, by)


def _lock(bundle: Bundle) -> Bundle:
    return Bundle.objects.select_for_update(of=("self",)).select_related("case", "team", "holder").get(pk=bundle.pk)


def _tell_journal(case: Case, bundle: Bundle, key: str, text: str, facts: dict, by: Actor) -> None:
    line = journal.Line(case, "custody", key, text, {"bundle": bundle.pk, **facts})
    journal.write([line], by)
