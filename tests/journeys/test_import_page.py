"""The import page: choose or paste, look at every cell, import what is good, take the rest back to mend it."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from cases.intake import pasted
from cases.models import Case, ImportBatch, JournalEntry
from cases.refusals import Refused
from tests.journeys.officers import Officer

pytestmark = pytest.mark.django_db
HEAD = "案号\t立案日期\t申请执行人\t被执行人\t被执行人证件号码\t申请标的\t案由"
GOOD = "[2026]豫0902执880001号\t20261120\t吴春梅\t许大勇\t410922197610249985\t7.35万\t民间借贷纠纷"
DOUBTFUL = "（2026）豫0902执880002号\t2026-11-20\t吴春梅\t许大勇\t410922197610249984\t200\t=1+1"
BAD = "（2026）豫0902执880003号\t11月\t吴春梅\t许大勇\t410922197610249985\t十万\t买卖合同纠纷"


@pytest.fixture
def clerk(at, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    with at("2026-11-27 10:00"):
        yield Officer("reception", "clerk")


def preview(clerk, *rows, **more):
    text = "\r\n".join([HEAD, *rows])
    return clerk.client.post("/import/", {"pasted": text, **more}, follow=True)


def test_a_pasted_list_is_looked_at_cell_by_cell_and_nothing_is_stored_yet(clerk):
    page = preview(clerk, GOOD, DOUBTFUL, BAD, GOOD).context["preview"]
    assert page["heads"] == ["案号", "立案日期", "案由", "申请标的", "申请执行人", "被执行人", "被执行人证件号码"]
    assert [row["label"] for row in page["rows"]] == ["可导入", "可导入（有提示）", "不能导入", "重复，不导入"]
    marks = [
        {head: cell.mark for head, cell in zip(page["heads"], row["cells"], strict=True) if cell.mark}
        for row in page["rows"]
    ]
    assert marks == [{}, {"被执行人证件号码": "doubt"}, {"立案日期": "bad", "申请标的": "bad"}, {"案号": "doubt"}]
    assert page["rows"][2]["cells"][1].why == "「11月」不是日期，应如 2026-11-20"
    assert (page["good"], page["left"], page["questions"]) == (2, 2, 3)
    assert not Case.objects.exists()
    assert not ImportBatch.objects.exists()


def test_only_the_rows_with_something_to_look_at(clerk):
    token = preview(clerk, GOOD, BAD).context["token"]
    answer = clerk.client.get("/import/preview/", {"t": token, "only": 1})
    assert [row["row"] for row in answer.context["preview"]["rows"]] == [3]
    assert "导入 1 行" in answer.content.decode()
    assert clerk.client.get("/import/preview/", {"t": "made up"}).status_code == 422


def test_what_was_not_imported_comes_back_with_its_reasons_and_goes_in_when_mended(clerk):
    token = preview(clerk, GOOD, BAD).context["token"]
    clerk.post("/import/", token=token)
    batch = ImportBatch.objects.get()
    assert Case.objects.get().amount == 73500
    answer = clerk.client.get(f"/import/{batch.pk}/failed/")
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    head, row = list(sheet.iter_rows(values_only=True))
    told = dict(zip(head, row, strict=True))
    assert told["案号"] == "(2026)豫0902执880003号"
    assert told["原行号"] == "3"
    assert "「11月」不是日期" in told["未导入的原因"]
    assert JournalEntry.objects.filter(key="export", facts__batch=batch.pk).exists()
    sheet.cell(2, head.index("立案日期") + 1).value = "2026-11-20"
    sheet.cell(2, head.index("申请标的") + 1).value = "100000"
    held = BytesIO()
    sheet.parent.save(held)
    file = SimpleUploadedFile("补正.xlsx", held.getvalue())
    page = clerk.client.post("/import/", {"file": file}, follow=True)
    clerk.post("/import/", token=page.context["token"])
    assert Case.objects.count() == 2


def test_the_template_has_a_column_for_whatever_is_read_and_imports_as_it_is(clerk):
    content = clerk.client.get("/import/template/").content
    head = [cell.value for cell in next(load_workbook(BytesIO(content)).worksheets[0].iter_rows(max_row=1))]
    assert head[:3] == ["案号", "立案日期", "被执行人"]
    assert len(head) == len(set(head))
    page = clerk.client.post("/import/", {"file": SimpleUploadedFile("模板.xlsx", content)}, follow=True)
    assert page.context["preview"]["total"] == 0


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "请选择一个 Excel 文件，或把清单粘贴到下面"),
        ({"pasted": "一句话"}, "至少一行表头和一行数据"),
        ({"pasted": "甲\t乙\n1\t2"}, "没有认出表头"),
        ({"file": SimpleUploadedFile("a.xlsx", b"not a workbook")}, "不是可入卷的格式"),
    ],
)
def test_what_is_no_list_is_refused_on_the_form_with_what_was_typed(clerk, data, words):
    answer = clerk.client.post("/import/", {**data, "submission": "k"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert data.get("pasted", "") in answer.content.decode()


def test_cells_with_line_ends_and_formulas_stay_text():
    rows = pasted.rows_of('甲\t乙\n"第一行\n第二行"\t=1+1\n')
    assert rows == [["甲", "乙"], ["第一行\n第二行", "=1+1"]]
    with pytest.raises(Refused):
        pasted.rows_of("x\ty\n" * 6000)


def test_strangers_do_not_import(clerk):
    other = Officer("fast-03", "clerk")
    for path in ("/import/preview/?t=x", "/import/template/", "/import/1/failed/"):
        other.get(path, 403)
