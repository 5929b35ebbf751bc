"""承办人告知: the team that a case has come to tells every party who handles it now, by one key for many cases.

The duty is met when a notice has gone to everybody, electronically or by post.
"""

from collections.abc import Iterable

from django.db import transaction

from cases import context, rights, work
from cases.locks import lock_case
from cases.models import Case, Party, WorkItem
from cases.present import present
from cases.refusals import Refused, Stale
from documents import drafting, issuing
from documents.issuing import Result
from documents.models import Batch, Document, Service
from teams.actor import SYSTEM, Actor

RULE, KIND = "documents.handler_notice", "handler_notice"
MOST = 40
State = Document.State
CHANGED = ("triage_fast", "triage_regular", "retriage", "transfer_to_regular", "reassign", "register")
WHY = {"register": "恢复执行"}


def parties(cases: Iterable[Case]) -> dict[int, list[Party]]:
    """Whom each case has to tell: creditors and debtors that are still in it."""
    found: dict[int, list[Party]] = {case.pk: [] for case in cases}
    rows = Party.objects.filter(case__in=found, role__in=(Party.Role.CREDITOR, Party.Role.DEBTOR))
    for party in rows.exclude(standing=Party.Standing.REPLACED).order_by("case_id", "role", "position"):
        found[party.case_id].append(party)
    return found


def notices(item: WorkItem) -> list[Document]:
    """The notices made for this duty: since the case came to the team."""
    rows = Document.objects.filter(case=item.case_id, kind=KIND, made_at__gte=item.started_at)
    return list(rows.exclude(state__in=(State.VOID, State.DROPPED)).order_by("pk"))


def tell(items: Iterable[WorkItem], by: Actor) -> tuple[Batch, list[Result]]:
    """Draft what is missing and issue all of it; a case that cannot be told is left out with its reason."""
    documents: list[Document] = []
    refused: list[Result] = []
    for item in list(items)[:MOST]:
        try:
            documents += _drafts(item, by)
        except (Refused, Stale) as refusal:
            refused.append(Result(Document(case=present(item.case), title=item.title), str(refusal)))
    if not documents and not refused:
        raise Refused("所选案件的告知书都已制发：请在「待送达」送出。")
    batch, results = issuing.issue_many(documents, by)
    return batch, [*results, *refused]


@transaction.atomic
def _drafts(item: WorkItem, by: Actor) -> list[Document]:
    case = lock_case(present(item.case_id))
    rights.require(by, case, "draft_document", item=item)
    told = {row.subject for row in notices(item)}
    asked = {"why": why(case)}
    for party in parties([case])[case.pk]:
        if party.subject not in told:
            drafting.begin(case, KIND, by, subject=party.subject, asked=asked)
    return [row for row in notices(item) if row.state == State.DRAFT]


def why(case: Case) -> str:
    """What brought the case here, in the words of its step."""
    entry = case.journal.filter(what="step", key__in=CHANGED).order_by("-id").first()
    return WHY.get(entry.key, entry.label) if entry else "确定承办人"


def sent(service: Service, case: Case) -> None:
    """A notice has gone out: when none is left to send, everybody has been told."""
    if service.document.kind != KIND:
        return
    item = WorkItem.objects.filter(case=case, rule=RULE, open=True).first()
    if item is None:
        return
    issued = {row.subject for row in notices(item) if row.state == State.ISSUED}
    if any(party.subject not in issued for party in parties([case])[case.pk]):
        return
    left = Service.objects.filter(document__case=case, document__kind=KIND, document__made_at__gte=item.started_at)
    if not left.filter(state=Service.State.PLANNED).exists():
        work.record_event(case, "handler_told", context.read().now, SYSTEM, facts={"parties": len(issued)})
