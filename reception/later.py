"""补接待 on a case that moved on: its paper, its originals, its clues; the case stays where it is (flow §8, 3)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from cases import amendments, context, later_visit, secrecy
from cases.locks import lock_case
from cases.models import Case, Party
from reception import confirming, papers, receiving
from reception.models import ReceptionRecord
from teams.actor import Actor

Kind, Signing = ReceptionRecord.Kind, ReceptionRecord.Signing


@transaction.atomic
def visit(case: Case, party: Party, told: Mapping[str, Any], by: Actor) -> ReceptionRecord:
    """Originals open the same-day scan, clues the clock of the team that has the case; the 说明 stays."""
    fresh = lock_case(case.pk)
    secrecy.refuse(fresh)
    now = context.read().now
    later_visit.record(fresh, by, note=told["note"], originals=told.get("originals") or 0, happened_at=now)
    given = confirming.of_party(party, told)
    amendments.amend(party, given, by, reason="补接待确认", action="later_visit")
    party = Party.objects.get(pk=party.pk)
    told = {**told, "recorder": by.user.name if by.user else ""}
    record = receiving._record(fresh, Kind.LATER, told, by, party=party)
    receiving.name_clues(fresh, record, told, by, write_down=False)
    record.document = papers.begin(fresh, "later_reception", by, papers.later(told, party), party)
    if told.get("confirm"):
        record.address = papers.begin(fresh, "service_address", by, papers.confirmation(told, party), party)
    receiving.originals(fresh, record, told, by)
    record.save(update_fields=["document", "address", "bundle"])
    if record.signing != Signing.SCREEN:
        papers.issue((record.document, record.address), by, begun=True)
    return record
