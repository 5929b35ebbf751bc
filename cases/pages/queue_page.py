"""Context of a team's queue: every open item of the team, what waits, and who has how much."""

from django.db.models import QuerySet

from cases import context, lists
from cases.context import Context
from cases.models import WorkItem
from cases.pages import loads, queue_rows, rail
from cases.pages.work_lists import ROWS, due, filtered, held, kinds, shown
from cases.pages.workbench_page import kept, tile
from teams.actor import Actor

# fmt: off
TILES = (
    ("",        "全部",         "inbox",          ""),
    ("overdue", "已超期",       "alert-octagon",  "red"),
    ("today",   "今日到期",     "alert-triangle", "amber"),
    ("soon",    "3 日内到期",   "calendar-event", ""),
    ("waiting", "等待",         "clock-pause",    ""),
    ("paused",  "暂停计期",     "player-pause",   ""),
)
# fmt: on
FILTERS = ("due", "day", "q", "rule", "source", "person", "livelihood", "only")


def items_of(ctx: Context, team_id: int, key: str) -> QuerySet[WorkItem]:
    """The team's open items under one tile; what waits and what is paused have their own."""
    every = WorkItem.objects.filter(team_id=team_id, open=True)
    if key == "waiting":
        return every.filter(wait_until__isnull=False, paused=False)
    if key == "paused":
        return every.filter(paused=True)
    return due(ctx, shown(ctx, every).filter(paused=False), key)


def listed(ctx: Context, actor: Actor, team_id: int, given: dict[str, str]) -> QuerySet[WorkItem]:
    items = (
        held(WorkItem.objects.filter(team_id=team_id, open=True))
        if given["due"] == "held"
        else items_of(ctx, team_id, given["due"])
    )
    return filtered(ctx, actor, items, {**given, "due": ""})


def page(request, actor: Actor, team) -> dict:
    ctx = context.read()
    given = {key: request.GET.get(key, "").strip() for key in FILTERS}
    items = listed(ctx, actor, team.id, given)
    page_ = lists.keyset(items.select_related("case"), "due_at", request.GET.get("after", ""), size=ROWS)
    rows = queue_rows.rows(ctx, page_.rows, actor)
    own, parameters = team.id == actor.team_id, list(request.GET.items())
    members = ctx.roster.members(team.id)
    return {
        "team": {"id": team.id, "name": team.name, "own": own, "phone": team.phone},
        "tab": "queue",
        "groups": queue_rows.grouped(rows, whole=not (page_.next or page_.previous)),
        "rows": rows,
        "show_person": True,
        "given": given,
        "kept": kept(given),
        "filtered": any(given.values()),
        "filters": kinds(ctx, WorkItem.objects.filter(team_id=team.id, open=True)),
        "query": request.GET.urlencode(),
        "teams": others(ctx, actor, team.id),
        "colleagues": [(m.user_id, m.name) for m in members if m.user_id != actor.user_id] if own else [],
        "take": own,
        "remind": not own,
        "picks": rail.permits(actor, "assign_item" if own else "nudge"),
        "may_export": rail.permits(actor, "export"),
        "next": lists.link(request.path, parameters, page_.next),
        "previous": lists.link(request.path, parameters, page_.previous),
        "members": loads.members(ctx, actor, team.id, given["person"], request.path),
        "tiles": tiles(ctx, actor, team.id, given["due"]),
    }


def tiles(ctx: Context, actor: Actor, team_id: int, current: str) -> list[dict]:
    counts = loads.tiles(ctx, actor, team_id)
    return [
        tile(key or "all", label, icon, colour, counts[key], f"?due={key}" if key else "?", current == key, "件")
        for key, label, icon, colour in TILES
    ]


def others(ctx: Context, actor: Actor, current: int) -> list[dict]:
    """Leadership and quality go from team to team; the rest have their own only."""
    if actor.kind not in ("leadership", "quality"):
        return []
    return [
        {"name": team.name, "url": f"/queue/{team.id}/", "current": team.id == current}
        for team in ctx.roster.teams.values()
        if team.kind != "administration"
    ]
