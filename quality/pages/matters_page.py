"""`/matters/` 指挥平台事项: what is to be replied to, by when and by whom; what was replied with which evidence."""

from typing import Any

from django.db.models import Q

from cases import context, lists, rights
from cases.models import Material
from cases.pages.lights import light, short, stamp
from cases.pages.queue_rows import unseen_of
from cases.present import present
from quality.models import PlatformMatter
from teams.actor import Actor

TABS = {"open": "待回复", "done": "已回复"}


def visible(actor: Actor):
    """The team's: who is recused from the case of a matter does not see that there is one."""
    hidden = rights.recused_from(actor)
    rows = PlatformMatter.objects.filter(item__team_id=actor.team_id)
    return rows.exclude(case__in=hidden) if hidden else rows


def openable(actor: Actor):
    """A matter of a case goes with the sight of that case, and with whoever it was given to; the others are the team's."""
    rows = visible(actor)
    return rows.filter(Q(case=None) | Q(item__person_id=actor.user_id) | Q(case__in=rights.visible(actor)))


def index(request, actor: Actor) -> dict[str, Any]:
    ctx, key = context.read(), request.GET.get("tab", "open")
    key = key if key in TABS else "open"
    found = visible(actor).select_related("item__case", "item__person", "case", "replied_by")
    done = key == "done"
    rows = found.filter(replied_at__isnull=not done)
    page = lists.keyset(rows, "replied_at" if done else "due_on", request.GET.get("after", ""), descending=done)
    parameters = list(request.GET.items())
    count = lists.capped(visible(actor).filter(replied_at__isnull=True), "due_on", "pk")
    return {
        "tabs": [
            {"key": each, "label": label, "url": f"/matters/?tab={each}", "current": each == key, "count": count if each == "open" else ""}
            for each, label in TABS.items()
        ],
        "tab": key,
        "rows": rows_of(ctx, page.rows, actor),
        "next": lists.link(request.path, parameters, page.next),
        "previous": lists.link(request.path, parameters, page.previous),
    }  # fmt: skip


def rows_of(ctx, rows: list[PlatformMatter], actor: Actor) -> list[dict[str, Any]]:
    """Of a case out of the reader's sight stands 「*案件」; of a colleague's matter about it nothing else either."""
    unseen = unseen_of(actor, [row.case for row in rows if row.case])
    found = [row_of(ctx, row, seen=row.case_id not in unseen) for row in rows]
    for told, row in zip(found, rows, strict=True):
        if row.case_id in unseen and row.item.person_id != actor.user_id:
            told |= {"id": 0, "number": "", "title": rights.MASKED, "case": ""}
    return found


def row_of(ctx, row: PlatformMatter, *, seen: bool) -> dict[str, Any]:
    person = row.item.person
    return {
        "id": row.pk, "source": row.get_source_display(), "number": row.number, "title": row.title, "light": light(ctx, row.item),
        "received": short(row.received_on, ctx.today), "due": short(row.due_on, ctx.today), "person": person.name if person else "",
        "case": (row.case.number if seen else rights.MASKED) if row.case else "",
        "case_url": f"/cases/{row.case_id}/" if row.case and seen else "", "urgent": row.item.urgent,
        "replied": f"{present(row.replied_by).name} {stamp(ctx, row.replied_at)}" if row.replied_at else "",
    }  # fmt: skip


def one(row: PlatformMatter, actor: Actor) -> dict[str, Any]:
    ctx = context.read()
    papers = Material.objects.filter(item=row.item_id, voided_at=None).order_by("pk")
    return {
        "matter": {**row_of(ctx, row, seen=not unseen_of(actor, [row.case] if row.case else [])), "content": row.content, "reply": row.reply, "receipt": row.receipt, "item": row.item_id, "open": row.item.open},
        "papers": [{"title": each.title, "url": f"/materials/{each.pk}/", "at": stamp(ctx, each.entered_at)} for each in papers],
    }  # fmt: skip
