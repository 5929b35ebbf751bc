"""What Celery calls: thin, and safe to call twice."""

from celery import shared_task

from quality import kept


@shared_task(name="quality.tasks.count_again")
def count_again() -> None:
    kept.refresh()
