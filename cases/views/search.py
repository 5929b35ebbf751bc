"""The one box: results under it while typing, or a page of their own without JavaScript."""

from django.shortcuts import render

from cases import search
from cases.access import office_view


@office_view("locate")
def find(request):
    text = request.GET.get("q", "").strip()[:100]
    found = search.look(text, request.actor)
    page = {"q": text, "hits": found.hits, "frequent": found.frequent, "most": search.LIMIT, "scanned": search.SCAN}
    return render(request, "cases/_hits.html" if request.htmx else "cases/search.html", page)
