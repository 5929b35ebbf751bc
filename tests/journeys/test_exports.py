"""Lists as Excel files and pages for paper: what is on the screen and nothing else, and never without a trace."""

import re
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import Permission
from openpyxl import load_workbook

from cases import clock, excel, rights, steps
from cases.models import CaseGrant, JournalEntry, WorkItem
from cases.pages import export_lists, workbench_page
from cases.verify import chains
from cases.views import exports
from teams.models import Posting
from tests import make
from tests.journeys.officers import Officer, to_fast

pytestmark = pytest.mark.django_db
SCREEN = ["期限", "案号", "案由", "当事人", "标的", "到位率", "环节", "承办", "立案", "更新"]


def book(answer):
    assert answer.status_code == 200
    assert answer["Content-Type"] == excel.TYPE
    return load_workbook(BytesIO(answer.content))


def table(sheet) -> list[dict]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def entries(officer: Officer) -> list[JournalEntry]:
    return list(JournalEntry.objects.filter(key="export", by_id=officer.actor.user_id).order_by("id"))


def test_text_is_never_a_formula_and_comes_back_as_it_was():
    texts = ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")', "普通", "007", "2026-01-01"]
    content = excel.workbook("单", [("文", "text")], [{"文": text} for text in texts], make.actor("reception"))
    cells = [row[0] for row in load_workbook(BytesIO(content))["单"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}
    assert [bool(cell.quotePrefix) for cell in cells] == [True] * 6 + [False] * 3
    assert b"<f>" not in ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_what_xml_cannot_hold_does_not_stop_the_file():
    content = excel.workbook("单", [("文", "text")], [{"文": "\r=1\x00\x0b乙"}], make.actor("reception"))
    cell = load_workbook(BytesIO(content))["单"]["A2"]
    assert (cell.value, cell.data_type) == ("\n=1乙", "s")


def test_dates_are_dates_and_amounts_are_numbers(at):
    columns = [("日", "date"), ("时", "moment"), ("额", "amount"), ("空", "text")]
    with at("2026-11-20 09:10"):
        row = {"日": date(2026, 11, 20), "时": clock.now(), "额": Decimal("173312.38")}
        sheet = load_workbook(BytesIO(excel.workbook("单", columns, [row], make.actor("reception"))))["单"]
    day, moment, amount, empty = sheet[2]
    assert (day.value, day.is_date) == (datetime(2026, 11, 20), True)
    assert moment.value == datetime(2026, 11, 20, 9, 10)
    assert (amount.value, amount.data_type, amount.number_format) == (173312.38, "n", "#,##0.00")
    assert empty.value is None
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["C"].width == excel.WIDTH["amount"]


def test_the_case_list_leaves_as_it_is_on_the_screen(at):
    with at("2026-11-20 09:10"):
        parties = [
            steps.PartyData("creditor", "=1+1"),
            steps.PartyData(
                "debtor", "乙", certificate="identity", certificate_number="410922197610249985", phone="13900001234"
            ),
        ]
        case = make.case(parties=parties, filed_on=date(2026, 11, 20))
        clerk = Officer("reception", "clerk")
        page = clerk.get("/cases/")
        answer = clerk.client.get("/cases/export/", {"stage": "reception"})
    found = book(answer)
    cells = re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", page.partition("<thead>")[2].partition("</thead>")[0])
    heading = [re.sub(r"<[^>]+>|[↕↑↓]", "", cell).strip() for cell in cells]
    assert " / ".join(filter(None, heading)).split(" / ") == SCREEN
    assert [cell.value for cell in found["案件查询"][1]] == [*SCREEN, "立案日期", "事项"]
    row = next(r for r in table(found["案件查询"]) if r["案号"] == case.number)
    assert row["当事人"] == "=1+1 → 乙"
    cell = next(c for c in found["案件查询"]["D"] if c.value == "=1+1 → 乙")
    assert cell.data_type == "s"
    assert (row["标的"], row["立案日期"], row["立案"]) == (173312.38, datetime(2026, 11, 20), "11-20")
    everything = "".join(ZipFile(BytesIO(answer.content)).read(n).decode() for n in _sheets(answer.content))
    assert "410922197610249985" not in everything
    assert "13900001234" not in everything
    assert answer["Content-Disposition"].startswith("attachment; filename=\"export.xlsx\"; filename*=UTF-8''%E6%A1%88")
    facts = {row[0].value: row[1].value for row in found["说明"].iter_rows()}
    assert facts["工号"] == clerk.actor.user.staff_number
    assert (facts["导出人"], facts["团队"]) == (clerk.actor.name, clerk.actor.team.name)
    assert facts["导出时间"] == datetime(2026, 11, 20, 9, 10)
    assert facts["筛选条件"].startswith("环节：")
    assert facts["件数"] == str(len(table(found["案件查询"])))


def _sheets(content: bytes) -> list[str]:
    return [name for name in ZipFile(BytesIO(content)).namelist() if name.startswith("xl/worksheets/")]


def numbers(answer, sheet: str = "案件查询") -> set[str]:
    return {row["案号"] for row in table(book(answer)[sheet])}


def test_what_the_officer_may_not_see_is_not_in_the_file(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    mine, other, secret = make.case(), make.case(), make.case()
    to_fast(mine, "fast-03")
    to_fast(other, "fast-05")
    to_fast(secret, "fast-03")
    type(secret).objects.filter(pk=secret.pk).update(confidential=True, handler=None, clerk=None)
    colleague = Officer("fast-03", "clerk")
    WorkItem.objects.filter(case=secret, person=colleague.actor.user).update(person=None)
    found = numbers(colleague.client.get("/cases/export/"))
    assert mine.number in found
    assert other.number not in found
    assert secret.number not in found
    assert found == set(rights.visible(colleague.actor).values_list("number", flat=True))


def test_a_recused_officer_does_not_find_the_case_in_his_file():
    case, clerk = make.case(), Officer("reception", "clerk")
    assert case.number in numbers(clerk.client.get("/cases/export/"))
    CaseGrant.objects.create(
        content_object=case,
        user=clerk.actor.user,
        permission=Permission.objects.get(codename="recused_from_case"),
        granted_by=make.director().user,
        granted_at=clock.now(),
        reason="近亲属",
    )
    assert case.number not in numbers(clerk.client.get("/cases/export/"))


def test_a_long_list_asks_what_it_is_for(monkeypatch):
    monkeypatch.setattr(exports, "ASK_ABOVE", 2)
    make.cases(3)
    clerk = Officer("reception", "clerk")
    page = clerk.get("/cases/export/?stage=reception&after=7~7")
    assert "导出目的" in page
    assert '<input type="hidden" name="stage" value="reception">' in page
    assert "after" not in page.partition('<form class="card')[2].partition("</form>")[0]
    again = clerk.client.get("/cases/export/", {"stage": "reception", "purpose": "  "})
    assert (again.status_code, "请填写导出目的" in again.content.decode()) == (422, True)
    assert entries(clerk) == []
    answer = clerk.client.get("/cases/export/", {"stage": "reception", "purpose": "团队周会核对"})
    assert {r[0].value: r[1].value for r in book(answer)["说明"].iter_rows()}["导出目的"] == "团队周会核对"
    [entry] = entries(clerk)
    count = len(table(book(answer)["案件查询"]))
    assert (entry.what, entry.label, entry.case_id) == ("read", f"导出案件查询：{count} 件", None)
    assert entry.stream == f"user:{clerk.actor.user_id}"
    assert entry.facts == {
        "list": "cases", "filters": {"stage": "reception"}, "count": count, "purpose": "团队周会核对",
    }  # fmt: skip
    assert not [*chains()]


def test_two_cases_need_no_purpose_and_a_searched_certificate_is_not_kept(monkeypatch):
    make.case()
    clerk = Officer("reception", "clerk")
    answer = clerk.client.get("/cases/export/", {"q": "410922197610249985"})
    assert table(book(answer)["案件查询"])
    [entry] = entries(clerk)
    assert entry.facts["filters"] == {"q": "410922********9985"}
    assert {r[0].value: r[1].value for r in book(answer)["说明"].iter_rows()}["筛选条件"] == "查找：410922********9985"


@pytest.mark.parametrize(
    ("path", "most"),
    [("/cases/export/", "MOST_CASES"), ("/workbench/export/", "MOST_ITEMS"), ("/queue/export/", "MOST_ITEMS")],
)
def test_too_long_a_list_is_refused(monkeypatch, path, most):
    make.cases(3)
    monkeypatch.setattr(export_lists, most, 2)
    person = WorkItem.objects.filter(rule="reception.first_day").latest("id").person
    make.cases(6)
    page = Officer("", user=person).get(path, 422)
    assert "缩小筛选条件" in page


def test_the_workbench_and_the_queue_leave_by_their_filters(monkeypatch):
    case = make.case()
    item = WorkItem.objects.get(case=case, rule="reception.first_day")
    officer = Officer("", user=item.person)
    rows = table(book(officer.client.get("/workbench/export/", {"q": case.number}))["工作台"])
    assert {row["案号"] for row in rows} == {case.number}
    assert item.title in {row["事项"] for row in rows}
    assert next(r for r in rows if r["事项"] == item.title)["届满"].date() == item.due_on
    narrow = officer.client.get("/workbench/export/", {"rule": "reception.first_day", "day": str(item.due_on)})
    assert {row["事项"] for row in table(book(narrow)["工作台"])} == {item.title}
    words = {r[0].value: r[1].value for r in book(narrow)["说明"].iter_rows()}["筛选条件"]
    assert words == f"范围：待我处理；届满：{item.due_on}；事项：{item.title}"
    for tab, _ in (*workbench_page.TABS, ("nonsense", "")):
        book(officer.client.get("/workbench/export/", {"tab": tab}))
    chosen = officer.client.get("/queue/export/", {"person": item.person_id})
    rows = table(book(chosen)["团队事项"])
    assert {row["承办人"] for row in rows} == {item.person.name}
    assert case.number in {row["案号"] for row in rows}
    found = JournalEntry.objects.filter(key="export", by_id=item.person_id).order_by("id")
    assert [entry.facts["list"] for entry in found] == ["workbench"] * (len(workbench_page.TABS) + 3) + ["queue"]


def test_another_teams_queue_is_for_leadership_only():
    case = make.case()
    team = case.team_id
    Officer("fast-03", "clerk").get(f"/queue/export/?team={team}", 404)
    answer = Officer("leadership", "bureau_director").client.get("/queue/export/", {"team": team})
    assert case.number in numbers(answer, "团队事项")


def test_a_post_without_the_right_to_export_gets_no_file():
    bailiff = Posting.objects.on(clock.today()).filter(post="bailiff").select_related("team").first()
    officer = Officer("", user=bailiff.person)
    for path in ("/cases/export/", "/workbench/export/", "/queue/export/"):
        assert "导出清单" in officer.get(path, 403)
    officer.get("/workbench/print/")


def test_todays_list_on_paper(at):
    with at("2026-11-18 09:00"):
        late = make.case(filed_on=date(2026, 11, 18))
    with at("2026-11-20 09:10"):
        case = make.case(filed_on=date(2026, 11, 20))
        item = WorkItem.objects.get(case=late, rule="reception.first_day")
        WorkItem.objects.filter(case=case, open=True).update(person=item.person)
        answer = Officer("", user=item.person).client.get("/workbench/print/")
        html = answer.content.decode()
        assert case.number in html
        assert late.number in html
        assert "超期 2 日" in html
        assert "2026-11-20" in html
        assert f"打印人 {item.person.name}" in html
        assert "2026-11-20 09:10" in html
        assert "<script" not in html
    nonce = re.search(r'<style nonce="([^"]+)"', html)[1]
    assert f"'nonce-{nonce}'" in answer["Content-Security-Policy"]


def test_the_card_of_a_case(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    case = make.case()
    to_fast(case, "fast-03")
    html = Officer("fast-03", "clerk").get(f"/cases/{case.pk}/card/")
    assert case.number in html
    assert "410922********9985" in html
    assert "410922197610249985" not in html
    assert "<svg" in html
    assert all(title in html for title in case.items.filter(open=True).values_list("title", flat=True)[:5])
    Officer("fast-05", "clerk").get(f"/cases/{case.pk}/card/", 404)
