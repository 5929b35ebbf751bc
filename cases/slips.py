"""移送立案表: where an act needs a new number, 立案庭 is asked for it; the case is registered, once, when it arrives.

A slip may go out before the signature (an asset of a 终本 case cannot wait): the number is then kept until the
last signature, and whichever comes second registers the case.
"""

from decimal import Decimal

from django.conf import settings
from django.db import IntegrityError, transaction

from cases import context, journal, numbers, own_series, periods, rights
from cases.approvals import Act
from cases.context import Context
from cases.locks import lock_case
from cases.models import Agent, Approval, Case, CaseLink, FilingSlip, Party, WorkItem
from cases.present import present
from cases.refusals import Refused, Stale
from cases.steps import BasisData, ClaimData, LinkData, PartyData, Registration, register
from cases.work.acts import write
from cases.work.plan import Outcome, Plan
from cases.workflow import Kind, Stage
from teams.actor import Actor
from teams.notices import tell

TYPE_CODE = {Kind.RESUMED: "执恢", Kind.PRESERVATION: "执保"}
MANAGED = ("terminal.recheck", "terminal.tell_creditor")  # these rest while the 执恢 case is open: it alone is managed
COPIED = (
    "role", "name", "type", "certificate", "certificate_number", "certificate_doubt", "born_on", "sex", "phone",
    "address", "representative", "e_service", "e_service_to",
)  # fmt: skip


def needed(approval: Approval, row: Act) -> str:
    """The kind of case the act needs a number for; empty when it moves the case it was asked on."""
    case = approval.case
    if case is None:
        return ""
    if row.key == "revival" or (row.key == "transfer_to_regular" and case.stage == Stage.TERMINAL):
        return Kind.RESUMED
    return Kind.PRESERVATION if row.key == "preservation_ruling" and case.kind == Kind.REVIEW else ""


@transaction.atomic
def send(
    case: Case, kind: str, by: Actor, *, approval: Approval | None = None, proposal: dict | None = None
) -> FilingSlip:
    """Ask 立案庭 for a number, or join the signature to the slip that went ahead of it."""
    ctx, case = context.read(), lock_case(case.pk)
    if approval is None and by.user_id is not None:
        rights.require(by, case, "ask:revival")
    slip = FilingSlip.objects.select_for_update().filter(case=case, kind=kind, answered_at__isnull=True).first()
    if slip is not None and (approval is None or slip.approval_id):
        raise Refused(f"本案的{Kind(kind).label}移送立案表已发出，待立案号，不能重复移送。")
    if slip is None:
        slip = _create(ctx, case, kind, by, approval, proposal or {})
    else:
        slip.approval, slip.proposal = approval, {**slip.proposal, **(proposal or {})}
        slip.save(update_fields=["approval", "proposal"])
    slip.case = case
    if approval is not None and slip.number:
        _register(ctx, slip, slip.number, by, ctx.today)
    elif approval is not None and own_numbering(ctx):
        _register(ctx, slip, own_number(ctx, kind), by, ctx.today)
    return slip


def _create(ctx: Context, case: Case, kind: str, by: Actor, approval, proposal: dict) -> FilingSlip:
    asker = approval.maker_id if approval else by.user_id
    slip = FilingSlip(kind=kind, case=case, approval=approval, proposal=proposal, asked_by_id=asker, asked_at=ctx.now)
    try:
        with transaction.atomic():
            slip.save()
    except IntegrityError as error:
        raise Stale("移送立案表刚由他人发出，请刷新后再看。") from error
    made = Plan(ctx, by)
    team_id = (approval.team_id if approval else by.team_id) or case.team_id
    made.open(
        case,
        "filing.number",
        ctx.now,
        subject=f"slip:{slip.pk}",
        title=f"待立案号：{Kind(kind).label}",
        team_id=team_id,
        person_id=asker,
    )
    told = {"slip": slip.pk, "kind": kind, "approval": approval.pk if approval else None, **made.told(case)}
    _write(made, case, "slip_sent", f"移送立案表（{Kind(kind).label}）已发出，待立案号", told, by)
    return slip


def own_numbering(ctx: Context) -> bool:
    told = ctx.settings.get("own_numbering")
    return settings.OWN_NUMBERING if told == "" else told == "1"


def own_number(ctx: Context, kind: str) -> str:
    """The next number of our own series: only while 立案庭 does not number this kind."""
    while True:
        number = own_series.next_own(TYPE_CODE[Kind(kind)], ctx.today.year)
        if not Case.objects.filter(number=number).exists():
            return number


def answer(slip: FilingSlip, number: str, by: Actor, *, filed_on=None) -> Case | FilingSlip:
    """Enter the number that 立案庭 gave: registers the case, once. The slip itself while a signature is still out."""
    rights.require(by, slip.case, "answer_slip")
    with transaction.atomic():
        ctx = context.read()
        case = lock_case(slip.case_id)
        fresh = (
            FilingSlip.objects.select_for_update(of=("self",))
            .select_related("answered_by", "registered", "approval")
            .get(pk=slip.pk)
        )
        fresh.case = case
        if fresh.answered_at:
            who = fresh.answered_by.name if fresh.answered_by else "系统"
            raise Stale(f"已由{who}于 {fresh.answered_at:%m-%d %H:%M} 登记为 {fresh.number}。")
        number = check_number(fresh.kind, number)
        if fresh.approval is None or fresh.approval.state != Approval.State.SIGNED:
            return _keep(ctx, fresh, number, by)
        return _register(ctx, fresh, number, by, filed_on or ctx.today)


def check_number(kind: str, number: str) -> str:
    """Well formed, of the type asked for, and not used."""
    parsed = numbers.parse(number)
    if parsed is None:
        raise Refused("案号格式不正确：请按「（2026）豫0902执恢12号」填写。")
    if parsed.type_code != TYPE_CODE[Kind(kind)]:
        raise Refused(
            f"所填案号是「{parsed.type_code}」字，移送的是{Kind(kind).label}案件，应为「{TYPE_CODE[Kind(kind)]}」字。"
        )
    if Case.objects.filter(number=str(parsed)).exists():
        raise Refused(f"案号 {parsed} 已使用，不能再次登记。")
    return str(parsed)


def _keep(ctx: Context, slip: FilingSlip, number: str, by: Actor) -> FilingSlip:
    """The number came before the signature: it waits, and the last signature registers the case."""
    slip.number = number
    slip.save(update_fields=["number"])
    _write(
        Plan(ctx, by),
        slip.case,
        "slip_number",
        f"案号已到：{number}，待签批后登记",
        {"slip": slip.pk, "number": number},
        by,
    )
    return slip


def _register(ctx: Context, slip: FilingSlip, number: str, by: Actor, filed_on) -> Case:
    """Take `register` once, with everything carried over from the case the slip was sent on."""
    origin = slip.case
    (case,) = register([registration(ctx, slip, number, filed_on)], by, approval=slip.approval)
    _carry(origin, case)
    slip.number, slip.answered_by_id, slip.answered_at, slip.registered = number, by.user_id, ctx.now, case
    slip.save(update_fields=["number", "answered_by", "answered_at", "registered"])
    made = Plan(ctx, by)
    for item in WorkItem.objects.filter(case=origin, subject=f"slip:{slip.pk}", open=True).select_for_update(
        no_key=True
    ):
        made.close(item, Outcome.DONE, note=number)
    if slip.kind == Kind.RESUMED:
        for item in WorkItem.objects.filter(case=origin, rule__in=MANAGED, open=True).select_for_update(no_key=True):
            made.close(item, Outcome.CANCELLED, note=f"由{number}接续")
    told = {"slip": slip.pk, "number": number, "case": case.pk, **made.told(origin)}
    _write(made, origin, "slip_answered", f"已立{Kind(slip.kind).label}案：{number}", told, by)
    tell(
        [slip.asked_by_id, case.handler_id],
        f"{number} 已立案，由{origin.number}移送。",
        f"/cases/{case.pk}/",
        key=f"slip:{slip.pk}",
        kind="result",
    )
    return case


def registration(ctx: Context, slip: FilingSlip, number: str, filed_on) -> Registration:
    origin = slip.case
    stage, team_id = place(ctx, slip)
    gone = (Party.Standing.REPLACED,)
    return Registration(
        kind=slip.kind,
        number=number,
        filed_on=filed_on,
        received_on=periods.local(slip.asked_at).date(),
        stage=stage,
        team=team_id,
        cause=origin.cause,
        amount=balance(slip),
        clues=origin.clues,
        remark=f"由{origin.number}移送立案",
        livelihood=origin.livelihood,
        enterprise=origin.enterprise,
        confidential=origin.confidential,
        state_secret=origin.state_secret,
        parties=[
            PartyData(**{name: getattr(party, name) for name in COPIED})
            for party in origin.parties.exclude(standing__in=gone).order_by("role", "position")
        ],
        bases=[
            BasisData(row.number, row.maker, row.kind, row.effective_on, row.performance_end_on)
            for row in origin.bases.order_by("pk")
        ],
        claims=[ClaimData(row.kind, row.amount, row.text, row.fine) for row in origin.claims.order_by("pk")],
        links=links(slip),
    )


def place(ctx: Context, slip: FilingSlip) -> tuple[str, int | None]:
    """Where the new case starts: with the asking terminal or regular team, or the regular team the director chose."""
    if slip.kind != Kind.RESUMED:
        return "", None
    approval = present(slip.approval)
    if approval.act == "transfer_to_regular":
        return Stage.REGULAR, int(approval.proposal.get("team") or 0)
    team = ctx.roster.row(approval.team_id or slip.case.team_id)
    if team.kind not in ("terminal", "regular"):
        team = ctx.roster.row(slip.case.team_id)
    return (Stage.REGULAR if team.kind == "regular" else Stage.RESUMED), team.id


def balance(slip: FilingSlip) -> Decimal:
    """What is still owed: as confirmed in the proposal, else the claim less what came in."""
    told = slip.proposal.get("balance")
    if told not in (None, ""):
        return Decimal(str(told))
    return max(slip.case.amount - slip.case.recovered, Decimal(0))


def links(slip: FilingSlip) -> list[LinkData]:
    """`origin` is the first case of the line, `previous` the one just before."""
    if slip.kind != Kind.RESUMED:
        return [LinkData(CaseLink.Kind.PREVIOUS, slip.case)]
    first = slip.case.links.filter(kind=CaseLink.Kind.ORIGIN, other__isnull=False).select_related("other").first()
    return [
        LinkData(CaseLink.Kind.ORIGIN, first.other if first else slip.case),
        LinkData(CaseLink.Kind.PREVIOUS, slip.case),
    ]


def _carry(origin: Case, case: Case) -> None:
    """Agents and standings, which belong to parties."""
    old = list(
        origin.parties.exclude(standing=Party.Standing.REPLACED).order_by("role", "position").prefetch_related("agents")
    )
    new = list(case.parties.order_by("role", "position"))
    agents = []
    for was, party in zip(old, new, strict=True):
        agents += [
            Agent(
                party=party,
                **{
                    name: getattr(agent, name)
                    for name in ("name", "scope", "firm", "phone", "address", "e_service", "e_service_to")
                },
            )
            for agent in was.agents.all()
        ]
        if was.standing != party.standing:
            party.standing, party.standing_material_id = was.standing, was.standing_material_id
            party.save(update_fields=["standing", "standing_material"])
    Agent.objects.bulk_create(agents)


def _write(made: Plan, case: Case, key: str, label: str, told: dict, by: Actor) -> None:
    facts = {name: value for name, value in told.items() if value not in (None, "", [])}
    write(made, [journal.Line(case, "item", key, label, facts)], by)
