"""`/documents-of-day/` 当日文书: cases whose papers are to be made, and the drafts looked through before they go out."""

from typing import Any

from cases import context
from cases.models import Agent, Case, Job, Party
from cases.pages.lights import light
from cases.pages.names import line, parties_of, short_number
from cases.present import present
from documents.models import Document
from documents.pages import document_page
from quality import day_jobs, standard_set
from quality.standard_set import KINDS, State, items_of, wanted
from teams.actor import Actor

PAGE = standard_set.MOST
STRIP = 300  # drafts that one preview walks through


def index(request, actor: Actor) -> dict[str, Any]:
    ctx, found = context.read(), items_of(actor)
    if (one := request.GET.get("item", "")).isdigit():
        found = found.filter(pk=int(one))
    items = list(found[: PAGE + 1])
    shown = items[:PAGE]
    cases = [present(item.case) for item in shown]
    needs, has, parties, agreed = wanted(cases), standard_set.papers(cases), parties_of(cases), consents(cases)
    rows = []
    for item in shown:
        case = present(item.case)
        papers = has[case.pk]
        yes, every = agreed.get(case.pk, (0, 0))
        rows.append(
            {
                "id": item.pk, "case_id": case.pk, "url": f"/cases/{case.pk}/?tab=documents", "full": case.number,
                "number": short_number(case, ctx.today.year), "parties": line(case, parties), "cause": case.cause,
                "light": light(ctx, item), "confidential": case.confidential, "wanted": len(needs[case.pk]), "made": len(papers),
                "issued": sum(each.state == State.ISSUED for each in papers),
                "problems": [{"text": each.problem, "url": f"/docs/{each.pk}/", "title": each.title} for each in papers if each.problem],
                "agreed": yes, "every": every,
            }
        )  # fmt: skip
    drafts = [each.pk for case in cases for each in has[case.pk] if each.state == State.DRAFT]
    return {
        "rows": rows,
        "more": max(found[: PAGE + 400].count() - len(shown), 0) if len(items) > PAGE else 0,
        "papers": sum(max(row["wanted"] - row["made"], 0) for row in rows),
        "drafts": len(drafts),
        "most": PAGE,
    }


def consents(cases: list[Case]) -> dict[int, tuple[int, int]]:
    """(who takes electronic service, himself or through an agent; of how many parties) of each case."""
    through = set(
        Agent.objects.filter(party__case__in=cases, ended_on__isnull=True, e_service=True)
        .exclude(e_service_to="")
        .values_list("party_id", flat=True)
    )
    found: dict[int, tuple[int, int]] = {}
    rows = Party.objects.filter(case__in=cases, role__in=("creditor", "debtor"), standing="active")
    for pk, case, agrees, to in rows.values_list("pk", "case_id", "e_service", "e_service_to"):
        yes, every = found.get(case, (0, 0))
        found[case] = (yes + bool((agrees and to) or pk in through), every + 1)
    return found


def preview(request, actor: Actor) -> dict[str, Any]:
    """The drafts of the chosen cases one after the other; the one that is looked at as it will be printed."""
    chosen = {int(pk) for pk in request.GET.getlist("case") if pk.isdigit()}
    job = drafting_of(actor, request.GET.get("job", ""))
    run = day_jobs.run_of(job) if job else None
    if run and run.over:
        chosen = set(run.cases) or {0}
    cases = (
        {item.case_id for item in items_of(actor)[:400]} & chosen
        if chosen
        else {item.case_id for item in items_of(actor)[:PAGE]}
    )
    rows = list(
        Document.objects.filter(case__in=cases, kind__in=KINDS, state=State.DRAFT, posting__team_id=actor.team_id)
        .select_related("case", "posting__person", "material")
        .order_by("case_id", "pk")[:STRIP]
    )
    asked = request.GET.get("at", "")
    place = next((n for n, row in enumerate(rows) if str(row.pk) == asked), 0)
    query = f"job={job.pk}" if job else "&".join(f"case={pk}" for pk in sorted(cases))
    url = lambda n: f"/documents-of-day/preview/?{query}&at={rows[n].pk}" if 0 <= n < len(rows) else ""  # noqa: E731
    return {
        "rows": [
            {"id": row.pk, "title": row.title, "number": row.case.number, "problem": row.problem, "url": url(n), "current": n == place}
            for n, row in enumerate(rows)
        ],
        "place": place + 1,
        "previous": url(place - 1),
        "next": url(place + 1),
        "shown": rows[place] if rows else None,
        "ready": sum(not row.problem for row in rows),
        "lacking": sum(bool(row.problem) for row in rows),
        "refused": run.refused if run else [],
        **(document_page.preview(rows[place]) if rows else {}),
    }  # fmt: skip


def drafting_of(actor: Actor, key: str) -> Job | None:
    """A drafting of the officer's own team, by the first of its parts."""
    if not key.isdigit():
        return None
    return Job.objects.filter(pk=int(key), kind=day_jobs.JOB, payload__team=actor.team_id).first()


def drafting(run: day_jobs.Run) -> dict[str, Any]:
    """How far it is, or why nothing was drafted."""
    return {"done": run.done, "cases": run.total, "failed": run.lost == run.total, "error": run.error}
