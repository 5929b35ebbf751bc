"""The case list, the case page, and the steps and records that a plain form takes on it."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cases import context, parties
from cases.access import case_view, office_view
from cases.models import CaseNote, Party, SavedView
from cases.pages import case_list, case_page
from cases.refusals import Refused
from cases.submissions import once


@office_view("view")
def case_index(request):
    return render(request, "cases/list.html", case_list.page(request, request.actor))


@require_POST
@office_view("view")
def save_view(request):
    """常用筛选: the filters as they stand, under a name; other filters under the same name are replaced only when asked."""
    name, query = request.POST.get("name", "").strip()[:30], request.POST.get("query", "")[:500]
    if not name or not query:
        raise Refused("请先筛选，再写明名称保存。")
    team = request.actor.team if "team" in request.POST else None
    kept = SavedView.objects.filter(user=request.user, name=name).first()
    if kept and kept.query != query and "replace" not in request.POST:
        raise Refused(f"您已有条件不同的常用筛选「{name}」：请换一个名称，或勾选「替换同名」再保存。")
    if team and (other := SavedView.objects.filter(team=team, name=name).exclude(user=request.user).first()):
        raise Refused(f"本团队已有{other.user.name}共用的「{name}」：请换一个名称，或不勾选「团队共用」。")
    SavedView.objects.update_or_create(user=request.user, name=name, defaults={"query": query, "team": team})
    messages.success(request, f"已保存常用筛选「{name}」。")
    return redirect(f"/cases/?{query}")


@require_POST
@office_view("view")
def delete_view(request, view_id):
    get_object_or_404(SavedView, pk=view_id, user=request.user).delete()
    return redirect("cases:list")


@case_view("view")
def detail(request, case):
    """The case; asked by the page itself for another tab, the tabs alone. A link in the side panel leads to its page."""
    if request.htmx and request.htmx.target == "panel-body":
        return HttpResponse(headers={"HX-Redirect": request.path})
    given = {key: request.GET.get(key, "") for key in ("tab", "what", "before")}
    return _show(request, case, given)


def _show(request, case, given: dict):
    if request.htmx and request.htmx.target == "case-tab":
        return render(request, "cases/_case_tabs.html", case_page.tab_page(case, request.actor, given))
    page = case_page.page(case, request.actor, given)
    return render(request, "cases/detail.html", {**page, "back": place_kept(request, case)})


# The lists from which a case is opened, and what the way back is called.
LISTS = (
    ("/cases/", "返回案件列表"),
    ("/workbench/", "返回工作台"),
    ("/queue/", "返回团队事项"),
    ("/search/", "返回查找结果"),
    ("/deadlines/", "返回期限日历"),
    ("/sign/", "返回审批签字"),
)


def place_kept(request, case) -> dict[str, str]:
    """The way back to the list the officer came from, with its filters, its page and the row; kept in the session."""
    came = urlsplit(request.META.get("HTTP_REFERER", ""))
    known = next(
        (label for path, label in LISTS if came.path == path or (path != "/cases/" and came.path.startswith(path))), ""
    )
    if known and came.netloc == request.get_host():
        place = f"{came.path}?{came.query}" if came.query else came.path
        if request.session.get("list") != [place, known]:
            request.session["list"] = [place, known]
    place, label = request.session.get("list", ("/cases/", "返回案件列表"))
    return {"url": f"{place}#case{case.pk}", "label": label}


@case_view("view")
def news(request, case):
    """Asked each minute by the open page: has a colleague changed the case since? 204 when nobody has."""
    since = request.GET.get("since", "")
    said = case_page.news(case, request.actor, int(since)) if since.isdigit() else ""
    return JsonResponse({"text": said}) if said else HttpResponse(status=204)


@require_POST
@case_view("view")
@once
def note(request, case):
    """备注: shared with whoever sees the case, or for oneself."""
    text = request.POST.get("text", "").strip()
    if not text:
        raise Refused("请先填写备注内容。")
    CaseNote.objects.create(
        case=case, text=text[:500], shared="private" not in request.POST, by=request.user, at=context.read().now
    )
    return redirect("cases:detail", case.pk)


@require_POST
@case_view("view")
def delete_note(request, case, note_id):
    """One's own notes only."""
    get_object_or_404(CaseNote, pk=note_id, case=case, by=request.user).delete()
    return redirect("cases:detail", case.pk)


@require_POST
@case_view("reveal")
def reveal(request, case, party_id):
    """Show one party's full certificate, telephone and address in its place; the look is journalled."""
    party = get_object_or_404(Party, pk=party_id, case=case)
    given = {"tab": "parties", "revealed": {"id": party.pk, **parties.reveal(party, request.actor)}}
    return _show(request, case, given)
