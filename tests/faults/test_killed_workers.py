"""kill -9 of workers in the middle of packing a file, of drawing a batch, of reading a scan: each is done once, whole."""

import os
import signal
from importlib.util import find_spec

import pytest

from archives.package_check import faults
from tests.faults.servers import Servers, until

WORLD = """
import json
from django.core.files.base import ContentFile
from archives import contents, volumes
from archives.models import Volume
from cases import clock, jobs, materials
from cases.models import Case, Job
from documents import issuing
from documents.dossier import placing
from tests import make
from tests.cases.signing_helpers import fast_case, put
from tests.documents.dossier_helpers import pdf, work_off
from tests.documents.helpers import draft
centre, by, now = make.actor("archives", "clerk"), make.actor("fast-03", "clerk"), clock.now()
case = fast_case()
for n in range(3):
    paper = materials.file(case, ContentFile(pdf(f"笔录{n}"), name=f"{n}.pdf"), kind="record", by=by, title=f"笔录{n}")
    placing.put(paper, n + 1, by)
work_off("dossier.render")
put(case, "closed", "archives", closed_on=clock.today(), closing_mode="fully_enforced")
case = Case.objects.get(pk=case.pk)
volume = Volume.objects.create(
    case=case, state="passed", retention="long", facts_hash=contents.of(case).mark, asked_by_id=centre.user_id, asked_at=now,
    papers=3, pages_main=3, checked_by_id=make.actor("archives", "clerk", nth=1).user_id, checked_at=now,
)
drawn = fast_case()
debtor = drawn.parties.get(role="debtor").subject
papers = [draft(drawn, "execution_notice", by, subject=debtor) for _ in range(8)]
batch, _ = issuing.issue_many(papers, by)
for job in Job.objects.filter(kind="document.issue", state="waiting").order_by("pk")[:3]:
    jobs.run(job.pk)
volumes.pack(volume, centre)
print(json.dumps([volume.pk, drawn.pk, batch.pk]))
"""
WORDS = """
import json
from archives.models import ScanPage
from tests.archives.helpers import at_the_centre, scanned, sheet
from tests.cases.signing_helpers import fast_case
batch = scanned(at_the_centre(fast_case(), pages=2), *(sheet(words).crop((0, 90, 827, 240)) for words in ("查封笔录", "收款凭证")))
print(json.dumps(batch.pk))
"""


def blocked(servers: Servers) -> int:
    return servers.ask("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")


def killed_while(servers: Servers, table: str, *queues: str) -> None:
    """A worker for each, all killed while they wait to write to the table: what they do is done but for that."""
    holder = servers.link()
    holder.cursor().execute(f"LOCK TABLE {table} IN SHARE MODE")
    workers = [servers.celery(queue) for queue in queues]
    try:
        assert until(lambda: blocked(servers) == len(queues))
    finally:
        for worker in workers:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
    holder.rollback()
    holder.close()
    assert until(lambda: not servers.blocked())


def finished_by_another(servers: Servers, done: str, queues: str) -> None:
    """What was left is sent again, and another worker ends it."""
    servers.send_again()
    worker = servers.celery(queues)
    try:
        assert until(lambda: servers.ask(done), 180)  # reading takes both processors for a while
    finally:
        worker.terminate()
        worker.wait(60)


def test_workers_killed_while_they_pack_a_file_and_draw_a_batch_leave_nothing_half_done(servers):
    volume, case, batch = servers.run(WORLD)
    killed_while(servers, "cases_journalentry", "celery", "celery")
    papers = f"FROM documents_document WHERE batch_id = {batch}"
    files = f"SELECT count(*) FROM cases_material WHERE case_id = {case} AND kind = 'document'"
    assert servers.ask(f"SELECT state FROM archives_volume WHERE id = {volume}") == "packing"
    assert servers.ask(f"SELECT count(*) {papers} AND state = 'issued'") == servers.ask(files) == 3
    done = f"SELECT NOT EXISTS (SELECT {papers} AND state <> 'issued')"
    finished_by_another(
        servers, f"{done} AND EXISTS (SELECT FROM archives_volume WHERE id = {volume} AND state = 'packed')", "celery"
    )
    assert servers.ask(f"SELECT array_agg(ordinal::int ORDER BY ordinal) {papers}") == list(range(1, 9))
    assert servers.ask(files) == 8
    assert servers.ask(f"SELECT count(DISTINCT number) {papers}") == 8
    (folder,) = (servers.sockets / "archive").glob("*/*")
    assert not faults(folder), "nothing begun is left beside it, and it is whole"
    assert servers.ask("SELECT count(*) FROM cases_journalentry WHERE key = 'pack'") == 1


@pytest.mark.skipif(find_spec("rapidocr") is None, reason="the group ocr is not installed")
def test_a_worker_killed_while_it_reads_a_scan_has_read_nothing_and_another_reads_each_page(servers):
    batch = servers.run(WORDS)
    pages = f"FROM archives_scanpage WHERE batch_id = {batch}"
    killed_while(servers, "archives_scanpage", "ocr")
    assert servers.ask(f"SELECT count(*) {pages} AND lines IS NULL") == 2
    finished_by_another(servers, f"SELECT NOT EXISTS (SELECT {pages} AND lines IS NULL)", "ocr")
    assert servers.ask(f"SELECT string_agg(lines::text, '' ORDER BY number) LIKE '%查封笔录%收款凭证%' {pages}")
    assert servers.ask("SELECT count(*) FROM cases_job WHERE kind = 'ocr.scan' AND state <> 'done'") == 0
