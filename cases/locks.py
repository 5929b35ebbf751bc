"""Locks are taken Case → Approval → WorkItem, each by ascending key, so that nobody waits in a circle."""

from collections.abc import Iterable

from cases.models import Approval, Case, WorkItem


def lock_cases(pks: Iterable[int]) -> dict[int, Case]:
    """Lock and load cases, `FOR NO KEY UPDATE`: rows that only point at them are not held up."""
    rows = Case.objects.filter(pk__in=set(pks)).order_by("pk").select_for_update(no_key=True)
    return {case.pk: case for case in rows}


def lock_case(pk: int) -> Case:
    return lock_cases([pk])[pk]


def lock_approval(pk: int) -> Approval:
    return Approval.objects.select_for_update(no_key=True).get(pk=pk)


def lock_items(pks: Iterable[int]) -> dict[int, WorkItem]:
    """Lock items, their cases first when they have one (the caller has locked those)."""
    rows = WorkItem.objects.filter(pk__in=set(pks)).order_by("pk").select_for_update(no_key=True)
    return {item.pk: item for item in rows}
