"""Several items at once: each in its own transaction, what could not be done stays with its reason."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from cases import hooks, work
from cases.access import office_view
from cases.deadlines import RULE
from cases.models import WorkItem
from cases.refusals import Forbidden, Refused, Stale, Unseen
from cases.submissions import once

MOST = 200
VERBS = {"assign": "转交", "finish": "办结"}


@require_POST
@office_view("workbench")
@once
def batch(request):
    act, note, person = request.POST.get("act"), request.POST.get("note", "").strip(), request.POST.get("person", "")
    back = request.POST.get("back", "")
    back = back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/workbench/"
    pks = [int(pk) for pk in request.POST.getlist("item")[:MOST] if pk.isdigit()]
    if act not in VERBS or not pks:
        raise Refused("请先选择事项，再选转交或办结。")
    if act == "assign" and not person.isdigit():
        raise Refused("请选择转交给谁。")
    if act == "finish" and not note:
        raise Refused("请填写办理情况，再批量办结。")
    done, left = [], []
    for item in WorkItem.objects.filter(pk__in=pks).select_related("case").order_by("pk"):
        told = {"title": f"{item.title}　{item.case.number if item.case else ''}", "url": f"/items/{item.pk}/"}
        try:
            one(item, act, request.actor, note, int(person or 0))
            done.append(told)
        except (Refused, Forbidden, Stale) as refusal:
            left.append({**told, "reason": str(refusal)})
        except Unseen:
            continue
    if not left:
        messages.success(request, f"已{VERBS[act]} {len(done)} 件。")
        return redirect(back)
    return render(request, "cases/batch.html", {"verb": VERBS[act], "done": done, "left": left, "back": back})


def one(item: WorkItem, act: str, actor, note: str, person: int) -> None:
    if act == "assign":
        work.assign(item, person, actor)
        return
    if item.rule in hooks.pages:
        raise Refused(f"「{RULE[item.rule].label}」在其专门页面办理。")
    work.finish([item], actor, note=note)
