"""Short lines that name a case: 执3127号, 甲 → 乙等 2 人."""

from collections.abc import Iterable

from django.conf import settings

from cases.models import Case, Party
from cases.statements import Statement

SIDES = (Party.Role.CREDITOR, Party.Role.DEBTOR)

PARTIES = Statement(
    "parties",
    "SELECT case_id, role, name FROM cases_party WHERE case_id = ANY(%s::bigint[]) AND role = ANY(%s::text[])"
    " ORDER BY case_id, role, position",
)


def short_number(case: Case, year: int) -> str:
    """Our own court's numbers of this year are shown as 执3127号; the full number stands in the title."""
    if case.serial and case.year == year and settings.COURT_CODE in case.number:
        return f"{case.type_code}{case.serial}号"
    return case.number


def kilobytes(size: int) -> str:
    """Of a file, rounded up: no file has none."""
    return f"{-(-size // 1024):,} KB"


def parties_of(cases: Iterable[Case]) -> dict[int, tuple[str, str]]:
    """(creditors, debtors) of each case, first names and how many: one query."""
    found: dict[int, dict[str, list[str]]] = {}
    for case_id, role, name in PARTIES.rows([case.pk for case in cases], list(SIDES)):
        found.setdefault(case_id, {side: [] for side in SIDES})[role].append(name)
    return {pk: (several(by["creditor"]), several(by["debtor"])) for pk, by in found.items()}


def sides(parties: Iterable[Party]) -> tuple[str, str]:
    """The same of one case whose parties are at hand."""
    rows = sorted(parties, key=lambda party: party.position)
    creditors, debtors = ([party.name for party in rows if party.role == side] for side in SIDES)
    return several(creditors), several(debtors)


def several(names: list[str]) -> str:
    if len(names) <= 2:
        return "、".join(names)
    return f"{names[0]}等 {len(names)} 人"


def line(case: Case, parties: dict[int, tuple[str, str]]) -> str:
    """甲 → 乙; what is confidential stays 「*案件」 where the reader is not named on it."""
    creditor, debtor = parties.get(case.pk, ("", ""))
    return f"{creditor or case.sent_by or '移送执行'} → {debtor}" if debtor else creditor


def wan(amount) -> str:
    """186.42 万元 in list subtitles."""
    return f"{amount / 10000:,.2f} 万元" if amount >= 10000 else f"{amount:,.2f} 元"
