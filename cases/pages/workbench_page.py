"""Context of the workbench and of a team's queue: tiles that are filters, tabs, one list, seven days ahead."""

from datetime import datetime, time, timedelta

from django.db.models import Count, Q, QuerySet

from cases import context, lists
from cases.context import Context
from cases.models import Approval, WorkItem
from cases.pages import queue_rows
from teams.actor import Actor

TABS = (
    ("mine", "待我处理"),
    ("team", "团队"),
    ("asked", "我发起的"),
    ("done", "已办"),
    ("returned", "被退回"),
    ("waiting", "等待中"),
)
TILES = (
    ("", "待我处理", "inbox"),
    ("overdue", "已超期", "alert-octagon"),
    ("today", "今日到期", "alert-triangle"),
    ("soon", "三日内到期", "circle-check"),
    ("paused", "暂停计期", "player-pause"),
)


def mine(actor: Actor) -> QuerySet[WorkItem]:
    return WorkItem.objects.filter(person_id=actor.user_id, open=True)


def shown(ctx: Context, items: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """Long clocks enter queues from their lead only; what waits is counted apart."""
    return items.filter(Q(show_at__isnull=True) | Q(show_at__lte=ctx.now), wait_until__isnull=True)


def due(ctx: Context, items: QuerySet[WorkItem], key: str) -> QuerySet[WorkItem]:
    """The filter of a tile."""
    midnight = datetime.combine(ctx.today, time(0), ctx.now.tzinfo) + timedelta(days=1)
    return {
        "overdue": items.filter(due_at__lte=ctx.now, paused=False),
        "today": items.filter(due_at__gt=ctx.now, due_at__lte=midnight, paused=False),
        "soon": items.filter(due_at__gt=midnight, due_at__lte=midnight + timedelta(days=3), paused=False),
        "paused": items.filter(paused=True),
    }.get(key, items)


def tab_items(ctx: Context, actor: Actor, tab: str) -> QuerySet[WorkItem]:
    if tab == "team":
        return shown(ctx, WorkItem.objects.filter(team_id=actor.team_id, open=True))
    if tab == "asked":
        return WorkItem.objects.filter(asked_by_id=actor.user_id, open=True).exclude(person_id=actor.user_id)
    if tab == "done":
        return WorkItem.objects.filter(finished_by_id=actor.user_id, open=False)
    if tab == "waiting":
        return mine(actor).filter(wait_until__isnull=False)
    return shown(ctx, mine(actor))


def page(request, actor: Actor) -> dict:
    ctx = context.read()
    tab, key, text = request.GET.get("tab", "mine"), request.GET.get("due", ""), request.GET.get("q", "").strip()
    items = searched(due(ctx, tab_items(ctx, actor, tab), key), text)
    column, descending = ("entered_at", True) if tab == "done" else ("due_at", False)
    if tab == "returned":
        rows, page_ = returned(actor), lists.Page([], "", "")
    else:
        page_ = lists.keyset(items.select_related("case"), column, request.GET.get("after", ""), descending=descending)
        rows = queue_rows.rows(ctx, page_.rows)
    return {
        "tab": tab,
        "tabs": [{"key": k, "label": label, "url": f"/workbench/?tab={k}", "current": k == tab} for k, label in TABS],
        "tiles": tiles(ctx, actor, key if tab == "mine" else None),
        "groups": queue_rows.grouped(rows) if tab in ("mine", "team", "asked", "waiting") else [],
        "rows": rows,
        "q": text,
        "due": key,
        "next": lists.link(request.path, list(request.GET.items()), page_.next),
        "previous": lists.link(request.path, list(request.GET.items()), page_.previous),
        "bars": bars(ctx, actor),
        "nudge_rows": nudges(actor),
        "date": f"{ctx.today:%Y 年 %-m 月 %-d 日} 星期{'一二三四五六日'[ctx.today.weekday()]}",
    }


def searched(items: QuerySet[WorkItem], text: str) -> QuerySet[WorkItem]:
    if not text:
        return items
    return items.filter(
        Q(title__icontains=text) | Q(case__number__contains=text) | Q(case__parties__name__contains=text)
    ).distinct()


def tiles(ctx: Context, actor: Actor, current: str | None) -> list[dict]:
    base = shown(ctx, mine(actor))
    return [
        {
            "label": label,
            "icon": icon,
            "count": lists.capped(due(ctx, base, key), "due_at", "id"),
            "url": f"/workbench/?due={key}" if key else "/workbench/",
            "current": current == key,
            "red": key == "overdue",
            "caption": "件",
        }
        for key, label, icon in TILES
    ]


def bars(ctx: Context, actor: Actor) -> list[dict]:
    """Duties of the next seven days; rest days are marked."""
    midnight = datetime.combine(ctx.today, time(0), ctx.now.tzinfo)
    counts = dict(
        shown(ctx, mine(actor))
        .filter(due_at__gt=midnight, due_at__lte=midnight + timedelta(days=7), paused=False)
        .values_list("due_on")
        .annotate(Count("id"))
    )
    most = max(counts.values(), default=0) or 1
    days = [ctx.today + timedelta(days=n) for n in range(7)]
    heights = {day: round(counts.get(day, 0) / most * 40) + 1 for day in days}
    return [
        {
            "label": "今日" if day == ctx.today else f"周{'一二三四五六日'[day.weekday()]}",
            "count": counts.get(day, 0),
            "x": (day - ctx.today).days * 38,
            "height": heights[day],
            "y": 62 - heights[day],
            "text_y": 57 - heights[day],
            "rest": not ctx.calendar.is_workday(day),
            "title": f"{day:%m-%d}",
        }
        for day in days
    ]


def nudges(actor: Actor) -> list[dict]:
    from teams.models import Notice

    rows = Notice.objects.filter(person_id=actor.user_id, read_at__isnull=True, kind__in=("nudge", "ring")).order_by(
        "-id"
    )[:5]
    return [{"text": n.text, "url": n.url, "kind": n.get_kind_display(), "red": n.kind == "ring"} for n in rows]


def returned(actor: Actor) -> list[dict]:
    """Approvals of mine that came back."""
    rows = (
        Approval.objects.filter(maker_id=actor.user_id, state__in=("rejected", "stale"))
        .select_related("case")
        .order_by("-id")[:50]
    )
    return [
        {
            "title": a.title,
            "url": f"/approvals/{a.pk}/",
            "state": a.get_state_display(),
            "reason": a.reason,
            "number": a.case.number if a.case else "",
        }
        for a in rows
    ]


def team_page(request, actor: Actor, team) -> dict:
    """A team's queue: every open item of the team, with load by person."""
    ctx = context.read()
    key, person = request.GET.get("due", ""), request.GET.get("person", "")
    base = shown(ctx, WorkItem.objects.filter(team_id=team.id, open=True))
    items = due(ctx, base, key)
    if person.isdigit():
        items = items.filter(person_id=int(person))
    page_ = lists.keyset(items.select_related("case"), "due_at", request.GET.get("after", ""))
    rows = queue_rows.rows(ctx, page_.rows)
    members = ctx.roster.members(team.id)
    loads = lists.capped_by_person(team.id, [m.user_id for m in members], ctx.now)
    return {
        "team": {"id": team.id, "name": team.name},
        "groups": queue_rows.grouped(rows),
        "rows": rows,
        "due": key,
        "next": lists.link(request.path, list(request.GET.items()), page_.next),
        "previous": lists.link(request.path, list(request.GET.items()), page_.previous),
        "members": [
            {
                "name": m.name,
                "count": loads[m.user_id],
                "url": f"?person={m.user_id}",
                "current": person == str(m.user_id),
            }
            for m in members
        ],
        "tiles": [
            {
                "label": label,
                "icon": icon,
                "count": lists.capped(due(ctx, base, k), "due_at", "id"),
                "url": f"?due={k}" if k else "?",
                "current": key == k,
                "red": k == "overdue",
                "caption": "件",
            }
            for k, label, icon in (("", "全部", "inbox"), *TILES[1:])
        ],
    }
