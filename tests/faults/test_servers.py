"""PostgreSQL restarted while officers work, Redis away, beat silent for a night: nothing lost, nothing twice."""

from subprocess import PIPE, Popen
from time import monotonic as clock

from tests.faults.servers import PAUSE, Servers, until

AWHILE = 20  # seconds without Redis
COUNTED = """
import json
from cases import verify
from cases.models import Approval, Case, Job, JournalEntry, WorkItem
mine = {{"case__in": {pks}}}
print(json.dumps({{
    "closing": Case.objects.filter(stage="closing", pk__in=mine["case__in"]).count(),
    "entries": JournalEntry.objects.filter(key="report_closing", **mine).count(),
    "items": WorkItem.objects.filter(rule="archives.pre_closing", open=True, **mine).count(),
    "jobs": Job.objects.count(),
    "approvals": Approval.objects.filter(**mine).count(),
    "chains": [str(f) for f in (*verify.chains(), *verify.heads())],
}}))
"""
OFFICERS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from django.db import Error, connections
from cases import steps
from cases.models import Case
from tests import make

met = []  # the sessions that were ended under somebody

def close_case(pk):
    for attempt in range(300):
        try:
            case = Case.objects.get(pk=pk)
            if case.stage == "reception":
                steps.take_step(case, "report_closing", make.actor("reception", "regular_officer"),
                                mode="withdrawn_from_docket", reason="x")
            return True
        except Error as error:
            met.append(type(error).__name__)
            __import__("threading").Event().wait(0.1)
        finally:
            connections.close_all()

with ThreadPoolExecutor(10) as together:
    done = all(together.map(close_case, {mine}))
print(len(met))
sys.exit(not done)
"""


def test_a_fast_restart_of_postgresql_during_fifty_parallel_steps_loses_nothing_and_does_nothing_twice(servers):
    pks = servers.run("import json\nfrom tests import make\nprint(json.dumps([c.pk for c in make.cases(50)]))")
    jobs = servers.ask("SELECT count(*) FROM cases_job")  # the step sends none
    held = servers.link()  # some stand in the middle of their step when the servers go, however quick the machine
    held.cursor().execute("SELECT FROM cases_case WHERE id = ANY(%s) FOR UPDATE", [pks[-10:]])
    given = {"stdout": PIPE, "text": True}
    processes = [servers.child(OFFICERS.format(mine=pks[n::5]), **given) for n in range(5)]  # of ten officers each
    mine = ", ".join(map(str, pks))
    taken = f"SELECT count(*) FROM cases_case WHERE stage = 'closing' AND id IN ({mine})"
    assert until(lambda: servers.ask(taken) >= 5 and servers.blocked())
    servers.stop("postgres")
    servers.start_postgres()
    held.close()
    said = [process.communicate(timeout=120)[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * 5
    assert sum(int(lines.split()[-1]) for lines in said) > 0  # the restart came while they worked
    counted = {"closing": 50, "entries": 50, "items": 50, "jobs": jobs, "approvals": 0, "chains": []}
    assert servers.run(COUNTED.format(pks=pks)) == counted


def test_while_redis_is_away_officers_work_and_the_worker_takes_up_the_jobs_when_it_is_back(servers):
    worker = servers.celery()
    try:
        servers.stop("redis")
        begun = clock()
        told = servers.run(AWAY)
        assert told == {"log_in": 302, "tick": 302, "ticks": 1, "step": "closing", "signed": "signed", "job": "waiting"}
        PAUSE.wait(max(0, begun + AWHILE - clock()))
        servers.start_redis()
        servers.run_apart("from cases import jobs\nfrom cases.models import Job\n"
                    "Job.objects.update(created_at='2000-01-01T00:00Z')\njobs.send_waiting()\njobs.send_waiting()")  # fmt: skip
        assert until(lambda: servers.ask("SELECT count(*) FROM cases_job WHERE state <> 'done'") == 0)
    finally:
        stop(worker)
    assert servers.ask("SELECT count(*) FROM cases_journalentry WHERE key = 'enforcement.limit'") == 1


AWAY = """
import json
from django.test import Client
from django.db import transaction
from cases import jobs, signing, steps
from cases.models import Approval, Job
from tests import make
case = make.case()
officer = make.actor("reception", "regular_officer")
client = Client()
page = client.post("/login/", {"username": officer.user.staff_number, "password": "Huanglong-2026"})
item = case.items.get(rule="reception.first_day")
answer = client.post(f"/items/{item.pk}/tick/reception.originals/",
                     {"state": "na", "reason": "没有原件", "happened_on": "今天"})
closed = steps.take_step(make.case(), "report_closing", officer, mode="withdrawn_from_docket", reason="x")
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
    "step": closed.stage,
    "signed": Approval.objects.get(pk=asked.pk).state, "job": Job.objects.get(pk=job.pk).state,
}))
"""


def test_after_a_night_without_beat_each_item_is_signalled_once_however_many_sweeps_arrive_together(servers):
    servers.run("from tests import make\nmake.cases(40)\nfrom django.db import connection\n"
                "connection.cursor().execute(\"UPDATE cases_workitem SET warn_at = now() - interval '14 hours',"
                " due_at = now() - interval '9 hours' WHERE open AND rule = 'reception.first_day'\")")  # fmt: skip
    late = servers.ask("SELECT count(*) FROM cases_workitem WHERE open AND rule = 'reception.first_day'")
    workers = [servers.celery(), servers.celery()]
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


def stop(worker: Popen) -> None:
    """A warm shutdown: what it has begun it ends."""
    worker.terminate()
    worker.wait(60)


def queue_is_empty(servers: Servers) -> bool:
    return servers.redis().llen("celery") == 0
