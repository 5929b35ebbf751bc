"""Several cases of the list at once: marks, each in its own transaction; a file or the cards of those chosen."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from cases import amendments, rights
from cases.access import office_view
from cases.models import Case
from cases.pages.case_filters import MOST_CHOSEN
from cases.refusals import Forbidden, Refused, Unseen
from cases.submissions import once

# fmt: off
MARKS = {
    # act:             (field,       on,    words)
    "livelihood":      ("livelihood", True,  "标记涉民生"),
    "not_livelihood":  ("livelihood", False, "取消涉民生"),
    "enterprise":      ("enterprise", True,  "标记涉企"),
    "not_enterprise":  ("enterprise", False, "取消涉企"),
}
# fmt: on
OUT_OF_SIGHT = {"title": "看不到的案件", "url": "", "reason": "该案件已不在您能看到的范围；返回列表即为最新。"}


@require_POST
@office_view("view")
@once
def batch(request):
    act, pks = (
        request.POST.get("act", ""),
        [int(pk) for pk in request.POST.getlist("case")[:MOST_CHOSEN] if pk.isdigit()],
    )
    if not pks or act not in {*MARKS, "export", "cards"}:
        raise Refused("请先选择案件，再选要办的事。")
    if act == "export":
        return redirect("/cases/export/?" + urlencode({"ids": ",".join(map(str, pks))}))
    if act == "cards":
        chosen = QueryDict(mutable=True)
        chosen.setlist("case", pks)
        return redirect(f"/cases/cards/?{chosen.urlencode()}")
    return _mark(request, act, pks)


def _mark(request, act: str, pks: list[int]):
    """What was marked, what was so already, and what could not be, with its reason."""
    flag, on, verb = MARKS[act]
    back = request.POST.get("back", "")
    back = back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/cases/"
    done, left, seen = [], [], set()
    for case in rights.visible(request.actor, Case.objects.filter(pk__in=pks)).order_by("pk"):
        seen.add(case.pk)
        told = {"title": case.number, "url": f"/cases/{case.pk}/"}
        try:
            if amendments.mark(case, flag, on, request.actor):
                done.append(told)
            else:
                left.append({**told, "reason": "已经如此，未改动"})
        except (Refused, Forbidden) as refusal:
            left.append({**told, "reason": str(refusal)})
        except Unseen:
            seen.discard(case.pk)
    left += [OUT_OF_SIGHT for pk in pks if pk not in seen]
    if not left:
        messages.success(request, f"已{verb} {len(done)} 件。")
        return redirect(back)
    return render(request, "cases/batch.html", {"verb": verb, "done": done, "left": left, "back": back})
