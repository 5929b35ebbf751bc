"""Numbers of papers: the first of a series carries the bare 案号, later ones 之一, 之二 (reference §1.1).

Each series of a case counts for itself (裁定书, 决定书, 通知书 …). A number is taken under the lock of its case and in the
transaction that stores the file, so that none is skipped and none is given twice; a void paper keeps its number.
"""

from django.db.models import Max

from cases.models import Case
from documents.models import Document

DIGITS = "〇一二三四五六七八九"


def next_ordinal(case: Case, series: str) -> int | None:
    """The next place in the series of a locked case; None for papers without a number of their own."""
    if not series:
        return None
    last = Document.objects.filter(case=case, series=series).aggregate(last=Max("ordinal"))["last"]
    return (last or 0) + 1


def number_of(case: Case, ordinal: int | None) -> str:
    """（2026）豫0902执3127号, …号之一"""
    return case.number if ordinal is None or ordinal == 1 else f"{case.number}之{spoken(ordinal - 1)}"


def spoken(number: int) -> str:
    """1 一 · 10 十 · 11 十一 · 20 二十 · 99 九十九"""
    tens, ones = divmod(number, 10)
    lead = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return lead + (DIGITS[ones] if ones or not tens else "")
