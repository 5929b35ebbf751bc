"""What Celery calls: thin, and safe to call twice."""

from celery import shared_task

from assets import queries


@shared_task(name="assets.tasks.send_held")
def send_held() -> None:
    queries.send_held()
