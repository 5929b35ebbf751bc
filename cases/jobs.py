"""Work for a worker, as rows: enqueued in the caller's transaction, sent on commit, re-sent until done.

Celery only carries ids. A handler writes its effect and `done` in one transaction: a killed worker has done nothing.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q, QuerySet

from cases import clock, hooks
from cases.models import Job
from cases.refusals import Refused
from teams.actor import Actor
from teams.models import Posting, User

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
SENT_AGAIN_AFTER = timedelta(minutes=1)
ATTEMPTS = 5
OCR_QUEUE = "ocr"
State = Job.State
UNDER_WAY = (State.WAITING, State.RUNNING)


def enqueue(kind: str, key: str, payload: dict, by: Actor | None = None) -> Job:
    """Add a job, or give the unfinished one of the same kind and key."""
    return enqueue_many(kind, {key: payload}, by)[0]


def enqueue_many(kind: str, payloads: dict[str, dict], by: Actor | None = None) -> list[Job]:
    """One job a key, as `enqueue` does, in two statements."""
    fields = {"created_at": clock.now(), "by_id": by.user_id if by else None}
    rows = [Job(kind=kind, key=key, payload=payload, **fields) for key, payload in payloads.items()]
    Job.objects.bulk_create(rows, ignore_conflicts=True)
    found = Job.objects.filter(kind=kind, key__in=payloads, state__in=UNDER_WAY).order_by("pk")
    made = list(found)

    def tell() -> None:
        for job in made:
            send(job.pk, kind)

    transaction.on_commit(tell)
    return made


def enqueue_parts(
    kind: str, run: str, name: str, keys: list[int], size: int, given: dict, by: Actor | None = None
) -> list[Job]:
    """A run of jobs, each with so many of the keys under `name` of its payload; its parts are found by `parts_of`."""
    parts = {f"{run}:{at}": {**given, name: keys[at : at + size]} for at in range(0, len(keys), size)}
    return enqueue_many(kind, parts, by)


def parts_of(kind: str, run: str) -> QuerySet[Job]:
    return Job.objects.filter(kind=kind, key__startswith=f"{run}:").order_by("pk")


def asked_from(by: Actor) -> dict[str, int | None]:
    """What the payload of a job keeps of whoever asked."""
    return {"posting": by.posting.pk if by.posting else None}


def asker(job: Job) -> Actor:
    """Whoever asked for it, at the posting he asked from: the worker acts as him, with the rights he has now."""
    posting = Posting.objects.filter(pk=job.payload.get("posting")).select_related("team").first()
    return Actor.of(User.objects.get(pk=job.by_id), posting, clock.today())


def send(job_id: int, kind: str) -> None:
    """Tell a worker of the kind's queue; without Redis the sweep sends it later."""
    from cases.tasks import run_job

    try:
        run_job.apply_async((job_id,), retry=False, queue=queue_of(kind))
    except Exception:  # whatever the broker's client raises: the row stays and is sent again
        log.warning("job %s not sent", job_id)


def send_waiting() -> int:
    """Send what nobody has taken for a minute, and what a dead worker has left."""
    now = clock.now()
    left = Q(state=State.WAITING, created_at__lt=now - SENT_AGAIN_AFTER) | Q(state=State.RUNNING, lease_until__lt=now)
    rows = list(Job.objects.filter(left).order_by("pk").values_list("pk", "kind")[:500])
    for job_id, kind in rows:
        send(job_id, kind)
    return len(rows)


def queue_of(kind: str) -> str:
    """Jobs `ocr.…` have a queue and a worker of their own: reading a page takes seconds and much memory."""
    return OCR_QUEUE if kind.startswith("ocr.") else settings.CELERY_TASK_DEFAULT_QUEUE


def claim(job_id: int) -> Job | None:
    """Take the job, unless somebody has it."""
    now = clock.now()
    with transaction.atomic():
        free = Q(state=State.WAITING) | Q(state=State.RUNNING, lease_until__lt=now)
        job = Job.objects.select_for_update(skip_locked=True).filter(free, pk=job_id).first()
        if job is None:
            return None
        job.state, job.lease_until, job.attempts = State.RUNNING, now + LEASE, job.attempts + 1
        job.save(update_fields=["state", "lease_until", "attempts"])
        return job


def run(job_id: int) -> bool:
    """Claim and handle a job; whether it was done here. The fifth failure is the last, and its room hears of it."""
    job = claim(job_id)
    if job is None:
        return False
    try:
        with transaction.atomic():
            fresh = Job.objects.select_for_update().get(pk=job.pk)
            if fresh.state != State.RUNNING or fresh.attempts != job.attempts:
                return False
            for handler in hooks.of("job", job.kind):
                handler(fresh)
            fresh.state, fresh.finished_at, fresh.lease_until = State.DONE, clock.now(), None
            fresh.save()
        return True
    except Exception as error:
        log.exception("job %s failed", job.pk)
        _failed(job, error)
        return False


@transaction.atomic
def _failed(job: Job, error: Exception) -> None:
    """To be tried again; after the last time, what waited for it is given back in the same transaction."""
    last = job.attempts >= ATTEMPTS
    told = {"error": str(error)[:500], "said": isinstance(error, Refused)}
    ended = {"state": State.FAILED, "finished_at": clock.now()} if last else {"state": State.WAITING}
    rows = Job.objects.filter(pk=job.pk, attempts=job.attempts, state=State.RUNNING)
    if not rows.update(lease_until=None, result=told, **ended) or not last:
        return
    try:
        with transaction.atomic():
            for hook in hooks.of("failed", job.kind):
                hook(Job.objects.get(pk=job.pk))
    except Exception:  # the job has failed all the same
        log.exception("what waited for job %s is not given back", job.pk)


def why(job: Job) -> str:
    """What an officer reads of a job that failed for good: a refusal's own sentence, else where its cause is logged."""
    said = job.result.get("error", "") if job.result.get("said") else ""
    return said or f"系统连续 {ATTEMPTS} 次未能完成，请再试；仍不成的，请将任务号 {job.pk} 告知系统管理员。"


def tell_progress(job: Job, done: int, total: int) -> None:
    """Say how far it is; for the screen only, so it lives in the cache: the handler's own row waits for its commit."""
    cache.set(_progress(job.pk), (done, total), timeout=3600)


def progress_of(job: Job) -> tuple[int, int]:
    return cache.get(_progress(job.pk)) or (0, job.total)


def _progress(job_id: int) -> str:
    return f"job:{job_id}:progress"
