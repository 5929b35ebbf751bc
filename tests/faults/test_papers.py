"""Papers under load and under the axe: numbers without gap or repeat, nothing half drawn, a package whole or not there."""

import os
import signal

from tests.faults.servers import Servers, until

DRAFTS = """
import json
from tests import make
from tests.cases.signing_helpers import fast_case
from tests.documents.helpers import draft
from documents import issuing
clerk = make.actor("fast-03", "clerk")
case = fast_case()
debtor = case.parties.get(role="debtor").subject
papers = [draft(case, "execution_notice", clerk, subject=debtor) for _ in range({many})]
for paper in papers:
    issuing.issue(paper, clerk)
print(json.dumps([case.pk, case.number, papers[0].pk]))
"""
WORK = """
import json
from cases import jobs
from cases.models import Job
done = [jobs.run(pk) for pk in Job.objects.filter(kind="document.issue", state="waiting").order_by("?").values_list("pk", flat=True)]
print(json.dumps(sum(done)))
"""


def test_twenty_papers_issued_at_once_are_numbered_without_gap_or_repeat(servers):
    case, number, _ = servers.run(DRAFTS.format(many=20))
    workers = [servers.child(WORK) for _ in range(4)]
    assert [worker.wait(120) for worker in workers] == [0] * 4
    rows = f"FROM documents_document WHERE case_id = {case}"
    assert servers.ask(f"SELECT array_agg(ordinal::int ORDER BY ordinal) {rows}") == list(range(1, 21))
    assert servers.ask(f"SELECT count(DISTINCT number) {rows} AND state = 'issued'") == 20
    assert servers.ask(f"SELECT count(*) {rows} AND number = '{number}'") == 1, "the first has the bare number"
    assert (
        servers.ask(
            f"SELECT count(*) FROM documents_service s JOIN documents_document d ON d.id = s.document_id WHERE d.case_id = {case}"
        )
        == 20
    )


def test_a_worker_killed_while_it_issues_a_paper_has_issued_nothing_and_another_issues_it_once(servers):
    _, number, paper = servers.run(DRAFTS.format(many=1))
    holder = servers.link()  # somebody holds the table of files: the paper is drawn and sealed, and cannot be filed
    holder.cursor().execute("LOCK TABLE cases_material IN SHARE MODE")
    servers.run(
        "from cases import jobs\nfrom cases.models import Job\n"
        "job = Job.objects.get(kind='document.issue', state='waiting')\njobs.send(job.pk, job.kind)"
    )
    kill_blocked(servers)
    holder.rollback()
    holder.close()
    assert until(lambda: not servers.blocked())  # its session has seen that nobody listens any more
    assert state(servers, paper) == ("drawing", 0)
    servers.send_again()
    second = servers.celery()
    try:
        assert until(lambda: state(servers, paper) == ("issued", 1))
    finally:
        second.terminate()
        second.wait(60)
    assert servers.ask(f"SELECT number FROM documents_document WHERE id = {paper}") == number
    assert servers.ask(f"SELECT count(*) FROM documents_sealing WHERE document_id = {paper} AND state = 'done'") == 1


def kill_blocked(servers: Servers) -> None:
    """A worker that waits for a lock in the middle of its job, killed with all its children."""
    worker = servers.celery()
    try:
        assert until(servers.blocked)
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def state(servers: Servers, paper: int) -> tuple:
    """(state of the paper, files that are its own)"""
    found = servers.ask(f"SELECT state FROM documents_document WHERE id = {paper}")
    files = f"SELECT count(*) FROM cases_material m JOIN documents_document d ON d.case_id = m.case_id WHERE d.id = {paper} AND m.kind = 'document'"
    return found, servers.ask(files)
