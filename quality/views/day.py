"""当日文书: the standard set drafted by the worker for the chosen cases, looked through, issued together."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cases.access import item_view, office_view
from cases.refusals import Unseen
from cases.submissions import once
from quality import day_jobs, standard_set
from quality.pages import day_page


@office_view("day_papers")
def index(request):
    return render(request, "quality/day.html", day_page.index(request, request.actor))


@require_POST
@office_view("day_papers")
@once
def draft(request):
    """The missing papers of the chosen cases: the worker drafts them, the page tells how far it is."""
    ids = [int(pk) for pk in request.POST.getlist("item") if pk.isdigit()][: standard_set.MOST]
    job = day_jobs.ask(standard_set.items_of(request.actor).filter(pk__in=ids), request.actor)
    return redirect("quality:drafting", job.pk)


@office_view("day_papers")
def drafting(request, job_id):
    """How far the drafting is; when it is done, the preview of what it made."""
    job = day_page.drafting_of(request.actor, str(job_id))
    if job is None:
        raise Unseen(str(job_id))
    run = day_jobs.run_of(job)
    if run.over and run.lost < run.total:
        return redirect(f"/documents-of-day/preview/?job={job.pk}")
    return render(request, "quality/drafting.html", day_page.drafting(run))


@office_view("day_papers")
def preview(request):
    return render(request, "quality/day_preview.html", day_page.preview(request, request.actor))


@item_view("finish_item")
def item(request, item):
    """The duty of one case leads to its own drafts, or to the list where they are made."""
    if item.rule != standard_set.RULE:
        return redirect("cases:item", item.pk)
    return redirect(f"/documents-of-day/?item={item.pk}")
