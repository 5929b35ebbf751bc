"""终本前的全面查询: from day 75 after the filing an open case's debtors go into the next network query by themselves.

Every night, the longest filed first; each debtor once. What came from before the program is looked through by hand.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from assets.models import Query
from assets.queries import IN_VAIN, NETWORK, UNDER_WAY
from cases import context, journal
from cases.locks import lock_cases
from cases.models import Case, Party
from cases.workflow import Kind, Stage
from teams.actor import SYSTEM

AFTER = 75  # days since the filing (flow §4.6)
MOST = 500  # debtors of one night
STAGES, KINDS = (Stage.FAST, Stage.REGULAR, Stage.RESUMED), (Kind.FIRST, Kind.RESUMED)


def due():
    """Debtors whose case is old enough and who are in no full query and in none under way."""
    filed = context.read().today - timedelta(AFTER)
    cases = Case.objects.filter(stage__in=STAGES, kind__in=KINDS, state_secret=False, filed_on__lte=filed)
    full = Q(reason=Query.Reason.FULL) & ~Q(state__in=IN_VAIN)
    asked = Query.objects.filter(full | Q(state__in=UNDER_WAY), party=OuterRef("pk"), channel=NETWORK)
    debtors = Party.objects.filter(role=Party.Role.DEBTOR, standing=Party.Standing.ACTIVE, case__in=cases)
    return debtors.exclude(certificate_number="").exclude(Exists(asked))


@transaction.atomic
def order_due() -> int:
    """Order them for the next batch; how many debtors. Run twice it orders nothing twice."""
    chosen = list(due().order_by("case__filed_on", "pk").values_list("pk", "case_id")[:MOST])
    cases, now = lock_cases(case for _, case in chosen), context.read().now
    names: dict[int, list[str]] = {}
    rows = []
    for party in due().filter(pk__in=[pk for pk, _ in chosen]).order_by("case_id", "position"):
        rows.append(Query(case_id=party.case_id, party=party, channel=NETWORK, reason="full", asked_at=now))
        names.setdefault(party.case_id, []).append(party.name)
    Query.objects.bulk_create(rows)
    lines = [
        journal.Line(
            cases[pk], "query", "order", f"立案满 {AFTER} 日，列入全面查询：{'、'.join(found)}", {"reason": "full"}
        )
        for pk, found in names.items()
    ]
    if lines:
        journal.write(lines, SYSTEM)
    return len(rows)
