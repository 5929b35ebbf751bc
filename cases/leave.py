"""请假与代班: what falls due while somebody is away is his stand-in's meanwhile, and what is left of it his again.

On leave the person of an item is the stand-in (flow §1): at birth (`work.plan`), and here for what was open when the
leave began. Only what falls due before the return, is late or urgent moves: a case is not handed round for three days'
leave. Without a stand-in in the team somebody present has it, never nobody; whoever is recused is passed over.
Signatures follow the staffing by themselves (`signing.reroute`); an 超期说明 is its leader's own.
"""

from collections import Counter, defaultdict

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from cases import context, journal, recused
from cases.context import Context
from cases.locks import lock_case, lock_items
from cases.models import WorkItem
from cases.models.work_item import PERSONAL
from cases.work.plan import Plan
from teams.actor import SYSTEM
from teams.models import Leave
from teams.notices import tell

BATCH = 500  # items of one sweep
Moved = Counter[tuple[int, int]]  # (from, to) → how many


def run() -> int:
    """Called by the sweep: cover who has left, give back to who has returned; how many items moved."""
    ctx, cases = context.read(), defaultdict(list)
    for case_id, pk in [*_uncovered(ctx), *_returned(ctx)]:
        cases[case_id].append(pk)
    moved: Moved = Counter()
    for case_id, pks in sorted(cases.items(), key=lambda pair: pair[0] or 0):
        moved += _move(ctx, case_id, pks)
    for (before, after), count in moved.items():
        _tell(ctx, before, after, count)
    return moved.total()


def _open() -> QuerySet[WorkItem]:
    return WorkItem.objects.filter(open=True).exclude(rule__in=PERSONAL)


def _uncovered(ctx: Context) -> list[tuple[int | None, int]]:
    """(case, item) of what somebody on leave has to do before he is back."""
    if not ctx.roster.absent:
        return []
    until = Leave.objects.on(ctx.today).filter(person=OuterRef("person"), to_on__gte=OuterRef("due_on"))
    items = _open().filter(Q(Exists(until)) | Q(urgent=True), person__in=list(ctx.roster.absent))
    items = items.filter(paused=False, wait_until__isnull=True)
    return list(items.order_by("due_at", "pk").values_list("case_id", "pk")[:BATCH])


def _returned(ctx: Context) -> list[tuple[int | None, int]]:
    """(case, item) of what was done for somebody who is back."""
    items = _open().filter(covered_for__isnull=False).exclude(covered_for__in=list(ctx.roster.absent))
    return list(items.order_by("pk").values_list("case_id", "pk")[:BATCH])


@transaction.atomic
def _move(ctx: Context, case_id: int | None, pks: list[int]) -> Moved:
    """The items of one case, or those of none: the case first, its chain tells it."""
    case, made = lock_case(case_id) if case_id else None, Plan(ctx, SYSTEM)
    moved: Moved = Counter()
    barred = recused.of_case(case, ctx.today) if case else ()
    for item in lock_items(pks).values():
        owner, before = item.covered_for_id or item.person_id, item.person_id
        if not item.open or owner is None or before is None:
            continue
        item.case = case
        to = ctx.roster.present(owner, item.team_id)
        if to in barred:
            to = recused.instead(ctx, case, item.team_id, {*barred, owner}) if case else None
        if to is None or to == before or not ctx.roster.belongs(to, item.team_id):
            continue
        made.move(item, item.team_id, to, covered_for=owner if to != owner else None)
        moved[before, to] += 1
    if moved:
        names = "、".join(f"{ctx.roster.name(before)} → {ctx.roster.name(to)}" for before, to in moved)
        journal.write([journal.Line(case, "hand", "leave", f"请假代班：{names}"[:200], made.told(case))], SYSTEM)
        made.write()
    return moved


def _tell(ctx: Context, before: int, after: int, count: int) -> None:
    """One line a person and day, never one an item (flow §5)."""
    name = ctx.roster.name(before)
    text = f"您请假期间由{name}代办、尚未办结的 {count} 件事项已转回"
    if ctx.roster.away(before):
        text = f"{name}请假，{count} 件请假期内届满或紧急的事项由您代办，返岗后未办结的转回"
    tell([after], text, "/workbench/", key=f"leave:{before}:{after}:{ctx.today}")
