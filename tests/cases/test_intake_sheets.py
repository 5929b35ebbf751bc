"""Whole workbooks as other offices make them: titles, merged cells, several sheets, damaged and hostile files."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from cases.intake import import_file, workbook
from cases.models import Case, ImportBatch, Party
from cases.refusals import Refused
from teams.actor import SYSTEM
from tests.cases.test_intake import HEAD as SHORT
from tests.cases.test_intake import book

DAY = date(2026, 11, 20)
PAPER = "410902197511109965"
HEAD = [*SHORT, "被执行人证件号码"]


@pytest.fixture(autouse=True)
def _a_week_later(at):
    with at("2026-11-27 10:00"):
        yield


def number(serial: int) -> str:
    return f"（2026）豫0902执{serial}号"


def row(serial: int, *more, creditor="甲某", debtor="乙某", paper=PAPER) -> list:
    return [number(serial), DAY, "借贷", f"（2026）豫0902民初{serial}号", 1, creditor, debtor, paper, *more]


def outcomes(source: io.BytesIO, **more) -> list[tuple]:
    report = import_file(source, "x.xlsx", SYSTEM, **more)
    return [(each.row, each.outcome, "；".join(each.problems)) for each in report.rows]


def saved(made: Workbook) -> io.BytesIO:
    out = io.BytesIO()
    made.save(out)
    out.seek(0)
    return out


@pytest.mark.django_db
def test_a_header_of_two_rows_with_merged_cells_far_below_the_top():
    made = Workbook()
    sheet = made.active
    for line in (
        ["立案清单"], [], ["单位：某院", None, "2026 年 11 月"], [],
        ["序号", "案号", "立案日期", "标的额", "申请执行人", None, None, "被执行人", None, None, "备注"],
        [None, None, None, "（万元）", "姓名/名称", "证件号码", "联系电话", "姓名或名称", "证件号码", "住址", None],
        [1, number(1), DAY, 12.5, "甲某", "410105196206239967", 13900013900, "乙公司", "91410902970841396A", "某路 1 号", "急"],
        ["合 计", None, None, 12.5],
        ["制表：王某", None, "审核：李某"],
    ):  # fmt: skip
        sheet.append(line)
    sheet["D6"] = None
    for cells in ("A1:K1", "E5:G5", "H5:J5", "A5:A6", "B5:B6"):
        sheet.merge_cells(cells)
    sheet.row_dimensions[7].hidden = True  # what is filtered out of sight is still in the list
    assert outcomes(saved(made)) == [(7, "imported", "")]
    case = Case.objects.get()
    creditor, debtor = case.parties.order_by("role")
    assert (creditor.name, creditor.certificate_number, creditor.phone) == ("甲某", "410105196206239967", "13900013900")
    assert (debtor.name, debtor.certificate, debtor.address) == ("乙公司", "credit_code", "某路 1 号")


@pytest.mark.django_db
def test_a_case_torn_over_merged_rows_is_refused_whole_and_not_filed_with_half_its_debtors():
    rows = [HEAD, row(1), [None, None, None, None, None, None, "丙某"], row(2), [*HEAD], row(3)]
    found = outcomes(book(rows))
    assert [(line, outcome) for line, outcome, _ in found] == [(2, "rejected"), (3, "rejected"), (4, "imported"), (6, "imported")]  # fmt: skip
    assert all("合并单元格" in problem for _, outcome, problem in found if outcome == "rejected")


@pytest.mark.django_db
def test_a_number_repeated_with_other_parties_says_so():
    found = outcomes(book([HEAD, row(1), row(1), row(1, debtor="丙某")]))
    assert [outcome for _, outcome, _ in found] == ["imported", "duplicate", "duplicate"]
    assert "当事人不同" not in found[1][2]
    assert "当事人不同" in found[2][2]


@pytest.mark.django_db
def test_certificates_that_are_numbers_or_formulas_are_marked_and_never_guessed():
    head = [*HEAD, "被执行人电话"]
    cells = [410902197511110000, "4.10902E+17", "=A1", "#REF!", ArrayFormula("H6:H6", "=A1"), PAPER]
    found = outcomes(book([head, *(row(n, 13900013900, paper=cell) for n, cell in enumerate(cells, 1))]))
    assert [outcome for _, outcome, _ in found] == ["imported_with_warning"] * 5 + ["imported"]
    stored = Party.objects.filter(role="debtor").order_by("case").values_list("certificate_number", "born_on", "phone")
    assert [number for number, _, _ in stored] == ["410902197511110***", "4.10902E+17", "", "", "", PAPER]
    assert [born for _, born, _ in stored] == [None] * 5 + [date(1975, 11, 10)]
    assert {phone for *_, phone in stored} == {"13900013900"}


@pytest.mark.django_db
def test_several_parties_whose_papers_do_not_fit_them():
    head = [*HEAD, "被执行人电话", "被执行人证件类型"]
    rows = [
        row(1, debtor="乙某、丙某"),
        row(2, "13900013900", "居民身份证", debtor="1、乙某 2、丙某", paper=f"{PAPER}、无"),
        row(3, debtor="乙某等3人"),
        row(4, "13900013900、13900013901", debtor="乙 某", paper=None),
    ]
    found = outcomes(book([head, *rows]))
    assert [outcome for _, outcome, _ in found] == ["rejected", "imported_with_warning", "rejected", "imported_with_warning"]  # fmt: skip
    assert "1 个证件号码少于 2 名" in found[0][2]
    assert "没有列全" in found[2][2]
    case = Case.objects.get(number=number(2))
    assert list(case.parties.filter(role="debtor").values_list("name", "certificate_number", "phone")) == [
        ("乙某", PAPER, ""), ("丙某", "", ""),
    ]  # fmt: skip
    assert "13900013900" in case.remark
    assert Party.objects.get(case__number=number(4), role="debtor").phone == "13900013900、13900013901"


@pytest.mark.django_db
def test_a_sheet_of_parties_with_agents_and_strangers():
    head = ["案号", "立案日期", "标的额"]
    parties = [
        ["案号", "诉讼地位", "姓名或名称", "证件种类", "证件号码", "联系地址"],
        [number(1), "申请执行人", "甲某", "居民身份证", "410105196206239967", "某村"],
        [number(1).replace("（", "(").replace("）", ")"), "被执行人", "乙公司", None, "91410902970841396A", None],
        [number(1), "申请执行人的委托代理人", "丁律师", None, None, None],
        [number(9), "被执行人", "戊某", None, None, None],
    ]
    report = import_file(book([head, [number(1), DAY, 1], [number(2), DAY, 1]], more={"当事人": parties}), "x.xlsx", SYSTEM)  # fmt: skip
    assert [each.outcome for each in report.rows] == ["imported_with_warning", "rejected"]
    assert "丁律师" in "".join(report.rows[0].problems)
    assert number(9) in "".join(report.notes)
    assert set(Case.objects.get().parties.values_list("name", "address")) == {("甲某", "某村"), ("乙公司", "")}


@pytest.mark.django_db
def test_agents_of_the_list_are_kept_in_the_remark_and_several_bases_apart():
    rows = [[*HEAD, "申请执行人委托代理人", "申请日期"], row(1, "丁律师（某所，特别授权）", "2026-11-23")]
    rows[1][3] = "（2026）豫0902民初1号、（2026）豫09民终2号"
    assert [(outcome, "晚于" in why) for _, outcome, why in outcomes(book(rows))] == [("imported_with_warning", True)]
    case = Case.objects.get()
    assert "丁律师" in case.remark
    assert list(case.bases.values_list("number", flat=True)) == ["（2026）豫0902民初1号", "（2026）豫09民终2号"]
    again = outcomes(book([HEAD, [number(2), DAY, "借贷", "（2026）豫09民终2号", 1, "甲某", "乙某", PAPER]]))
    assert number(1) in again[0][2]


@pytest.mark.django_db
def test_numbers_that_are_not_the_filing_offices_to_give():
    numbers = ["（2026）豫0902执恢3号", "（2026）豫0902执异3号", "（2012）华法执字第3号", "（2026）豫0902执3号之一", "（2026）豫0902执保3号", "2026豫0902执 ３ 号"]  # fmt: skip
    found = outcomes(book([HEAD, *([each, *row(0)[1:]] for each in numbers)]))
    assert [outcome for _, outcome, _ in found] == ["rejected"] * 4 + ["imported", "imported"]


@pytest.mark.django_db
def test_the_file_again_with_one_row_changed_and_one_more_brings_only_the_new_one():
    import_file(book([HEAD, row(1), row(2)]), "x.xlsx", SYSTEM)
    found = outcomes(book([HEAD, row(1), row(2, debtor="丙某"), row(3)]))
    assert [outcome for _, outcome, _ in found] == ["duplicate", "duplicate", "imported"]
    assert set(Party.objects.filter(role="debtor").values_list("name", flat=True)) == {"乙某"}


@pytest.mark.django_db
def test_hidden_sheets_come_last_and_a_second_list_is_not_silently_left_out():
    made = Workbook()
    made.active.sheet_state = "hidden"
    for title, serial in (("隐藏", 1), ("十一月", 2), ("十二月", 3)):
        sheet = made.active if title == "隐藏" else made.create_sheet(title)
        for line in ([*HEAD], row(serial)):
            sheet.append(line)
    made.active = 1
    report = import_file(saved(made), "x.xlsx", SYSTEM, dry_run=True)
    assert [each.number for each in report.rows] == [number(2)]
    assert "十二月" in report.notes[0]


def zipped(**files: str) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, text)
    out.seek(0)
    return out


def with_sheet(change) -> io.BytesIO:
    """A good workbook whose sheet is changed as text."""
    out = io.BytesIO()
    with zipfile.ZipFile(book([HEAD, row(1)])) as good, zipfile.ZipFile(out, "w") as bad:
        for each in good.namelist():
            text = good.read(each)
            bad.writestr(each, change(text) if each == "xl/worksheets/sheet1.xml" else text)
    out.seek(0)
    return out


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
HOSTILE = {
    "xls or password": io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    "csv": io.BytesIO("案号,立案日期,被执行人\n".encode()),
    "empty": io.BytesIO(),
    "some zip": zipped(**{"a.txt": "x"}),
    "word": zipped(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}),
    "cut off": io.BytesIO(book([HEAD, row(1)]).getvalue()[:-300]),
    "torn sheet": with_sheet(lambda text: text[: len(text) // 2]),
    "entities": with_sheet(lambda text: BOMB),
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_workbook_is_refused_with_a_sentence_and_nothing_is_stored(what):
    with pytest.raises(Refused, match=r"「x\.xlsx」.*。"):
        import_file(HOSTILE[what], "x.xlsx", SYSTEM)
    assert not ImportBatch.objects.exists()


@pytest.mark.django_db
def test_bombs_are_refused_by_their_size_and_false_dimensions_cost_nothing(monkeypatch):
    monkeypatch.setattr(workbook, "UNPACKED", 1000)
    with pytest.raises(Refused, match="展开后过大"):
        import_file(zipped(**{"a.xml": "0" * 5000}), "x.xlsx", SYSTEM)
    monkeypatch.undo()
    wide = with_sheet(lambda text: text.replace(b'ref="A1:H2"', b'ref="A1:XFD1048576"'))
    assert [outcome for _, outcome, _ in outcomes(wide)] == ["imported"]
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    with pytest.raises(Refused, match="超过 3 行"):
        import_file(book([HEAD, *(row(n) for n in range(10, 20))]), "x.xlsx", SYSTEM)
    assert Case.objects.count() == 1
