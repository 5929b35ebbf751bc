"""Locks are taken Case → Approval → WorkItem, each by ascending key, so that nobody waits in a circle."""

from collections.abc import Iterable

from cases.models import Approval, Case, WorkItem

# Written out: each step begins with it, and composing the query costs more than running it.
LOCK = "SELECT * FROM cases_case WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"
OPEN_ITEMS = "SELECT * FROM cases_workitem WHERE case_id = ANY(%s) AND open ORDER BY id FOR NO KEY UPDATE"


def lock_cases(pks: Iterable[int]) -> dict[int, Case]:
    """Lock and load cases, `FOR NO KEY UPDATE`: rows that only point at them are not held up."""
    return {case.pk: case for case in Case.objects.raw(LOCK, [sorted(set(pks))])}


def lock_case(pk: int) -> Case:
    return lock_cases([pk])[pk]


def lock_approval(pk: int) -> Approval:
    return Approval.objects.select_for_update(no_key=True).get(pk=pk)


def lock_open_items(case_ids: Iterable[int]) -> list[WorkItem]:
    """Every open item of locked cases."""
    return list(WorkItem.objects.raw(OPEN_ITEMS, [sorted(set(case_ids))]))


def lock_items(pks: Iterable[int]) -> dict[int, WorkItem]:
    """Lock items, their cases first when they have one (the caller has locked those)."""
    rows = WorkItem.objects.filter(pk__in=set(pks)).order_by("pk").select_for_update(no_key=True)
    return {item.pk: item for item in rows}
