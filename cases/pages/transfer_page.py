"""Contexts of 移交与接收: what a team has asked to move, what it is to receive, one sheet with its three days."""

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from cases import context, lists, rights, signing
from cases.approvals import ACT
from cases.context import Context
from cases.models import Approval, WorkItem
from cases.models.approval import MOVES
from cases.pages import approval_page, measures, queue_rows
from cases.pages.lights import light, short, stamp
from cases.pages.names import line, parties_of, short_number, wan
from cases.present import present
from cases.signing import sheets
from cases.work.triggers import MET_BY
from teams.actor import Actor

TABS = (("asked", "我报签的"), ("receive", "待接收"), ("all", "全部"))
COLOUR = {"waiting": "am", "signed": "gr", "rejected": "re", "stale": "re", "withdrawn": ""}
CLOCKED = tuple(sorted(MET_BY["step:transfer_to_regular"]))


def asked(ctx: Context, actor: Actor) -> QuerySet[Approval]:
    """What the team's own people have asked to move."""
    people = [member.user_id for member in ctx.roster.members(actor.team_id)]
    return Approval.objects.filter(maker_id__in=people, act__in=MOVES)


def moved(actor: Actor) -> QuerySet[Approval]:
    """Every move; a team's own are those it asked for and those that lead to it."""
    every = Approval.objects.filter(act__in=MOVES)
    if actor.kind == "leadership":
        return every
    people = [member.user_id for member in context.read().roster.members(actor.team_id)]
    every = every.annotate(into=KeyTextTransform("team", "proposal"))
    return every.filter(Q(into=str(actor.team_id)) & ~Q(state=Approval.State.WITHDRAWN) | Q(maker_id__in=people))


def to_accept(actor: Actor) -> QuerySet[WorkItem]:
    found = WorkItem.objects.filter(rule="transfer.accept", open=True)
    return rights.listed(actor, found if actor.kind == "leadership" else found.filter(team_id=actor.team_id))


def index(request, actor: Actor) -> dict:
    ctx, given = context.read(), request.GET.get("tab", "")
    waiting = int(lists.capped(to_accept(actor), "due_at", "id", cap=100).rstrip("+"))
    usual = "all" if actor.kind == "leadership" else "receive" if actor.kind == "regular" or waiting else "asked"
    tab = given if given in dict(TABS) else usual
    if tab == "receive":
        listing = _receiving(ctx, request, actor)
    else:
        found = asked(ctx, actor) if tab == "asked" else moved(actor)
        page_ = lists.keyset(found.select_related("case"), "pk", request.GET.get("after", ""), descending=True)
        parameters = list(request.GET.items())
        listing = {
            "rows": rows(ctx, page_.rows, actor),
            "next": lists.link(request.path, parameters, page_.next),
            "previous": lists.link(request.path, parameters, page_.previous),
        }
    return {
        **listing,
        "tab": tab,
        "tabs": [
            {
                "key": key,
                "label": label,
                "url": f"?tab={key}",
                "current": key == tab,
                "count": str(waiting) if key == "receive" and waiting else "",
            }
            for key, label in TABS
        ],
    }


def _receiving(ctx: Context, request, actor: Actor) -> dict:
    page_ = lists.keyset(to_accept(actor).select_related("case"), "due_at", request.GET.get("after", ""))
    items = page_.rows
    latest = sheets_of([item.case_id for item in items])
    disputed = objections([item.case_id for item in items])
    shown = queue_rows.rows(ctx, items, actor)
    for row, item in zip(shown, items, strict=True):
        approval = latest.get(item.case_id)
        origin = ctx.roster.team(approval.team_id if approval else item.source_team_id)
        row |= {
            "origin": origin.name if origin else "",
            "into": ctx.roster.row(item.team_id).name,
            "objected": item.case_id in disputed,
            "sheet": f"/transfers/accept/{item.pk}/" if item.team_id == actor.team_id else f"/items/{item.pk}/",
            "own": item.team_id == actor.team_id,
        }
    parameters = list(request.GET.items())
    return {
        "rows": shown,
        "next": lists.link(request.path, parameters, page_.next),
        "previous": lists.link(request.path, parameters, page_.previous),
    }


def sheets_of(cases: list[int]) -> dict[int, Approval]:
    """The latest signed transfer of each case: one query."""
    found = Approval.objects.filter(case__in=cases, act="transfer_to_regular", state=Approval.State.SIGNED)
    return {approval.case_id: approval for approval in found.order_by("id")}


def objections(cases: list[int]) -> dict[int, Approval]:
    """What the receiving team has put before the director instead of accepting."""
    found = Approval.objects.filter(case__in=cases, act__in=("retriage", "reassignment"), state=Approval.State.WAITING)
    return {approval.case_id: approval for approval in found.order_by("id")}


def rows(ctx: Context, approvals: list[Approval], actor: Actor) -> list[dict]:
    """One line a move: three queries, however many."""
    cases = [approval.case for approval in approvals if approval.case]
    unseen, parties = queue_rows.unseen_of(actor, cases), parties_of(cases)
    clocks, accepts = _items([case.pk for case in cases])
    disputed = objections([pk for pk, item in accepts.items() if item.open])
    return [
        _row(ctx, approval, parties, clocks, accepts, disputed)
        for approval in approvals
        if approval.case and approval.case_id not in unseen
    ]


def _items(cases: list[int]) -> tuple[dict[int, WorkItem], dict[int, WorkItem]]:
    """Of each case the running clock of its three days, and the latest duty to accept it."""
    found = WorkItem.objects.filter(case__in=cases, rule__in=(*CLOCKED, "transfer.accept")).order_by("id")
    clocks = {item.case_id or 0: item for item in found if item.rule in CLOCKED}
    return clocks, {item.case_id or 0: item for item in found if item.rule == "transfer.accept"}


def _row(ctx: Context, approval: Approval, parties, clocks, accepts, disputed) -> dict:
    case, team = present(approval.case), ctx.roster.team(approval.team_id)
    into = ctx.roster.team(int(approval.proposal.get("team") or 0))
    clock = clocks.get(case.pk) if approval.act == "transfer_to_regular" else None
    accept = accepts.get(case.pk) if approval.act == "transfer_to_regular" else None
    state, colour = standing(ctx, approval, accept, case.pk in disputed)
    return {
        "id": approval.pk,
        "url": f"/transfers/{approval.pk}/",
        "label": ACT[approval.act].label,
        "light": light(ctx, clock) if clock and approval.state == "waiting" else None,
        "number": short_number(case, ctx.today.year),
        "full_number": case.number,
        "case_url": f"/cases/{case.pk}/",
        "parts": [part for part in (line(case, parties), case.cause, wan(case.amount) if case.amount else "") if part],
        "from": team.name if team else "",
        "into": into.name if into else "待定",
        "who": ctx.roster.name(approval.maker_id),
        "asked": stamp(ctx, approval.asked_at),
        "state": state,
        "colour": colour,
    }


def standing(ctx: Context, approval: Approval, accept: WorkItem | None, disputed: bool = False) -> tuple[str, str]:
    """Where the move stands now, in the words of the people who wait for it."""
    if approval.state == "waiting":
        return "待局长签字", "am"
    if approval.state != "signed":
        return approval.get_state_display(), COLOUR.get(approval.state, "")
    if accept and accept.open:
        return ("已提异议" if disputed else "已签字，待接收"), "am"
    if accept and accept.outcome == "done":
        return f"已接收 {short(present(accept.finished_at).astimezone(ctx.now.tzinfo).date(), ctx.today)}", "gr"
    return "已移交", "gr"


def sheet(approval: Approval, actor: Actor, item: WorkItem | None = None) -> dict:
    """One move in full: basis, three days, checklist, papers, trail; with `item` the receiver's two answers."""
    ctx, case = context.read(), present(approval.case)
    clocks, accepts = _items([case.pk])
    accept = item or accepts.get(case.pk)
    clock = clocks.get(case.pk)
    running = accept if accept and accept.open else clock
    dispute = objections([case.pk]).get(case.pk)
    held = measures.in_force(ctx, case)
    origin, into = ctx.roster.team(approval.team_id), ctx.roster.team(int(approval.proposal.get("team") or 0))
    places = list(approval.places.order_by("order"))
    state, colour = standing(
        ctx, approval, accept if approval.act == "transfer_to_regular" else None, dispute is not None
    )
    return {
        "approval": {"id": approval.pk, "label": ACT[approval.act].label, "law": ACT[approval.act].law, "key": approval.state,
                     "reason": approval.reason, "signable": approval.state == "waiting"},
        "case": {"id": case.pk, "number": case.number, "url": f"/cases/{case.pk}/", "cause": case.cause,
                 "parties": line(case, parties_of([case])), "amount": wan(case.amount) if case.amount else ""},
        "origin": origin.name if origin else "",
        "into": into.name if into else "待定",
        "state": state,
        "colour": colour,
        "light": light(ctx, running) if running else None,
        "facts": approval.facts,
        "measures": held,
        "days": days(ctx, approval, clock, accept, places),
        "clock": clock.derivation if clock else [],
        "checks": checks(ctx, approval, held),
        "papers": [{"title": m.title, "url": f"/materials/{m.pk}/"} for m in approval.materials.order_by("pk")],
        "trail": approval_page.trail(ctx, places),
        "may_withdraw": approval.state == "waiting" and approval.maker_id == actor.user_id
        and not signing.why_not_withdrawn(places),
        "item": item.pk if item and item.open else None,
        "dispute": {"url": f"/approvals/{dispute.pk}/", "who": ctx.roster.name(dispute.maker_id),
                    "when": stamp(ctx, dispute.asked_at)} if dispute else None,
    }  # fmt: skip


def days(ctx: Context, approval: Approval, clock, accept, places) -> list[dict]:
    """控制 → 报签 → 签字移交 → 接收, each with its moment; what is still to come has the day it is due."""
    signed = next((place for place in reversed(places) if place.state == "signed" and place.at), None)
    by = f"{clock.due_on:%m-%d} 前" if clock and clock.due_on else ""
    accepted = accept if accept and accept.outcome == "done" else None
    steps_ = [
        ("控制措施", stamp(ctx, clock.started_at) if clock else "", "首个有效措施" if clock else ""),
        ("报签", stamp(ctx, approval.asked_at), ctx.roster.name(approval.maker_id)),
        ("局长签字移交", stamp(ctx, signed.at) if signed and approval.state == "signed" else "",
         ctx.roster.name(signed.signed_by_id) if signed else by),
        ("普执接收", stamp(ctx, accepted.finished_at) if accepted else "",
         ctx.roster.name(accepted.finished_by_id) if accepted else
         f"{accept.due_on:%m-%d} 前" if accept and accept.due_on else ""),
    ]  # fmt: skip
    if approval.act != "transfer_to_regular":
        steps_ = steps_[1:3]
    found, now = [], True
    for label, at, who in steps_:
        key = "ok" if at else "now" if now else ""
        now = now and bool(at)
        found.append({"label": label, "at": at, "who": who, "key": key})
    return found


def checks(ctx: Context, approval: Approval, held: list[dict]) -> list[dict]:
    """While it waits for a signature what the signer is told; afterwards what the receiver looks for."""
    if approval.state == "waiting":
        found = [(check.text, check.state) for check in sheets.read(approval, approval.case).checks]
    else:
        case = present(approval.case)
        lacking = sum(not measure["end"] and not measure["waits"] for measure in held)
        papers = case.materials.filter(voided_at=None).count()
        holds = case.holds.filter(to_on=None).count()
        found = [
            (f"控制措施 {len(held)} 项在案", "green") if held else ("没有登记控制措施", "amber"),
            (f"{lacking} 项措施未登记届满日，接收后请补登", "amber")
            if lacking
            else ("各项措施均登记了届满日" if held else "没有须登记届满日的措施", "green"),
            (f"卷宗材料 {papers} 份", "green") if papers else ("卷宗中还没有材料", "amber"),
            (f"另有 {holds} 项不得处分，处置前须先解除", "amber") if holds else ("没有不得处分的情形", "green"),
        ]
    return [{"text": text, "state": state, "icon": approval_page.ICON[state]} for text, state in found]
