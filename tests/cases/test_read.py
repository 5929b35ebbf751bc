"""Typed values are read back while the form is filled in: what they mean, or what is wrong and what is right."""

from decimal import Decimal

import pytest

from cases import amounts, certificates
from tests.journeys.test_walk import Officer

pytestmark = pytest.mark.django_db
READ = [
    ("date", "今天", True, "2026-11-24 星期二，今天"),
    ("date", "+3", True, "2026-11-27 星期五"),
    ("date", "11-30", True, "2026-11-30 星期一"),
    ("date", "20261123", True, "2026-11-23 星期一，昨天"),
    ("date", "02-30", False, "不是日期"),
    ("money", "12.5万", True, "125,000.00 元"),
    ("money", "1,864,200", True, "1,864,200.00 元"),
    ("money", "-3", False, "不是金额"),
    ("money", "NaN", False, "不是金额"),
    ("number", "[2026]豫0902执12", True, "（2026）豫0902执12号"),
    ("number", "十二号", False, "案号格式不正确"),
    ("certificate", "410922197610249985", True, "女 1976-10-24 50 岁，校验位正确"),
    ("certificate", "410922197610249984", False, "校验不符"),
    ("certificate", "41092219761024998", False, "应为 18 位，现为 17 位"),
    ("certificate", "91410902970841396A", True, "统一社会信用代码校验无误"),
    ("certificate", "91410902970841396B", False, "校验不符"),
    ("date", "", True, ""),
    ("nonsense", "x", True, ""),
]


@pytest.mark.parametrize(("kind", "text", "ok", "words"), READ)
def test_what_is_typed_is_read_back(at, kind, text, ok, words):
    with at("2026-11-24 10:00"):
        found = Officer("reception", "clerk").client.get(f"/read/{kind}/", {"q": text}).json()
    assert found["ok"] is ok
    assert words in found["text"]


def test_a_form_reads_the_amount_the_same_way():
    assert amounts.read_amount("186.42万") == Decimal("1864200.00")
    with pytest.raises(ValueError, match="不是金额"):
        amounts.read_amount("Infinity")


def test_a_number_with_a_date_of_birth_is_a_persons():
    assert certificates.kind_of("410922197610249985") == "identity"
    assert certificates.kind_of("91410902970841396A") == "credit_code"
    assert certificates.kind_of("123") == "identity"
