"""Context of the workbench: tiles that are filters, tabs, one list, seven days ahead, the teams for who leads."""

from django.urls import reverse

from cases import context, lists, rights
from cases.calendar import WEEKDAYS
from cases.context import Context
from cases.models import Approval
from cases.pages import loads, queue_rows, rail
from cases.pages.lights import day_end, stamp
from cases.pages.work_lists import ROWS, due, filtered, kinds, mine, parse, shown, tab_items
from cases.pages.workbench_counts import Counts, counts_of
from teams.actor import Actor

__all__ = [
    "FILTERS",
    "TABS",
    "TILES",
    "counts_of",
    "due",
    "filtered",
    "mine",
    "page",
    "parse",
    "returned",
    "shown",
    "tab_items",
]

TABS = (
    ("mine", "待我处理"),
    ("team", "团队"),
    ("asked", "我发起的"),
    ("done", "已办"),
    ("returned", "被退回"),
    ("copied", "抄送我"),
    ("waiting", "等待与暂停"),
)
# fmt: off
TILES = (
    # key,       label,        icon,             colour
    ("",         "待我处理",   "inbox",          ""),
    ("overdue",  "已超期",     "alert-octagon",  "red"),
    ("today",    "今日到期",   "alert-triangle", "amber"),
    ("soon",     "3 日内到期", "calendar-event", ""),
    ("nudged",   "被催办",     "bell",           ""),
)
LINKS = (
    # action,    label,          url name,                icon,       primary
    ("print",     "打印今日清单", "cases:print_today",      "printer",  False),
    ("export",    "导出 Excel",   "cases:workbench_export", "download", False),
    ("new_item",  "新建事项",     "cases:new_item",         "plus",     True),
)
# fmt: on
SHAPED = ("alert-octagon", "alert-triangle", "circle-check")  # icons that stand for a light
FILTERS = ("tab", "due", "day", "q", "rule", "source", "person", "livelihood", "only")


def page(request, actor: Actor) -> dict:
    ctx = context.read()
    given = {key: request.GET.get(key, "").strip() for key in FILTERS}
    tab = given["tab"] if given["tab"] in dict(tabs_of(actor)) else "mine"
    counts, leads = counts_of(ctx, actor), actor.kind == "leadership"
    teams = loads.teams(ctx, actor) if leads else []
    back = returned(ctx, actor)
    list_ = listing(ctx, request, actor, tab, given, back)
    return {
        **list_,
        "tabs": tabs(actor, tab, counts, len(back), copied(ctx, actor), teams),
        "tiles": leaders_tiles(ctx, counts, teams, given, tab) if leads else tiles(ctx, counts, given, tab),
        "newest": counts.newest or 0,
        "filters": kinds(ctx, mine(actor), list_["found"]),
        "given": given,
        "kept": kept(given),
        "nothing": nothing(actor, counts, teams),
        "filtered": any(given[key] for key in FILTERS[1:]),
        "bars": rail.bars(ctx, actor, given["day"]),
        "reminders": rail.reminders(ctx, actor),
        "teams": teams,
        "members": loads.members(ctx, actor, actor.team_id, given["person"]) if actor.leads and not leads else [],
        "links": links(actor),
        "query": request.GET.urlencode(),
        "quick": rail.quick(actor),
        "calendar_url": reverse("cases:deadlines"),
        "colleagues": [(m.user_id, m.name) for m in ctx.roster.members(actor.team_id) if m.user_id != actor.user_id],
        "date": f"{ctx.today:%Y 年 %-m 月 %-d 日} 星期{WEEKDAYS[ctx.today.weekday()]}",
    }


def numbers(actor: Actor) -> dict[str, str]:
    """The tiles' and tabs' numbers of a page that stands open."""
    ctx = context.read()
    counts, leads = counts_of(ctx, actor), actor.kind == "leadership"
    teams, given = loads.teams(ctx, actor) if leads else [], dict.fromkeys(FILTERS, "")
    rows = leaders_tiles(ctx, counts, teams, given, "") if leads else tiles(ctx, counts, given, "")
    named = tabs(actor, "", counts, len(returned(ctx, actor)), copied(ctx, actor), teams)
    return {f"tile-{row['key']}": row["count"] for row in rows} | {f"tab-{row['key']}": row["count"] for row in named}


def kept(given: dict[str, str]) -> list[tuple[str, str]]:
    """The filters that no field of the bar shows: they go along when it is sent."""
    return [(key, given[key]) for key in ("due", "day", "person", "only") if given[key]]


def links(actor: Actor) -> list[dict]:
    """What this post may open from the head of the page."""
    return [
        {"label": label, "url": reverse(name), "icon": icon, "primary": primary, "export": action == "export"}
        for action, label, name, icon, primary in LINKS
        if rail.permits(actor, action)
    ]


def listing(ctx: Context, request, actor: Actor, tab: str, given: dict[str, str], back: list[dict]) -> dict:
    """The open tab: its rows, grouped by light where they are open work."""
    parameters = [(key, value) for key, value in request.GET.items() if key != "after"]
    if tab == "returned":
        return {"tab": tab, "rows": back, "groups": [], "next": "", "previous": "", "found": []}
    items = filtered(ctx, actor, tab_items(ctx, actor, tab), given)
    column, descending = ("entered_at", True) if tab == "done" else ("due_at", False)
    after = request.GET.get("after", "")
    page_ = lists.keyset(items.select_related("case"), column, after, descending=descending, size=ROWS)
    rows = queue_rows.rows(ctx, page_.rows, actor, remind=tab in ("asked", "copied"))
    whole = not (page_.next or page_.previous)
    return {
        "tab": tab,
        "rows": rows,
        "groups": queue_rows.grouped(rows, whole=whole) if tab != "done" else [],
        "remind": (remind := tab in ("asked", "copied") or (tab == "team" and actor.kind == "leadership")),
        "picks": tab not in ("done", "returned")
        and (rail.permits(actor, "nudge") if remind else rail.permits(actor, "assign_item")),
        "take": tab == "team",
        "show_person": tab not in ("mine", "waiting"),
        "next": lists.link(request.path, parameters, page_.next),
        "previous": lists.link(request.path, parameters, page_.previous),
        "found": page_.rows,
    }


def capped(count: int) -> str:
    return f"{lists.CAP}+" if count > lists.CAP else str(count)


def copied(ctx: Context, actor: Actor) -> str:
    """抄送我: what other teams have to do on my cases, as the tab lists it; nothing said of none."""
    found = lists.capped(rights.listed(actor, tab_items(ctx, actor, "copied")))
    return "" if found == "0" else found


def tabs_of(actor: Actor) -> tuple[tuple[str, str], ...]:
    """All of them; who comes from outside the court looks at what is his own."""
    return TABS if actor.post not in rights.OUTSIDE else tuple(tab for tab in TABS if tab[0] in ("mine", "done"))


def nothing(actor: Actor, counts: Counts, teams: list[dict]) -> dict[str, str]:
    """What an empty list says, and where there is something to do."""
    if actor.post in rights.OUTSIDE:
        return {"text": "现在没有指派给您的事项；由卷宗管理中心指派，指派后列在这里。", "link": ""}
    theirs = sum(team["count"] for team in teams) if teams else counts.team
    return {
        "text": "今天的事项都办完了。" if counts.done else "现在没有您的事项。",
        "link": f"看{'各团队' if teams else '团队'}事项（{capped(theirs)}）" if theirs else "",
    }


def tabs(actor: Actor, current: str, counts: Counts, returned_: int, copied_: str, teams: list[dict]) -> list[dict]:
    shown_counts = {
        "mine": counts.mine,
        "team": sum(team["count"] for team in teams) if teams else counts.team,
        "asked": counts.asked,
        "returned": returned_,
        "waiting": counts.waiting + counts.paused,
    }
    return [
        {
            "key": key,
            "label": "各团队" if key == "team" and teams else label,
            "url": f"/workbench/?tab={key}",
            "current": key == current,
            "count": copied_ if key == "copied" else capped(shown_counts[key]) if shown_counts.get(key) else "",
        }
        for key, label in tabs_of(actor)
    ]


def tile(key: str, label: str, icon: str, colour: str, count: int, url: str, current: bool, caption: str) -> dict:
    return {
        "key": key,
        "label": label,
        "icon": icon,
        "colour": colour if count else "",
        "shape": colour if count and icon in SHAPED else "",
        "count": capped(count),
        "url": url,
        "current": current,
        "caption": caption,
    }


def tiles(ctx: Context, counts: Counts, given: dict[str, str], tab: str) -> list[dict]:
    captions = {
        "": " · ".join(f"{word} {capped(n)}" for word, n in (("等待", counts.waiting), ("暂停", counts.paused)) if n),
        "overdue": f"今日新增 {counts.overdue_new}" if counts.overdue_new else "",
        "today": f"{day_end(ctx)} 前",
        "nudged": f"今日新增 {counts.nudged_new}" if counts.nudged_new else "",
    }
    numbers = {
        "": counts.mine,
        "overdue": counts.overdue,
        "today": counts.today,
        "soon": counts.soon,
        "nudged": counts.nudged,
    }
    found = [
        tile(
            key or "mine", label, icon, colour, numbers[key], f"/workbench/?due={key}" if key else "/workbench/",
            tab == "mine" and given["due"] == key and not given["day"], captions.get(key) or "件",
        )
        for key, label, icon, colour in TILES
    ]  # fmt: skip
    return [*found, _done(counts, tab)]


def _done(counts: Counts, tab: str) -> dict:
    rate = f"按期率 {counts.in_time / counts.done:.1%}" if counts.done else "件"
    return tile("done", "本月办结", "circle-check", "", counts.done, "/workbench/?tab=done", tab == "done", rate)


def leaders_tiles(ctx: Context, counts: Counts, teams: list[dict], given: dict[str, str], tab: str) -> list[dict]:
    """Who leads the bureau: what waits for his signature, what the teams owe, which reminders nobody has met."""
    late, today = sum(team["late_count"] for team in teams), sum(team["today_count"] for team in teams)
    behind = sum(team["late_count"] > 0 for team in teams)
    seen = (tab, given["due"])
    return [
        tile("mine", "待我处理", "inbox", "", counts.mine, "/workbench/", seen == ("mine", "") and not given["day"],
             f"{counts.overdue} 件超期" if counts.overdue else "件"),
        tile("sign", "待签", "signature", "", counts.sign, "/sign/", False, "件"),
        tile("late", "各团队超期", "alert-octagon", "red", late, "/workbench/?tab=team&due=overdue",
             seen == ("team", "overdue"), f"{behind} 个团队" if behind else "件"),
        tile("team_today", "各团队今日", "alert-triangle", "amber", today, "/workbench/?tab=team&due=today",
             seen == ("team", "today"), f"{day_end(ctx)} 前"),
        tile("reminded", "催办未回应", "bell", "amber", counts.reminded, "/workbench/?tab=asked&due=reminded",
             seen == ("asked", "reminded"), "件"),
        _done(counts, tab),
    ]  # fmt: skip


def returned(ctx: Context, actor: Actor) -> list[dict]:
    """Sheets that came back and wait for me to ask again or to give up."""
    back = mine(actor).filter(rule="approval.returned").order_by("due_at", "id").values_list("approval_id", flat=True)
    rows = Approval.objects.filter(pk__in=list(back[: lists.PAGE])).select_related("case").order_by("-id")
    return [
        {
            "title": a.title.replace(a.case.number, "").strip(" 　") if a.case else a.title,
            "url": f"/approvals/{a.pk}/",
            "state": a.get_state_display(),
            "reason": a.reason,
            "number": a.case.number if a.case else "",
            "case_url": f"/cases/{a.case_id}/" if a.case_id else "",
            "when": stamp(ctx, a.closed_at),
        }
        for a in rows
    ]
