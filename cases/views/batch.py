"""Several items at once: each in its own transaction, what could not be done stays with its reason."""

from urllib.parse import parse_qs, urlencode, urlsplit

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from cases import hooks, undo, work
from cases.access import office_view
from cases.deadlines import RULE
from cases.forms.items import WaitForm
from cases.hooks import Reason
from cases.models import WorkItem
from cases.pages.item_page import reminder
from cases.refusals import Forbidden, Refused, Stale, Unseen
from cases.submissions import once

MOST = 200
OUT_OF_SIGHT = {
    "title": "看不到的事项", "number": "", "url": "", "reason": "该事项已不在您能看到的范围，可能已移送其他团队；返回列表即为最新。"
}  # fmt: skip
VERBS = {"assign": "转交", "finish": "办结", "wait": "等待", "take": "接手", "nudge": "催办"}


@require_POST
@office_view("workbench")
@once
def batch(request):
    """One act on the chosen items; a summary with reasons stays unless all of them went through."""
    given = read(request.POST)
    done, left, back = [], [], home(request)
    found = {}
    for item in WorkItem.objects.filter(pk__in=given["items"]).select_related("case").order_by("pk"):
        found[item.pk] = item
        told = {"id": item.pk, "title": item.title, "url": f"/items/{item.pk}/", "number": number(item)}
        try:
            one(item, given, request.actor)
            done.append({**told, "undo": (item.pk, item.person_id, given["person"] or item.person_id)})
        except (Refused, Forbidden, Stale) as refusal:
            left.append({**told, "reason": str(refusal)})
        except Unseen:
            found.pop(item.pk)
    left += [{**OUT_OF_SIGHT, "id": pk} for pk in given["items"] if pk not in found]
    if not left:
        tell(request, given["act"], done)
        return redirect(back)
    answer = render(request, "cases/batch.html", summary(given, done, left, back))
    answer["HX-Trigger"] = "changed"  # the list behind the panel shows what was done
    return answer


def read(posted) -> dict:
    """What was asked; a missing choice is told before anything is done."""
    act, note, person = posted.get("act"), posted.get("note", "").strip(), posted.get("person", "")
    pks = [int(pk) for pk in posted.getlist("item")[:MOST] if pk.isdigit()]
    if act not in VERBS or not pks:
        raise Refused("请先选择事项，再选要办的事。")
    if act == "assign" and not person.isdigit():
        raise Refused("请选择转交给谁。")
    if act == "finish" and not note:
        raise Refused("请填写办理情况，再批量办结。")
    until, reason = None, ""
    if act == "wait":
        form = WaitForm({"until": posted.get("until", ""), "reason": posted.get("reason", "")})
        if not form.is_valid():
            raise Refused(*(Reason(f"{form.fields[key].label}：{text[0]}") for key, text in form.errors.items()))
        until, reason = form.cleaned_data["until"], form.cleaned_data["reason"]
    person = int(person) if act == "assign" else None
    held = {pk: int(who) for pk in pks if (who := posted.get(f"held-{pk}", "")).isdigit()}
    return {"act": act, "items": pks, "note": note, "person": person, "until": until, "reason": reason, "held": held}


def one(item: WorkItem, given: dict, actor) -> None:
    if given["act"] == "assign":
        work.assign(item, given["person"], actor, expected=given["held"].get(item.pk))
    elif given["act"] == "nudge":
        work.nudge(item, given["note"] or reminder(item), actor)
    elif given["act"] == "take":
        if item.person_id == actor.user_id:
            raise Refused("已在您名下。")
        item.person_id = given["held"].get(item.pk, item.person_id)  # whom the officer saw
        work.take_over(item, actor)
    elif given["act"] == "wait":
        work.wait(item, given["until"], given["reason"], actor)
    elif item.rule in hooks.pages:
        raise Refused(f"「{RULE[item.rule].label}」在其专门页面办理。")
    elif reason := work.by_form(item):
        raise Refused(reason)
    else:
        work.finish([item], actor, note=given["note"])


def number(item: WorkItem) -> str:
    return item.case.number if item.case else "团队事务"


def home(request) -> str:
    back = request.POST.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/workbench/"


def tell(request, act: str, done: list[dict]) -> None:
    """The word at the foot of the page, with 撤销 where the act may be taken back."""
    takes_back = act in ("assign", "wait") and done
    tags = undo.offer(act, [each["undo"] for each in done], request.actor) if takes_back else ""
    messages.success(request, f"已{VERBS[act]} {len(done)} 件。", extra_tags=tags)


def summary(given: dict, done: list[dict], left: list[dict], back: str) -> dict:
    """What was done, what was left and why; the same again for what was left."""
    again = {
        "act": given["act"],
        "note": given["note"],
        "person": given["person"] or "",
        "until": f"{given['until']:%Y-%m-%d}" if given["until"] else "",
        "reason": given["reason"],
    }
    return {
        "verb": VERBS[given["act"]],
        "done": done,
        "left": left,
        "back": back,
        "again": [(key, value) for key, value in again.items() if value],
        "only": only(back, [each["id"] for each in left]),
    }


def only(back: str, left: list[int]) -> str:
    """The list one came from, with nothing in it but what was left."""
    place = urlsplit(back)
    tab = parse_qs(place.query).get("tab", [""])[0]
    return f"{place.path}?{urlencode([*([('tab', tab)] if tab else []), ('only', ','.join(map(str, left)))], safe=',')}"


@require_POST
@office_view("workbench")
@once
def take_back(request):
    """撤销 from the toast."""
    count = undo.undo(request.POST.get("undo", ""), request.actor)
    messages.success(request, f"已撤销 {count} 件。")
    return redirect(home(request))
