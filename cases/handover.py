"""离岗交接, the cases' side: what a leaver holds, as numbers and dates, and its move to a successor.

The administrator sees labels, counts and the earliest due day; never a case number or a party.
"""

from datetime import date

from django.db.models import Count, Min

from cases import context, hooks, journal, signing
from cases.locks import lock_cases, lock_items
from cases.models import ApprovalPlace, Case, WorkItem
from cases.refusals import Refused
from cases.work.plan import Plan
from cases.workflow import Stage
from teams.actor import Actor
from teams.models import User

OVER = (Stage.ARCHIVED, Stage.VOID)
Line = tuple[str, int, date | None]


def preview(person: User) -> list[Line]:
    """(label, count, earliest due day) of everything open in the person's name."""
    items = WorkItem.objects.filter(person=person, open=True)
    places = ApprovalPlace.objects.filter(signer=person, state="waiting")
    rows: list[Line] = []
    by_rule = items.values("rule").annotate(n=Count("id"), due=Min("due_on")).order_by("due", "rule")
    from cases.deadlines import RULE

    rows += [(RULE[row["rule"]].label, row["n"], row["due"]) for row in by_rule]
    rows.append(("承办案件", cases_of(person).count(), None))
    rows.append(("待签审批", places.count(), None))
    for hook in hooks.of("handover"):
        rows += hook(person, None, True)
    return [row for row in rows if row[1]]


def cases_of(person: User):
    open_cases = Case.objects.exclude(stage__in=OVER)
    return (open_cases.filter(handler=person) | open_cases.filter(clerk=person)).order_by("pk")


def hand_over(person: User, successor: User | None, by: Actor) -> list[Line]:
    """Move all of it inside the caller's transaction; each case's chain tells it. Returns what was moved."""
    moved = preview(person)
    if moved and successor is None:
        raise Refused(f"{person.name}还有未办事项，请选择接任人。")
    if not moved:
        return []
    ctx = context.read()
    item_pks = list(WorkItem.objects.filter(person=person, open=True).values_list("pk", flat=True))
    touched = set(WorkItem.objects.filter(pk__in=item_pks, case__isnull=False).values_list("case_id", flat=True))
    locked = lock_cases(touched | set(cases_of(person).values_list("pk", flat=True)))
    items, made = lock_items(item_pks).values(), Plan(ctx, by)
    for item in items:
        made.move(item, item.team_id, successor.pk)
    lines = [
        journal.Line(case, "hand", "leaver", f"离岗交接：{person.name} → {successor.name}", {"to": successor.name})
        for case in locked.values()
    ]
    journal.write(
        [
            *lines,
            journal.Line(
                None, "hand", "leaver", f"离岗交接：{person.name}", {"items": len(items), "cases": len(locked)}
            ),
        ],
        by,
    )
    Case.objects.filter(pk__in=locked, handler=person).update(handler=successor)
    Case.objects.filter(pk__in=locked, clerk=person).update(clerk=successor)
    made.write()
    signing.reroute(person, by)
    for hook in hooks.of("handover"):
        hook(person, successor, False)
    return moved
