"""How far a run of notes is, for the officer who asked for it."""

from cases import jobs
from cases.models import Job
from reception import noting
from teams.actor import Actor


def page(actor: Actor, run_id: int | str) -> dict | None:
    """None where there is no such run of his; without a number, the one that is still running."""
    rows = Job.objects.filter(kind=noting.JOB, by=actor.user_id)
    if str(run_id).isdigit():
        rows = rows.filter(pk=run_id)
    else:
        rows = rows.filter(state__in=jobs.UNDER_WAY)
    first = rows.order_by("pk").first()
    if first is None:
        return None
    told = noting.progress(first)
    return {
        "id": first.pk,
        "total": told.total,
        "done": told.done,
        "seen": told.done + len(told.refused) + told.failed,
        "running": told.running,
        "failed": told.failed,
        "refused": [{"number": number, "why": why, "url": f"/reception/{pk}/"} for pk, number, why in told.refused],
    }
