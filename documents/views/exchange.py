"""交换目录: what was sent and not answered, what was put aside. For the system administrator: numbers, no case."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cases import context, journal, lists
from cases.access import office_view
from cases.pages.lights import stamp
from cases.submissions import once
from documents.exchange import sending
from documents.models import Aside, Outgoing


@office_view("exchange")
def index(request):
    ctx = context.read()
    page = lists.keyset(Outgoing.objects.all(), "pk", request.GET.get("after", ""), descending=True)
    late = set(sending.unanswered().values_list("pk", flat=True)[:1000])
    rows = [
        {
            "id": row.pk,
            "uuid": str(row.uuid),
            "kind": row.get_kind_display(),
            "state": row.get_state_display(),
            "made": stamp(ctx, row.created_at),
            "sent": stamp(ctx, row.sent_at) if row.sent_at else "",
            "answered": stamp(ctx, row.answered_at) if row.answered_at else "",
            "late": row.pk in late,
            "again": row.state in (Outgoing.State.WAITING, Outgoing.State.SENT),
        }
        for row in page.rows
    ]
    aside = [
        {"id": row.pk, "name": row.name, "reason": row.reason, "at": stamp(ctx, row.at)}
        for row in Aside.objects.filter(settled_at=None).order_by("-pk")[:100]
    ]
    parameters = list(request.GET.items())
    links = {name: lists.link(request.path, parameters, getattr(page, name)) for name in ("next", "previous")}
    return render(request, "documents/exchange.html", {"rows": rows, "aside": aside, "late": len(late), **links})


@require_POST
@office_view("exchange")
@once
@transaction.atomic
def again(request, outgoing_id):
    row = get_object_or_404(Outgoing, pk=outgoing_id)
    sending.again(row, request.actor)
    journal.write([journal.Line(None, "document", "exchange.again", "重发交换件", {"outgoing": row.pk})], request.actor)
    messages.success(request, "已重发；同一编号，对方只办一次。")
    return redirect("documents:exchange")


@require_POST
@office_view("exchange")
@once
@transaction.atomic
def settle(request, aside_id):
    row = get_object_or_404(Aside, pk=aside_id, settled_at=None)
    row.settled_at, row.settled_by_id = context.read().now, request.actor.user_id
    row.save(update_fields=["settled_at", "settled_by"])
    facts = {"aside": row.pk, "name": row.name}
    journal.write([journal.Line(None, "document", "exchange.settled", "处理搁置的回执", facts)], request.actor)
    messages.success(request, f"已处理：{row.name}。")
    return redirect("documents:exchange")
