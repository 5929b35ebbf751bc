"""拟制当日文书 as a run of jobs: two hundred papers by one key, drafted by the worker five cases a transaction, so that
nobody waits long for a case that is locked.

A part that was killed half-way has drafted nothing; sent twice it drafts nothing twice, for what a case lacks is read
under its lock.
"""

import uuid
from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from django.db import transaction

from cases import jobs, rights
from cases.models import Job, WorkItem
from cases.refusals import Refused
from quality import standard_set
from teams.actor import Actor

JOB = "quality.draft_day"
STEP = 5


@transaction.atomic
def ask(items: Iterable[WorkItem], by: Actor) -> Job:
    """The first part of a run: one run for the same cases of the same clerk, however often he asks while it goes on."""
    rights.require_office(by, "day_papers")
    chosen = sorted(item.pk for item in items)
    if not chosen:
        raise Refused("请先勾选案件：已拟制、已转出的案件不再列出。")
    mark = sha256(repr(chosen).encode()).hexdigest()[:16]
    mine = Job.objects.filter(kind=JOB, by=by.user_id, state__in=jobs.UNDER_WAY, payload__mark=mark)
    if running := mine.first():
        return parts_of(running)[0]
    run = uuid.uuid4().hex
    told = {"run": run, "mark": mark, "team": by.team_id, **jobs.asked_from(by)}
    return jobs.enqueue_parts(JOB, run, "items", chosen, STEP, told, by)[0]


def produce(job: Job) -> None:
    """One part, in the worker, as whoever asked, with the rights he has now."""
    by, chosen = jobs.asker(job), job.payload["items"]
    items = list(standard_set.items_of(by).filter(pk__in=chosen))
    found = standard_set.draft(items, by, lambda done: jobs.tell_progress(job, done, len(chosen)))
    job.result = {
        "made": found.made,
        "refused": [list(each) for each in found.refused],
        "cases": sorted(item.case_id or 0 for item in items),
    }


def parts_of(job: Job) -> list[Job]:
    return list(jobs.parts_of(JOB, job.payload["run"]))


class Run(NamedTuple):
    """How far a run is; `lost`: duties of parts that no worker could do, with the last error."""

    total: int
    done: int
    over: bool
    cases: list[int]
    refused: list[list[str]]
    lost: int
    error: str


def run_of(job: Job) -> Run:
    parts = parts_of(job)
    ended = [part for part in parts if part.state == Job.State.DONE]
    lost = [part for part in parts if part.state == Job.State.FAILED]
    many = sum(len(part.payload["items"]) for part in lost)
    return Run(
        total=sum(len(part.payload["items"]) for part in parts),
        done=sum(len(p.payload["items"]) if p in ended else jobs.progress_of(p)[0] for p in parts if p not in lost),
        over=len(ended) + len(lost) == len(parts),
        cases=[pk for part in ended for pk in part.result["cases"]],
        refused=[
            *(each for part in ended for each in part.result["refused"]),
            *([[f"另有 {many} 件", "系统未能拟制，请重新拟制"]] if many else []),
        ],
        lost=many,
        error=lost[-1].result.get("error", "") if lost else "",
    )
