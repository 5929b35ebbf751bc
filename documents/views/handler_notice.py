"""承办人告知: the cases whose parties are to be told who handles them now; one key drafts and issues every notice."""

from django.contrib import messages
from django.shortcuts import redirect, render

from cases import context, rights
from cases.access import item_view, office_view
from cases.models import WorkItem
from cases.pages.lights import light
from cases.pages.names import short_number
from cases.refusals import Refused
from cases.submissions import once
from documents import handler_notice
from documents.handler_notice import MOST, RULE


@office_view("docs")
@once
def index(request):
    found = items_of(request.actor)
    if (one := request.GET.get("item", "")).isdigit():
        found = found.filter(pk=int(one))
    if request.method != "POST":
        return render(request, "documents/handler_notices.html", page(list(found[:MOST]), found.count()))
    ids = [int(pk) for pk in request.POST.getlist("item") if pk.isdigit()][:MOST]
    if not ids:
        raise Refused("请先勾选要告知的案件。")
    batch, results = handler_notice.tell(found.filter(pk__in=ids), request.actor)
    for result in results:
        if result.refusal:
            messages.warning(request, f"{result.document.case.number}「{result.document.title}」{result.refusal}")
    return redirect("documents:issued_together", batch.pk)


def items_of(actor):
    """The duties of the officer's team, the first due first."""
    mine = WorkItem.objects.filter(rule=RULE, team_id=actor.team_id, open=True, case__in=rights.visible(actor))
    return mine.select_related("case").order_by("due_at", "pk")


def page(items: list[WorkItem], every: int) -> dict:
    ctx = context.read()
    people = handler_notice.parties([item.case for item in items if item.case])
    return {
        "rows": [
            {
                "id": item.pk, "number": short_number(item.case, ctx.today.year), "full": item.case.number,
                "url": f"/cases/{item.case_id}/", "light": light(ctx, item),
                "people": [party.name for party in people[item.case_id or 0]],
            }
            for item in items
        ],
        "left": every - len(items),
    }  # fmt: skip


@item_view("finish_item")
def item(request, item):
    """The duty of one case leads to the list with it alone."""
    if item.rule != RULE:
        return redirect("cases:item", item.pk)
    return redirect(f"/docs/handler-notices/?item={item.pk}")
