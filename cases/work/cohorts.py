"""◫ of table 3: what falls due in one month for the cases of one team is worked as one item (flow §4.6).

Each case keeps its own duty and clock; queues and loads show the cohort instead, due when the first of its cases is.
Who belongs to it is not stored: the open duties of its rule and team with their end in its month. It is finished as a
whole, or for the cases that are named; what is left stays in it, and with its last case it ends by itself.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Min, QuerySet
from django.db.models.functions import TruncMonth

from cases import rights
from cases.context import Context
from cases.deadlines import RULE, RULES, midnight
from cases.models import WorkItem
from cases.present import present
from cases.refusals import Refused
from cases.work.plan import COHORT, Outcome, Plan, save_clocks, set_clock
from teams.actor import SYSTEM, Actor

KEYS = [rule.key for rule in RULES if rule.cohort]
AHEAD = timedelta(days=31)  # opened when the first of its cases is so near


class Group(NamedTuple):
    """The open duties of one team, rule and month: how many, and when the first ends."""

    due_on: date
    size: int


def is_cohort(item: WorkItem) -> bool:
    return item.subject.startswith(COHORT)


def members(item: WorkItem) -> QuerySet[WorkItem]:
    """The duties of the cases that the cohort stands for, the first due first."""
    first = date.fromisoformat(f"{item.subject.rpartition(':')[2]}-01")
    rows = WorkItem.objects.filter(open=True, rule=item.rule, team=item.team_id, case__isnull=False)
    return rows.filter(due_on__gte=first, due_on__lt=following(first)).order_by("due_at", "pk")


def following(first: date) -> date:
    """The first day of the month after."""
    return (first.replace(day=1) + timedelta(days=32)).replace(day=1)


def with_members(items: Iterable[WorkItem], by: Actor, only: Iterable[int] | None = None) -> list[WorkItem]:
    """What finishing these items finishes: of a cohort the duties of its cases, all or `only` those, that the officer
    may see; the cohort itself when none is left over. Raises Refused where no case remains."""
    found: list[WorkItem] = []
    for item in items:
        if not is_cohort(item):
            found.append(item)
            continue
        every = list(members(item).select_related("case"))
        standings = rights.standings(by, [each.case for each in every if each.case])
        chosen = [each for each in every if standings[each.case_id or 0].view]
        if only is not None:
            wanted = set(only)
            chosen = [each for each in chosen if each.pk in wanted]
        if every and not chosen:
            raise Refused(f"「{item.title}」：请至少选择一件您可以办理的案件。")
        found += [*chosen, *([item] if len(chosen) == len(every) else [])]
    return found


@transaction.atomic
def gather(ctx: Context) -> int:
    """Called by the sweep: open cohorts that have come near, let their ends follow their cases, close the empty ones;
    how many changed. Takes no case; two sweeps at once leave each other's."""
    groups, made, moved = _groups(ctx), Plan(ctx, SYSTEM), []
    rows = _near(ctx).filter(case=None, subject__startswith=COHORT).order_by("pk")
    running = set(rows.values_list("rule", "subject"))
    for item in rows.select_for_update(skip_locked=True, no_key=True):
        if (group := groups.get((item.team_id, item.rule, item.subject))) is None:
            made.close(item, Outcome.DONE, note="所列案件均已办结")
        elif (item.due_on, item.title) != (group.due_on, title(item.rule, item.subject, group)):
            item.length, item.title = str(group.due_on), title(item.rule, item.subject, group)
            set_clock(ctx, item)
            item.derivation = why(item.rule, group)
            item.save(update_fields=["length", "title"])
            moved.append(item)
    for (team_id, rule, subject), group in groups.items():
        if (rule, subject) not in running and group.due_on <= ctx.today + AHEAD:
            told = {"subject": subject, "team_id": team_id, "length": str(group.due_on)}
            opened = present(made.open(None, rule, ctx.now, title=title(rule, subject, group), **told))
            opened.derivation = why(rule, group)
    changed = len(made.closed) + len(made.opened) + len(moved)
    save_clocks(moved)
    made.write()
    return changed


def title(rule: str, subject: str, group: Group) -> str:
    return f"{RULE[rule].label}　{subject.rpartition(':')[2]}（{group.size} 件）"


def why(rule: str, group: Group) -> list[str]:
    """How its end was found, in words; each case's own computation stands with the case."""
    return [
        f"每团队每月一件：本月共 {group.size} 件，各件的计算过程见该件。",
        f"最先届满的一件为 {group.due_on:%Y-%m-%d}，以此为本批次的届满日。",
        f"依据：{RULE[rule].law}。",
    ]


def _near(ctx: Context) -> QuerySet[WorkItem]:
    """What is open of these rules up to the end of the month that comes into sight: a walk of `item_rule_team`, team
    by team, however many rechecks of later years there are."""
    until = midnight(following(ctx.today + AHEAD))
    return WorkItem.objects.filter(open=True, rule__in=KEYS, team__in=list(ctx.roster.teams), due_at__lte=until)


def _groups(ctx: Context) -> dict[tuple[int, str, str], Group]:
    """(team, rule, subject of the cohort) → its group, whole months up to the one that comes into sight: one query."""
    rows = _near(ctx).filter(case__isnull=False)
    counted = rows.values("team_id", "rule", month=TruncMonth("due_on")).annotate(n=Count("pk"), first=Min("due_on"))
    return {
        (row["team_id"], row["rule"], f"{COHORT}{row['team_id']}:{row['month']:%Y-%m}"): Group(row["first"], row["n"])
        for row in counted
    }
