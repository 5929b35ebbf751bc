"""The journal: whole after anything, and whatever is changed, deleted or inserted behind its back is found."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from cases import clock, journal, nightly, verify
from cases.locks import lock_case
from cases.management.commands.grant_app_role import append_only
from cases.models import ImportBatch, ImportRow, Job, JournalEntry, JournalSeal
from teams.actor import SYSTEM
from teams.models import Notice
from tests import make


def entry(case, n: int) -> None:
    with transaction.atomic():
        journal.write(
            [journal.Line(lock_case(case.pk), "note", "test", f"第 {n} 条", {"n": n, "金额": "1.20"})], SYSTEM
        )


def findings() -> list[str]:
    return [finding.text for finding in (*verify.chains(), *verify.heads(), *verify.seals())]


@pytest.mark.django_db
def test_what_is_stored_hashes_to_what_was_chained():
    case = make.case()
    for n in range(5):
        entry(case, n)
    assert findings() == []
    assert [e.no for e in case.journal.order_by("no")] == list(range(1, 7))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "label = '改'",
        "facts = '{\"n\": 9}'",
        "entered_at = entered_at - interval '1 day'",
        "by_label = '别人'",
        "by_id = 1",
        "case_id = NULL",
        "backdated = NOT backdated",
    ],
)
def test_a_changed_row_is_found(change):
    case = make.case()
    entry(case, 1)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE cases_journalentry SET {change} WHERE stream = %s AND no = 2", [f"case:{case.pk}"])
    assert any("被改动" in text for text in findings())
    with pytest.raises(SystemExit):
        call_command("verify_journal", verbosity=0)


@pytest.mark.django_db
@pytest.mark.parametrize("no", [1, 3])
def test_a_deleted_row_is_found_also_the_last(no):
    case = make.case()
    entry(case, 1)
    entry(case, 2)
    JournalEntry.objects.filter(case=case, no=no).delete()
    assert findings()


@pytest.mark.django_db(transaction=True)
def test_eight_writers_on_one_case_make_one_chain(transactional_db):
    case = make.case()

    def write(n: int) -> None:
        try:
            entry(case, n)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    assert findings() == []
    assert case.journal.count() == 41


@pytest.mark.django_db
def test_whoever_rewrites_the_seals_too_is_found_by_the_one_that_left_the_database(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    make.case()
    row = JournalSeal.objects.create(at=clock.now(), below_xid=0, count=0, last_id=0, hash=verify.sealed("", []))
    nightly.export_seal()
    nightly.export_seal()  # told once
    assert len(verify.seal_files()[0].read_text().splitlines()) == 1
    assert not [*verify.exported()]
    JournalSeal.objects.filter(pk=row.pk).update(hash="0" * 64)
    assert ["库外" in finding.text for finding in verify.exported()] == [True]
    JournalSeal.objects.all().delete()
    assert [*verify.exported()]


@pytest.mark.django_db
def test_what_need_not_be_kept_is_deleted_and_its_counts_are_journalled():
    case, long_ago = make.case(), clock.now() - timedelta(days=1200)
    person = make.actor("reception", "clerk").user
    Notice.objects.create(person=person, text="旧", created_at=long_ago)
    Notice.objects.create(person=person, text="新")
    Job.objects.create(kind="x", key="1", payload={}, created_at=long_ago, finished_at=long_ago, state="done")
    batch = ImportBatch.objects.create(file_name="旧.xlsx", sha256="0", at=long_ago)
    ImportRow.objects.create(batch=batch, row=2, outcome="imported", case=case, values={"案号": "1"})
    counts = nightly.prune()
    assert counts == {"notices": 1, "jobs": 1, "drafts": 0, "submissions": 0, "import_rows": 1}
    assert JournalEntry.objects.get(key="prune").facts == counts
    assert JournalEntry.objects.filter(case=case).exists()
    assert not any(nightly.prune().values())


@pytest.mark.django_db
def test_the_role_of_web_and_workers_cannot_change_the_journal():
    make.case()
    call_command("grant_app_role", verbosity=0, stdout=StringIO())
    for table in append_only():
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table}"):
            if "SET id" in statement and table.endswith("event"):  # of pghistory
                statement = f"UPDATE {table} SET pgh_id = pgh_id"
            assert "permission denied" in refused(statement), statement
    assert refused("UPDATE cases_case SET remark = remark") == ""


def refused(statement: str) -> str:
    from django.db.utils import ProgrammingError

    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE exec_app")
            cursor.execute(statement)
    except ProgrammingError as error:
        return str(error)
    return ""
