"""格式化文书: the papers of the day a case arrives, drafted together, issued together, sent the same day (flow §4.2).

`SET` says which paper goes to whom. What a draft still lacks stands on it as its problem, so that the list can say so.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.db import transaction

from cases import context, rights, work
from cases.hooks import Reason
from cases.locks import lock_case
from cases.models import Case, Claim, Party, WorkItem
from cases.refusals import Refused, Stale
from documents import composing, drafting, service_rows
from documents.models import Document, Service
from teams.actor import SYSTEM, Actor

RULE, SERVE = "documents.standard_set", "documents.e_service"
AGAIN = "service.again"
SET = (  # kind of table 5, the side it goes to
    ("acceptance_notice", Party.Role.CREDITOR),
    ("execution_notice", Party.Role.DEBTOR),
    ("report_order", Party.Role.DEBTOR),
    ("asset_declaration", Party.Role.DEBTOR),
)
REPORTED = ("report_order", "asset_declaration")  # of money, things and rights
KINDS = tuple(kind for kind, _ in SET)
State = Document.State
THERE = (State.DRAFT, State.READY, State.DRAWING, State.ISSUED)
MOST = 60  # cases drafted by one key: some two hundred papers


def items_of(actor: Actor):
    """The duties of the team, of cases it may see, the first due first."""
    mine = WorkItem.objects.filter(rule=RULE, team_id=actor.team_id, open=True, case__in=rights.visible(actor))
    return mine.select_related("case").order_by("due_at", "pk")


class Wanted(NamedTuple):
    kind: str
    subject: str


def wanted(cases: Iterable[Case]) -> dict[int, list[Wanted]]:
    """Which papers each case needs: each debtor 在执, each creditor; two queries. Where an act alone is claimed nobody
    has property to report (flow §1)."""
    found: dict[int, list[Wanted]] = {case.pk: [] for case in cases}
    sides = (Party.Role.CREDITOR, Party.Role.DEBTOR)
    claims: dict[int, set[str]] = {}
    for pk, kind in Claim.objects.filter(case__in=found).values_list("case_id", "kind"):
        claims.setdefault(pk, set()).add(kind)
    acts = {pk for pk, kinds in claims.items() if kinds == {Claim.Kind.CONDUCT}}
    rows = Party.objects.filter(case__in=found, role__in=sides, standing=Party.Standing.ACTIVE)
    for party in rows.order_by("case_id", "role", "position"):
        found[party.case_id] += [
            Wanted(kind, party.subject)
            for kind, role in SET
            if role == party.role and not (kind in REPORTED and party.case_id in acts)
        ]
    return found


def papers(cases: Iterable[Case]) -> dict[int, list[Document]]:
    """The papers of the set that each case has, neither void nor dropped; one query."""
    found: dict[int, list[Document]] = {case.pk: [] for case in cases}
    for document in Document.objects.filter(case__in=found, kind__in=KINDS, state__in=THERE).order_by("pk"):
        found[document.case_id].append(document)
    return found


class Drafted(NamedTuple):
    made: int
    documents: list[int]  # every draft of the chosen cases that is not issued yet
    refused: list[tuple[str, str]]  # number of the case, why


def draft(items: Iterable[WorkItem], by: Actor, progress: Callable[[int], None] | None = None) -> Drafted:
    """The missing papers of these duties' cases; each case by itself, locked in the order of all locks."""
    made, open_, refused = 0, list[int](), list[tuple[str, str]]()
    for done, item in enumerate(sorted(list(items)[:MOST], key=lambda each: each.case_id or 0)):
        if progress:
            progress(done)
        try:
            new, drafts = _draft(item, by)
            made, open_ = made + new, open_ + drafts
        except (Refused, Stale) as refusal:
            refused.append((item.case.number if item.case else "", str(refusal)))
    return Drafted(made, open_, refused)


@transaction.atomic
def _draft(item: WorkItem, by: Actor) -> tuple[int, list[int]]:
    case = lock_case(item.case_id or 0)
    rights.require(by, case, "draft_document", item=item)
    there = {Wanted(row.kind, row.subject) for row in papers([case])[case.pk]}
    missing = [each for each in wanted([case])[case.pk] if each not in there]
    for each in missing:
        note_gaps(drafting.begin(case, each.kind, by, subject=each.subject))
    if not there and not missing:
        raise Refused(Reason("没有在执的当事人，不能拟制格式化文书。", "核对当事人", f"/cases/{case.pk}/?tab=parties"))
    return len(missing), [row.pk for row in papers([case])[case.pk] if row.state == State.DRAFT]


def note_gaps(document: Document) -> None:
    """What the words still lack, or no font can print, said in the list; changing the draft takes it away."""
    if faults := composing.compose(document).faults:
        document.problem = "".join(faults)[:300]
        document.save(update_fields=["problem"])


# When the last one is issued


def issued(document: Document) -> None:
    """The whole set is out: the duty is met; where nobody takes electronic service it goes by post."""
    case = document.case
    running = {item.rule: item for item in case.items.filter(rule__in=(RULE, SERVE), open=True)}
    if not running:
        return
    there = {Wanted(row.kind, row.subject) for row in papers([case])[case.pk] if row.state == State.ISSUED}
    if any(each not in there for each in wanted([case])[case.pk]):
        return
    if RULE in running:
        work.record_event(case, "documents_issued", context.read().now, SYSTEM, facts={"papers": len(there)})
    to_post(case, document, SERVE in running)


def to_post(case: Case, document: Document, duty: bool) -> None:
    """One item for all who have not agreed to electronic service; the duty of it is met where that is everybody."""
    mine = Service.objects.filter(document__case=case, document__kind__in=KINDS, state=Service.State.PLANNED)
    services = list(mine.select_related("party", "document"))
    by_post = [each for each in services if not service_rows.electronic_to(each)]
    subject = f"post:{case.pk}"
    if by_post and not case.items.filter(rule=AGAIN, subject=subject, open=True).exists():
        names = list(dict.fromkeys(each.name for each in by_post))
        posting = document.posting
        where: dict[str, Any] = {"team_id": posting.team_id, "person_id": posting.person_id} if posting else {}
        title = f"邮寄等送达：{'、'.join(names[:2])}{f'等 {len(names)} 人' if len(names) > 2 else ''}未同意电子送达"
        work.open(case, AGAIN, SYSTEM, subject=subject, title=title[:120], **where)
    if duty and len(by_post) == len(services):
        work.record_event(case, "e_served", context.read().now, SYSTEM, facts={"by": "nobody_agreed"})
