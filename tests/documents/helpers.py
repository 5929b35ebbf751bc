"""Papers put where a test needs them, and the worker's part done at once."""

from cases import jobs
from cases.models import Case, Job
from documents import contexts, drafting, issuing, samples
from documents.models import Document
from teams.actor import Actor


def filled(document: Document) -> dict:
    """Whatever the drafter is asked, answered."""
    return samples.answers(document.kind, contexts.of(document.kind, document.case, document.subject))


def draft(case: Case, kind: str, by: Actor, **given) -> Document:
    document = drafting.begin(case, kind, by, **given)
    return drafting.change(document, filled(document), by)


def work_off(kind: str = "document.issue") -> None:
    """Every paper that waits for the worker, or what else does."""
    for job in Job.objects.filter(kind=kind, state="waiting").order_by("pk"):
        jobs.run(job.pk)


def issued(case: Case, kind: str, by: Actor, **given) -> Document:
    document = draft(case, kind, by, **given)
    issuing.issue(document, by)
    work_off()
    return Document.objects.get(pk=document.pk)
