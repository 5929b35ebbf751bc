"""Filing lists: the sample comes out as it must, twice changes nothing, other faults are named."""

import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from cases import certificates, clock, numbers
from cases.intake import import_file
from cases.models import Case, CaseLink, ImportBatch, JournalEntry
from cases.refusals import Forbidden, Refused
from teams.actor import SYSTEM
from tests import make

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "intake" / "2026-11-20.xlsx"
EXPECTED = json.loads(SAMPLE.with_name("2026-11-20.expected.json").read_text(encoding="utf-8"))


def book(rows: list[list], sheet: str = "立案", more: dict[str, list[list]] | None = None) -> io.BytesIO:
    made = Workbook()
    made.active.title = sheet
    for row in rows:
        made.active.append(row)
    for title, lines in (more or {}).items():
        extra = made.create_sheet(title)
        for line in lines:
            extra.append(line)
    out = io.BytesIO()
    made.save(out)
    out.seek(0)
    return out


@pytest.fixture(autouse=True)
def _a_week_after_the_sample(at):
    with at("2026-11-27 10:00"):
        yield


HEAD = ["案 号", "立案时间", "案由", "执行依据", "标的额（万元）", "申请执行人", "被执行人"]


@pytest.mark.django_db
def test_the_sample_list_comes_out_as_expected(tmp_path):
    out = tmp_path / "out.json"
    call_command("import_cases", str(SAMPLE), "--report", str(out), verbosity=0)
    found = {row["row"]: row for row in json.loads(out.read_text(encoding="utf-8"))}
    assert set(found) == {row["row"] for row in EXPECTED}
    for row in EXPECTED:
        got = found[row["row"]]
        assert row["outcome"] in ("any", got["outcome"]), (row, got)
        if row["outcome"].startswith("imported"):
            told = {key: got[key] for key in ("number", "amount", "creditors", "debtors")}
            assert told == {key: row[key] for key in told}
        if got["outcome"] == "rejected":
            assert got["problems"]
    assert JournalEntry.objects.filter(key="register").values_list("by_label", flat=True).distinct().get() == "系统"


@pytest.mark.django_db
def test_the_same_file_twice_changes_nothing():
    for _ in range(2):
        with SAMPLE.open("rb") as source:
            report = import_file(source, SAMPLE.name, SYSTEM)
    assert set(report.counts) == {"duplicate", "rejected"}
    assert Case.objects.count() == 68
    assert CaseLink.objects.filter(kind="preservation").exists()


@pytest.mark.django_db
def test_a_dry_run_stores_nothing():
    with SAMPLE.open("rb") as source:
        report = import_file(source, SAMPLE.name, SYSTEM, dry_run=True)
    assert report.counts["imported"] == 64
    assert not Case.objects.exists()
    assert not ImportBatch.objects.exists()


@pytest.mark.django_db
def test_other_names_of_columns_a_title_row_and_a_sheet_of_parties():
    today = clock.today()
    number = f"({today.year})豫0902执8123号"
    source = book(
        [
            ["某院立案清单"],
            ["案　号", "立案时间", "申请日期", "标的额（万元）"],
            [number, f"{today:%Y.%m.%d}", today, 12.5],
        ],
        more={
            "当事人": [
                ["案号", "地位", "姓名/名称", "证件号码"],
                [number, "申请执行人", "甲某", ""],
                [number, "被执行人", "乙公司", "91410902970841396A"],
            ]
        },
    )
    report = import_file(source, "x.xlsx", SYSTEM)
    assert report.counts == {"imported": 1}, report.rows
    case = Case.objects.get()
    assert (case.amount, case.received_on) == (Decimal("125000.00"), today)
    assert case.parties.get(role="debtor").name == "乙公司"


@pytest.mark.django_db
def test_a_missing_column_and_a_file_that_is_none_are_sentences():
    with pytest.raises(Refused, match="缺少「立案日期」"):
        import_file(book([["案号", "被执行人", "案由"], ["x", "y", "z"]]), "x.xlsx", SYSTEM)
    with pytest.raises(Refused, match="没有找到表头"):
        import_file(book([["今天", "天气"]]), "x.xlsx", SYSTEM)
    with pytest.raises(Refused, match="不是可读的 Excel"):
        import_file(io.BytesIO(b"not a workbook"), "x.xlsx", SYSTEM)


@pytest.mark.django_db
def test_a_fine_needs_no_applicant_and_a_formula_is_never_passed_on():
    today = clock.today()
    rows = [
        [*HEAD, "移送部门", "备注"],
        [f"（{today.year}）豫0902执8201号", today, "罚金", "（2026）豫0902刑初1号", 1, "", "丙某", "刑庭", "=1+1"],
        [f"（{today.year}）豫0902执8202号", today, "借贷", "x", 1, "", "丁某", "", ""],
        [f"（{today.year}）豫0902执8203号", today, "借贷", "x", 1, "戊某", "=HYPERLINK(1)", "", ""],
    ]
    report = import_file(book(rows), "x.xlsx", SYSTEM)
    assert [row.outcome for row in report.rows] == ["imported_with_warning", "rejected", "rejected"]
    case = Case.objects.get()
    assert case.sent_by == "刑庭"
    assert not case.remark.startswith("=")
    assert case.items.filter(rule="enforcement.limit_criminal").exists()


@pytest.mark.django_db
def test_a_second_first_case_on_the_same_basis_warns():
    today = clock.today()
    row = [None, today, "借贷", "（2025）豫0902民初77号", 1, "甲某", "乙某"]
    first = [f"（{today.year}）豫0902执8301号", *row[1:]]
    second = [f"（{today.year}）豫0902执8302号", *row[1:]]
    import_file(book([HEAD, first]), "a.xlsx", SYSTEM)
    report = import_file(book([HEAD, second]), "b.xlsx", SYSTEM)
    assert report.rows[0].outcome == "imported_with_warning"
    assert "8301" in "".join(report.rows[0].problems)


@pytest.mark.django_db
def test_only_reception_imports():
    with pytest.raises(Forbidden):
        import_file(book([HEAD]), "x.xlsx", make.actor("fast-03", "clerk"))


def test_people_born_before_their_county_code_are_real():
    assert certificates.read("identity", "410105196206239967").doubt == ""
    assert certificates.read("identity", "11010519491231002X").born_on == date(1949, 12, 31)
    assert "第 18 位" in certificates.read("identity", "110105194912310021").doubt
    assert certificates.read("credit_code", "91350100M000100Y43").doubt == ""


@given(st.text(alphabet="0123456789X", min_size=0, max_size=18))
def test_a_mask_shows_no_more_than_six_and_four(number):
    shown = certificates.mask_certificate(number).replace("*", "")
    assert len(shown) <= 10
    assert len(number) < 3 or shown != number


@given(st.text(max_size=40))
def test_normalising_a_number_twice_changes_nothing(text):
    assert numbers.normalise(numbers.normalise(text)) == numbers.normalise(text)
