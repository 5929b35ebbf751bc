"""Locks are taken Case → Approval → WorkItem, each by ascending key, so that nobody waits in a circle."""

from collections.abc import Iterable

from cases import clock
from cases.models import Approval, Case, WorkItem
from cases.statements import Statement, instances, together

LOCK = Statement("lock_cases", "SELECT id FROM cases_case WHERE id = ANY(%s::bigint[]) ORDER BY id FOR NO KEY UPDATE")
# Sent with the lock, and read once it is held: a recusal for which the lock had to wait is seen.
READ = Statement(
    "locked_cases",
    "SELECT c.*, ARRAY(SELECT g.user_id FROM cases_casegrant g JOIN auth_permission q ON q.id = g.permission_id"
    "  WHERE g.content_object_id = c.id AND q.codename = 'recused_from_case' AND (g.until IS NULL OR g.until >= %s::date)"
    " ) AS recused_ids FROM cases_case c WHERE c.id = ANY(%s::bigint[]) ORDER BY c.id",
)
# Without the derivation, the one long column: it loads by itself where it is read.
ITEM = ", ".join(field.column for field in WorkItem._meta.concrete_fields if field.name != "derivation")
OPEN_ITEMS = Statement(
    "lock_open_items",
    f"SELECT {ITEM} FROM cases_workitem WHERE case_id = ANY(%s::bigint[]) AND open ORDER BY id FOR NO KEY UPDATE",
)


def lock_cases(pks: Iterable[int]) -> dict[int, Case]:
    """Lock and load cases, `FOR NO KEY UPDATE`: rows that only point at them are not held up. Each knows who is
    recused from it."""
    wanted = sorted(set(pks))
    with together((LOCK, [wanted]), (READ, [clock.today(), wanted])) as cursor:
        return {case.pk: case for case in instances(Case, cursor)}


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
