"""登记事件: the only way to state that something happened which starts or ends a clock."""

from datetime import datetime
from typing import Any

from django.db import transaction

from cases import backdating, context, hooks, journal, rights
from cases.deadlines import ANCHOR
from cases.locks import lock_case
from cases.models import Case, Material
from cases.refusals import Refused
from cases.work.acts import write
from cases.work.triggers import Happening, plan
from teams.actor import Actor


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
) -> Event:
    """Record that `anchor` happened at `at`: finishes the items it meets, opens those it starts.

    `action` is the row of table 2 that it needs: a record of its own (补接待) names its own.

    Raises Refused for a moment in the future, or for a late entry without reason and paper.
    """
    ctx, fresh = context.read(), lock_case(case.pk)
    rights.require(by, fresh, action)
    if at > ctx.now:
        raise Refused("发生时间不能晚于现在：请核对日期和时间。")
    backdated = backdating.check(
        at, ctx.now, calendar=ctx.calendar, custody=ANCHOR[anchor].custody, reason=late_reason, material=material
    )
    given: dict[str, Any] = {key: value for key, value in (("length", length), ("variant", variant)) if value}
    made = plan(ctx, [Happening(fresh, anchor, at, subject=subject, **given)], by)
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
