"""What every act of service shares: the locked row, its course, the line of the journal, the next attempt."""

from datetime import datetime

from cases import context, journal
from cases.locks import lock_case
from cases.models import Case
from cases.refusals import Refused, Stale
from documents.models import Document, Service
from teams.actor import Actor

State = Service.State
OPEN = (State.PLANNED, State.SENT)


def hold(service: Service, *states: str) -> tuple[Case, Service]:
    """Lock case and service; Stale when it is no longer in one of the states."""
    case = lock_case(service.document.case_id)
    fresh = (
        Service.objects.select_for_update(of=("self",), no_key=True)
        .select_related("document__approval", "document__posting__person", "document__material", "party")
        .get(pk=service.pk)
    )
    fresh.document.case = case
    if fresh.state not in states:
        raise Stale(f"「{fresh.document.title}」对{fresh.name}的送达：{fresh.get_state_display()}。")
    return case, fresh


def note(fresh: Service, text: str, at: datetime | None = None) -> None:
    now = context.read().now
    fresh.course = [*fresh.course, [(at or now).isoformat(timespec="seconds"), text[:200]]]
    fresh.changed_at = now


def line(case: Case, service: Service, key: str, text: str, facts: dict, by: Actor) -> None:
    told = {"document": service.document_id, "service": service.pk, "party": service.party_id, **facts}
    told = {name: value for name, value in told.items() if value not in (None, "")}
    journal.write([journal.Line(case, "document", f"service.{key}", text, told)], by)


def follow(failed: Service, by: Actor) -> Service:
    """The next attempt after one that failed."""
    if Service.objects.filter(follows=failed).exists():
        raise Stale("该次未送达已另行送达。")
    now = context.read().now
    return Service.objects.create(
        document=failed.document, party=failed.party, name=failed.name,
        to=failed.party.address if failed.party else failed.to,
        follows=failed, made_at=now, changed_at=now, by_id=by.user_id,
    )  # fmt: skip


def refuse_unissued(document: Document) -> None:
    if document.state != Document.State.ISSUED:
        raise Refused(f"「{document.title}」{document.get_state_display()}，不能送达。")


def electronic_to(service: Service) -> str:
    """Where the paper goes electronically: the party's own address, else that of an agent who agreed. Empty: nobody did."""
    party = service.party
    if party is None:
        return ""
    if party.e_service and party.e_service_to:
        return party.e_service_to
    agent = party.agents.filter(ended_on__isnull=True, e_service=True).exclude(e_service_to="").first()
    return agent.e_service_to if agent else ""
