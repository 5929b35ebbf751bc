"""制发: asked for here, drawn, numbered, sealed and stored by a worker in one transaction; 作废 keeps number and file."""

import secrets
from collections.abc import Iterable
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.db import transaction

from cases import context, jobs, journal, materials
from cases.locks import lock_case, lock_cases
from cases.models import Approval, Job
from cases.present import present
from cases.refusals import Refused
from documents import closing_papers, composing, drafting, hooks, sealing, serving
from documents.drawing import NoGlyph, draw
from documents.kinds import KIND
from documents.models import Batch, Document
from documents.national import uploading
from documents.numbering import next_ordinal, number_of
from documents.seals import provider
from teams.actor import Actor
from teams.notices import tell

State = Document.State
JOB = "document.issue"
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class Result(NamedTuple):
    document: Document
    refusal: str


@transaction.atomic
def issue_many(documents: Iterable[Document], by: Actor) -> tuple[Batch, list[Result]]:
    """Ask for many at once, however many by the same few statements; the refused ones with their reason.

    What a paper still lacks the worker finds as he composes it: it comes back to its drafter, and the batch says why.
    """
    batch = Batch.objects.create(by=present(by.user), team=present(by.team), at=context.read().now)
    chosen = sorted(documents, key=lambda each: (each.case_id, each.pk))
    lock_cases(each.case_id for each in chosen)
    held = Document.objects.select_for_update().in_bulk([each.pk for each in chosen])
    results = [Result(each, refusal(held[each.pk])) for each in chosen]
    going = [result.document.pk for result in results if not result.refusal]
    changed = {"posting": by.posting} if by.posting else {}
    Document.objects.filter(pk__in=going).update(state=State.DRAWING, problem="", batch=batch, **changed)
    jobs.enqueue_many(JOB, {str(pk): {"document": pk} for pk in going}, by if by.user_id else None)
    return batch, results


def refusal(document: Document) -> str:
    """Why it may not be issued without a signature or in its state; empty where it may."""
    if document.state not in drafting.OPEN:
        return f"「{document.title}」{document.get_state_display()}，不能再改。"
    row = KIND[document.kind]
    return f"「{row.label}」须经签批：请先定稿并报请。" if row.act and not composing.signed(document) else ""


@transaction.atomic
def issue(document: Document, by: Actor, *, approval: Approval | None = None, whole: bool = False) -> Document:
    """Ask for the paper. A kind with an act is issued by its last signature, and stays its drafter's: he has it sealed
    and served. `whole`: the caller has composed it in this very transaction and nothing was missing."""
    fresh = drafting.hold(document, *drafting.OPEN)
    if approval is None and (why := refusal(fresh)):
        raise Refused(why)
    if not whole:
        drafting.refuse_gaps(fresh)
    fresh.state, fresh.problem, fresh.approval, fresh.batch = State.DRAWING, "", approval or fresh.approval, None
    fresh.posting = (fresh.posting or by.posting) if fresh.approval else (by.posting or fresh.posting)
    fresh.save(update_fields=["state", "problem", "approval", "batch", "posting"])
    jobs.enqueue(JOB, str(fresh.pk), {"document": fresh.pk}, by if by.user_id else None)
    return fresh


def produce(job: Job) -> None:
    """Draw, number, seal, file: all of it or nothing. What cannot be drawn goes back to its drafter with the reason."""
    document = Document.objects.select_related("posting__person", "posting__team").get(pk=job.payload["document"])
    case = lock_case(document.case_id)
    fresh = Document.objects.select_for_update().get(pk=document.pk)
    if fresh.state != State.DRAWING:
        return
    fresh.case = case
    by = document.drafter
    try:
        with transaction.atomic():
            store(fresh, by)
    except (NoGlyph, Refused) as refusal:
        give_back(fresh, str(refusal))


def failed(job: Job) -> None:
    """What the worker could not do, whatever the cause, does not stay under way."""
    document = Document.objects.select_related("posting__person").get(pk=job.payload["document"])
    document.case = lock_case(document.case_id)
    if Document.objects.filter(pk=document.pk, state=State.DRAWING).exists():
        give_back(document, jobs.why(job))


def give_back(document: Document, reason: str) -> None:
    """It is a draft again, among 未能制发, and its drafter hears why."""
    document.state, document.problem = State.DRAFT, reason[:300]
    document.save(update_fields=["state", "problem"])
    person = document.posting.person_id if document.posting else None
    tell([person], f"未能制发：{document.title}（{document.problem}）"[:200], f"/docs/{document.pk}/")


def store(document: Document, by: Actor) -> None:
    row, now = KIND[document.kind], context.read().now
    document.series, document.ordinal = row.series, next_ordinal(document.case, row.series)
    document.number = number_of(document.case, document.ordinal) if row.series else ""
    document.check_code, document.issued_at = "".join(secrets.choice(LETTERS) for _ in range(12)), now
    seal = provider()
    composed = composing.compose(document, ordinal=document.ordinal, across=seal.across, check=document.check_code)
    if composed.faults:
        raise Refused("".join(composed.faults))
    drawn = draw(composed.paper)
    pdf = seal.seal(drawn, document.title) if row.seal else drawn.pdf
    upload = ContentFile(pdf, name=f"{document.title}.pdf")
    document.material = materials.file(
        document.case, upload, kind="document", by=by, title=document.title, secret=bool(row.secret and not row.main)
    )
    document.state = State.ISSUED
    document.save()
    sealed = sealing.begin(document, seal.how, drawn.seal_at, by)
    if serving.plan(document):
        closing_papers.owe(document.case, [document])
    if sealed is None or sealed.state == sealed.State.DONE:
        hooks.tell_ready(document)
    for follow in hooks.issued_of(document.kind):
        follow(document)


@transaction.atomic
def void(document: Document, reason: str, by: Actor) -> Document:
    """作废: the number is not given again, the file stays, marked."""
    if not reason.strip():
        raise Refused("作废须写明原因。")
    fresh = drafting.hold(document, State.ISSUED)
    materials.void(present(fresh.material), reason, by)
    fresh.state, fresh.void_reason = State.VOID, reason[:200]
    fresh.save(update_fields=["state", "void_reason"])
    serving.voided(fresh, reason, by)
    sealing.voided(fresh)
    uploading.voided(fresh)
    hooks.tell_voided(fresh, reason, by)
    facts = {"document": fresh.pk, "number": fresh.number, "reason": reason}
    journal.write([journal.Line(lock_case(fresh.case_id), "document", "void", f"作废{fresh.title}", facts)], by)
    return fresh
