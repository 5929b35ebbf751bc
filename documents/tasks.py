"""What Celery calls: thin, and safe to call twice."""

from celery import shared_task

from documents import serving
from documents.exchange import receiving
from documents.national import differences


@shared_task(name="documents.tasks.read_receipts")
def read_receipts() -> None:
    receiving.read_all()


@shared_task(name="documents.tasks.check_differences")
def check_differences() -> None:
    differences.check()


@shared_task(name="documents.tasks.end_publications")
def end_publications() -> None:
    serving.publications_over()
