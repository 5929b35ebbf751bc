"""补接待: a later visit on any open case; its originals open the same-day scan, its clue the holder's clock."""

from datetime import datetime
from typing import Any

from django.db import transaction

from cases import journal, rights, work
from cases.locks import lock_case
from cases.models import Case, Material
from cases.refusals import Refused
from teams.actor import Actor


@transaction.atomic
def record(
    case: Case,
    by: Actor,
    *,
    note: str,
    originals: int = 0,
    clue: str = "",
    urgent: bool = False,
    happened_at: datetime,
    material: Material | None = None,
    late_reason: str = "",
) -> None:
    """Write the visit down and start what follows from it; the case stays where it is."""
    fresh = lock_case(case.pk)
    rights.require(by, fresh, "later_visit")
    if not fresh.is_open:
        raise Refused("本案已结，来访请按信访或恢复执行登记。")
    facts = {"note": note, "originals": originals, "clue": clue} | ({"material": material.pk} if material else {})
    journal.write([journal.Line(fresh, "event", "later_visit", "补接待", facts, happened_at)], by)
    number = fresh.journal.filter(key="later_visit").count()
    given: dict[str, Any] = {
        "material": material,
        "late_reason": late_reason,
        "subject": f"visit:{number}",
        "action": "later_visit",
    }
    if originals:
        work.record_event(fresh, "originals_handed_over", happened_at, by, facts={"originals": originals}, **given)
    if clue:
        anchor = "urgent_clue_received" if urgent else "clue_received"
        work.record_event(fresh, anchor, happened_at, by, facts={"clue": clue}, **given)
