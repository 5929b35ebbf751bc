"""操作审计: every filter finds what it should, contents stay out, the Excel and the check are one click each, nothing changes."""

import ast
from io import BytesIO

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cases import audit, journal_check, lists, work
from cases.models import Case, Job, JournalEntry
from cases.pages import audit_page
from documents.national import taking
from tests import make
from tests.teams.people import browser, user

pytestmark = pytest.mark.django_db
AUDIT = "9003"
ROOMS = ("cases", "reception", "assets", "quality", "documents", "archives")


@pytest.fixture
def case():
    """A case with a nudge (free words), a reveal by another officer, and a grant."""
    made = make.case()
    item = made.items.get(rule="reception.first_day")
    work.nudge(item, "梁涵浩欠款请尽快核实", make.director())
    clerk = browser(make.actor("reception", "clerk").user.staff_number)
    party = made.parties.first()
    clerk.post(f"/cases/{made.pk}/party/{party.pk}/reveal/", REMOTE_ADDR="10.1.2.3")
    return made


def rows(**filters) -> str:
    return browser(AUDIT).get("/audit/", filters).content.decode()


def test_each_filter_finds_its_entries(case):
    clerk = make.actor("reception", "clerk").user
    assert JournalEntry.objects.get(key="reveal").ip == "10.1.2.3"
    for filters in (
        {"who": clerk.name}, {"who": clerk.staff_number}, {"ip": "10.1.2.3"}, {"key": "reveal"}, {"what": "read"},
        {"scope": "office"}, {"since": "今天", "until": "今天", "what": "read"},
    ):  # fmt: skip
        page = rows(**filters)
        assert "查看证件电话全文" in page.partition("<tbody>")[2], filters
        assert "立案接收" not in page.partition("<tbody>")[2], filters
    assert "立案接收" in rows(number=case.number[-8:])
    assert "没有符合条件的记录" in rows(ip="10.9.9.9")
    assert "没有符合条件的记录" in rows(until="2020-01-01")
    assert "不是日期" in rows(since="上周")


def test_contents_of_cases_stay_out_of_the_page_the_entry_and_the_workbook(case):
    client = browser(AUDIT)
    nudge = JournalEntry.objects.get(what="hand", case=case)
    texts = [
        rows(number=case.number),
        client.get(f"/audit/{nudge.pk}/").content.decode(),
        str([[cell.value for cell in row] for row in workbook(client.get("/audit/export/"))["操作审计"]]),
    ]
    for text in texts:
        for party in case.parties.all():
            assert party.name not in text
        assert "欠款" not in text
    assert "另有" in texts[1]
    Case.objects.filter(pk=case.pk).update(confidential=True)
    hidden = rows(number=case.number).partition("<tbody>")[2]
    assert case.number not in hidden
    assert f"*案件（编号 {case.pk}）" in hidden


def written():
    """(kind, key) of every journal line whose two are written out in the program."""
    for room in ROOMS:
        for path in (settings.BASE_DIR / room).rglob("*.py"):
            for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "Line" and len(call.args) > 3:
                    kind, key = call.args[1:3]
                    if isinstance(kind, ast.Constant) and isinstance(key, ast.Constant):
                        yield kind.value, key.value


def test_every_kind_and_act_that_is_journalled_has_its_words():
    found = set(written()) | {
        ("amend", "amend_case"),
        ("amend", "add_claim"),
        ("archive", "pack"),
        ("import", taking.JOB),
    }
    assert len(found) > 40
    assert {kind for kind, _ in found} - set(audit.kinds()) == set()
    assert [entry for entry in found if audit.action(JournalEntry(what=entry[0], key=entry[1])) == entry[1]] == []


def workbook(answer):
    return load_workbook(BytesIO(answer.content))


def test_the_workbook_holds_the_filtered_rows_and_is_itself_journalled(case):
    answer = browser(AUDIT).get("/audit/export/", {"what": "read"})
    sheet = workbook(answer)["操作审计"]
    assert [cell.value for cell in sheet[1]][:3] == ["录入时间", "发生时间", "工号"]
    assert sheet.max_row == 1 + 1
    left = JournalEntry.objects.get(key="export")
    assert left.facts == {"list": "audit", "filters": {"what": "read"}, "count": 1}
    assert left.by.staff_number == AUDIT
    assert "导出" in browser(AUDIT).get(f"/audit/{left.pk}/").content.decode()


def test_one_click_checks_the_journal_and_tells_what_it_found(case):
    client = browser(AUDIT)
    assert client.post("/audit/verify/").status_code == 302
    assert "正在逐条校验" in rows()
    job = Job.objects.get(kind="verify_journal")
    client.post("/audit/verify/")
    assert Job.objects.filter(kind="verify_journal").count() == 1  # twice is the same check
    journal_check.check(job)
    Job.objects.filter(pk=job.pk).update(state="done", result=job.result)
    assert "全部相符" in rows()
    assert user(AUDIT).notices.filter(text__contains="问题 0 处").exists()
    assert JournalEntry.objects.filter(key="verify").exists()


def test_a_changed_entry_is_told(case, monkeypatch):
    digest = audit.journal.digest
    entry = JournalEntry.objects.get(key="reveal")
    monkeypatch.setattr(audit.journal, "digest", lambda row: "0" * 64 if row["key"] == "reveal" else digest(row))
    assert "不相接" in browser(AUDIT).get(f"/audit/{entry.pk}/").content.decode()
    journal_check.ask(make.actor("administration", "audit_admin"))
    job = Job.objects.get(kind="verify_journal")
    journal_check.check(job)
    Job.objects.filter(pk=job.pk).update(state="done", result=job.result)
    page = rows()
    assert "发现 1 处不符" in page
    assert "内容被改动" in page


def test_the_address_is_part_of_the_hash(case):
    entry = JournalEntry.objects.get(key="reveal")
    assert audit.sound(entry)
    entry.ip = "10.0.0.1"
    assert not audit.sound(entry)


def test_only_the_audit_administrator_and_only_by_button(case):
    for number in ("9001", "9002", "1003", "3302"):
        for path in ("/audit/", "/audit/export/", f"/audit/{JournalEntry.objects.first().pk}/"):
            assert browser(number).get(path).status_code == 403, (number, path)
        assert browser(number).post("/audit/verify/").status_code == 403
    assert browser(AUDIT).get("/audit/verify/").status_code == 405
    assert browser(AUDIT).get(f"/cases/{case.pk}/").status_code in (403, 404)


def test_the_page_costs_the_same_however_many_entries(case):
    client: Client = browser(AUDIT)
    client.get("/audit/")
    with CaptureQueriesContext(connection) as few:
        client.get("/audit/")
    make.cases(60)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/audit/").content.decode()
    assert len(many) == len(few) <= 15
    assert page.count("data-row") == 50
    assert "下一页" in page


@pytest.mark.parametrize(
    ("filters", "index"),
    [({"since": "2026-03-02", "until": "2026-03-02"}, "journal_entered"), ({"ip": "10.1.2.3"}, "journal_ip")],
)
def test_time_and_address_are_each_walked_by_an_index_and_in_its_order(case, filters, index):
    """What the page asks, as the database would read it of a long journal: no scan, no sort."""
    client = browser(AUDIT)
    with CaptureQueriesContext(connection) as asked:
        client.get("/audit/", filters)
    (query,) = [
        q["sql"] for q in asked if q["sql"].startswith('SELECT "cases_journalentry"."id"') and "LIMIT 51" in q["sql"]
    ]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
        cursor.execute("EXPLAIN " + query.replace("%", "%%"))
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert f"using {index}" in plan, plan
    assert "Sort" not in plan, plan


def test_pages_of_a_day_follow_each_other_without_gap_or_repeat(at):
    with at("2026-03-02 09:00"):
        made = [make.case().pk for _ in range(5)]
    given = {**dict.fromkeys(audit_page.FILTERS, ""), "since": "2026-03-02", "until": "2026-03-02"}
    seen, after = [], ""
    while True:
        found = lists.keyset(audit_page.chosen(given), audit_page.walked(given), after, descending=True, size=2)
        seen += [entry.pk for entry in found.rows]
        after = found.next
        if not after:
            break
    assert len(seen) == len(set(seen))
    assert set(JournalEntry.objects.filter(case__in=made).values_list("pk", flat=True)) <= set(seen)
