"""A watch or a term that has run out: it closes itself and opens what table 3 names; never "overdue"."""

from collections.abc import Mapping

from cases.context import Context
from cases.models import WorkItem
from cases.work.plan import Outcome, Plan
from teams.actor import SYSTEM
from teams.notices import tell


def close_lapsed(ctx: Context, ids: list[int], opens: Mapping[str, tuple[str, ...]]) -> None:
    """Close the items as 期满. Takes no case lock: the chain of the case is written by the job that follows.

    The items are locked by the sweep; their journal lines go through `jobs`, which locks each case in turn.
    """
    from cases import jobs

    made, items = Plan(ctx, SYSTEM), list(WorkItem.objects.filter(pk__in=ids, open=True).select_related("case"))
    made.know(item.case for item in items if item.case)
    for item in items:
        made.close(item, Outcome.LAPSED, at=item.due_at, note="期间届满")
        for rule in opens.get(item.rule, ()):
            if not WorkItem.objects.filter(case=item.case, rule=rule, subject=item.subject, open=True).exists():
                made.open(item.case, rule, item.due_at, subject=item.subject, cause_item=item)
        tell(
            [item.person_id],
            f"期间已届满：{item.title}",
            f"/cases/{item.case_id}/",
            key=f"lapsed:{item.pk}:{item.due_at}",
        )
    made.write()
    for item in items:
        if item.case_id:
            payload = {"case": item.case_id, "rule": item.rule, "title": item.title, **made.told(item.case)}
            jobs.enqueue("journal.lapsed", f"{item.pk}", payload)
