"""Warnings go to people as lists: at 11:30 and 16:00 each team with same-day duties gets one line."""

from datetime import datetime

from django.db.models import Count, Q

from cases.context import Context
from cases.deadlines import RULES
from cases.models import WorkItem
from teams.notices import tell

SAME_DAY = [rule.key for rule in RULES if rule.counting == "SD" and rule.kind == "duty"]


def send(ctx: Context) -> int:
    """Send the line of the slot that has come, once per team, slot and day; none on rest days."""
    if not ctx.calendar.is_workday(ctx.today):
        return 0
    sent = 0
    for slot in ("list_morning", "list_afternoon"):
        at = datetime.combine(ctx.today, ctx.settings.time(slot), ctx.now.tzinfo)
        if ctx.now >= at:
            sent += _send_slot(ctx, slot)
    return sent


def counts(ctx: Context) -> list[tuple[int, int, int]]:
    """(team, all of today, still open) of same-day duties due today."""
    due = WorkItem.objects.filter(rule__in=SAME_DAY, due_on=ctx.today)
    rows = due.values("team_id").annotate(all=Count("id"), left=Count("id", filter=Q(open=True))).order_by("team_id")
    return [(row["team_id"], row["all"], row["left"]) for row in rows]


def _send_slot(ctx: Context, slot: str) -> int:
    sent = 0
    for team_id, total, left in counts(ctx):
        people = [member.user_id for member in ctx.roster.members(team_id)]
        text = f"今日 {total} 件，清 {total - left}，余 {left}"
        sent += tell(people, text, f"/queue/{team_id}/?due=today", key=f"{slot}:{team_id}:{ctx.today}", kind="list")
    return sent
