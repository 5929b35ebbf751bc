"""What Celery calls: thin, and safe to call twice."""

from celery import shared_task
from django.conf import settings

from archives import loans, scanning
from teams.actor import SYSTEM


@shared_task(name="archives.tasks.remind")
def remind() -> None:
    loans.remind()


@shared_task(name="archives.tasks.collect")
def collect() -> None:
    """The scanner's folder; nothing where the site has none."""
    if settings.SCAN_DIR and settings.SCAN_DIR.is_dir():
        scanning.collect(settings.SCAN_DIR, SYSTEM)
