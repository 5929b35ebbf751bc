"""A killed worker, a killed web process: nothing lost, nothing twice."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from cases import jobs, steps, verify
from cases.models import Case, Job, JournalEntry
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
PAUSE = threading.Event()


def until(condition, seconds: float = 30) -> bool:
    """Wait for a condition, looking ten times a second."""
    for _ in range(int(seconds * 10)):
        if condition():
            return True
        PAUSE.wait(0.1)
    return False


def child(code: str) -> subprocess.Popen:
    """Another process of the program on this test's database."""
    place = urlsplit(settings.DATABASE_URL)._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    start = "import os, django\nos.environ['DJANGO_SETTINGS_MODULE'] = 'huanglong_exec.settings'\ndjango.setup()\n"
    return subprocess.Popen([sys.executable, "-c", start + code], cwd=ROOT, env={**os.environ, "DATABASE_URL": place})


def test_a_worker_killed_in_the_middle_of_a_job_has_done_nothing_and_the_job_is_done_once(load_again):
    case = make.case()
    job = jobs.enqueue("journal.lapsed", "1", {"case": case.pk, "rule": "enforcement.limit", "title": "试"})
    worker = child(
        "import time\nfrom cases import hooks, jobs, journal\n"
        "hooks.job('journal.lapsed')(lambda row: time.sleep(60))\n"
        f"jobs.run({job.pk})\n"
    )
    assert until(lambda: Job.objects.get(pk=job.pk).state == "running")
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    assert not JournalEntry.objects.filter(key="enforcement.limit", case=case).exists()
    assert not jobs.run(job.pk)  # its lease still runs
    Job.objects.filter(pk=job.pk).update(lease_until="2000-01-01T00:00Z")
    assert jobs.run(job.pk)
    assert not jobs.run(job.pk)
    assert JournalEntry.objects.filter(key="enforcement.limit", case=case).count() == 1
    assert Job.objects.get(pk=job.pk).state == "done"


def test_a_real_celery_worker_takes_the_job_over_redis(load_again):
    case = make.case()
    place = urlsplit(settings.DATABASE_URL)._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "huanglong_exec", "worker", "-P", "solo", "-l", "error", "-Q", "celery"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": place},
    )
    try:
        job = jobs.enqueue("journal.lapsed", "2", {"case": case.pk, "rule": "enforcement.limit", "title": "试"})
        assert until(lambda: Job.objects.get(pk=job.pk).state == "done", 40)
    finally:
        worker.terminate()
        worker.wait(20)
    assert JournalEntry.objects.filter(key="enforcement.limit", case=case).count() == 1


def test_a_process_killed_inside_a_step_leaves_nothing_behind(load_again):
    case = make.case()
    leader = make.actor("reception", "regular_officer")
    process = child(
        "import time\nfrom cases import hooks, steps\nfrom cases.models import Case\nfrom teams.actor import Actor\nfrom teams.models import User\n"
        "def wait(case, by):\n    open('/dev/stdout', 'w').write('in the step\\n')\n    time.sleep(60)\n"
        "hooks.after('report_closing')(wait)\n"
        f"steps.take_step(Case.objects.get(pk={case.pk}), 'report_closing', Actor.of(User.objects.get(pk={leader.user_id})),"
        " mode='withdrawn_from_docket', reason='x')\n"
    )
    assert until(lambda: waiting_in(connection))
    process.kill()
    process.wait()
    assert until(lambda: not waiting_in(connection))
    fresh = Case.objects.get(pk=case.pk)
    assert (fresh.stage, fresh.entries) == ("reception", 1)
    steps.take_step(fresh, "report_closing", leader, mode="withdrawn_from_docket", reason="x")
    assert not [*verify.chains(), *verify.heads()]


def waiting_in(link) -> bool:
    """Whether another session sits idle inside a transaction."""
    with link.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction' AND pid <> pg_backend_pid() AND datname = current_database()"
        )
        return cursor.fetchone()[0] > 0
