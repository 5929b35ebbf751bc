"""PostgreSQL restarted while officers work, Redis away, beat silent for a night: nothing lost, nothing twice."""

import subprocess
import sys
import threading

import pytest

from tests.faults.servers import ROOT, Servers

PAUSE = threading.Event()


@pytest.fixture(scope="module")
def servers():
    own = Servers()
    yield own
    own.close()


def until(condition, seconds: float = 60) -> bool:
    for _ in range(int(seconds * 20)):
        if condition():
            return True
        PAUSE.wait(0.05)
    return False


CHECKS = """
from cases import verify
from cases.models import Case, JournalEntry, WorkItem
found = {
    "closing": Case.objects.filter(stage="closing").count(),
    "entries": JournalEntry.objects.filter(key="report_closing").count(),
    "items": WorkItem.objects.filter(rule="archives.pre_closing", open=True).count(),
    "chains": [str(f) for f in (*verify.chains(), *verify.heads())],
}
"""
OFFICER = """
import sys
from django.db import Error, connections
from cases import steps
from cases.models import Case
from tests import make
for pk in {mine}:
    for attempt in range(300):
        try:
            case = Case.objects.get(pk=pk)
            if case.stage == "reception":
                steps.take_step(case, "report_closing", make.actor("reception", "regular_officer"),
                                mode="withdrawn_from_docket", reason="x")
            break
        except Error:
            connections.close_all()
            __import__("threading").Event().wait(0.1)
    else:
        sys.exit(1)
"""


def test_a_fast_restart_of_postgresql_during_fifty_steps_loses_nothing_and_does_nothing_twice(servers):
    pks = servers.run("import json\nfrom tests import make\nprint(json.dumps([c.pk for c in make.cases(50)]))")
    officers = [servers.child(OFFICER.format(mine=pks[n::5])) for n in range(5)]
    taken = "SELECT count(*) FROM cases_case WHERE stage = 'closing'"
    assert until(lambda: servers.ask(taken) >= 5)
    servers.stop("postgres")
    servers.start_postgres()
    assert [officer.wait(120) for officer in officers] == [0] * 5
    found = servers.run("import json\n" + CHECKS + "print(json.dumps(found))")
    assert found == {"closing": 50, "entries": 50, "items": 50, "chains": []}


def test_while_redis_is_away_an_officer_logs_in_takes_a_step_and_signs_and_the_jobs_run_when_it_is_back(servers):
    servers.stop("redis")
    told = servers.run(AWAY)
    assert told == {"log_in": 302, "tick": 302, "ticks": 1, "signed": "signed", "job": "waiting"}
    servers.start_redis()
    worker = celery(servers)
    try:
        servers.run("from cases import jobs\nfrom cases.models import Job\n"
                    "Job.objects.update(created_at='2000-01-01T00:00Z')\njobs.send_waiting()\njobs.send_waiting()")  # fmt: skip
        assert until(lambda: servers.ask("SELECT count(*) FROM cases_job WHERE state <> 'done'") == 0)
    finally:
        stop(worker)
    assert servers.ask("SELECT count(*) FROM cases_journalentry WHERE key = 'enforcement.limit'") == 1


AWAY = """
import json
from django.test import Client
from django.db import transaction
from cases import jobs, signing
from cases.models import Approval, Job
from tests import make
case = make.case()
officer = make.actor("reception", "regular_officer")
client = Client()
page = client.post("/login/", {"username": officer.user.staff_number, "password": "Huanglong-2026"})
item = case.items.get(rule="reception.first_day")
answer = client.post(f"/items/{item.pk}/tick/reception.identity/", {"state": "done", "happened_on": "今天"})
other = make.case()
asked = signing.ask(other, "case_void", officer, proposal={"reason": "重复登记"})
place = asked.places.get(state="waiting")
signer = Client()
signer.post("/login/", {"username": place.signer.staff_number, "password": "Huanglong-2026"})
signer.post(f"/approvals/{asked.pk}/sign/", {"opinion": "同意", "password": "Huanglong-2026"})
with transaction.atomic():
    job = jobs.enqueue("journal.lapsed", "3", {"case": case.pk, "rule": "enforcement.limit", "title": "试"})
print(json.dumps({
    "log_in": page.status_code, "tick": answer.status_code, "ticks": item.ticks.count(),
    "signed": Approval.objects.get(pk=asked.pk).state, "job": Job.objects.get(pk=job.pk).state,
}))
"""


def test_after_a_night_without_beat_each_item_is_signalled_once_however_many_sweeps_arrive_together(servers):
    servers.run("from tests import make\nmake.cases(40)\nfrom django.db import connection\n"
                "connection.cursor().execute(\"UPDATE cases_workitem SET warn_at = now() - interval '14 hours',"
                " due_at = now() - interval '9 hours' WHERE open AND rule = 'reception.first_day'\")")  # fmt: skip
    late = servers.ask("SELECT count(*) FROM cases_workitem WHERE open AND rule = 'reception.first_day'")
    workers = [celery(servers), celery(servers)]
    try:
        servers.run("from cases.tasks import sweep_items\nfor _ in range(6): sweep_items.delay()")
        said = "SELECT count(*) FROM cases_itemsignal s JOIN cases_workitem i ON i.id = s.item_id"
        said += " WHERE i.rule = 'reception.first_day' AND s.kind = 'overdue'"
        assert until(lambda: servers.ask(said) == late)
        assert until(lambda: queue_is_empty(servers))
    finally:
        for worker in workers:
            stop(worker)
    assert servers.ask(said) == late
    rows = "SELECT count(*) FROM cases_escalationrow r JOIN cases_workitem i ON i.id = r.item_id"
    assert servers.ask(rows + " WHERE i.rule = 'reception.first_day'") == late


def celery(servers: Servers) -> subprocess.Popen:
    command = [sys.executable, "-m", "celery", "-A", "huanglong_exec", "worker", "-P", "solo", "-l", "error"]
    return subprocess.Popen(command, cwd=ROOT, env=servers.env)


def stop(worker: subprocess.Popen) -> None:
    """A warm shutdown: what it has begun it ends."""
    worker.terminate()
    worker.wait(60)


def queue_is_empty(servers: Servers) -> bool:
    import redis

    return redis.Redis(unix_socket_path=str(servers.sockets / "redis")).llen("celery") == 0
