"""The right edge of the workbench: seven days ahead, reminders and supervision, who has how much, what is often done."""

from datetime import timedelta

from django.db.models import Count
from django.urls import reverse

from cases import permissions
from cases.calendar import WEEKDAYS
from cases.context import Context
from cases.deadlines import RULES
from cases.pages.lights import light, short, stamp
from cases.pages.work_lists import midnight, mine, reminders_to, shown
from teams.actor import Actor

SUPERVISED = [rule.key for rule in RULES if rule.key.startswith("supervision.")]
SHOWN = 5  # reminders and supervised duties each

# fmt: off
QUICK = (
    # action,          label,          url name,            icon,               team kinds ("" every)
    ("new_item",        "新建事项",     "cases:new_item",    "plus",             ""),
    ("import",          "立案导入",     "cases:import",      "file-import",      ""),
    ("register",        "手工登记",     "cases:register",    "file-text",        ""),
    ("sign",            "审批签字",     "cases:sign",        "signature",        "leadership"),
    ("same_day",        "下班前清零",   "cases:today",       "clock-check",      ""),
    ("transfers",       "移交与接收",   "cases:transfers",   "transfer",         "fast regular terminal leadership"),
    ("answer_slip",     "移送立案表",   "cases:slips",       "file-certificate", ""),
    ("queue",           "团队事项",     "cases:queue",       "users",            ""),
    ("workbench",       "期限日历",     "cases:deadlines",   "calendar-event",   ""),
    ("escalation_list", "超期说明",     "cases:escalations", "alert-octagon",    ""),
    ("view",            "案件查询",     "cases:list",        "search",           ""),
    ("sign",            "已签记录",     "cases:signed",      "history",          ""),
)
# fmt: on


def quick(actor: Actor, most: int = 6) -> list[dict]:
    """The first six of the table that this post may open in this team."""
    found = [
        {"label": label, "url": reverse(name), "icon": icon}
        for action, label, name, icon, kinds in QUICK
        if permits(actor, action) and (not kinds or actor.kind in kinds.split())
    ]
    return found[:most]


def permits(actor: Actor, action: str) -> bool:
    return action in permissions.ROW and permissions.mark(action, actor.post, actor.kind) != "."


def bars(ctx: Context, actor: Actor, chosen: str = "") -> list[dict]:
    """Duties of the next seven days; rest days are marked; each bar is a filter."""
    start = midnight(ctx)
    counts = dict(
        shown(ctx, mine(actor))
        .filter(due_at__gt=start, due_at__lte=start + timedelta(days=8), paused=False)
        .values_list("due_on")
        .annotate(Count("id"))
    )
    days = [ctx.today + timedelta(days=n) for n in range(7)]
    most = max((counts.get(day, 0) for day in days), default=0) or 1
    return [
        {
            **_bar(counts.get(day, 0), most, ctx.calendar.is_workday(day)),
            "label": "今日" if day == ctx.today else f"周{WEEKDAYS[day.weekday()]}",
            "x": (day - ctx.today).days * 38,
            "today": day == ctx.today,
            "title": f"{day:%m-%d}",
            "url": f"/workbench/?day={day}",
            "on": chosen == str(day),
        }
        for day in days
    ]


def _bar(count: int, most: int, works: bool) -> dict:
    """In the drawing's own units; a rest day is tall enough for its hatching to be seen."""
    height = max(round(count / most * 40) + 1, 2 if works else 8)
    return {"count": count, "rest": not works, "height": height, "y": 62 - height, "text_y": 57 - height}


def reminders(ctx: Context, actor: Actor) -> list[dict]:
    """催办 and 督办 that wait for this officer: what, from whom, when, until when; supervision first."""
    return [*_supervised(ctx, actor), *_nudges(ctx, actor)]


def _supervised(ctx: Context, actor: Actor) -> list[dict]:
    found = mine(actor).filter(rule__in=SUPERVISED).order_by("due_at", "id")[:SHOWN]
    return [
        {
            "text": item.title,
            "url": f"/items/{item.pk}/",
            "kind": "督办",
            "red": light(ctx, item)["state"] == "red",
            "panel": True,
            "who": ctx.roster.name(item.asked_by_id) or "系统",
            "when": stamp(ctx, item.opened_at),
            "until": f"限 {short(item.due_on, ctx.today)}" if item.due_on else "",
        }
        for item in found
    ]


def _nudges(ctx: Context, actor: Actor) -> list[dict]:
    return [
        {
            "text": n.text.partition("催办：")[2] if n.sender_id and "催办：" in n.text else n.text,
            "url": reverse("teams:open_notice", args=[n.pk]),
            "kind": n.get_kind_display(),
            "red": True,
            "panel": False,
            "who": ctx.roster.name(n.sender_id) or "系统",
            "when": stamp(ctx, n.created_at),
            "until": "",
        }
        for n in reminders_to(actor).exclude(key__startswith="supervise:").order_by("-id")[:SHOWN]
    ]
