"""月度通报: frozen with its lists, made by the worker, corrected by a new version only, issued by the leader."""

import hashlib
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from defusedxml import ElementTree
from django.db import InternalError, connection, transaction
from django.test import Client
from openpyxl import load_workbook

from cases import clock, jobs
from cases.models import Case, Job, JournalEntry
from cases.refusals import Forbidden, Refused
from quality import bulletin, bulletin_paper, indicators
from quality.models import Bulletin, BulletinIssue
from teams.models import User
from tests import make
from tests.archives.helpers import work_off
from tests.quality.figures import case, duty
from tests.test_url_rights import client_of

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)
TEXTS = {"findings": "结案两件。\n=1+1 不是公式。", "problems": "", "measures": "当日清零。"}


@pytest.fixture(autouse=True)
def _now(at):
    with at("2026-04-10 09:00"):
        yield


def leader():
    return make.actor("quality", "regular_officer")


def made(reason: str = "") -> Bulletin:
    bulletin.ask(MARCH, reason, leader())
    assert work_off(bulletin.MAKE) == 1
    return Bulletin.objects.latest("pk")


def figure(row: Bulletin, key: str) -> tuple[str, str, str]:
    (found,) = (each for each in row.figures["indicators"] if each["key"] == key)
    return found["upper"], found["lower"], found["value"]


def march() -> list[Case]:
    """Two closed in March, one of them 完毕; 执行完毕率 1/2 = 50.0%; days 54 + 30 = 84, 84/2 = 42.0."""
    rows = [case("2026-01-10", "2026-03-05"), case("2026-03-01", "2026-03-31", "terminal_closure")]
    duty(rows[0], "enforcement.clue", "2026-03-04", "2026-03-06")
    return rows


def test_the_worker_freezes_the_month_by_the_same_figures():
    march()
    row = made()
    assert (row.version, row.month, row.made_by_id) == (1, MARCH, leader().user_id)
    assert figure(row, "full_enforcement_rate") == ("1", "2", "50.0%")
    assert figure(row, "first_mean_days") == ("84", "2", "42.0 天")
    assert figure(row, "on_time_rate") == ("0", "1", "0.0%")
    assert bulletin.whole(row)
    assert JournalEntry.objects.filter(what="bulletin", key="make", by_id=leader().user_id).count() == 1


def test_every_frozen_number_is_what_is_counted_live():
    from quality import counting, spans
    from quality.counting import Scope

    march()
    case("2025-01-01", kind="resumed")
    case("2026-03-01", kind="petition")
    told = {each["key"]: (each["upper"], each["lower"]) for each in made().figures["indicators"]}
    for row in indicators.computed(MARCH):
        cells = counting.cells_of(row, Scope())
        live = counting.totals(Scope(), [(cell, spans.read("2026-03")) for cell in cells])
        assert told[row.key] == tuple(str(live[cell, spans.read("2026-03")]) for cell in cells), row.key


def test_next_year_the_same_numbers_open_the_same_cases_though_they_have_moved(at):
    rows = march()
    row = made()
    Case.objects.filter(pk=rows[0].pk).update(closed_on=None, closing_mode="", stage="fast", team=rows[0].closed_team)
    Case.objects.filter(pk=rows[1].pk).update(closed_on="2026-04-02")
    with at("2027-04-10 09:00"):
        User.objects.filter(pk=leader().user_id).update(password_changed_at=clock.now())
        row.refresh_from_db()
        assert figure(row, "full_enforcement_rate") == ("1", "2", "50.0%")
        answer = client_of(leader()).get(f"/stats/bulletins/{row.pk}/list/?of=closed:first%2Bresumed")
        assert [each["number"] for each in answer.context["rows"]] == [rows[1].number, rows[0].number]
        assert client_of(leader()).get(f"/stats/bulletins/{row.pk}/").status_code == 200


def test_a_correction_is_a_new_version_with_its_reason_and_the_old_one_stays():
    rows = march()
    first = made()
    with pytest.raises(Refused, match="更正须写明原因"):
        bulletin.ask(MARCH, "  ", leader())
    Case.objects.filter(pk=rows[1].pk).update(closing_mode="fully_enforced")
    second = made("一件结案方式登记有误")
    first.refresh_from_db()
    assert (first.version, second.version, second.reason) == (1, 2, "一件结案方式登记有误")
    assert (figure(first, "full_enforcement_rate")[2], figure(second, "full_enforcement_rate")[2]) == (
        "50.0%",
        "100.0%",
    )
    with pytest.raises(Refused, match="已有更正版本"):
        bulletin.ask_issue(first, TEXTS, leader())


def test_what_was_published_of_the_month_before_stands_beside():
    """February was published with 执行完毕率 0/1; a later correction of the case does not move it."""
    old = case("2026-01-01", "2026-02-10", "termination")
    bulletin.ask(date(2026, 2, 1), "", leader())
    work_off(bulletin.MAKE)
    Case.objects.filter(pk=old.pk).update(closing_mode="fully_enforced")
    row = made()
    (told,) = (each for each in row.figures["indicators"] if each["key"] == "full_enforcement_rate")
    assert (told["before"], row.figures["before"]["from"]) == ("0.0%", "上期通报")


def test_a_month_that_is_not_over_has_none():
    with pytest.raises(Refused, match="尚未结束"):
        bulletin.ask(date(2026, 4, 1), "", leader())
    assert not Job.objects.filter(kind=bulletin.MAKE).exists()


def test_asked_twice_it_is_made_once():
    first, second = bulletin.ask(MARCH, "", leader()), bulletin.ask(MARCH, "", leader())
    assert first.pk == second.pk
    with pytest.raises(Refused, match="正在生成"):
        bulletin.ask(MARCH, "", platform())
    work_off(bulletin.MAKE)
    Job.objects.filter(pk=first.pk).update(state="waiting")
    assert jobs.run(first.pk)
    assert Bulletin.objects.count() == 1


def test_a_frozen_row_cannot_be_changed_or_removed_and_a_changed_one_is_found():
    march()
    row = made()
    for change in (lambda: Bulletin.objects.update(version=3), lambda: row.lists.all().delete()):
        with pytest.raises(InternalError), transaction.atomic():
            change()
    with connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE"
        )  # what is pending would keep the trigger from being switched off
        cursor.execute("ALTER TABLE quality_bulletinlist DISABLE TRIGGER USER")
        cursor.execute("UPDATE quality_bulletinlist SET rows = rows[1:1] WHERE key = 'closed:first+resumed'")
        cursor.execute("ALTER TABLE quality_bulletinlist ENABLE TRIGGER USER")
    assert [why for _, why in bulletin.broken()] == ["数据与校验值不符"]


def test_the_leader_issues_it_once_and_the_paper_says_the_figures():
    march()
    row = made()
    bulletin.ask_issue(row, TEXTS, leader())
    with pytest.raises(Refused, match="正在生成"):
        bulletin.ask_issue(row, {**TEXTS, "findings": "另一段分析"}, leader())
    assert work_off(bulletin.ISSUE) == 1
    issue = BulletinIssue.objects.get(bulletin=row)
    assert issue.sha256 == hashlib.sha256(bytes(issue.pdf)).hexdigest()
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(bytes(issue.pdf)))
    for words in ("质效分析通报", "2026年3月", "50.0%", "结案两件", "快执三团队", "不对团队和个人排名", row.hash[:16]):
        assert words in text.replace("\r\n", ""), words
    with pytest.raises(Refused, match="已经发布"):
        bulletin.ask_issue(row, TEXTS, leader())
    answer = client_of(make.director()).get(f"/stats/bulletins/{row.pk}/pdf/")
    assert (answer["Content-Type"], answer.content) == ("application/pdf", bytes(issue.pdf))
    answer = client_of(make.director()).get(f"/stats/bulletins/{row.pk}/docx/")
    with ZipFile(BytesIO(answer.content)) as file:
        assert file.testzip() is None
        body = ElementTree.fromstring(file.read("word/document.xml"))
        parts = [name for name in file.namelist() if name.endswith((".xml", ".rels"))]
        assert all(ElementTree.fromstring(file.read(name)) is not None for name in parts)
        assert not [name for name in file.namelist() if "vba" in name.lower()]
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    said = [each.text for each in body.iter(f"{space}t")]
    assert said[1] == "质效分析通报"
    assert {"50.0%", "结案两件。", "快执三团队"} <= set(said), "the same words, and the same figures as cells"
    rows = [[cell.findtext(f".//{space}t") for cell in line.iter(f"{space}tc")] for line in body.iter(f"{space}tr")]
    assert ["执行完毕率", "50.0%"] in [line[:2] for line in rows]
    assert bulletin.broken() == []


def test_only_the_quality_team_makes_it_and_only_its_leader_issues_it():
    row = made()
    clerk = platform()
    with pytest.raises(Forbidden):
        bulletin.ask(MARCH, "更正", make.director())
    with pytest.raises(Forbidden):
        bulletin.ask_issue(row, TEXTS, clerk)
    assert client_of(clerk).post(f"/stats/bulletins/{row.pk}/", TEXTS).status_code == 403
    assert client_of(make.director()).post("/stats/bulletins/", {"month": "2026-03"}).status_code == 403
    assert client_of(clerk).post("/stats/bulletins/", {"month": "2026-03", "reason": "漏计一件"}).status_code == 302


def platform():
    return next(
        each for each in (make.actor("quality", "clerk", nth=n) for n in range(6)) if each.special == "quality_platform"
    )


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed():
    row = made()
    answer = client_of(leader()).post(f"/stats/bulletins/{row.pk}/", {"findings": "写好的分析", "measures": ""})
    assert answer.status_code == 422
    assert "写好的分析" in answer.content.decode()
    again = client_of(leader()).post("/stats/bulletins/", {"month": "2026-03", "reason": ""})
    assert again.status_code == 422
    assert "更正须写明原因" in again.content.decode()


def test_the_sheets_open_and_nothing_in_them_runs():
    march()
    book = load_workbook(BytesIO(bulletin_paper.sheets(made(), leader())))
    assert book.sheetnames == ["质效指标", "各团队", "各节点超期", "说明"]
    rows = {row[0]: row[1:] for row in book["质效指标"].iter_rows(values_only=True)}
    assert rows["执行完毕率"][:4] == ("50.0%", "—", "1", "2")
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_list_shows_what_may_be_seen_and_says_how_many_more_there_are():
    rows = march()
    row = made()
    Case.objects.filter(pk=rows[0].pk).update(confidential=True)
    answer = client_of(make.director()).get(f"/stats/bulletins/{row.pk}/list/?of=closed:first%2Bresumed")
    assert [each["number"] for each in answer.context["rows"]] == [rows[1].number]
    assert "其中 1 件您无权查看" in answer.content.decode()
    assert Client().get(f"/stats/bulletins/{row.pk}/").status_code == 302
