"""Context of a team's queue: every open item of the team, with the load of each person."""

from cases import context, lists
from cases.models import WorkItem
from cases.pages import queue_rows
from cases.pages.workbench_page import due, shown
from teams.actor import Actor

TILES = (
    ("", "全部", "inbox", ""),
    ("overdue", "已超期", "alert-octagon", "red"),
    ("today", "今日到期", "alert-triangle", "amber"),
    ("soon", "3 日内到期", "circle-check", "green"),
    ("paused", "暂停计期", "player-pause", ""),
)


def page(request, actor: Actor, team) -> dict:
    ctx = context.read()
    key, person = request.GET.get("due", ""), request.GET.get("person", "")
    base = shown(ctx, WorkItem.objects.filter(team_id=team.id, open=True))
    items = due(ctx, base, key)
    if person.isdigit():
        items = items.filter(person_id=int(person))
    page_ = lists.keyset(items.select_related("case"), "due_at", request.GET.get("after", ""))
    rows = queue_rows.rows(ctx, page_.rows, actor)
    members = ctx.roster.members(team.id)
    loads = lists.capped_by_person(team.id, [m.user_id for m in members], ctx.now)
    parameters = list(request.GET.items())
    return {
        "team": {"id": team.id, "name": team.name, "own": team.id == actor.team_id},
        "tab": "team",
        "groups": queue_rows.grouped(rows),
        "rows": rows,
        "show_person": True,
        "filtered": bool(key or person),
        "colleagues": [(m.user_id, m.name) for m in members] if team.id == actor.team_id else [],
        "next": lists.link(request.path, parameters, page_.next),
        "previous": lists.link(request.path, parameters, page_.previous),
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
                "count": (count := lists.capped(due(ctx, base, k), "due_at", "id")),
                "url": f"?due={k}" if k else "?",
                "current": key == k,
                "colour": colour if count != "0" else "",
                "caption": "件",
            }
            for k, label, icon, colour in TILES
        ],
    }
