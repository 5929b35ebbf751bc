"""期限灯: shape, words and colour for a moment; never colour alone."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cases.calendar import WEEKDAYS
from cases.context import Context
from cases.models import WorkItem
from cases.models.work_item import NEVER


@lru_cache(2048)
def lamp(state: str, text: str, title: str) -> SafeString:
    """A light as long lists show it: few differ, so each is drawn once."""
    return SafeString(
        render_to_string("components/_light.html", {"light": {"state": state, "text": text, "title": title}}).strip()
    )


def light(ctx: Context, item: WorkItem) -> dict[str, str]:
    """The light of an item: green, amber, red, grey (paused); ended: done in time, late, or off (cancelled, run out)."""
    if not item.open:
        return {"state": ended_how(item), "text": ended(ctx, item), "title": ""}
    if item.paused:
        return {"state": "grey", "text": "暂停计期", "title": "计期暂停，恢复后顺延"}
    return of_moment(ctx, item.due_at, item.due_on, item.warn_at)


def ended_how(item: WorkItem) -> str:
    if item.outcome != WorkItem.Outcome.DONE or item.finished_at is None:
        return "off"
    return "late" if item.finished_at >= item.due_at else "done"


def ended(ctx: Context, item: WorkItem) -> str:
    """按期 11-20, 超期办结; what was cancelled or ran out says so."""
    how = ended_how(item)
    if how == "off" or item.finished_at is None:
        return item.get_outcome_display()
    if how == "late":
        return "超期办结"
    return f"按期 {short(item.finished_at.astimezone(ctx.now.tzinfo).date(), ctx.today)}"


def of_moment(ctx: Context, due_at: datetime, due_on: date | None, warn_at: datetime | None) -> dict[str, str]:
    if due_at >= NEVER:
        return {"state": "grey", "text": "无期限", "title": "本事项未设期限"}
    due_on = due_on or due_at.astimezone(ctx.now.tzinfo).date()
    title = f"{due_on:%Y-%m-%d} 届满"
    if ctx.now >= due_at:
        days = (ctx.today - due_on).days
        return {"state": "red", "text": f"超期 {days} 日" if days else "今日超期", "title": title}
    if due_on == ctx.today:
        at = due_at.astimezone(ctx.now.tzinfo)
        hour = f"{at:%H:%M}" if at.date() == due_on else day_end(ctx)
        return {"state": "amber", "text": f"今日 {hour}", "title": title}
    state = "amber" if warn_at and ctx.now >= warn_at else "green"
    at = due_at.astimezone(ctx.now.tzinfo)
    if at.date() == due_on == ctx.today + timedelta(days=1):  # a period of hours; of days it ends with the night
        return {"state": state, "text": f"明日 {at:%H:%M}", "title": title}
    return {"state": state, "text": f"剩 {(due_on - ctx.today).days} 日", "title": title}


def day_end(ctx: Context) -> str:
    """Until when today's duties are to be done: 17:30, and once that has passed 24:00, when they are late by law."""
    soft = ctx.settings.time("soft_end")
    return f"{soft:%H:%M}" if ctx.now.time() < soft else ctx.settings.get("hard_end")


def tomorrow(ctx: Context) -> datetime:
    """The moment today ends."""
    return datetime.combine(ctx.today, time(0), ctx.now.tzinfo) + timedelta(days=1)


def short(day: date | None, today: date) -> str:
    """11-23 inside the current year, 2026-11-23 otherwise."""
    if day is None:
        return ""
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


def dated(day: date, today: date) -> str:
    """11-23 周一: the day by which something is due."""
    return f"{short(day, today)} 周{WEEKDAYS[day.weekday()]}"


def stamp(ctx: Context, at: datetime | None) -> str:
    """今日 09:06, 11-23 09:06."""
    if at is None:
        return ""
    at = at.astimezone(ctx.now.tzinfo)
    return f"今日 {at:%H:%M}" if at.date() == ctx.today else f"{short(at.date(), ctx.today)} {at:%H:%M}"
