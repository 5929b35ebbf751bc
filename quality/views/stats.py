"""质效分析: the page, the rows behind a number, tables as Excel files."""

from csp.decorators import csp_update
from django.shortcuts import render

from cases.access import office_view
from cases.models import Job
from cases.views.exports import export as send
from quality.pages import stats_export, stats_list, stats_page

# The charts set style attributes; the numbers stand in the tables without them (house: this page alone).
charted = csp_update({"style-src-attr": ["'unsafe-inline'"]})


@charted
@office_view("stats")
def index(request):
    return _figures(request, "quality/stats.html")


@charted
@office_view("stats")
def screen(request):
    """The same figures for the wall: one part after the other."""
    return _figures(request, "quality/screen.html")


def _figures(request, template: str):
    """The page, or how it is being counted for the first time."""
    page = stats_page.page(request)
    if isinstance(page, Job):
        return render(request, "quality/stats_wait.html", {"failed": page.state == Job.State.FAILED})
    return render(request, template, page)


@office_view("stats")
def rows(request):
    return render(request, "quality/stats_list.html", stats_list.page(request, request.actor))


@office_view("stats")
def export(request):
    return send(request, stats_export.listing)
