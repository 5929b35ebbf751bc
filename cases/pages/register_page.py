"""Beside the form of 手工登记: what the officer has registered last, so that nothing is registered twice."""

from cases import context, rights
from cases.models import Case, JournalEntry
from cases.pages.lights import stamp
from cases.pages.names import line, parties_of
from teams.actor import Actor

ACTS, SHOWN = 100, 10  # of his acts, however many entries he has; of them shown


def registered(actor: Actor) -> list[dict]:
    """The cases among what he did last, the newest first; none that he may no longer see."""
    ctx = context.read()
    acts = JournalEntry.objects.filter(by=actor.user_id).order_by("-id")[:ACTS]
    at = {case: moment for key, case, moment in acts.values_list("key", "case", "entered_at") if key == "register"}
    cases = list(rights.visible(actor, Case.objects.filter(pk__in=list(at)[:SHOWN])).order_by("-pk"))
    parties = parties_of(cases)
    return [
        {"number": row.number, "url": f"/cases/{row.pk}/", "parties": line(row, parties), "at": stamp(ctx, at[row.pk])}
        for row in cases
    ]
