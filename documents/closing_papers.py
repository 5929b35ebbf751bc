"""送达结案文书: a closed case goes to the centre or to a terminal team; the team that had it still serves its papers.

Service on the last party is the closing date (法〔2000〕29号 art 10, reference §3.1), so somebody is asked for it.
"""

from collections.abc import Iterable

from cases import context, rights, work
from cases.models import Case
from cases.present import present
from cases.workflow import ENDED
from documents.models import Document, Service
from teams.actor import SYSTEM, Actor
from teams.models import Posting

AGAIN = "service.again"
PREFIX = "closing:"


def left(case: Case):
    """Papers of the case with somebody still to be served."""
    planned = Service.objects.filter(state=Service.State.PLANNED)
    return Document.objects.filter(case=case, state=Document.State.ISSUED, services__in=planned).distinct()


def owe(case: Case, documents: Iterable[Document]) -> None:
    """One item for each team that drafted them and has the case no more."""
    if case.stage not in ENDED:
        return
    for posting in {each.posting.team_id: each.posting for each in documents if each.posting}.values():
        if posting.team_id != case.team_id:
            _ask(case, posting)


def _ask(case: Case, posting: Posting) -> None:
    there = {member.user_id for member in context.read().roster.members(posting.team_id)}
    person = posting.person_id if posting.person_id in there else None
    work.open(
        case, AGAIN, SYSTEM, subject=f"{PREFIX}{posting.team_id}", title="送达结案文书",
        team_id=posting.team_id, person_id=person,
    )  # fmt: skip


def closed(cases: Iterable[Case], by: Actor) -> None:
    """What was issued before the closing and is not served."""
    for case in cases:
        owe(case, left(case).select_related("posting"))


def sent(case: Case, by: Actor) -> None:
    """Done when nothing of the team's is left to send."""
    items = list(case.items.filter(rule=AGAIN, subject__startswith=PREFIX, open=True).select_related("team"))
    teams = set(left(case).values_list("posting__team_id", flat=True)) if items else set()
    for item in items:
        if present(item.team_id) not in teams:
            own = not rights.refusal(by, case, "finish_item", item=item)
            work.finish([item], by if own else SYSTEM, note="已送出")
