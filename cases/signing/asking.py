"""报请: an approval comes to life with its chain of places, each with its signer."""

from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction

from cases import approvals, context, hooks, permissions, rights
from cases.approvals import ACT, Act, Chain, Place
from cases.context import Context
from cases.hooks import Reason
from cases.locks import lock_case
from cases.models import Approval, ApprovalPlace, Case, Material
from cases.refusals import Refused, Stale
from cases.steps import blockers
from teams.actor import Actor

from . import desk, sheets
from .signers import Sheet, barred, nobody, recused_from, turns

State = ApprovalPlace.State


@transaction.atomic
def ask(
    case: Case | None,
    act: str,
    by: Actor,
    *,
    subject: str = "",
    proposal: Mapping | None = None,
    materials: Iterable[Material] = (),
    urgent: bool = False,
    panel: Iterable[int] = (),
    by_system: bool = False,
) -> Approval:
    """Ask for the signatures on an act. `by` is its maker; with `by_system` the rules ask in his name.

    Raises Refused: one is waiting already, a condition is missing, or nobody may sign (the red line).
    """
    row, ctx = ACT[act], context.read()
    case = lock_case(case.pk) if case else None
    if not by_system:
        _allowed(row, case, by)
    materials, panel = list(materials), [int(user) for user in panel]
    if row.papers and not materials:
        raise Refused(f"「{row.label}」须附{row.papers}。")
    proposal = plain(proposal or {}) | ({"panel": panel} if panel else {})
    _free(case, row, subject)
    _of_this_case(case, materials)
    chain = approvals.chain_of(row, facts_of(ctx, case, proposal))
    approval = Approval(
        case=case, act=act, chain=chain.key, subject=subject, title=_title(row, case, proposal), maker=by.user,
        team=by.team, asked_at=ctx.now, urgent=urgent, proposal=proposal,
    )  # fmt: skip
    content = sheets.compose(act, case, subject, proposal, sorted(materials, key=lambda paper: paper.pk))
    if content.red and not by_system:
        raise Refused(*missing(row, case, content))
    approval.facts, approval.facts_hash = content.facts, content.hash
    _create(approval, row)
    approval.materials.set(materials)
    for hook in hooks.of("asked", act):
        hook(approval, by)
    places = _places(ctx, approval, chain, materials)
    desk.arrive(ctx, approval, places, by, "ask", f"报请{row.label}", {"facts": content.hash, "chain": chain.label})
    return approval


def _allowed(row: Act, case: Case | None, by: Actor) -> None:
    action = f"ask:{row.key}"
    if case is None or permissions.mark(action, by.post, by.kind) == "□":
        rights.require_office(by, action)
        return
    rights.require(by, case, action)


def missing(row: Act, case: Case | None, content: sheets.Content) -> list[Reason]:
    """What is red, with the way out where a guard of the step knows it."""
    known = {reason.text: reason for reason in blockers([case], row.step).get(case.pk, [])} if row.step and case else {}
    return [known.get(text, Reason(text)) for text in content.red]


def _of_this_case(case: Case | None, materials: list[Material]) -> None:
    if any(paper.case_id != (case.pk if case else None) for paper in materials):
        raise Refused("附件须是本案卷宗中的材料。")


def plain(proposal: Mapping) -> dict:
    """As it is stored and hashed: text, numbers, truth, lists of them; money and dates as text."""
    simple = (str, int, bool, type(None), list, dict)
    return {key: value if isinstance(value, simple) else str(value) for key, value in proposal.items()}


def facts_of(ctx: Context, case: Case | None, proposal: dict) -> dict:
    """What the named conditions of a chain look at."""
    found = dict(proposal)
    if case is not None:
        team = ctx.roster.team(case.team_id)
        if case.closing_mode:
            found["mode"] = case.closing_mode  # as reported: no proposal chooses its own chain
        found |= {"stage": case.stage, "case_kind": case.kind, "team_kind": team.kind if team else ""}
        found["basis_kinds"] = set(case.bases.values_list("kind", flat=True))
    return found | {"settings": ctx.settings}


def _title(row: Act, case: Case | None, proposal: dict) -> str:
    return f"{row.label}　{case.number if case else proposal.get('title', '')}".strip()[:120]


def _free(case: Case | None, row: Act, subject: str) -> None:
    waiting = Approval.objects.filter(case=case, act=row.key, subject=subject, state=Approval.State.WAITING).first()
    if waiting:
        raise Refused(already(waiting, row))


def already(waiting: Approval, row: Act) -> Reason:
    who = waiting.maker.name if waiting.maker else "系统"
    text = f"「{row.label}」已由{who}于 {desk.local(waiting.asked_at):%m-%d %H:%M} 报请，正在签批，不能重复报请。"
    return Reason(text, "查看待签", desk.url(waiting))


def _create(approval: Approval, row: Act) -> None:
    """The database has the last word on "one waiting"."""
    try:
        with transaction.atomic():
            approval.save(force_insert=True)
    except IntegrityError as error:
        _free(approval.case, row, approval.subject)
        raise Stale("刚有他人报请了同一事项，请刷新后再试。") from error


def _places(ctx: Context, approval: Approval, chain: Chain, materials: list[Material]) -> list[ApprovalPlace]:
    """One row a signature, each with its signer from birth."""
    recused = recused_from([approval.case], ctx.today) if approval.case else {}
    sheet = Sheet.of(ctx, approval, recused.get(approval.case_id or 0, frozenset()))
    rows: list[ApprovalPlace] = []
    for place, seat in seats(ctx, chain, sheet):
        row = ApprovalPlace(
            approval=approval, order=len(rows) + 1, place=place.key, label=desk.seat_label(place, seat), own=place.own
        )
        if place.post == "creditor_consent":
            _consent(ctx, row, approval, materials)
        else:
            found = turns(place, sheet, seat)
            if not found:
                raise Refused(nobody(place, sheet))
            row.signer_id, row.on_behalf_of_id, row.instead_of = (
                found[0].user_id,
                found[0].on_behalf_of,
                found[0].instead_of,
            )
        rows.append(row)
    ApprovalPlace.objects.bulk_create(rows)
    return rows


def seats(ctx: Context, chain: Chain, sheet: Sheet) -> list[tuple[Place, int]]:
    """The places of the chain in order; a panel is three judges, presiding first."""
    found = []
    for place in chain.places:
        if place.post != "panel":
            found.append((place, 0))
            continue
        _check_panel(ctx, sheet, place.own)
        found += [(place, seat) for seat in range(len(sheet.panel))]
    return found


def _check_panel(ctx: Context, sheet: Sheet, own: bool) -> None:
    if len(set(sheet.panel)) != 3:
        raise Refused("合议庭须指定三名法官，审判长在前。")
    known = set(desk.all_judges(ctx.roster))
    for user in sheet.panel:
        if user not in known:
            raise Refused(f"{ctx.roster.name(user)}不是法官，不能参加合议庭。")
        if reason := barred(user, sheet, own):
            raise Refused(f"{reason}，不能参加合议庭签署，请另行指定。")


def _consent(ctx: Context, row: ApprovalPlace, approval: Approval, materials: list[Material]) -> None:
    """申请执行人书面同意: satisfied by the signed paper attached at asking."""
    if not materials:
        raise Refused("须附申请执行人签名的书面同意，才能以同意代替合议庭和院长签署。")
    row.state, row.signed_by_id, row.at, row.sheet = State.SIGNED, approval.maker_id, ctx.now, materials[0]
    row.route, row.opinion = ApprovalPlace.Route.PAPER, "申请执行人书面同意"
