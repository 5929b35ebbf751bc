"""离岗交接, the cases' side: what a leaver holds, as numbers and dates, and its move to a successor.

The administrator sees labels, counts and the earliest due day; never a case number or a party.
"""

from datetime import date

from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef, Q

from cases import context, hooks, journal, recused, signing
from cases.context import Context
from cases.deadlines import RULE
from cases.locks import lock_cases, lock_items
from cases.models import ApprovalPlace, Case, WorkItem
from cases.models.work_item import PERSONAL, SIGNATURES
from cases.refusals import Refused
from cases.work.plan import Plan
from cases.workflow import Stage
from teams.actor import SYSTEM, Actor
from teams.models import Posting, User

OVER = (Stage.ARCHIVED, Stage.VOID)
Line = tuple[str, int, date | None]


def preview(person: User, team: int | None = None) -> list[Line]:
    """(label, count, earliest due day) of everything open in the person's name, or of that in one team."""
    items, places = items_of(person, team), ApprovalPlace.objects.filter(signer=person, state="waiting")
    rows: list[Line] = []
    by_rule = items.values("rule").annotate(n=Count("id"), due=Min("due_on")).order_by("due", "rule")
    rows += [(RULE[row["rule"]].label, row["n"], row["due"]) for row in by_rule]
    rows.append(("承办案件", cases_of(person, team).count(), None))
    if team is None:
        rows.append(("待签审批", places.count(), None))
        for hook in hooks.of("handover"):
            rows += hook(person, None, True)
    return [row for row in rows if row[1]]


def items_of(person: User, team: int | None):
    """What he holds, and what a stand-in holds for him."""
    items = WorkItem.objects.filter(Q(person=person) | Q(covered_for=person), open=True)
    return items.filter(team=team) if team else items


def cases_of(person: User, team: int | None = None):
    open_cases = Case.objects.exclude(stage__in=OVER)
    found = open_cases.filter(handler=person) | open_cases.filter(clerk=person)
    return (found.filter(team=team) if team else found).order_by("pk")


def hand_over(person: User, successor: User | None, by: Actor, team: int | None = None) -> list[Line]:
    """Move all of it (or what lies in one team) inside the caller's transaction; each case's chain tells it.

    Returns what was moved; the officer's own chain says that it was done, also where nothing was held.
    """
    moved = preview(person, team)
    if moved and successor is None:
        raise Refused(f"{person.name}还有未办事项，请选择接任人。")
    if not moved or successor is None:
        journal.write([_line(None, person, {"items": 0, "cases": 0})], by)
        return []
    ctx = context.read()
    item_pks = list(items_of(person, team).values_list("pk", flat=True))
    touched = set(WorkItem.objects.filter(pk__in=item_pks, case__isnull=False).values_list("case_id", flat=True))
    held = set(cases_of(person, team).values_list("pk", flat=True))
    locked = lock_cases(touched | held)
    items, made = lock_items(item_pks).values(), Plan(ctx, by)
    told = {pk: _pass(ctx, case, person, successor, pk in held) for pk, case in locked.items()}
    made.know(locked.values())
    for item in items:
        made.move(item, item.team_id, _receiver(ctx, locked.get(item.case_id or 0), item.team_id, person, successor))
    lines = [_line(case, person, told[pk]) for pk, case in locked.items()]
    counts = {"items": len(items), "cases": len(held), "to": successor.name}
    journal.write([*lines, _line(None, person, counts)], by)
    Case.objects.bulk_update([locked[pk] for pk in held], ["handler", "clerk"], batch_size=1000)
    made.write()
    if team is None:
        signing.reroute(person, by)
        for hook in hooks.of("handover"):
            hook(person, successor, False)
    return moved


def _receiver(ctx: Context, case: Case | None, team: int | None, person: User, successor: User) -> int | None:
    """The successor; where he is recused from the case, a colleague of the team."""
    barred = recused.of_case(case, ctx.today) if case else ()
    if case is None or successor.pk not in barred:
        return successor.pk
    return recused.instead(ctx, case, team, {*barred, person.pk})


def _pass(ctx: Context, case: Case, person: User, successor: User, held: bool) -> dict:
    """Handler or clerk where the leaver was; what the journal keeps of it."""
    to = _receiver(ctx, case, case.team_id, person, successor)
    for name in ("handler_id", "clerk_id") if held else ():
        if getattr(case, name) == person.pk:
            setattr(case, name, to)
    return {"to": ctx.roster.name(to)}


def _line(case: Case | None, person: User, facts: dict) -> journal.Line:
    label = f"离岗交接：{person.name}" + (f" → {facts['to']}" if facts.get("to") else "")
    return journal.Line(case, "hand", "leaver", label, facts)


@transaction.atomic
def pick_up() -> int:
    """What is in the name of somebody who is no longer in office goes to the team's next assignee, his cases to its
    leader and a clerk; each case's chain tells it. How many items moved. Signatures follow the staffing by themselves."""
    ctx, gone = context.read(), out_of_office()
    left = WorkItem.objects.filter(open=True, person__in=gone).exclude(rule__in=SIGNATURES)
    items = dict(left.values_list("pk", "case_id"))
    held = Case.objects.exclude(stage__in=OVER).filter(Q(handler__in=gone) | Q(clerk__in=gone))
    cases = set(held.values_list("pk", flat=True))
    locked, made = lock_cases(cases | {pk for pk in items.values() if pk}), Plan(ctx, SYSTEM)
    made.know(locked.values())
    before: dict[int | None, set[int]] = {}
    for pk in cases:
        before[pk] = _replace_gone(ctx, locked[pk], gone)
    for item in lock_items(items).values():
        before.setdefault(item.case_id, set()).add(item.person_id or 0)
        leader = ctx.roster.leader(item.team_id) if item.rule in PERSONAL else None
        made.move(item, item.team_id, leader or ctx.roster.first_assignee(item.team_id))
    lines = []
    for case_id, people in before.items():
        case = locked[case_id] if case_id else None
        names = "、".join(sorted(ctx.roster.name(pk) for pk in people))
        told = made.told(case) | ({"to": ctx.roster.name(case.handler_id)} if case else {})
        lines.append(journal.Line(case, "hand", "leaver", f"离岗移交：{names}已不在岗"[:200], told))
    journal.write(lines, SYSTEM)
    Case.objects.bulk_update([locked[pk] for pk in cases], ["handler", "clerk"], batch_size=1000)
    made.write()
    return len(items)


def out_of_office() -> list[int]:
    """Who has an account and, today, no posting; or whose account is switched off."""
    posted = Posting.objects.on(context.read().today).filter(person=OuterRef("pk"))
    return list(User.objects.exclude(Q(is_active=True) & Exists(posted)).values_list("pk", flat=True))


def _replace_gone(ctx: Context, case: Case, gone: list[int]) -> set[int]:
    """The leader and a clerk in turn where handler or clerk is gone; who they were."""
    were = {pk for pk in (case.handler_id, case.clerk_id) if pk in gone}
    if case.handler_id in gone:
        case.handler_id = ctx.roster.leader(case.team_id)
    if case.clerk_id in gone:
        case.clerk_id = ctx.roster.first_assignee(case.team_id or 0, "", case.pk)
    recused.replace(ctx, case)
    return {pk for pk in were if pk}
