"""未接待说明 of many cases: each is looked at when the button is pressed, the papers are begun by a worker, ten cases a
transaction, so that nobody at the counter waits for a locked case. A part of the run that a dead worker left is done
again, and finds nothing done."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import transaction

from cases import jobs, rights, secrecy
from cases.models import Case, Job, Party, WorkItem
from cases.refusals import Refused
from reception import day, not_received
from reception.models import Contact, ReceptionRecord
from reception.not_received import Result
from teams.actor import Actor
from teams.notices import tell

JOB = "reception.notes"
STEP, MOST = 10, 200


class Asked(NamedTuple):
    run: Job | None
    refused: list[Result]


@transaction.atomic
def ask(picked: Iterable[Case], told: Mapping[str, Any], by: Actor) -> Asked:
    """Give what can be noted to the worker; the others come back with their reason. Pressed twice it is one run."""
    cases = sorted(picked, key=lambda case: case.pk)
    if len(cases) > MOST:
        raise Refused(f"一次最多 {MOST} 件，现选 {len(cases)} 件，请分次办理。")
    running = under_way()
    if held := _pressed_again(cases, running, by):
        return Asked(held, [])
    why = refusals(cases, told, by) | {case.pk: "正在制作未接待说明。" for case in cases if case.pk in running}
    refused = [Result(case, why[case.pk]) for case in cases if case.pk in why]
    good = [case.pk for case in cases if case.pk not in why]
    return Asked(_enqueue(good, told, by) if good else None, refused)


def _pressed_again(cases: list[Case], running: Mapping[int, Job], by: Actor) -> Job | None:
    """The officer's own run, where it has all of the cases already."""
    held = [running.get(case.pk) for case in cases]
    runs = {part.payload["run"] if part and part.by_id == by.user_id else "" for part in held}
    return parts_of(runs.pop(), by.user_id)[0] if len(runs) == 1 and runs != {""} else None


def _enqueue(cases: list[int], told: Mapping[str, Any], by: Actor) -> Job:
    run = uuid.uuid4().hex
    given = {"run": run, "told": dict(told), **jobs.asked_from(by)}
    return jobs.enqueue_parts(JOB, run, "cases", cases, STEP, given, by)[0]


def under_way() -> dict[int, Job]:
    """Cases that wait for the worker, each with its part of a run; one query."""
    rows = Job.objects.filter(kind=JOB, state__in=jobs.UNDER_WAY).order_by("pk")
    return {pk: job for job in rows for pk in job.payload["cases"]}


def refusals(cases: list[Case], told: Mapping[str, Any], by: Actor) -> dict[int, str]:
    """Why a case cannot be noted now; for a list with a constant number of queries. The worker asks again."""
    seen = rights.standings(by, cases)
    rows = WorkItem.objects.filter(case__in=cases, rule=day.RULE, open=True, case__stage="reception")
    items = dict(rows.values_list("case", "pk"))
    records = ReceptionRecord.objects.filter(item__in=items.values()).select_related("by", "case")
    held = {record.case_id: record for record in records}
    tried = set(Contact.objects.filter(case__in=cases).values_list("case", flat=True))
    creditors = Party.objects.filter(case__in=cases, role=Party.Role.CREDITOR).exclude(phone="")
    phones = dict(creditors.values_list("case", "phone"))
    found = {}
    for case in cases:
        if not seen[case.pk].view:
            found[case.pk] = not_received.UNSEEN
        elif not rights.may(by, seen[case.pk], "receive"):
            found[case.pk] = rights.sentence(by, "receive")
        elif case.pk not in items:
            found[case.pk] = day.over(case)
        elif record := held.get(case.pk):
            found[case.pk] = day.taken(record)
        elif case.state_secret:
            found[case.pk] = secrecy.OFFLINE
        elif case.pk not in tried and (why := not_received.untried(case, told, phones.get(case.pk, ""))):
            found[case.pk] = why
    return found


def make(job: Job) -> None:
    """One part, in the worker. Who was faster at a case is told, the others go on."""
    by = jobs.asker(job)
    refused: list[list] = []
    pks = job.payload["cases"]
    for done, case in enumerate(Case.objects.filter(pk__in=pks).order_by("pk"), 1):
        (result,) = not_received.note_many([case], job.payload["told"], by)
        if result.refusal:
            refused.append([case.pk, case.number, result.refusal])
        jobs.tell_progress(job, done, len(pks))
    job.total, job.result = len(pks), {"refused": refused}
    for pk, number, why in refused:
        tell(
            [by.user_id],
            f"{number}未制作未接待说明：{why}"[:300],
            f"/cases/{pk}/",
            key=f"note:{job.pk}:{pk}",
            kind="result",
        )


def parts_of(run: str, by_id: int | None) -> list[Job]:
    return list(Job.objects.filter(kind=JOB, by=by_id, key__startswith=f"{run}:").order_by("pk"))


class Progress(NamedTuple):
    total: int
    done: int
    refused: list[tuple[int, str, str]]
    failed: int  # cases of parts that no worker could do

    @property
    def running(self) -> bool:
        return self.done + len(self.refused) + self.failed < self.total


def progress(first: Job) -> Progress:
    """How far a run is."""
    total = done = failed = 0
    refused: list[tuple[int, str, str]] = []
    for part in parts_of(first.payload["run"], first.by_id):
        many = len(part.payload["cases"])
        total += many
        if part.state == Job.State.DONE:
            said = [(pk, number, why) for pk, number, why in part.result["refused"]]
            refused += said
            done += many - len(said)
        elif part.state == Job.State.FAILED:
            failed += many
        else:
            done += min(jobs.progress_of(part)[0], many - 1)
    return Progress(total, done, refused, failed)
