"""Certificate numbers: what they tell, what is doubtful in them, and how much of them a screen shows.

`cn.ric.validate` of python-stdnum is not used: it looks the county code up for the year of birth, and most codes are
younger than the people who carry them. A doubtful number is kept and marked, never dropped.
"""

import re
from datetime import date
from typing import NamedTuple

from stdnum.cn import ric, uscc

from cases import clock


class Certificate(NamedTuple):
    """A normalised number, what is doubtful in it, and what an identity number tells."""

    number: str
    doubt: str = ""
    born_on: date | None = None
    sex: str = ""


def read(kind: str, text: str) -> Certificate:
    """Read a number of this kind (values of Party.Certificate)."""
    number = re.sub(r"[\s-]", "", str(text or "")).upper()
    if not number:
        return Certificate("", "未提供证件号码")
    if kind == "identity":
        return identity(number)
    if kind == "credit_code":
        return credit_code(number)
    return Certificate(number)


def kind_of(text: str) -> str:
    """What a bare number most likely is: an identity number carries a date of birth, a credit code does not."""
    number = re.sub(r"[\s-]", "", text).upper()
    if re.fullmatch(r"[1-8]\d{5}(19|20)\d{9}[\dX]", number) or len(number) != 18:
        return "identity"
    return "credit_code"


def identity(number: str) -> Certificate:
    """居民身份证 (GB 11643). Fifteen digits are history: kept, not judged."""
    if re.fullmatch(r"\d{15}", number):
        return Certificate(number, "旧版 15 位身份证号，请核对")
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return Certificate(number, f"身份证号应为 18 位，现为 {len(number)} 位")
    try:
        born = ric.get_birth_date(number)
    except Exception:  # the library raises its own kinds for impossible dates
        return Certificate(number, "身份证号中的出生日期不成立")
    if not date(1900, 1, 1) <= born <= clock.today():
        return Certificate(number, "身份证号中的出生日期不成立")
    sex = "男" if int(number[16]) % 2 else "女"
    doubt = "" if ric.calc_check_digit(number) == number[17] else "身份证号第 18 位校验不符，请核对"
    return Certificate(number, doubt, born, sex)


def credit_code(number: str) -> Certificate:
    """统一社会信用代码 (GB 32100)."""
    if len(number) != 18:
        return Certificate(number, f"统一社会信用代码应为 18 位，现为 {len(number)} 位")
    return Certificate(number, "" if uscc.is_valid(number) else "统一社会信用代码校验不符，请核对")


def mask_certificate(number: str) -> str:
    """First six and last four; short numbers only the last two."""
    if len(number) >= 15:
        return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"
    return f"{'*' * max(len(number) - 2, 0)}{number[-2:]}" if number else ""


def mask_phone(number: str) -> str:
    """138****1234."""
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 7 else "*" * len(number)


def mask_address(address: str) -> str:
    """The first six characters: enough to tell two addresses apart, not to find a door."""
    return f"{address[:6]}****" if len(address) > 6 else address
