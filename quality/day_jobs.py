"""拟制当日文书 as a job: two hundred papers by one key, drafted by the worker in one transaction.

Killed half-way it has drafted nothing; sent twice it drafts nothing twice, for what a case lacks is read under its lock.
"""

from collections.abc import Iterable
from hashlib import sha256

from django.db import transaction

from cases import jobs, rights
from cases.models import Job, WorkItem
from cases.refusals import Refused
from quality import standard_set
from teams.actor import Actor

JOB = "quality.draft_day"


@transaction.atomic
def ask(items: Iterable[WorkItem], by: Actor) -> Job:
    """One job for the same cases of the same clerk, however often he asks while it runs."""
    rights.require_office(by, "day_papers")
    chosen = sorted(item.pk for item in items)
    if not chosen:
        raise Refused("请先勾选案件：已拟制、已转出的案件不再列出。")
    mark = sha256(repr(chosen).encode()).hexdigest()[:16]
    payload = {"items": chosen, "team": by.team_id, **jobs.asked_from(by)}
    return jobs.enqueue(JOB, f"{by.user_id}:{mark}", payload, by)


def produce(job: Job) -> None:
    """In the worker, as whoever asked, with the rights he has now."""
    by, chosen = jobs.asker(job), job.payload["items"]
    items = list(standard_set.items_of(by).filter(pk__in=chosen))
    found = standard_set.draft(items, by, lambda done: jobs.tell_progress(job, done, len(chosen)))
    job.result = {
        "made": found.made,
        "refused": [list(each) for each in found.refused],
        "cases": sorted(item.case_id or 0 for item in items),
    }
