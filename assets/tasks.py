"""What Celery calls: thin, and safe to call twice."""

from celery import shared_task

from assets import measures, queries


@shared_task(name="assets.tasks.send_held")
def send_held() -> None:
    queries.send_held()


@shared_task(name="assets.tasks.lapse")
def lapse() -> None:
    measures.lapse()
