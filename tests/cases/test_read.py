"""Typed values are read back while the form is filled in: what they mean, or what is wrong and what is right."""

from decimal import Decimal

import pytest

from cases import amounts, certificates, numbers
from tests import make
from tests.journeys.officers import Officer

pytestmark = pytest.mark.django_db
READ = [
    ("date", "今天", "ok", "2026-11-24 星期二，今天"),
    ("date", "+3", "ok", "2026-11-27 星期五"),
    ("date", "11-30", "ok", "2026-11-30 星期一"),
    ("date", "20261123", "ok", "2026-11-23 星期一，昨天"),
    ("date", "02-30", "bad", "不是日期"),
    ("money", "12.5万", "ok", "125,000.00 元"),
    ("money", "1,864,200", "ok", "1,864,200.00 元"),
    ("money", "-3", "bad", "不是金额"),
    ("money", "NaN", "bad", "不是金额"),
    ("number", "[2026]豫0902执12", "ok", "（2026）豫0902执12号"),
    ("number", "十二号", "bad", "案号格式不正确"),
    ("certificate", "410922197610249985", "ok", "女 1976-10-24 50 岁，校验位正确"),
    ("certificate", "410922197610249984", "doubt", "校验不符"),
    ("certificate", "41092219761024998", "doubt", "应为 18 位，现为 17 位"),
    ("certificate", "91410902970841396A", "ok", "统一社会信用代码，校验位正确"),
    ("certificate", "91410902970841396B", "doubt", "校验不符"),
    ("money", "1.2亿", "ok", "120,000,000.00 元　壹亿贰仟万元整"),
    ("time", "0930", "ok", "09:30"),
    ("time", "25:00", "bad", "不是时间"),
    ("phone", "138 0000 0001", "ok", "13800000001"),
    ("phone", "+86 13800000001", "ok", "13800000001"),
    ("phone", "1393930886", "bad", "手机号应为 11 位，现为 10 位"),
    ("phone", "(0393)4412345-801", "bad", "电话应为"),
    ("phone", "(0393)4412345转801", "ok", "0393-4412345转801"),
    ("phone", "4412345", "bad", "请写区号，如 0393-4412345"),
    ("date", "", "ok", ""),
    ("nonsense", "x", "ok", ""),
]


@pytest.mark.parametrize(("kind", "text", "state", "words"), READ)
def test_what_is_typed_is_read_back(at, kind, text, state, words):
    with at("2026-11-24 10:00"):
        found = Officer("reception", "clerk").client.post(f"/read/{kind}/", {"q": text}).json()
    assert found["state"] == state
    assert words in found["text"]


def test_a_form_reads_the_amount_the_same_way():
    assert amounts.read_amount("186.42万") == Decimal("1864200.00")
    with pytest.raises(ValueError, match="不是金额"):
        amounts.read_amount("Infinity")


def test_a_number_with_a_date_of_birth_is_a_persons():
    assert certificates.kind_of("410922197610249985") == "identity"
    assert certificates.kind_of("91410902970841396A") == "credit_code"
    assert certificates.kind_of("123") == "identity"


def known(officer: Officer, number: str = "410922197610249985") -> dict:
    return officer.client.post("/read/certificate/", {"q": number}).json()


def test_somebody_known_is_named_with_how_many_cases_the_reader_may_locate():
    clerk = Officer("fast-03", "clerk")
    assert known(clerk)["link"] == ""
    name = make.cases(2)[1].parties.get(role="debtor").name
    hidden = make.case(confidential=True)
    assert known(clerk)["link"] == f"已有当事人：{name}（2 件案件）"
    assert known(clerk)["url"].startswith("/search/?q=")
    assert "410922" not in known(clerk)["url"]
    hidden.handler_id = clerk.actor.user_id
    hidden.save(update_fields=["handler_id"])
    assert "（3 件案件）" in known(clerk)["link"]


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("1.05", "壹元零伍分"),
        ("50500", "伍万零伍佰元整"),
        ("100010001", "壹亿零壹万零壹元整"),
        ("20003000.07", "贰仟万叁仟元零柒分"),
        ("1864200.5", "壹佰捌拾陆万肆仟贰佰元伍角整"),
    ],
)
def test_amounts_in_capitals(amount, words):
    assert amounts.capitals(Decimal(amount)) == words


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("2026豫0902执123", "（2026）豫0902执123号"),
        ("（２０２６）豫０９０２执恢１２号", "（2026）豫0902执恢12号"),
        ("〔2026〕豫0902执保 9 号", "（2026）豫0902执保9号"),
        ("【2026】豫0902执0123号", "（2026）豫0902执123号"),
        ("(2016)豫0902执字第123号", "（2016）豫0902执123号"),
        ("(2026)豫09执复5号", "（2026）豫09执复5号"),
        ("(2025)最高法民终1号", "（2025）最高法民终1号"),
        ("(2026)豫0902司救执1号", "（2026）豫0902司救执1号"),
        ("(2026)豫0902执123号之十二", "（2026）豫0902执123号之十二"),
        ("保审２０２６—１７", "保审2026-17"),
    ],
)
def test_a_number_is_read_in_whatever_way_people_type_it(typed, printed):
    assert str(numbers.parse(typed)) == printed


@pytest.mark.parametrize(
    "typed", ["(2026)豫0902执0号", "（26）豫0902执1号", "（2026）豫0902执1、2号", "（2026）豫0902执一百号"]
)
def test_what_is_no_number_is_not_read_as_one(typed):
    assert numbers.parse(typed) is None


def test_every_type_the_bureau_meets_is_read():
    for code in [
        "执",
        "执恢",
        "执保",
        "财保",
        "行保",
        "证保",
        "执异",
        "执复",
        "执监",
        "执协",
        "执他",
        "司惩",
        "司惩复",
        "司救执",
        "民初",
        "民终",
        "民特",
        "刑初",
        "行初",
        "行审",
    ]:
        assert numbers.parse(f"(2026)豫0902{code}7号").type_code == code


def test_certificates_are_read_whatever_width_they_are_typed_in_and_doubts_are_named():
    full = certificates.read("identity", "１１０１０５１９４９１２３１００２ｘ")
    assert (full.number, full.doubt, full.sex) == ("11010519491231002X", "", "女")
    # A county code younger than its carrier is no fault (410902 is of 2002).
    assert certificates.read("identity", "410902195803070012").doubt == ""
    assert "字母 O" in certificates.read("credit_code", "9135010OM000100Y43").doubt
    assert certificates.read("credit_code", "M000100Y-4").doubt == "旧组织机构代码，请核对统一社会信用代码"
    assert "校验不符" in certificates.read("credit_code", "M000100Y-5").doubt


def test_a_masked_fixed_line_keeps_its_area_code():
    assert certificates.mask_phone("0393-4412312") == "0393-44***12"
    assert certificates.mask_phone("13812341234") == "138****1234"
