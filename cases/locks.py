"""Locks are taken Case → Approval → WorkItem, each by ascending key, so that nobody waits in a circle."""

from collections.abc import Iterable

from cases.models import Approval, Case, WorkItem
from cases.statements import Statement

LOCK = Statement("lock_cases", "SELECT * FROM cases_case WHERE id = ANY(%s::bigint[]) ORDER BY id FOR NO KEY UPDATE")
# Without the derivation, the one long column: it loads by itself where it is read.
ITEM = ", ".join(field.column for field in WorkItem._meta.concrete_fields if field.name != "derivation")
OPEN_ITEMS = Statement(
    "lock_open_items",
    f"SELECT {ITEM} FROM cases_workitem WHERE case_id = ANY(%s::bigint[]) AND open ORDER BY id FOR NO KEY UPDATE",
)


def lock_cases(pks: Iterable[int]) -> dict[int, Case]:
    """Lock and load cases, `FOR NO KEY UPDATE`: rows that only point at them are not held up."""
    return {case.pk: case for case in LOCK.load(Case, sorted(set(pks)))}


def lock_case(pk: int) -> Case:
    return lock_cases([pk])[pk]


def lock_approval(pk: int) -> Approval:
    return Approval.objects.select_for_update(no_key=True).get(pk=pk)


def lock_open_items(case_ids: Iterable[int]) -> list[WorkItem]:
    """Every open item of locked cases."""
    return OPEN_ITEMS.load(WorkItem, sorted(set(case_ids)))


def lock_items(pks: Iterable[int]) -> dict[int, WorkItem]:
    """Lock items, their cases first when they have one (the caller has locked those)."""
    rows = WorkItem.objects.filter(pk__in=set(pks)).order_by("pk").select_for_update(no_key=True)
    return {item.pk: item for item in rows}
