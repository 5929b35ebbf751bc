"""What is known of cases when they are triaged: the same few queries for one or four hundred."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Q, Sum

from assets.models import Asset, ControlMeasure, Query
from cases.models import Basis, Case, Claim, JournalEntry, Party
from quality.criteria import Evidence

EVENTS = ("network_answered", "offline_sent", "measure_effective")
Kind = Asset.Kind
DISPOSED = (Kind.REAL_ESTATE, Kind.VEHICLE, Kind.EQUITY, Kind.SECURITIES, Kind.MOVABLE, Kind.RIGHT)  # money is paid out
OPEN = ("ordered", "sent")


class Holdings(NamedTuple):
    """What the rooms of assets know of a case."""

    controlled: Decimal = Decimal(0)
    disposal: tuple[str, ...] = ()
    sealed: bool = False
    asked: int = 0  # offline queries, and how many of them are still out
    out: int = 0


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
    said, held = events(ids), holdings(ids)
    return {
        case.pk: _evidence(
            case, case.pk in criminal, claims.get(case.pk, []), parties.get(case.pk, 0), said.get(case.pk, set()),
            held.get(case.pk, Holdings()),
        )
        for case in cases
    }  # fmt: skip


def holdings(ids: list[int]) -> dict[int, Holdings]:
    """Money under effective freezes, things that need disposal, answers that are still out: three queries."""
    money = dict(
        ControlMeasure.objects.filter(case__in=ids, kind="freeze", state="effective")
        .values_list("case_id")
        .annotate(Sum("controlled"))
    )
    things: dict[int, dict[str, int]] = {}
    sealed = set()
    live = Count("measures", filter=Q(measures__state="effective", measures__paper_only=False))
    assets = Asset.objects.filter(case__in=ids, kind__in=DISPOSED).annotate(live=live)
    for pk, kind, under in assets.values_list("case_id", "kind", "live"):
        things.setdefault(pk, {}).setdefault(Kind(kind).label, 0)
        things[pk][Kind(kind).label] += 1
        sealed |= {pk} if under else set()
    queries = {
        pk: (asked, out)
        for pk, asked, out in Query.objects.filter(case__in=ids, channel="offline")
        .values_list("case_id")
        .annotate(asked=Count("pk"), out=Count("pk", filter=Q(state__in=OPEN)))
    }
    return {
        pk: Holdings(
            money.get(pk) or Decimal(0), tuple(f"{label} {n}" for label, n in things.get(pk, {}).items()), pk in sealed,
            *queries.get(pk, (0, 0)),
        )
        for pk in {*money, *things, *queries}
    }  # fmt: skip


def events(ids: list[int]) -> dict[int, set[str]]:
    """Which of the events that matter here were recorded on each case."""
    found: dict[int, set[str]] = {}
    rows = JournalEntry.objects.filter(case__in=ids, what="event", key__in=EVENTS)
    for pk, key in rows.values_list("case_id", "key"):
        found.setdefault(pk, set()).add(key)
    return found


def _evidence(case: Case, criminal: bool, claims, parties: int, said: set[str], held: Holdings) -> Evidence:
    fine = any(fine for _, fine in claims)
    sealed = held.sealed or "measure_effective" in said
    return Evidence(
        kind=case.kind,
        criminal=criminal,
        fine=fine,
        restitution=criminal and any(not fine for _, fine in claims),
        conduct=any(kind != Claim.Kind.MONEY for kind, _ in claims),
        owed=max(case.amount - case.recovered, Decimal(0)),
        controlled=held.controlled,
        disposal=held.disposal or (("财产",) if sealed else ()),
        sealed=sealed,
        clue=case.clues.strip(),
        sensitive=case.confidential,
        parties=parties,
        answered="network_answered" in said,
        offline=not held.out if held.asked else "offline_sent" in said,
    )
