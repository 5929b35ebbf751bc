"""登记事件: the only way to state that something happened which starts or ends a clock."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from cases import backdating, context, hooks, journal, rights
from cases.deadlines import ANCHOR
from cases.locks import lock_case, lock_cases
from cases.models import Case, Material, WorkItem
from cases.refusals import Forbidden, Refused
from cases.work.acts import write
from cases.work.triggers import Happening, plan
from teams.actor import Actor
from teams.models import Posting


class Event:
    """A recorded event, as `@recorded` hooks get it."""

    def __init__(self, case: Case, anchor: str, at: datetime, subject: str, material: Material | None, facts: dict):
        self.case, self.anchor, self.at, self.subject, self.material, self.facts = (
            case,
            anchor,
            at,
            subject,
            material,
            facts,
        )


@transaction.atomic
def record_event(
    case: Case,
    anchor: str,
    at: datetime,
    by: Actor,
    material: Material | None = None,
    subject: str = "",
    *,
    length: str = "",
    variant: str = "",
    late_reason: str = "",
    facts: dict | None = None,
    action: str = "record_event",
    item: WorkItem | Posting | None = None,
) -> Event:
    """Record that `anchor` happened at `at`: finishes the items it meets, opens those it starts.

    `action` is the row of table 2 that it needs: a record of its own (补接待) names its own. `item`: by whose right,
    where it is not the case's (`rights.may`).

    Raises Refused for a moment in the future, or for a late entry without reason and paper.
    """
    ctx, fresh = context.read(), lock_case(case.pk)
    rights.require(by, fresh, action, item=item)
    if at > ctx.now:
        raise Refused("发生时间不能晚于现在：请核对日期和时间。")
    backdated = backdating.check(
        at, ctx.now, calendar=ctx.calendar, custody=ANCHOR[anchor].custody, reason=late_reason, material=material
    )
    given: dict[str, Any] = {key: value for key, value in (("length", length), ("variant", variant)) if value}
    happening = Happening(fresh, anchor, at, subject=subject, **given)
    made = plan(ctx, [happening], by)
    subject = happening.subject
    told = {**(facts or {}), **({"subject": subject} if subject else {}), **made.told(fresh)}
    if material:
        told["material"] = material.pk
    if late_reason:
        told["late_reason"] = late_reason
    write(made, [journal.Line(fresh, "event", anchor, ANCHOR[anchor].label, told, at, backdated)], by)
    event = Event(fresh, anchor, at, subject, material, facts or {})
    for hook in hooks.of("recorded", anchor):
        hook([event], by)
    return event


class Happened(NamedTuple):
    """One of many events stated together: on which case, and what the journal keeps of it."""

    case: Case
    facts: dict = {}
    subject: str = ""
    length: str = ""
    at: datetime | None = None  # its own moment, where that differs
    note: str = ""  # what is said of the items that it finishes


@transaction.atomic
def record_events(
    happened: Iterable[Happened], anchor: str, at: datetime, by: Actor, *, action: str = "record_event", late: str = ""
) -> list[Event]:
    """Record the same event on many cases, with a constant number of statements; a case may come once a subject.

    For what is entered as it happens: a late entry needs its own reason and paper (`record_event`). A list of another
    system is its own paper: `late` says which, and what of it is entered late is marked 补录.
    """
    ctx, rows = context.read(), list(happened)
    cases = lock_cases(row.case.pk for row in rows)
    standings = rights.standings(by, cases.values())
    for case in cases.values():
        if reason := rights.refusal(by, case, action, standing=standings[case.pk]):
            raise Forbidden(reason)
    if any((row.at or at) > ctx.now for row in rows):
        raise Refused("发生时间不能晚于现在：请核对日期和时间。")
    given: list[dict[str, Any]] = [{"note": row.note, **({"length": row.length} if row.length else {})} for row in rows]
    happenings = [
        Happening(cases[row.case.pk], anchor, row.at or at, subject=row.subject, **more)
        for row, more in zip(rows, given, strict=True)
    ]
    made = plan(ctx, happenings, by)
    lines = []
    for row, happening in zip(rows, happenings, strict=True):
        subject = {"subject": happening.subject} if happening.subject else {}
        told = {**row.facts, **subject, **made.told(cases[row.case.pk])}
        backdated = bool(late) and backdating.is_late(row.at or at, ctx.now, calendar=ctx.calendar)
        told |= {"late_reason": late} if backdated else {}
        lines.append(
            journal.Line(cases[row.case.pk], "event", anchor, ANCHOR[anchor].label, told, row.at or at, backdated)
        )
    write(made, lines, by)
    events = [
        Event(cases[row.case.pk], anchor, row.at or at, happening.subject, None, row.facts)
        for row, happening in zip(rows, happenings, strict=True)
    ]
    for hook in hooks.of("recorded", anchor) if events else ():
        hook(events, by)
    return events
