"""初次接待: one submit checks, corrects, writes the papers, registers originals and clues, and sets the ticks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from cases import amendments, context, secrecy, work
from cases.models import Case, Party
from cases.present import present
from documents import custody
from documents.models import Bundle
from reception import confirming, day, papers
from reception.models import Arrival, Clue, ReceptionRecord
from teams.actor import Actor

Kind, Signing = ReceptionRecord.Kind, ReceptionRecord.Signing
NO_ORIGINALS = "当事人未提交原件"


@transaction.atomic
def receive(case: Case, party: Party, told: Mapping[str, Any], by: Actor) -> ReceptionRecord:
    """`told` is the checked form. The tick of the record turns green when its paper stands in the file."""
    fresh, item = day.hold(case, by)
    secrecy.refuse(fresh)
    confirming.apply(fresh, party, told, by)
    party = Party.objects.get(pk=party.pk)
    told = {**told, "recorder": by.user.name if by.user else "", "ended_words": day.now_in_words()}
    record = _record(fresh, Kind.RECEPTION, told, by, item=item, party=party)
    name_clues(fresh, record, told, by, write_down=True)
    originals(fresh, record, told, by)
    record.document = papers.begin(fresh, "reception_record", by, papers.record(told, party), party)
    if told.get("confirm"):
        record.address = papers.begin(fresh, "service_address", by, papers.confirmation(told, party), party)
    record.save(update_fields=["document", "address", "bundle"])
    if record.signing != Signing.SCREEN:
        papers.issue((record.document, record.address), by, begun=True)
    day.tick(item, by, day.COVERED, "" if record.originals else NO_ORIGINALS)
    return record


def _record(case: Case, kind: str, told: Mapping[str, Any], by: Actor, **given) -> ReceptionRecord:
    """The line in the day's book; whoever waited at the counter has been served."""
    now = context.read().now
    Arrival.objects.filter(case=case, served_at=None).update(served_at=now)
    return ReceptionRecord.objects.create(
        case=case, kind=kind, mode=told.get("mode", ""), visitor=told.get("visitor", ""),
        visitor_name=(told.get("name") or "")[:100], began_at=told.get("began_at") or now, at=now, by_id=present(by.user_id),
        told=_plain(told), originals=told.get("originals") or 0, signing=told.get("signing", ""), **given,
    )  # fmt: skip


def _plain(told: Mapping[str, Any]) -> dict[str, Any]:
    """What the form said, as JSON; certificates and accounts stand in the papers, not here."""
    kept = {}
    for key, value in told.items():
        if key in ("certificate", "payee", "clues", "pasted", "staff") or value in (None, "", False):
            continue
        kept[key] = value if isinstance(value, str | int | bool) and not isinstance(value, datetime) else str(value)
    return kept


def name_clues(case: Case, record: ReceptionRecord, told: Mapping[str, Any], by: Actor, *, write_down: bool) -> None:
    """Each clue stands with its record; a concrete one starts the clock of its check, an urgent one the shorter
    (财产调查规定第2条)."""
    rows = Clue.objects.bulk_create(Clue(record=record, **row) for row in told.get("clues") or ())
    if not rows:
        return
    if write_down:
        new = [str(row) for row in rows if row.text not in case.clues]
        if new:
            text = "\n".join(filter(None, [case.clues, *new]))
            amendments.amend(case, {"clues": text}, by, reason="初次接待补充线索")
    for urgent, anchor in ((False, "clue_received"), (True, "urgent_clue_received")):
        if chosen := [str(row) for row in rows if row.urgent == urgent]:
            facts, subject = {"clue": "；".join(chosen)[:500]}, f"reception:{record.pk}"
            action = "record_event" if write_down else "later_visit"
            work.record_event(case, anchor, context.read().now, by, subject=subject, facts=facts, action=action)


def originals(case: Case, record: ReceptionRecord, told: Mapping[str, Any], by: Actor) -> None:
    """The bundle whose cover was printed a moment ago, or a new one."""
    if record.originals:
        record.bundle = bundle(case, told, by)


def bundle(case: Case, told: Mapping[str, Any], by: Actor) -> Bundle:
    """One bundle of originals of the case with this team, registered once: cover and submit find the same, and whoever
    counted otherwise after the cover was printed corrects it."""
    held = Bundle.objects.filter(
        case=case, kind=Bundle.Kind.ORIGINALS, team_id=by.team_id, custody=None, receptions=None
    )
    title = told.get("originals_title") or "立案原件"
    if found := held.order_by("pk").first():
        counted = custody.Count(told["originals"], told["pages"], title)
        return custody.correct(found, counted, by, action="later_visit")
    return custody.make(
        case, by, kind=Bundle.Kind.ORIGINALS, title=title, pieces=told["originals"], pages=told["pages"],
        action="later_visit",
    )  # fmt: skip
