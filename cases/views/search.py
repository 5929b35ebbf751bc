"""The one box: results under it while typing, or a page of their own without JavaScript."""

from django.shortcuts import render

from cases import search
from cases.access import office_view


def cut(found: search.Answer) -> str:
    """How many there are, when they are not all shown."""
    if found.total is None:
        return f"共 {search.MOST} 件以上，只显示最新的 {search.LIMIT} 件"
    return f"共 {found.total} 件，只显示最新的 {search.LIMIT} 件" if found.total > search.LIMIT else ""


@office_view("locate")
def find(request):
    text = request.GET.get("q", "").strip()[:100]
    found = search.look(text, request.actor)
    page = {"q": text, "hits": found.hits, "cut": cut(found)}
    return render(request, "cases/_hits.html" if request.htmx else "cases/search.html", page)
