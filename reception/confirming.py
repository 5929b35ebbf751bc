"""一致 | 修改: what the visitor corrected goes through the one door of amendments, what he confirmed stays."""

from collections.abc import Mapping
from typing import Any

from cases import amendments
from cases.models import Agent, Basis, Case, Claim, Party
from reception import papers
from reception.models import ReceptionRecord
from teams.actor import Actor

WHY = "初次接待核对更正"
Visitor = ReceptionRecord.Visitor


def himself(visitor: str, party: Party) -> bool:
    """Whether the visitor is this party in person: the certificate he shows is the party's own."""
    role = {Visitor.PARTY: Party.Role.CREDITOR, Visitor.DEBTOR: Party.Role.DEBTOR}.get(Visitor(visitor))
    return party.type == Party.Type.NATURAL and party.role == role


def wrong_party(visitor: str, party: Party) -> str:
    """Why who has come cannot come for this party; empty where he can."""
    if visitor == Visitor.DEBTOR and party.role != Party.Role.DEBTOR:
        return f"来访人是被执行人，选的却是{party.get_role_display()}{party.name}：请改选该被执行人。"
    if visitor == Visitor.PARTY and party.role == Party.Role.DEBTOR:
        return f"来访人是申请人本人，选的却是被执行人{party.name}：请改选申请人，或把来访人改为被执行人。"
    if visitor == Visitor.LEGAL and party.type == Party.Type.NATURAL:
        return f"{party.name}是自然人，没有法定代表人（负责人）：请改选单位，或改选来访人。"
    return ""


def apply(case: Case, party: Party, told: Mapping[str, Any], by: Actor) -> None:
    """Amend case, basis, claim and party by what was marked 修改; service as it was agreed."""
    if papers.changed(told, "basis"):
        _basis(case, told["to_basis"], by)
    if papers.changed(told, "cause"):
        amendments.amend(case, {"cause": told["to_cause"]}, by, reason=WHY)
    if papers.changed(told, "amount"):
        _amount(case, told["to_amount"], by)
    amendments.amend(party, of_party(party, told), by, reason=WHY)
    if told.get("visitor") == Visitor.AGENT:
        agent(party, told, by)


def of_party(party: Party, told: Mapping[str, Any]) -> dict[str, Any]:
    """Telephone, address, consent; of the party himself also the certificate, where it was missing or is mended;
    of a company its representative, where nobody was named."""
    given: dict[str, Any] = {}
    if papers.changed(told, "phone"):
        given["phone"] = told["to_phone"]
    if told.get("address"):
        given["address"] = told["address"]
    if told.get("confirm"):
        agreed = papers.confirmation(told, party)
        given |= {"e_service": agreed["consent"] == "同意", "e_service_to": agreed["e_address"]}
    own = himself(told["visitor"], party) and told.get("certificate")
    if told["visitor"] == Visitor.LEGAL and not party.representative:
        given["representative"] = told["name"][:60]
    if own and (not party.certificate_number or told.get("mend_certificate")):
        given |= {"certificate": "identity", "certificate_number": told["certificate"]}
    return given


def _basis(case: Case, number: str, by: Actor) -> None:
    held = Basis.objects.filter(case=case).order_by("id").first()
    if held:
        amendments.amend(held, {"number": number}, by, reason=WHY)
    else:
        amendments.add(Basis(case=case, number=number), by, reason=WHY)


def _amount(case: Case, amount, by: Actor) -> None:
    """The case's amount; where one claim of money is all there is, its amount too."""
    amendments.amend(case, {"amount": amount}, by, reason=WHY)
    claims = list(Claim.objects.filter(case=case, kind=Claim.Kind.MONEY)[:2])
    if len(claims) == 1:
        amendments.amend(claims[0], {"amount": amount}, by, reason=WHY)


def agent(party: Party, told: Mapping[str, Any], by: Actor) -> None:
    """The agent who came is on file once; a new one is added with his power."""
    if not Agent.objects.filter(party=party, name=told["name"], ended_on__isnull=True).exists():
        row = Agent(party=party, name=told["name"], scope=told.get("scope") or "general", firm=told.get("firm", ""))
        amendments.add(row, by, reason=WHY)
