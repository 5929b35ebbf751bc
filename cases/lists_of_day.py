"""Warnings go to people as lists: at 11:30 and 16:00 each team with same-day duties gets one line."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q

from cases import recused
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


def counts(ctx: Context, hidden: Iterable[int] = ()) -> list[tuple[int, int, int]]:
    """(team, all of today, still open) of same-day duties due today; none of `hidden` cases."""
    due = WorkItem.objects.filter(rule__in=SAME_DAY, due_on=ctx.today).exclude(case__in=list(hidden))
    rows = due.values("team_id").annotate(all=Count("id"), left=Count("id", filter=Q(open=True))).order_by("team_id")
    return [(row["team_id"], row["all"], row["left"]) for row in rows]


def _send_slot(ctx: Context, slot: str) -> int:
    sent, barred = 0, unknown(ctx)
    for team_id, total, left in counts(ctx):
        groups: dict[tuple[int, int], list[int]] = {}
        for member in ctx.roster.members(team_id):
            his, open_ = barred.get((team_id, member.user_id), (0, 0))
            groups.setdefault((total - his, left - open_), []).append(member.user_id)
        for (all_, rest), people in groups.items():
            text = f"今日 {all_} 件，清 {all_ - rest}，余 {rest}"
            url, key = f"/queue/{team_id}/?due=today", f"{slot}:{team_id}:{ctx.today}"
            sent += tell(people, text, url, key=key, kind="list") if all_ else 0
    return sent


def unknown(ctx: Context) -> dict[tuple[int, int], tuple[int, int]]:
    """(team, officer) → all and open duties of today on cases from which he is recused: his line leaves them out."""
    granted = {"case__grants__permission__codename": recused.RECUSED}
    due = WorkItem.objects.filter(rule__in=SAME_DAY, due_on=ctx.today, **granted)
    rows = set(due.values_list("pk", "team_id", "case_id", "open"))
    barred = recused.of_cases((case for _, _, case, _ in rows), ctx.today)
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for _, team, case, open_ in rows:
        for user in barred.get(case, ()):
            total, left = found.get((team, user), (0, 0))
            found[team, user] = total + 1, left + open_
    return found
