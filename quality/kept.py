"""Figures kept: read as they stand with their moment, computed again by a worker once they are ten minutes old.

Whoever asks for a combination that nobody has asked for waits for the worker in a large bureau, in a small one they are
computed at once. What is read is kept fresh; what nobody reads for a week goes.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection

from cases import clock, jobs
from cases.models import Job
from quality.models import KeptFigures

JOB = "quality.figures"
SMALL = 20_000  # cases: so many are counted within a moment
LOOKED_AT = timedelta(hours=2)  # who has looked since then may look again
FORGOTTEN = timedelta(days=7)
MOST = 60  # pages computed again in one round


class Kept(NamedTuple):
    page: dict[str, Any]
    at: datetime
    again: bool  # being computed again


def read(key: str, compute: Callable[[], dict]) -> Kept | Job:
    """The figures under the key, or the job that computes them for the first time; one that failed is left in peace
    until figures would be old."""
    if settings.FIGURES_KEPT and not _small() and not KeptFigures.objects.filter(key=key).exists():
        since = clock.now() - timedelta(minutes=settings.FIGURES_KEPT)
        failed = Job.objects.filter(kind=JOB, key=key, state=Job.State.FAILED, created_at__gt=since)
        return failed.order_by("pk").last() or ask(key)
    return read_at_once(key, compute)


def read_at_once(key: str, compute: Callable[[], dict]) -> Kept:
    """The figures under the key, computed where they are not kept."""
    now, fresh = clock.now(), timedelta(minutes=settings.FIGURES_KEPT)
    if not fresh:
        return Kept(plain(compute()), now, False)
    row = KeptFigures.objects.filter(key=key).first()
    if row is None:
        return Kept(keep(key, compute()).page, now, False)
    if row.read_at < now - fresh:
        KeptFigures.objects.filter(pk=row.pk).update(read_at=now)
    if old := row.at < now - fresh:
        ask(key)
    return Kept(row.page, row.at, old)


def ask(key: str) -> Job:
    return jobs.enqueue(JOB, key, {"key": key})


def keep(key: str, page: dict) -> KeptFigures:
    """`read_at` of a page that is there already stays: computing is not looking."""
    now = clock.now()
    given = {"at": now, "page": plain(page)}
    row, _ = KeptFigures.objects.update_or_create(
        key=key, defaults=given, create_defaults={**given, "key": key, "read_at": now}
    )
    return row


def refresh(looked_at: timedelta = LOOKED_AT) -> int:
    """Compute again what is old and has been looked at since; the key says what."""
    now = clock.now()
    old = KeptFigures.objects.filter(at__lt=now - timedelta(minutes=settings.FIGURES_KEPT), read_at__gt=now - looked_at)
    keys = list(old.order_by("-read_at").values_list("key", flat=True)[:MOST])
    jobs.enqueue_many(JOB, {key: {"key": key} for key in keys})
    return len(keys)


def nightly() -> None:
    KeptFigures.objects.filter(read_at__lt=clock.now() - FORGOTTEN).delete()
    refresh(FORGOTTEN)


def plain(value: Any) -> Any:
    """Counts as whole numbers; the same whether they come from the database or were kept."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else str(value)
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list | tuple) else value


def _small() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'cases_case'::regclass")
        return cursor.fetchone()[0] <= SMALL
