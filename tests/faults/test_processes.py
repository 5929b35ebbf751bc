"""A killed worker, a killed web process, a database that restarts, Redis away: nothing lost, nothing twice."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import Error, connection, connections, transaction
from django.test import Client

from cases import hooks, jobs, steps, verify, work
from cases.models import Case, Job, JournalEntry
from teams.models import User
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


def test_every_session_ended_at_once_during_fifty_steps_loses_nothing(load_again):
    """What a fast restart of the server does to its clients: every connection is cut in the middle of work."""
    cases = make.cases(50)
    leader = make.actor("reception", "regular_officer")
    done = []

    def take(case) -> None:
        """The officer tries again when his connection was cut, as often as it is; a step that was taken stays taken."""
        for _ in range(10):
            try:
                if Case.objects.get(pk=case.pk).stage == "reception":
                    steps.take_step(case, "report_closing", leader, mode="withdrawn_from_docket", reason="x")
                done.append(case.pk)
                return
            except Error:
                connections.close_all()

    def walk(mine) -> None:
        for case in mine:
            take(case)
        connections.close_all()

    threads = [threading.Thread(target=walk, args=(cases[n::5],)) for n in range(5)]
    for thread in threads:
        thread.start()
    for _ in range(3):
        PAUSE.wait(0.15)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
    for thread in threads:
        thread.join()
    assert sorted(done) == sorted(case.pk for case in cases)
    assert Case.objects.filter(stage="closing").count() == 50
    assert JournalEntry.objects.filter(key="report_closing").count() == 50
    assert not [*verify.chains(), *verify.heads()]


def test_without_redis_an_officer_logs_in_takes_a_step_and_signs(load_again, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "unix:///nonexistent/redis"}}
    settings.CELERY_BROKER_URL = "redis+socket:///nonexistent/redis"
    case = make.case()
    officer = make.actor("reception", "regular_officer")
    client = Client()
    page = client.post("/login/", {"username": officer.user.staff_number, "password": "Huanglong-2026"})
    assert page.status_code == 302
    item = case.items.get(rule="reception.first_day")
    answer = client.post(f"/items/{item.pk}/tick/reception.identity/", {"state": "done", "happened_on": "今天"})
    assert answer.status_code == 302
    assert item.ticks.count() == 1
    with transaction.atomic():
        job = jobs.enqueue("journal.lapsed", "3", {"case": case.pk, "rule": "enforcement.limit", "title": "试"})
    assert Job.objects.get(pk=job.pk).state == "waiting"
    assert hooks.of("job", "journal.lapsed")
    assert User.objects.filter(pk=officer.user_id).exists()
    assert work.missing(item)
