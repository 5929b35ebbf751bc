"""Packages out: a row in the caller's transaction, the folder by a worker, again and again until it lies there.

A package carries the row's own number: written twice it is the same package, and the receiver ignores repeats.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from cases import clock, jobs, materials
from cases.models import Job
from cases.refusals import Refused
from documents.exchange import manifest
from documents.models import Document, Outgoing
from teams.actor import Actor

State = Outgoing.State
JOB = "exchange.send"
PAPERLESS = {Outgoing.Kind.QUERY}  # asks, and disposes of nothing: leaves without a paper
LATE = timedelta(days=1)  # without a receipt so long, an administrator should look


def out():
    return settings.EXCHANGE_DIR / "out"


def send(
    kind: str,
    key: str,
    document: Document,
    payload: dict,
    files: Mapping[str, str],
    by: Actor,
    *,
    rests_on: Document | None = None,
) -> Outgoing:
    """Let a package about the document leave; `files` are names and hashes of stored files.

    Raises Refused where the paper, or the ruling it rests on, may not leave: not issued, void, or without the
    signature that its kind needs.
    """
    for paper in filter(None, (document, rests_on)):
        refuse_unsigned(paper)
    return _leave(kind, key, document.case_id, payload, files, by)


def ask(kind: str, key: str, payload: dict, by: Actor) -> Outgoing:
    """Let a package leave that carries no paper. Only kinds that dispose of nothing; who may ask, its room decides."""
    if kind not in PAPERLESS:
        raise Refused(f"「{Outgoing.Kind(kind).label}」须附签批完毕的文书，不能发出。")
    return _leave(kind, key, None, payload, {}, by)


def _leave(kind: str, key: str, case_id: int | None, payload: dict, files: Mapping[str, str], by: Actor) -> Outgoing:
    row = Outgoing.objects.create(
        kind=kind, key=key, case_id=case_id, payload=payload, files=dict(files),
        by_id=by.user_id, created_at=clock.now(),
    )  # fmt: skip
    jobs.enqueue(JOB, str(row.pk), {"outgoing": row.pk}, by if by.user_id else None)
    return row


def refuse_unsigned(document: Document) -> None:
    """Nothing leaves without the signature it needs."""
    from documents.kinds import KIND

    approval = document.approval
    if document.state != Document.State.ISSUED or document.material is None:
        raise Refused(f"「{document.title}」{document.get_state_display()}，不能发出。")
    if KIND[document.kind].act and (approval is None or approval.state != approval.State.SIGNED):
        raise Refused(f"「{document.title}」没有签批，不能发出。")


def produce(job: Job) -> None:
    """Write the package, then say so; killed in between, it is written again as the same package. One that was
    withdrawn is taken out of the folder, if it still lies there."""
    row = Outgoing.objects.select_for_update(no_key=True).get(pk=job.payload["outgoing"])
    if row.state == State.WITHDRAWN:
        manifest.take_back(out(), row.kind, str(row.uuid))
    if row.state not in (State.WAITING, State.SENT):
        return
    files = {name: materials.path_of(sha256).read_bytes() for name, sha256 in row.files.items()}
    manifest.write(out(), row.kind, row.payload, files, id=str(row.uuid), created=row.created_at)
    row.state, row.sent_at = State.SENT, row.sent_at or clock.now()
    row.save(update_fields=["state", "sent_at"])


@transaction.atomic
def again(row: Outgoing, by: Actor) -> None:
    """Write a package again that has no receipt; the same number, so that it is answered once."""
    fresh = Outgoing.objects.select_for_update(no_key=True).get(pk=row.pk)
    if fresh.state not in (State.WAITING, State.SENT):
        raise Refused(f"该件{fresh.get_state_display()}，不必重发。")
    jobs.enqueue(JOB, str(fresh.pk), {"outgoing": fresh.pk}, by if by.user_id else None)


@transaction.atomic
def withdraw(*keys: str) -> int:
    """Wait no longer for an answer, and let nobody take the package any more: the paper is void, or was served or
    entered in another way. The rows are locked: a worker that is writing one has written it before it is taken back."""
    rows = Outgoing.objects.filter(key__in=keys, state__in=(State.WAITING, State.SENT)).order_by("pk")
    going = list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
    if going:
        Outgoing.objects.filter(pk__in=going).update(state=State.WITHDRAWN)
        jobs.enqueue_many(JOB, {str(pk): {"outgoing": pk} for pk in going})
    return len(going)


def unanswered() -> QuerySet[Outgoing]:
    """What was sent more than a day ago and has no receipt."""
    return Outgoing.objects.filter(state=State.SENT, sent_at__lt=clock.now() - LATE)
