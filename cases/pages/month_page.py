"""期限日历: what falls due on each day of a month, mine or my team's, rest days and make-up workdays marked."""

import calendar
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet

from cases import context, lists, rights
from cases.calendar import WEEKDAYS
from cases.context import Context
from cases.models import WorkItem
from cases.pages import queue_rows
from cases.pages.work_lists import mine, parse, shown
from teams.actor import Actor

SCOPES = (("mine", "我的"), ("team", "本团队"), ("all", "全局"))
LIGHTS = (  # late, due now, ample: the light's own definition, day by day
    ("red", "r", "超期"),
    ("amber", "a", "临期"),
    ("green", "g", "充裕"),
)


def page(request, actor: Actor) -> dict:
    ctx = context.read()
    first = month_of(request.GET.get("month", ""), ctx.today)
    scopes = [key for key, _ in SCOPES if key != "all" or actor.kind == "leadership"]
    scopes = scopes[:1] if actor.post in rights.OUTSIDE else scopes
    scope = request.GET.get("scope", "mine")
    scope = scope if scope in scopes else "mine"
    items = of_scope(ctx, actor, scope)
    chosen = parse(request.GET.get("day", ""))
    base = f"?scope={scope}"
    return {
        "month": f"{first:%Y 年 %-m 月}",
        "weeks": weeks(ctx, items, first, base, chosen),
        "scopes": [
            {"label": label, "url": f"?scope={key}&month={first:%Y-%m}", "current": key == scope}
            for key, label in SCOPES
            if key in scopes
        ],
        "previous_month": f"{base}&month={first - timedelta(days=1):%Y-%m}",
        "next_month": f"{base}&month={first + timedelta(days=31):%Y-%m}",
        "this_month": f"{base}&month={ctx.today:%Y-%m}",
        "late": lists.capped(items.filter(due_at__lte=ctx.now), "due_at", "id"),
        "late_url": f"{base}&month={first:%Y-%m}&day=late#day",
        **day_list(ctx, request, actor, items, chosen),
    }


def month_of(text: str, today: date) -> date:
    """The first of the month asked for; this month for what cannot be read or is absurd."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return first if 2000 <= first.year <= 2100 else today.replace(day=1)


def of_scope(ctx: Context, actor: Actor, scope: str) -> QuerySet[WorkItem]:
    every = {
        "mine": mine(actor),
        "team": WorkItem.objects.filter(team_id=actor.team_id, open=True),
        "all": WorkItem.objects.filter(open=True),
    }[scope]
    return rights.listed(actor, shown(ctx, every).filter(paused=False, due_on__isnull=False))


def weeks(ctx: Context, items: QuerySet[WorkItem], first: date, base: str, chosen: date | None) -> list[list[dict]]:
    """Weeks from Monday; the counts of all days with one grouped query."""
    days = list(calendar.Calendar().itermonthdates(first.year, first.month))
    start = datetime.combine(days[0], time(0), ctx.now.tzinfo)
    end = datetime.combine(days[-1] + timedelta(days=1), time(0), ctx.now.tzinfo)
    due = items.filter(due_at__gt=start, due_at__lte=end + timedelta(days=1), due_on__range=(days[0], days[-1]))
    counts = {
        row[0]: row[1:]
        for row in due.values_list("due_on").annotate(
            late=Count("id", filter=Q(due_at__lte=ctx.now)),
            warned=Count("id", filter=Q(due_at__gt=ctx.now) & (Q(warn_at__lte=ctx.now) | Q(due_on=ctx.today))),
            ample=Count("id", filter=~Q(due_on=ctx.today) & (Q(warn_at__gt=ctx.now) | Q(warn_at__isnull=True))),
        )
    }
    cells = [cell(ctx, day, first, counts.get(day, (0, 0, 0)), base, chosen) for day in days]
    return [cells[n : n + 7] for n in range(0, len(cells), 7)]


def cell(ctx: Context, day: date, first: date, counts, base: str, chosen: date | None) -> dict:
    total = sum(counts)
    lights = [
        {"state": state, "letter": letter, "count": count, "word": word}
        for (state, letter, word), count in zip(LIGHTS, counts, strict=True)
        if count
    ]
    work = ctx.calendar.is_workday(day)
    weekend = day.weekday() >= 5
    return {
        "day": day.day,
        "iso": f"{day}",
        "title": f"{day:%-m 月 %-d 日}",
        "outside": day.month != first.month,
        "today": day == ctx.today,
        "chosen": day == chosen,
        "rest": "休" if not work else "班" if weekend else "",
        "count": total,
        "lights": lights,
        "words": "，".join(f"{each['word']} {each['count']} 件" for each in lights),
        "provisional": total and not ctx.calendar.knows(day.year),
        "url": f"{base}&month={first:%Y-%m}&day={day}#day" if total else "",
    }


def day_list(ctx: Context, request, actor: Actor, items: QuerySet[WorkItem], chosen: date | None) -> dict:
    late = request.GET.get("day") == "late"
    if chosen is None and not late:
        return {"chosen": "", "rows": []}
    due = items.filter(due_at__lte=ctx.now) if late else items.filter(due_on=chosen)
    page_ = lists.keyset(due.select_related("case"), "due_at", request.GET.get("after", ""))
    parameters = [(key, value) for key, value in request.GET.items() if key != "after"]
    derivations = {item.pk: item.derivation for item in page_.rows}
    return {
        "chosen": "已超期" if chosen is None else f"{chosen:%Y-%m-%d} 星期{WEEKDAYS[chosen.weekday()]} 届满",
        "rows": [
            {**row, "derivation": [] if row.get("masked") else derivations[row["id"]]}
            for row in queue_rows.rows(ctx, page_.rows, actor)
        ],
        "next": lists.link(request.path, parameters, page_.next),
        "previous": lists.link(request.path, parameters, page_.previous),
    }
