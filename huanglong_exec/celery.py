"""Background work: Celery carries only the keys of rows; what must happen stands in the database."""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_process_init

from huanglong_exec import garbage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huanglong_exec.settings")

app = Celery("huanglong_exec")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
worker_process_init.connect(lambda **_: garbage.spare(), weak=False)
app.conf.beat_schedule = {
    "sweep": {"task": "cases.tasks.sweep", "schedule": crontab()},
    "send-jobs": {"task": "cases.tasks.send_jobs", "schedule": 30.0},
    "seal": {"task": "cases.tasks.seal", "schedule": crontab(minute="*/10")},
    "exchange": {"task": "documents.tasks.read_receipts", "schedule": 15.0},
    "differences": {"task": "documents.tasks.check_differences", "schedule": crontab(minute="*/10")},
    "figures": {"task": "quality.tasks.count_again", "schedule": crontab(minute="*/10")},
    "held-queries": {"task": "assets.tasks.send_held", "schedule": 60.0},
    "lapsed-measures": {"task": "assets.tasks.lapse", "schedule": crontab(hour=0, minute=1)},
    "publications": {"task": "documents.tasks.end_publications", "schedule": crontab(hour=0, minute=10)},
    "scan-folder": {"task": "archives.tasks.collect", "schedule": 20.0},
    "loans": {"task": "archives.tasks.remind", "schedule": crontab(hour=8, minute=30)},
    "nightly": {"task": "cases.tasks.nightly", "schedule": crontab(hour=2, minute=10)},
}
