"""Certificate numbers: what they tell, what is doubtful in them, and how much of them a screen shows.

`cn.ric.validate` of python-stdnum is not used: it looks the county code up for the year of birth, and most codes are
younger than the people who carry them. A doubtful number is kept and marked, never dropped.
"""

import re
import unicodedata
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
    number = plain(str(text or ""))
    if not number:
        return Certificate("", "未提供证件号码")
    if kind == "identity":
        return identity(number)
    if kind == "credit_code":
        return credit_code(number)
    return Certificate(number)


def plain(text: str) -> str:
    """Half-width capitals without blanks, hyphens and invisible signs."""
    found = unicodedata.normalize("NFKC", text).upper()
    found = re.sub(r"[\s\-‐‑–—−]", "", found)
    return "".join(sign for sign in found if unicodedata.category(sign) not in ("Cf", "Cc"))


def kind_of(text: str) -> str:
    """What a bare number most likely is: an identity number carries a date of birth, a credit code does not."""
    number = plain(text)
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
    """统一社会信用代码 (GB 32100); nine signs are an old 组织机构代码."""
    if len(number) == 9:
        return Certificate(number, organisation(number))
    if len(number) != 18:
        return Certificate(number, f"统一社会信用代码应为 18 位，现为 {len(number)} 位")
    if wrong := sorted(set(number) & set("IOSVZ")):
        return Certificate(number, f"统一社会信用代码不使用字母 {'、'.join(wrong)}，请核对是否数字")
    return Certificate(number, "" if uscc.is_valid(number) else "统一社会信用代码校验不符，请核对")


def organisation(number: str) -> str:
    """What is doubtful in a 组织机构代码 (GB 11714): it is history, as an identity number of fifteen digits is."""
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", number):
        return "组织机构代码应为 8 位数字或字母和 1 位校验码"
    total = sum(int(sign, 36) * weight for sign, weight in zip(number, (3, 7, 9, 10, 5, 8, 4, 2), strict=False))
    check = {10: "X", 11: "0"}.get(11 - total % 11) or str(11 - total % 11)
    return "旧组织机构代码，请核对统一社会信用代码" if check == number[8] else "组织机构代码校验不符，请核对"


def mask_certificate(number: str) -> str:
    """First six and last four; short numbers only the last two."""
    if len(number) >= 15:
        return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"
    return f"{'*' * max(len(number) - 2, 0)}{number[-2:]}" if number else ""


def mask_phone(number: str) -> str:
    """138****1234; of a fixed line the area code stays: 0393-44**12."""
    area, dash, line = number.partition("-")
    if dash and len(line) >= 6:
        return f"{area}-{line[:2]}{'*' * (len(line) - 4)}{line[-2:]}"
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 7 else "*" * len(number)


def mask_reach(to: str) -> str:
    """Where papers are served electronically: of an e-mail its first two letters and its provider, else as a telephone."""
    name, at, provider = to.partition("@")
    return f"{name[:2]}****@{provider}" if at else mask_phone(to)


def mask_address(address: str) -> str:
    """The first six characters: enough to tell two addresses apart, not to find a door."""
    return f"{address[:6]}****" if len(address) > 6 else address
