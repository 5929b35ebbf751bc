"""案号: read in whatever brackets, digits and spaces people type; written one way.

（2026）豫0902执3127号, with 之一 where a case has several papers of a kind; and the bureau's own serials, which
are not 案号: 保审2026-17, 委2026-231, 访2026-9.
"""

import re
import unicodedata
from typing import NamedTuple

from django.conf import settings

OWN = ("保审", "委", "访")  # the bureau's own serials
BRACKETS = str.maketrans("〔〕【】[]{}〈〉<>「」《》", "()()()()()()()()")
COURT = r"最高法|[京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新军兵]\d{0,4}"
FULL = re.compile(
    rf"\(?(?P<year>(?:19|20)\d{{2}})\)?(?P<court>{COURT})(?P<type>[\u4e00-\u9fa5]{{1,5}}?)(?:字?第)?(?P<seq>\d{{1,9}})号?"
    r"(?P<suffix>之[一二三四五六七八九十]+)?"
)
SHORT = re.compile(r"(?P<type>执恢|执保|执)(?P<seq>\d{1,9})号?")
SERIAL = re.compile(rf"(?P<type>{'|'.join(OWN)})\(?(?P<year>20\d{{2}})\)?-(?P<seq>\d{{1,9}})号?")


class CaseNumber(NamedTuple):
    """The parts of a number. `court` is empty for the bureau's own serials."""

    court: str
    year: int
    type_code: str
    seq: int
    suffix: str = ""

    def __str__(self) -> str:
        if not self.court:
            return f"{self.type_code}{self.year}-{self.seq}"
        return f"（{self.year}）{self.court}{self.type_code}{self.seq}号{self.suffix}"

    @property
    def short(self) -> str:
        """执3127号, for lists of our own court and year."""
        return f"{self.type_code}{self.seq}号{self.suffix}" if self.court else str(self)

    @property
    def ours(self) -> bool:
        return self.court in ("", court_code())


def court_code() -> str:
    return settings.COURT_CODE


def clean(text: str) -> str:
    """Half-width, one kind of bracket, no blanks and no invisible signs; taking these out may join what stood apart."""
    found = unicodedata.normalize("NFKC", text).translate(BRACKETS)
    found = re.sub(r"[–—−－﹣]", "-", found)
    found = "".join(sign for sign in found if not sign.isspace() and unicodedata.category(sign) not in ("Cf", "Cc"))
    return found if found == text else clean(found)


def parse(text: str, *, year: int | None = None) -> CaseNumber | None:
    """The number in the text, None if it is not one. With `year`, 执3127号 is read as our own number of that year."""
    text = clean(text)
    if match := FULL.fullmatch(text):
        found = CaseNumber(match["court"], int(match["year"]), match["type"], int(match["seq"]), match["suffix"] or "")
    elif match := SERIAL.fullmatch(text):
        found = CaseNumber("", int(match["year"]), match["type"], int(match["seq"]))
    elif year is not None and (match := SHORT.fullmatch(text)):
        found = CaseNumber(court_code(), year, match["type"], int(match["seq"]))
    else:
        return None
    return found if found.seq else None


def format(number: CaseNumber) -> str:
    return str(number)


def normalise(text: str) -> str:
    """As it is printed, if it is a number; else without blanks and in one kind of bracket."""
    found = parse(text)
    return str(found) if found else clean(text)


search_key = normalise


def serial(series: str, year: int, seq: int) -> str:
    """A number of a series kept here: 保审2026-17, or （2026）豫0902执恢12号 where 立案庭 does not number."""
    return str(CaseNumber("" if series in OWN else court_code(), year, series, seq))
