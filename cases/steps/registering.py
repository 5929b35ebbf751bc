"""立案接收: the only creator of cases, for one or for a thousand, with one statement per table."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from cases import context, deadlines, journal, numbers, rights
from cases.context import Context
from cases.models import Approval, Basis, Case, CaseLink, Claim, ImportBatch, Party
from cases.names import initials
from cases.refusals import Refused
from cases.work.triggers import Happening, plan
from cases.workflow import Kind, Stage
from teams.actor import Actor

from .moving import arrive


@dataclass
class PartyData:
    """One party as the filing list or a form gives it; certificate already normalised, doubts named."""

    role: str
    name: str
    type: str = "natural_person"
    certificate: str = ""
    certificate_number: str = ""
    certificate_doubt: str = ""
    born_on: date | None = None
    sex: str = ""
    phone: str = ""
    address: str = ""
    representative: str = ""
    e_service: bool = False
    e_service_to: str = ""


@dataclass
class BasisData:
    number: str = ""
    maker: str = ""
    kind: str = "civil"
    effective_on: date | None = None
    performance_end_on: date | None = None


@dataclass
class ClaimData:
    kind: str = "money"
    amount: Decimal | None = None
    text: str = ""
    fine: bool = False


@dataclass
class LinkData:
    kind: str
    other: Case | None = None
    number: str = ""


@dataclass
class Registration:
    """What is known of a case on the day it is registered. `team` is needed where several teams may hold it."""

    kind: str
    number: str
    filed_on: date
    team: int | None = None
    stage: str = ""
    received_on: date | None = None
    reached_at: datetime | None = None
    cause: str = ""
    amount: Decimal = Decimal(0)
    clues: str = ""
    remark: str = ""
    sent_by: str = ""
    livelihood: bool = False
    enterprise: bool = False
    confidential: bool = False
    state_secret: bool = False
    handler: int | None = None
    parties: list[PartyData] = field(default_factory=list)
    bases: list[BasisData] = field(default_factory=list)
    claims: list[ClaimData] = field(default_factory=list)
    links: list[LinkData] = field(default_factory=list)


# Where a kind starts, and with which team when there is one only (table 1, REGISTER).
START = {
    Kind.FIRST: (Stage.RECEPTION, "reception"),
    Kind.PRESERVATION: (Stage.PRESERVING, "preservation_enforcement"),
    Kind.REVIEW: (Stage.REVIEWING, "preservation_review"),
    Kind.ASSISTANCE: (Stage.ASSISTING, "preservation_enforcement"),
    Kind.PETITION: (Stage.ANSWERING, "petitions"),
}
CHOSEN = {
    Kind.RESUMED: {Stage.RESUMED: "terminal", Stage.REGULAR: "regular"},
    Kind.LEGACY: {Stage.REGULAR: "regular", Stage.TERMINAL: "terminal"},
}

NUMBERED = {
    Kind.FIRST,
    Kind.RESUMED,
    Kind.PRESERVATION,
}  # 立案庭 gives the number; older legacy files kept other styles


@transaction.atomic
def register(
    new: Iterable[Registration], by: Actor, *, batch: ImportBatch | None = None, approval: Approval | None = None
) -> list[Case]:
    """Create cases with parties, bases, claims, links, sight, clocks and first journal entries.

    Raises Refused when a number is already used, ill-formed, or a 国家秘密 case carries contents.
    """
    new, ctx = list(new), context.read()
    if approval is None:
        rights.require_office(by, "register")
    cases = [_case(ctx, each, batch) for each in new]
    try:
        with transaction.atomic():
            Case.objects.bulk_create(cases)
    except IntegrityError as error:
        raise Refused(_taken(new)) from error
    _contents(cases, new)
    made = plan(ctx, [Happening(case, "step:register", ctx.now) for case in cases], by)
    lines = [_line(ctx, case, made, approval) for case in cases]
    rows = journal.chain(lines, by)
    journal.insert(rows)
    journal.save_heads(cases)
    made.write(arrived={(case.team_id, case.pk) for case in cases if case.team_id})
    return cases


def _case(ctx: Context, each: Registration, batch) -> Case:
    contents = each.parties, each.bases, each.claims, each.links, each.cause, each.clues, each.remark, each.sent_by
    if each.state_secret and (any(contents) or each.amount):
        raise Refused("国家秘密案件只登记内部编号、承办人和日期，当事人和材料请线下办理。")
    parsed = numbers.parse(each.number)
    if parsed is None and each.kind in NUMBERED and not each.state_secret:
        raise Refused(f"「{each.number}」不是案号：应如（2026）豫0902执12号。")
    stage, team_id = _place(ctx, each)
    reached = each.reached_at or ctx.now
    started, _ = deadlines.start_of(
        "reception.first_day", each.filed_on, reached, cut_off=ctx.settings.time("cut_off"), calendar=ctx.calendar
    )
    case = Case(
        kind=each.kind,
        number=each.number,
        year=parsed.year if parsed else None,
        type_code=parsed.type_code if parsed else "",
        serial=parsed.seq if parsed else None,
        filed_on=each.filed_on,
        received_on=each.received_on,
        reached_at=reached,
        started_on=started,
        cause=each.cause,
        sent_by=each.sent_by,
        amount=each.amount,
        clues=each.clues,
        remark=each.remark,
        livelihood=each.livelihood,
        enterprise=each.enterprise,
        confidential=each.confidential,
        state_secret=each.state_secret,
        imported_in=batch,
        stage=stage,
    )
    case.recused_ids = ()
    arrive(ctx, case, team_id, ctx.now, each.handler)
    if each.state_secret and each.handler:
        case.clerk_id = each.handler  # the named holder, and nobody whose turn it happens to be
    return case


def _place(ctx: Context, each: Registration) -> tuple[str, int]:
    kind = Kind(each.kind)
    if kind in START:
        stage, team_kind = START[kind]
        return stage, ctx.roster.teams_of(team_kind)[0].id
    stage = Stage(each.stage) if each.stage else next(iter(CHOSEN[kind]))
    teams = {team.id for team in ctx.roster.teams_of(CHOSEN[kind][stage])}
    if each.team not in teams:
        raise Refused(f"{each.number}：{kind.label}案件须指明承办团队。")
    return stage, each.team


def _taken(new: list[Registration]) -> str:
    used = Case.objects.filter(number__in=[each.number for each in new]).values_list("number", flat=True)
    return f"案号已使用，不能再次登记：{'、'.join(used) or '同一批中重复'}。"


def _contents(cases: list[Case], new: list[Registration]) -> None:
    rows: dict[Any, list] = {Party: [], Basis: [], Claim: [], CaseLink: []}
    for case, each in zip(cases, new, strict=True):
        order: dict[str, int] = {}
        for party in each.parties:
            order[party.role] = position = order.get(party.role, 0) + 1
            rows[Party].append(Party(case=case, position=position, initials=initials(party.name), **vars(party)))
        rows[Basis] += [Basis(case=case, **vars(basis)) for basis in each.bases]
        rows[Claim] += [Claim(case=case, **vars(claim)) for claim in each.claims]
        rows[CaseLink] += [
            CaseLink(case=case, kind=link.kind, other=link.other, number=link.number) for link in each.links
        ]
    for model, made in rows.items():
        if made:
            model.objects.bulk_create(made, batch_size=1000)


def _line(ctx: Context, case: Case, made, approval) -> journal.Line:
    told = {
        "number": case.number,
        "to": case.stage,
        "team": ctx.roster.row(case.team_id).name,
        "filed_on": str(case.filed_on),
        "reached_at": case.reached_at.isoformat(),
        "started_on": str(case.started_on),
        **made.told(case),
    }
    if approval is not None:
        told["approval"] = approval.pk
    return journal.Line(case, "step", "register", "立案接收", told)
