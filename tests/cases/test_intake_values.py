"""Single cells of a filing list: what they say is read, what is doubtful is refused, nothing is guessed."""

from datetime import date, datetime, timedelta

import pytest

from cases.intake import columns, values


@pytest.mark.parametrize(
    "cell",
    [
        "2026年11月20日", "2026.11.20", "2026/11/20", "2026-11-20", "20261120", 20261120, "２０２６－１１－２０", "2026 年 11 月 20 日",
        "2026-11-20 09:30", "2026-11-20T09:30:00", "2026/11/20 0:00:00", "二〇二六年十一月二十日", datetime(2026, 11, 20, 9), 46346, 46346.4, "46346",
    ],
)  # fmt: skip
def test_a_date_in_all_its_clothes(cell):
    assert values.read_date(cell) == date(2026, 11, 20) == date(1899, 12, 30) + timedelta(days=46346)


@pytest.mark.parametrize(
    "cell",
    ["2026-13-45", "2026-11-201", "2026-02-30", "26.11.20", "11/20/2026", "2026年11月", "昨天", "=TODAY()", 20, "0026-11-20",
     "1899-12-30", "二〇二六年十三月一日", "二〇二六年一月三二日", True],
)  # fmt: skip
def test_what_is_no_date_is_not_guessed(cell):
    with pytest.raises(ValueError, match=r"."):
        values.read_date(cell)


@pytest.mark.parametrize(
    ("cell", "unit", "yuan"),
    [
        ("1,586,996.66", "", "1586996.66"), ("￥1,234.50", "", "1234.50"), ("¥1234.5元", "", "1234.50"), ("2.57万元", "", "25700.00"),
        ("１２３４．５", "", "1234.50"), ("人民币100000元整", "", "100000.00"), ("1.2亿元", "", "120000000.00"), ("12 345.6", "", "12345.60"),
        (147.19, "万元", "1471900.00"), ("30000元", "万元", "30000.00"), (1591.3200000000002, "", "1591.32"), (0.125, "", "0.13"),
        (1e9, "", "1000000000.00"), (0, "", "0.00"), ("0.005", "", "0.01"),
    ],
)  # fmt: skip
def test_an_amount_in_all_its_clothes(cell, unit, yuan):
    assert str(values.read_amount(cell, unit)) == yuan


@pytest.mark.parametrize(
    "cell",
    ["详见判决", "1.234,50", "1,2345", "12,34.5", "-5", "(1,000.00)", "1e5", "1_000", "NaN", "Infinity", "约10万", "10万余元", "5万3千",
     "壹万元", "100美元", "=1000*2", "#REF!", "1..2", "99999999999999999", True],
)  # fmt: skip
def test_what_is_no_amount_is_not_guessed(cell):
    with pytest.raises(ValueError, match=r"."):
        values.read_amount(cell)


def test_nothing_is_nothing():
    assert values.read_amount(None) is values.read_amount("—") is values.read_date("") is values.read_date("无") is None


def test_several_of_a_cell_keep_their_order_and_what_stands_in_brackets_stays_together():
    assert values.many("甲、乙；丙,丁\n戊／己") == list("甲乙丙丁戊己")
    assert values.many("1、甲某 2、乙公司（原名丙、丁公司）") == ["甲某", "乙公司(原名丙、丁公司)"]
    assert values.many("(1)甲某；(2)乙某") == ["甲某", "乙某"]
    assert values.many("410902197511109965、无、91410902689997591J") == ["410902197511109965", "", "91410902689997591J"]
    assert values.many("无") == values.many(None) == []
    assert values.name_of("王　 五") == "王五"
    assert values.name_of("ABC 公司") == "ABC 公司"
    assert values.name_of("某某(集团)公司") == "某某（集团）公司"
    assert values.prose("有房一套，已查封（轮候）\u200b") == "有房一套，已查封（轮候）"


def test_a_number_kept_as_a_number_has_lost_its_tail():
    assert values.lost_digits(410902197511109965) == "410902197511109***"
    assert values.lost_digits(4.10902197511110e17) == "410902197511110***"
    assert values.lost_digits(13900013900) == values.lost_digits("410902197511109965") == ""


@pytest.mark.parametrize(
    ("header", "key", "unit"),
    [
        ("*案 号", "number", ""), ("申请执行人\n姓名", "creditor", ""), ("申请人（姓名/名称）", "creditor", ""),
        ("被执行人身份证号码/统一社会信用代码", "debtor_certificate", ""), ("被执行人（证件号码）", "debtor_certificate", ""),
        ("申请执行人联系方式", "creditor_phone", ""), ("被申请人住所地", "debtor_address", ""), ("申请人委托代理人", "creditor_agent", ""),
        ("申请人委托代理人电话", "", ""), ("被执行人法定代表人身份证号", "", ""), ("标的额（万元）", "amount", "万元"),
        ("申请执行标的:万元", "amount", "万元"), ("标的额/元", "amount", "元"), ("标的额（单位：万元）", "amount", "单位:万元"),
        ("立案日期（年月日）", "filed_on", "年月日"), ("被执行人财产线索", "clues", ""), ("序号", "", ""), ("承办人", "", ""),
    ],
)  # fmt: skip
def test_headers_by_every_name(header, key, unit):
    assert columns.key_of(header) == (key, unit if key else columns.key_of(header)[1])
