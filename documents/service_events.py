"""What service means to the clocks: the events that it states, with the period that the paper prints."""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from cases import backdating, context, work
from cases.deadlines import ANCHOR, midnight
from cases.locks import lock_case
from cases.models import Case, Material
from cases.present import present
from cases.refusals import Refused
from cases.workflow import ENDED
from documents import performance, service_rules
from documents.kinds import KIND
from documents.models import Document, Service
from documents.service_rows import OPEN, electronic_to
from documents.service_rules import Way
from teams.actor import SYSTEM, Actor
from teams.notices import tell


def happened(case: Case, fresh: Service, by: Actor, material: Material) -> None:
    """Everything that this service, now in effect, completes.

    What an officer states may be refused with the reason; of what a machine reports, service stands and its drafter is
    told which event could not be recorded.
    """
    others = list(together(fresh.document).exclude(pk=fresh.pk))
    for row in service_rules.starts(fresh, others):
        day = service_rules.day_of(row, [fresh, *others]) if row.once else present(fresh.served_on)
        subject = "" if row.once or fresh.party is None else fresh.party.subject
        try:
            with transaction.atomic():
                state(case, fresh, row.anchor, day, by, material, subject)
        except Refused as refusal:
            if by.user_id is not None and not isinstance(refusal, performance.Unread):  # issued, it cannot be reworded
                raise
            tell_drafter(fresh, f"「{ANCHOR[row.anchor].label}」未能登记，请核对后登记：{refusal}")


def together(document: Document) -> QuerySet[Service]:
    """The services of the paper, and of the papers issued by the same signatures: a closing has its ruling and a notice
    for each party, and is dated by the last of them all."""
    papers = Q(document=document)
    if document.approval_id and service_rules.closes(document.kind):
        papers |= Q(document__approval=document.approval_id, document__state=Document.State.ISSUED)
    return Service.objects.filter(papers).select_related("document", "party", "followed_by")


def settled(case: Case) -> None:
    """The duty to serve electronically is met when the platform has answered for every paper, and none is left that
    could still go to it."""
    mine = Service.objects.filter(document__case=case)
    answered = mine.filter(way=Way.ELECTRONIC, state__in=(Service.State.SERVED, Service.State.FAILED))
    if (
        case.items.filter(rule="documents.e_service", open=True).exists()
        and answered.exists()
        and not Document.objects.filter(case=case, state=Document.State.DRAWING).exists()
        and not any(_may_go(row) for row in mine.filter(state__in=OPEN).select_related("document", "party"))
    ):
        work.record_event(case, "e_served", context.read().now, SYSTEM, facts={"by": "platform"})


def _may_go(row: Service) -> bool:
    if row.state == Service.State.SENT:
        return row.way == Way.ELECTRONIC
    kind = KIND[row.document.kind]
    issued = row.document.state == Document.State.ISSUED
    return issued and not service_rules.refusal(kind, Way.ELECTRONIC) and bool(electronic_to(row))


def tell_drafter(fresh: Service, text: str) -> None:
    posting = fresh.document.posting
    tell([posting.person_id if posting else None], text, f"/docs/{fresh.document_id}/service/")


def state(
    case: Case, fresh: Service, anchor: str, on: date, by: Actor, material: Material | None, subject: str
) -> None:
    """State it to the clocks; entered late, the paper says why. A case that is not closed has no closing to date."""
    ctx = context.read()
    if anchor == "closing_served" and lock_case(case.pk).stage not in ENDED:
        return
    at = midnight(on) if on < ctx.today else ctx.now
    late = backdating.is_late(at, ctx.now, calendar=ctx.calendar)
    drafted = fresh.document.posting
    own = drafted if drafted and drafted.team_id == by.team_id else None
    work.record_event(
        case, anchor, at, by, material, subject, action="serve_document",
        length=length_of(fresh.document, anchor, on), late_reason="凭送达凭证登记" if late else "",
        facts={"document": fresh.document_id, "service": fresh.pk}, item=own,
    )  # fmt: skip


def length_of(document: Document, anchor: str, on: date) -> str:
    """The end of the period that the paper itself prints. Raises performance.Unread."""
    if anchor != "notice_served":
        return ""
    words = str(document.asked.get(performance.FIELD[document.kind]) or "")
    return performance.end(words, on, context.read().calendar).isoformat() if words else on.isoformat()
