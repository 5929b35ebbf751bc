"""Context of the workbench: tiles that are filters, tabs, one list, seven days ahead, the teams for who leads."""

from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.dateparse import parse_date

from cases import context, lists, permissions
from cases.context import Context
from cases.deadlines import RULE
from cases.models import Approval, WorkItem
from cases.pages import loads, queue_rows
from cases.pages.lights import tomorrow
from cases.statements import Statement
from teams.actor import Actor

TABS = (
    ("mine", "待我处理"),
    ("team", "团队"),
    ("asked", "我发起的"),
    ("done", "已办"),
    ("returned", "被退回"),
    ("copied", "抄送我"),
    ("waiting", "等待与暂停"),
)
TILES = (
    # key,       label,        icon,             colour
    ("",         "待我处理",   "inbox",          ""),
    ("overdue",  "已超期",     "alert-octagon",  "red"),
    ("today",    "今日到期",   "alert-triangle", "amber"),
    ("soon",     "3 日内到期", "circle-check",   "green"),
    ("nudged",   "被催办",     "bell",           ""),
)  # fmt: skip
FILTERS = ("tab", "due", "day", "q", "rule", "source", "livelihood")

LINKS = (
    # action,    label,          url name,               icon
    ("workbench", "打印今日清单", "cases:print_today",      "printer"),
    ("workbench", "导出 Excel",   "cases:workbench_export", "download"),
)  # fmt: skip
QUICK = (
    ("same_day",        "下班前清零", "cases:today",       "clock-check"),
    ("workbench",       "期限日历",   "cases:deadlines",   "calendar-event"),
    ("import",          "立案导入",   "cases:import",      "file-import"),
    ("register",        "手工登记",   "cases:register",    "plus"),
    ("answer_slip",     "移送立案表", "cases:slips",       "file-certificate"),
    ("escalation_list", "超期说明",   "cases:escalations", "alert-octagon"),
    ("sign",            "已签记录",   "cases:signed",      "signature"),
)  # fmt: skip

# Every count of the page with one walk of the person's queue, capped.
COUNTS = Statement(
    "workbench_counts",
    f"""
WITH mine AS (
    SELECT id, due_at, paused, wait_until, show_at FROM cases_workitem
    WHERE person_id = %s::bigint AND open ORDER BY due_at, id LIMIT {lists.CAP + 1}
), seen AS (
    SELECT * FROM mine WHERE wait_until IS NULL AND NOT paused AND (show_at IS NULL OR show_at <= %s::timestamptz)
)
SELECT (SELECT count(*) FROM seen),
       (SELECT count(*) FROM seen WHERE due_at <= %s::timestamptz),
       (SELECT count(*) FROM seen WHERE due_at > %s::timestamptz AND due_at <= %s::timestamptz),
       (SELECT count(*) FROM seen WHERE due_at > %s::timestamptz AND due_at <= %s::timestamptz),
       (SELECT count(DISTINCT url) FROM teams_notice WHERE person_id = %s::bigint AND read_at IS NULL
        AND kind IN ('nudge', 'ring')),
       (SELECT count(*) FROM mine WHERE wait_until IS NOT NULL OR paused),
       (SELECT count(*) FROM (SELECT FROM cases_approval WHERE maker_id = %s::bigint
        AND state IN ('rejected', 'stale') ORDER BY id DESC LIMIT 100) returned),
       (SELECT count(*) FROM (SELECT FROM cases_workitem WHERE finished_by_id = %s::bigint AND NOT open
        AND entered_at >= %s::timestamptz AND outcome = 'done' LIMIT {lists.CAP}) done),
       (SELECT count(*) FROM (SELECT FROM cases_workitem WHERE finished_by_id = %s::bigint AND NOT open
        AND entered_at >= %s::timestamptz AND outcome = 'done' AND finished_at < due_at LIMIT {lists.CAP}) in_time),
       (SELECT max(id) FROM mine)
""",
)


def mine(actor: Actor) -> QuerySet[WorkItem]:
    return WorkItem.objects.filter(person_id=actor.user_id, open=True)


def shown(ctx: Context, items: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """Long clocks enter queues from their lead only; what waits is counted apart."""
    return items.filter(Q(show_at__isnull=True) | Q(show_at__lte=ctx.now), wait_until__isnull=True)


def due(ctx: Context, items: QuerySet[WorkItem], key: str) -> QuerySet[WorkItem]:
    """The filter of a tile."""
    midnight = tomorrow(ctx)
    return {
        "overdue": items.filter(due_at__lte=ctx.now, paused=False),
        "today": items.filter(due_at__gt=ctx.now, due_at__lte=midnight, paused=False),
        "soon": items.filter(due_at__gt=midnight, due_at__lte=midnight + timedelta(days=3), paused=False),
        "paused": items.filter(paused=True),
    }.get(key, items)


def tab_items(ctx: Context, actor: Actor, tab: str) -> QuerySet[WorkItem]:
    every = WorkItem.objects.all()
    if tab == "team":
        return shown(ctx, every.filter(team_id=actor.team_id, open=True, paused=False))
    if tab == "asked":
        return every.filter(asked_by_id=actor.user_id, open=True).exclude(person_id=actor.user_id)
    if tab == "done":
        return every.filter(finished_by_id=actor.user_id, open=False)
    if tab == "copied":
        mine_too = Q(case__handler_id=actor.user_id) | Q(case__clerk_id=actor.user_id)
        return shown(ctx, every.filter(mine_too, open=True)).exclude(team_id=actor.team_id)
    if tab == "waiting":
        return mine(actor).filter(Q(wait_until__isnull=False) | Q(paused=True))
    return shown(ctx, mine(actor)).filter(paused=False)


def page(request, actor: Actor) -> dict:
    ctx = context.read()
    given = {key: request.GET.get(key, "").strip() for key in FILTERS}
    tab = given["tab"] if given["tab"] in dict(TABS) else "mine"
    counts = COUNTS.rows(*_moments(ctx, actor))[0]
    return {
        **listing(ctx, request, actor, tab, given),
        "tabs": tabs(tab, counts),
        "tiles": tiles(counts, given["due"] if tab == "mine" else None),
        "newest": counts[9] or 0,
        "filters": filters(ctx, actor, given),
        "given": given,
        "filtered": any(given[key] for key in FILTERS[1:]),
        "bars": bars(ctx, actor, given["day"]),
        "nudge_rows": nudges(actor),
        "teams": loads.teams(ctx) if actor.kind == "leadership" else [],
        "members": loads.members(ctx, actor.team_id) if actor.leads and actor.kind != "leadership" else [],
        "links": links(LINKS, actor),
        "quick": links(QUICK, actor)[:6],
        "calendar_url": reverse("cases:deadlines"),
        "colleagues": [(m.user_id, m.name) for m in ctx.roster.members(actor.team_id)],
        "date": f"{ctx.today:%Y 年 %-m 月 %-d 日} 星期{'一二三四五六日'[ctx.today.weekday()]}",
    }


def links(table, actor: Actor) -> list[dict]:
    """What this post may open of a table of links."""
    return [
        {"label": label, "url": reverse(name), "icon": icon}
        for action, label, name, icon in table
        if permissions.mark(action, actor.post, actor.kind) != "."
    ]


def listing(ctx: Context, request, actor: Actor, tab: str, given: dict[str, str]) -> dict:
    """The open tab: its rows, grouped by light where they are open work."""
    parameters = [(key, value) for key, value in request.GET.items() if key != "after"]
    if tab == "returned":
        return {"tab": tab, "rows": returned(actor), "groups": [], "next": "", "previous": "", "parameters": ""}
    items = filtered(ctx, actor, tab_items(ctx, actor, tab), given)
    column, descending = ("entered_at", True) if tab == "done" else ("due_at", False)
    page_ = lists.keyset(items.select_related("case"), column, request.GET.get("after", ""), descending=descending)
    rows = queue_rows.rows(ctx, page_.rows, actor)
    return {
        "tab": tab,
        "rows": rows,
        "groups": queue_rows.grouped(rows) if tab != "done" else [],
        "show_person": tab != "mine",
        "next": lists.link(request.path, parameters, page_.next),
        "previous": lists.link(request.path, parameters, page_.previous),
    }


def filtered(ctx: Context, actor: Actor, items: QuerySet[WorkItem], given: dict[str, str]) -> QuerySet[WorkItem]:
    """Tile, day, words, kind of item, source team, 涉民生."""
    items = due(ctx, items, given["due"])
    if given["due"] == "nudged":
        items = items.filter(pk__in=nudged(actor))
    if day := parse(given["day"]):
        items = items.filter(due_on=day)
    if given["rule"] in RULE:
        items = items.filter(rule=given["rule"])
    if given["source"].isdigit():
        items = items.filter(source_team_id=int(given["source"]))
    if given["livelihood"]:
        items = items.filter(case__livelihood=True)
    return searched(items, given["q"])


def parse(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def searched(items: QuerySet[WorkItem], text: str) -> QuerySet[WorkItem]:
    if not text:
        return items
    return items.filter(
        Q(title__icontains=text) | Q(case__number__contains=text) | Q(case__parties__name__contains=text)
    ).distinct()


def nudged(actor: Actor) -> list[int]:
    """Items of which an unread nudge speaks."""
    from teams.models import Notice

    urls = Notice.objects.filter(
        person_id=actor.user_id, read_at__isnull=True, kind__in=("nudge", "ring"), url__startswith="/items/"
    ).values_list("url", flat=True)
    return [int(part) for url in urls if (part := url.strip("/").rpartition("/")[2]).isdigit()]


def filters(ctx: Context, actor: Actor, given: dict[str, str]) -> dict:
    """Choices of the filter bar: kinds of item and source teams that stand in the officer's queue now."""
    found = list(mine(actor).order_by("due_at", "id").values_list("rule", "source_team_id")[: lists.CAP])
    rules = sorted({rule for rule, _ in found if rule in RULE}, key=lambda rule: RULE[rule].label)
    teams = sorted({team for _, team in found if team})
    return {
        "rules": [(rule, RULE[rule].label) for rule in rules],
        "sources": [(str(pk), team.name) for pk in teams if (team := ctx.roster.team(pk))],
    }


def _moments(ctx: Context, actor: Actor) -> list:
    me, now, midnight = actor.user_id, ctx.now, tomorrow(ctx)
    month = datetime.combine(ctx.today.replace(day=1), time(0), ctx.now.tzinfo)
    soon = midnight + timedelta(days=3)
    return [me, now, now, now, midnight, midnight, soon, me, me, me, month, me, month]


def capped(count: int) -> str:
    return f"{lists.CAP}+" if count > lists.CAP else str(count)


def tabs(current: str, counts) -> list[dict]:
    shown_counts = {"mine": counts[0], "returned": counts[6], "waiting": counts[5]}
    return [
        {
            "key": key,
            "label": label,
            "url": f"/workbench/?tab={key}",
            "current": key == current,
            "count": capped(shown_counts[key]) if shown_counts.get(key) else "",
        }
        for key, label in TABS
    ]


def tiles(counts, current: str | None) -> list[dict]:
    captions = ["件", "件", "17:30 前", "件", "件"]
    if counts[5]:
        captions[0] = f"件，另 {capped(counts[5])} 件等待或暂停"
    found = [
        {
            "label": label,
            "icon": icon,
            "colour": colour if counts[place] else "",
            "count": capped(counts[place]),
            "url": f"/workbench/?due={key}" if key else "/workbench/",
            "current": current == key,
            "caption": captions[place],
        }
        for place, (key, label, icon, colour) in enumerate(TILES)
    ]
    rate = f"按期率 {counts[8] / counts[7]:.1%}" if counts[7] else "件"
    done = {"label": "本月办结", "icon": "circle-check", "colour": "", "url": "/workbench/?tab=done", "current": False}
    return [*found, {**done, "count": capped(counts[7]), "caption": rate}]


def bars(ctx: Context, actor: Actor, chosen: str = "") -> list[dict]:
    """Duties of the next seven days; rest days are marked; each bar is a filter."""
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
            "url": f"/workbench/?day={day}",
            "on": chosen == str(day),
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
