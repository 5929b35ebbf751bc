"""kill -9: of the web in the middle of a step, of a worker in the middle of a long import. Nothing half done."""

import os
import signal
import threading
from urllib.error import URLError

from tests.faults.servers import Servers, Web, until

CASE = """
import json
from tests import make
officer = make.actor("reception", "regular_officer")
print(json.dumps([make.case().pk, officer.user.staff_number]))
"""
FORM = {"mode": "withdrawn_from_docket", "reason": "重复立案", "submission": "killed-web"}


def test_the_web_killed_in_the_middle_of_a_step_has_done_nothing_and_the_form_sent_again_does_it_once(servers):
    pk, number = servers.run(CASE)
    web = Web(servers)
    try:
        web.log_in(number, "Huanglong-2026")
        holder = servers.link()  # somebody else writes to the clock's item: the step waits inside its transaction
        holder.cursor().execute("SELECT 1 FROM cases_workitem WHERE case_id = %s FOR UPDATE", [pk])
        failed: list[Exception] = []
        click = threading.Thread(target=lambda: failed.append(caught(lambda: web.post(step(pk), **FORM))))
        click.start()
        assert until(servers.blocked)
        web.kill()
        click.join(60)
        holder.rollback()
        assert failed[0] is not None
        assert until(lambda: not servers.blocked())
        assert counted(servers, pk) == ("reception", 1, 0)
        web.start()
        for _ in range(2):
            assert f"/cases/{pk}/" in web.post(step(pk), **FORM)
    finally:
        web.kill()
    assert counted(servers, pk) == ("closing", 2, 1)


def step(pk: int) -> str:
    return f"/cases/{pk}/step/report_closing/"


def caught(act) -> Exception | None:
    try:
        act()
    except (URLError, OSError) as error:
        return error
    return None


def counted(servers: Servers, pk: int) -> tuple:
    """(stage, journal entries, open items that the step opens)"""
    stage = servers.ask(f"SELECT stage FROM cases_case WHERE id = {pk}")
    entries = servers.ask(f"SELECT count(*) FROM cases_journalentry WHERE case_id = {pk}")
    item = f"SELECT count(*) FROM cases_workitem WHERE case_id = {pk} AND rule = 'archives.pre_closing' AND open"
    return stage, entries, servers.ask(item)


ENQUEUE = """
import json, pathlib
from django.core.files.uploadedfile import SimpleUploadedFile
from cases import materials
from cases.intake.long_lists import enqueue
from ops.bench.importing import filing_list
from tests import make
content = filing_list(1500, first={first}).getvalue()
sha256, _, _ = materials.store(SimpleUploadedFile("long.xlsx", content))
print(json.dumps(enqueue(sha256, "long.xlsx", 1500, make.actor("reception", "clerk")).pk))
"""


def test_a_worker_killed_in_the_middle_of_a_long_import_has_done_nothing_and_another_does_it_once(servers):
    cases = "SELECT count(*) FROM cases_case WHERE number LIKE '%执3_____号'"
    job = servers.run(ENQUEUE.format(first=300_001))
    first = servers.celery()
    try:
        assert until(lambda: servers.redis().keys(f"*job:{job}:progress"))
    finally:
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
    assert servers.ask(f"SELECT state FROM cases_job WHERE id = {job}") == "running"
    assert servers.ask(cases) == 0
    assert servers.ask("SELECT count(*) FROM cases_importbatch WHERE file_name = 'long.xlsx'") == 0
    servers.send_again()
    second = servers.celery()
    try:
        assert until(lambda: servers.ask(f"SELECT state FROM cases_job WHERE id = {job}") == "done")
    finally:
        second.terminate()
        second.wait(60)
    assert servers.ask(cases) == 1500
    assert servers.ask("SELECT count(*) FROM cases_importrow WHERE outcome LIKE 'imported%'") == 1500
    assert servers.ask("SELECT count(*) FROM cases_journalentry WHERE key = 'import'") == 1
    assert servers.ask("SELECT count(*) FROM teams_notice WHERE text LIKE '%long.xlsx%'") == 1


IMPORT = """
import json
from cases.intake import import_file
from ops.bench.importing import filing_list
from teams.actor import SYSTEM
print(json.dumps(import_file(filing_list(300, first=400_001), "both.xlsx", SYSTEM).counts))
"""


def test_two_imports_of_one_file_at_once_bring_each_case_once(servers):
    told: list[dict] = []
    both = [threading.Thread(target=lambda: told.append(servers.run_apart(IMPORT))) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(map(str, told)) == sorted(map(str, [{"imported_with_warning": 300}, {"duplicate": 300}]))
    assert servers.ask("SELECT count(*) FROM cases_case WHERE number LIKE '%执4_____号'") == 300
