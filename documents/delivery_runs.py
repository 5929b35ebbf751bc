"""电子送达 of many at once: a handful goes in the request, more in parts that a worker submits, ten services a transaction.
What could not go keeps its reason on the run and can be sent again; a part of a dead worker is done again whole."""

from collections.abc import Iterable

from django.db import transaction

from cases import context, jobs, rights
from cases.models import Job
from cases.present import present
from cases.refusals import Refused
from documents import access, delivering
from documents.models import Service, ServiceRun
from teams.actor import Actor
from teams.notices import tell

JOB = "documents.deliver"
HANDFUL, STEP = 5, 10


@transaction.atomic
def begin(services: Iterable[Service], by: Actor) -> ServiceRun:
    """One run; what a run under way has already is left to it."""
    waiting = under_way()
    chosen = [each for each in delivering.in_order(services) if each.pk not in waiting]
    if not chosen:
        raise Refused("所选文书正在提交送达平台：请等提交完成后再看结果。")
    ids = [each.pk for each in chosen]
    run = ServiceRun.objects.create(by=present(by.user), team=present(by.team), at=context.read().now, asked=ids)
    if len(chosen) <= HANDFUL:
        delivering.submit(run, chosen, by)
        return run
    given = {"run": run.pk, **jobs.asked_from(by)}
    jobs.enqueue_parts(JOB, str(run.pk), "services", ids, STEP, given, by)
    return run


def under_way() -> set[int]:
    """Services that wait for the worker."""
    rows = Job.objects.filter(kind=JOB, state__in=jobs.UNDER_WAY).values_list("payload__services", flat=True)
    return {pk for services in rows for pk in services}


def work_off(job: Job) -> None:
    """One part, in the worker, as whoever asked, with the rights he has now."""
    by = jobs.asker(job)
    rows = Service.objects.filter(pk__in=job.payload["services"]).select_related(
        "document__case", "document__posting", "party"
    )
    services = delivering.in_order(rows)
    standing = rights.standings(by, [each.document.case for each in services])
    allowed = [
        each for each in services if access.may(by, standing[each.document.case_id], each.document, "serve_document")
    ]
    barred = [[each.pk, rights.sentence(by, "serve_document")] for each in services if each not in allowed]
    run = ServiceRun.objects.get(pk=job.payload["run"])
    results = delivering.submit(run, allowed, by, barred)
    left = len(barred) + sum(bool(each.refusal) for each in results)
    if left:
        said = f"电子送达有 {left} 份没有提交，请查看原因后重新提交或改用其他方式。"
        tell([by.user_id], said, f"/docs/serve/{run.pk}/", key=f"deliver:{job.pk}", kind="result")


def failed(run: ServiceRun) -> set[int]:
    """Services of parts that no worker could do."""
    rows = jobs.parts_of(JOB, str(run.pk)).filter(state=Job.State.FAILED)
    return {pk for services in rows.values_list("payload__services", flat=True) for pk in services}
