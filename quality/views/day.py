"""当日文书: the standard set drafted for the chosen cases, looked through, issued together."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cases.access import item_view, office_view
from cases.refusals import Refused
from cases.submissions import once
from quality import standard_set
from quality.pages import day_page


@office_view("day_papers")
def index(request):
    return render(request, "quality/day.html", day_page.index(request, request.actor))


@require_POST
@office_view("day_papers")
@once
def draft(request):
    """The missing papers of the chosen cases, then their preview."""
    ids = [int(pk) for pk in request.POST.getlist("item") if pk.isdigit()][: standard_set.MOST]
    found = standard_set.draft(day_page.items_of(request.actor).filter(pk__in=ids), request.actor)
    for number, why in found.refused:
        messages.warning(request, f"{number}：{why}")
    if not found.documents and not found.made:
        raise Refused("所选案件没有要制作的文书：请先勾选案件。")
    messages.success(request, f"已拟制 {found.made} 份，请逐份预览后制发。")
    cases = day_page.items_of(request.actor).filter(pk__in=ids).values_list("case_id", flat=True)
    return redirect(f"/documents-of-day/preview/?{urlencode({'case': list(cases)}, doseq=True)}")


@office_view("day_papers")
def preview(request):
    return render(request, "quality/day_preview.html", day_page.preview(request, request.actor))


@item_view("finish_item")
def item(request, item):
    """The duty of one case leads to its own drafts, or to the list where they are made."""
    if item.rule != standard_set.RULE:
        return redirect("cases:item", item.pk)
    return redirect(f"/documents-of-day/?item={item.pk}")
