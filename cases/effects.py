"""What recording an event would do to a case's clocks, shown before it is recorded (ux §4.4): nothing is written."""

from django.db import transaction

from cases import context
from cases.calendar import WEEKDAYS
from cases.deadlines import ANCHOR
from cases.models import Case, JournalEntry
from cases.refusals import Refused
from cases.work.triggers import STARTED_BY, Happening, plan
from teams.actor import Actor

USUAL = 5


def of_event(case: Case, data: dict, by: Actor) -> dict | None:
    """`opened` with due day and derivation, `closed`; None while the form does not yet name an event and a moment."""
    if not data.get("anchor") or "happened_at" not in data:
        return None
    ctx = context.read()
    given = {"length": data["length"]} if data.get("length") else {}
    happening = Happening(case, data["anchor"], data["happened_at"], subject=data.get("subject", ""), **given)
    try:
        with transaction.atomic():  # items are read under their locks, as by the real thing
            made = plan(ctx, [happening], by)
    except (Refused, ValueError) as error:
        return {"problem": str(error)}
    wants = [r.label for r in STARTED_BY.get(data["anchor"], ()) if r.counting == "SET" and not data.get("length")]
    return {
        "opened": [_line(ctx, item) for item in made.opened],
        "closed": [item.title for item in made.closed],
        "wants": wants,
    }


def _line(ctx, item) -> dict:
    team = ctx.roster.team(item.team_id)
    due = f"{item.due_on:%Y-%m-%d} 星期{WEEKDAYS[item.due_on.weekday()]}" if item.due_on else ""
    return {"title": item.title, "due": due, "team": team.name if team else "", "derivation": item.derivation}


def usual(by: Actor) -> list[str]:
    """The kinds of event this officer recorded last, the latest first."""
    rows = JournalEntry.objects.filter(by=by.user_id, what="event").order_by("-pk").values_list("key", flat=True)[:40]
    return [key for key in dict.fromkeys(rows) if key in ANCHOR][:USUAL]
