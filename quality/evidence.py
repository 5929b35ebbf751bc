"""What is known of cases when they are triaged: the same few queries for one or four hundred."""

from collections.abc import Iterable
from decimal import Decimal

from cases.models import Basis, Case, Claim, JournalEntry, Party
from quality.criteria import Evidence

EVENTS = ("network_answered", "offline_sent", "measure_effective")


def of_cases(cases: Iterable[Case]) -> dict[int, Evidence]:
    cases = list(cases)
    ids = [case.pk for case in cases]
    criminal = set(Basis.objects.filter(case__in=ids, kind=Basis.Kind.CRIMINAL).values_list("case_id", flat=True))
    claims: dict[int, list[tuple[str, bool]]] = {}
    for pk, kind, fine in Claim.objects.filter(case__in=ids).values_list("case_id", "kind", "fine"):
        claims.setdefault(pk, []).append((kind, fine))
    parties: dict[int, int] = {}
    for pk in Party.objects.filter(case__in=ids, role__in=("creditor", "debtor")).values_list("case_id", flat=True):
        parties[pk] = parties.get(pk, 0) + 1
    said = events(ids)
    return {
        case.pk: _evidence(
            case, case.pk in criminal, claims.get(case.pk, []), parties.get(case.pk, 0), said.get(case.pk, set())
        )
        for case in cases
    }


def events(ids: list[int]) -> dict[int, set[str]]:
    """Which of the events that matter here were recorded on each case."""
    found: dict[int, set[str]] = {}
    rows = JournalEntry.objects.filter(case__in=ids, what="event", key__in=EVENTS)
    for pk, key in rows.values_list("case_id", "key"):
        found.setdefault(pk, set()).add(key)
    return found


def _evidence(case: Case, criminal: bool, claims: list[tuple[str, bool]], parties: int, said: set[str]) -> Evidence:
    fine = any(fine for _, fine in claims)
    sealed = "measure_effective" in said
    return Evidence(
        kind=case.kind,
        criminal=criminal,
        fine=fine,
        restitution=criminal and any(not fine for _, fine in claims),
        conduct=any(kind != Claim.Kind.MONEY for kind, _ in claims),
        owed=max(case.amount - case.recovered, Decimal(0)),
        disposal=("需处置财产",) if sealed else (),
        sealed=sealed,
        clue=case.clues.strip(),
        sensitive=case.confidential,
        parties=parties,
        answered="network_answered" in said,
        offline="offline_sent" in said,
    )
