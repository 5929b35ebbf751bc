"""What every paper may say of its case: plain values only, so that words can neither query nor change anything.

`of(kind, case, subject)` is what issuing, editor and samples hand to `documents.words`; rooms add by `@context(kind)`.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.conf import settings as site

from cases import context
from cases.context import Context
from cases.models import Agent, Basis, Case, Claim, Party
from cases.settings_table import SETTING, UNCONFIRMED
from cases.workflow import Stage
from documents import hooks, people
from documents.chinese import plain_money
from documents.people import Person
from teams.models import Post

TITLES: dict[str, str] = {Post.JUDGE: "审判员", Post.ENFORCEMENT_OFFICER: "执行员", Post.CLERK: "书记员"}
BEFORE_TRIAGE = (Stage.RECEPTION, Stage.PREPARATION)
MOST_NAMES = 3


class Court(NamedTuple):
    """From 「待院里确认」: what nobody has confirmed is missing on paper, and in the demonstration says so."""

    name: str
    upper: str
    address: str
    phone: str
    report_phone: str
    account_name: str
    account_number: str
    account_bank: str


class CaseFacts(NamedTuple):
    number: str
    kind: str
    cause: str
    filed_on: date
    received_on: date | None
    closed_on: date | None
    sent_by: str
    amount: Decimal
    recovered: Decimal
    outstanding: Decimal
    clues: str


class BasisFacts(NamedTuple):
    number: str
    maker: str
    line: str
    effective_on: date | None
    performance_end_on: date | None


class ClaimFacts(NamedTuple):
    kind: str
    amount: Decimal | None
    line: str


class Officer(NamedTuple):
    name: str
    title: str
    phone: str


class TeamFacts(NamedTuple):
    name: str
    phone: str


class Contact(NamedTuple):
    """Whom the party may ring: before triage the command centre, then the handler."""

    name: str
    phone: str


def of(kind: str, case: Case, subject: str = "") -> dict[str, Any]:
    """The context of one paper: the standard one and what rooms add. A constant number of queries besides theirs.

    `subject` is what the paper is about within the case: `party:5`, `asset:17`, or nothing.
    """
    found = standard(context.read(), case, subject)
    for function in hooks.contexts_of(kind):
        found.update(function(case, subject))
    return found


def standard(ctx: Context, case: Case, subject: str = "") -> dict[str, Any]:
    """Everything the words may name; `documents.labels` says each in Chinese."""
    parties = _parties(case)
    creditors, debtors = ([p for p in parties if p.role_key == key] for key in (Party.Role.CREDITOR, Party.Role.DEBTOR))
    bases = [_basis(row) for row in Basis.objects.filter(case=case).order_by("id")]
    claims = [_claim(row) for row in Claim.objects.filter(case=case).order_by("id")]
    return {
        "court": _court(ctx),
        "case": _case(case),
        "bases": bases,
        "basis_line": "、".join(basis.line for basis in bases),
        "claims": claims,
        "claims_line": "；".join(claim.line for claim in claims),
        "parties": parties,
        "creditors": creditors,
        "debtors": debtors,
        "others": [p for p in parties if p not in creditors and p not in debtors],
        "heads": [line for person in parties for line in person.lines],
        "creditor_names": names(creditors),
        "debtor_names": names(debtors),
        "matter": _matter(creditors, debtors, case.cause),
        "party": next((p for p in parties if subject == f"party:{p.pk}"), None),
        **_staff(ctx, case),
        "today": ctx.today,
    }


def names(persons: Iterable[Person]) -> str:
    """吴春梅、张三; of more than three the first three and how many they are."""
    each = [person.name for person in persons]
    return "、".join(each[:MOST_NAMES]) + (f"等{len(each)}人" if len(each) > MOST_NAMES else "")


def _court(ctx: Context) -> Court:
    def value(key: str) -> str:
        found = ctx.settings.get(f"court_{key}")
        return "" if found == SETTING[f"court_{key}"].default and UNCONFIRMED in found and not site.DEMO else found

    return Court(*(value(key) for key in Court._fields))


def _case(case: Case) -> CaseFacts:
    return CaseFacts(
        number=case.number,
        kind=case.get_kind_display(),
        cause=case.cause,
        filed_on=case.filed_on,
        received_on=case.received_on,
        closed_on=case.closed_on,
        sent_by=case.sent_by,
        amount=case.amount,
        recovered=case.recovered,
        outstanding=max(case.amount - case.recovered, Decimal(0)),
        clues=case.clues,
    )


def _parties(case: Case) -> list[Person]:
    """Creditors first, then debtors, then the others, each in its order; whoever was replaced is left out."""
    order = list(Party.Role.values)
    agents: dict[int, list[Agent]] = {}
    for agent in Agent.objects.filter(party__case=case, ended_on__isnull=True).order_by("id"):
        agents.setdefault(agent.party_id, []).append(agent)
    rows = Party.objects.filter(case=case).exclude(standing=Party.Standing.REPLACED)
    rows_in_order = sorted(rows, key=lambda row: (order.index(row.role), row.position))
    return [people.person(row, agents.get(row.pk, [])) for row in rows_in_order]


def _basis(row: Basis) -> BasisFacts:
    """The filing list gives number and maker; where the number does not name the paper, it is 生效法律文书."""
    line = f"{row.maker}作出的{row.number}" if row.maker else row.number
    line += "生效法律文书" if row.number.endswith("号") else ""
    return BasisFacts(row.number, row.maker, line if row.number else "", row.effective_on, row.performance_end_on)


def _claim(row: Claim) -> ClaimFacts:
    money = f"支付{plain_money(row.amount)}" if row.kind == Claim.Kind.MONEY and row.amount is not None else ""
    line = f"{money}（{row.text}）" if money and row.text else money or row.text
    return ClaimFacts(row.get_kind_display(), row.amount, line)


def _matter(creditors: list[Person], debtors: list[Person], cause: str) -> str:
    """申请执行人吴春梅与被执行人张三民间借贷纠纷一案; without a creditor the debtor's alone."""
    sides = [f"{role}{names(side)}" for role, side in (("申请执行人", creditors), ("被执行人", debtors)) if side]
    return f"{'与'.join(sides)}{cause}一案"


def _staff(ctx: Context, case: Case) -> dict[str, Any]:
    roster = ctx.roster
    team = roster.team(case.team_id)
    handler = _officer(ctx, case.team_id, case.handler_id)
    judges = roster.signing_judges(case.team_id)
    early = case.stage in BEFORE_TRIAGE
    phone = handler.phone or (team.phone if team else "")
    return {
        "team": TeamFacts(team.name, team.phone) if team else None,
        "handler": handler,
        "clerk": _officer(ctx, case.team_id, case.clerk_id),
        "judge": Officer(roster.name(judges[0][0]), "审判员", roster.phone(judges[0][0])) if judges else None,
        "president": next((roster.name(pk) for pk in roster.office(Post.COURT_PRESIDENT)), ""),
        "contact": Contact("执行指挥中心", _court(ctx).phone) if early else Contact(handler.name, phone),
    }


def _officer(ctx: Context, team_id: int | None, user_id: int | None) -> Officer:
    post = next((m.post for m in ctx.roster.members(team_id) if m.user_id == user_id), "")
    return Officer(ctx.roster.name(user_id), TITLES.get(post, "承办人"), ctx.roster.phone(user_id))
