"""补识别: by night, pages of papers that were put in before this installation could read, and those that could not be
read once, go to the queue `ocr`; so many a night, the newest first. What is left stays for the next.

The numbers of the last round stand on its job, for the page of the search and for `manage.py recognise`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet

from cases import context, jobs
from cases.models import Job, Material
from documents import ocr
from documents.dossier import recognising, rendering
from documents.models import Page, PageText, Rendition

JOB = "ocr.sweep"
A_NIGHT = 2000  # pages: some two hours of one worker
FILES = 200  # files a night whose page images were never made
ONCE = 1


class Counted(NamedTuple):
    """Pages that wait to be read, and those given up after a second round."""

    unread: int
    lost: int
    asked: int
    at: datetime | None


def ask(pages: int = A_NIGHT) -> Job | None:
    """One round a day at most at a time; None where this installation cannot read."""
    if not ocr.available():
        return None
    return jobs.enqueue(JOB, str(context.read().today), {"pages": pages})


def produce(job: Job) -> None:
    """In the queue `ocr`: asks for pages, in pieces that are jobs of their own."""
    room = job.payload["pages"]
    rendering.ensure(list(_undrawn()[:FILES]))
    busy = _busy()
    left = room - unread().filter(rendition__sha256__in=busy).count()
    asked = 0
    rows = unread().exclude(rendition__sha256__in=busy).values("rendition").annotate(many=Count("pk"))
    for row in rows.order_by("-rendition")[: max(left, 0)]:
        if asked >= left:
            break
        recognising.ask(Rendition.objects.get(pk=row["rendition"]))
        asked += row["many"]
    again = list(failed(ONCE).order_by("-pk").values_list("page", flat=True)[: max(left - asked, 0)])
    jobs.enqueue_many(recognising.AGAIN, {str(pk): {"page": pk} for pk in again})
    job.result = {"unread": unread().count(), "lost": failed(ONCE + 1).count(), "asked": asked + len(again)}


def counted() -> Counted:
    """What the last round found."""
    last = Job.objects.filter(kind=JOB, state=Job.State.DONE).order_by("-pk").first()
    told = last.result if last else {}
    return Counted(told.get("unread", 0), told.get("lost", 0), told.get("asked", 0), last.finished_at if last else None)


def _undrawn() -> QuerySet[Material]:
    """Papers of cases whose pages nobody has drawn yet; one a file is enough."""
    drawn = Rendition.objects.filter(sha256=OuterRef("sha256"))
    return Material.objects.filter(~Exists(drawn), case__isnull=False, voided_at=None).order_by("-pk")


def unread() -> QuerySet[Page]:
    """Pages without words that a reader could give them, of papers of cases."""
    paper = Material.objects.filter(sha256=OuterRef("rendition__sha256"), case__isnull=False)
    rows = Page.objects.filter(words=None, blank=False, problem="", rendition__state=Rendition.State.READY)
    return rows.filter(Exists(paper))


def failed(times: int) -> QuerySet[PageText]:
    return PageText.objects.filter(source=PageText.Source.OCR, failures=times)


def _busy() -> Iterable[str]:
    """Files of which a piece is being read."""
    rows = Job.objects.filter(kind=recognising.JOB, state__in=jobs.UNDER_WAY)
    return list(rows.values_list("payload__sha256", flat=True).distinct())
