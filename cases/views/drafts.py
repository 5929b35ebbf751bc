"""Drafts: kept while typing, offered on return, dropped when the form has been sent (`cases.submissions`)."""

import json

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from cases import context
from cases.models import Draft
from cases.pages.lights import stamp
from cases.refusals import Refused
from teams.access import own_page

MOST = 20_000  # characters of one draft


@require_http_methods(["GET", "POST"])
@own_page
def draft(request):
    """GET ?path=: the draft of that form, if there is one. POST path, data: keep it; with no data, drop it.
    A draft is its writer's own: whoever may open a form may keep one."""
    path = (request.POST.get("path") or request.GET.get("path", ""))[:200]
    mine = Draft.objects.filter(user=request.user, path=path)
    if request.method == "GET":
        row = mine.first()
        return JsonResponse({"data": row.data, "at": stamp(context.read(), row.at)} if row else {})
    if not (text := request.POST.get("data", "")):
        mine.delete()
        return HttpResponse(status=204)
    now = context.read().now
    Draft.objects.update_or_create(user=request.user, path=path, defaults={"data": read(text), "at": now})
    return JsonResponse({"at": f"{now:%H:%M:%S}"})


def read(text: str) -> dict[str, list[str]]:
    """Plain fields only, each with all its values, of bounded size."""
    if len(text) > MOST:
        raise Refused("草稿过长，未能自动保存；请先提交。")
    try:
        found = json.loads(text.replace("\\u0000", ""))  # the database stores no NUL
    except ValueError:
        raise Refused("草稿未能保存。") from None
    told = found.items() if isinstance(found, dict) else ()
    return {str(key)[:60]: [str(each) for each in (v if isinstance(v, list) else [v])] for key, v in told}
