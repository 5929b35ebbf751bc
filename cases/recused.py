"""Who may have nothing to do with which case: asked wherever people are told of cases, and where sheets are signed."""

from collections.abc import Iterable
from datetime import date

from cases.models import CaseGrant

RECUSED = "recused_from_case"


def of_cases(case_ids: Iterable[int | None], day: date) -> dict[int, frozenset[int]]:
    """case → the officers recused from it on the day: one query for a list, none for an empty one."""
    wanted = {pk for pk in case_ids if pk}
    if not wanted:
        return {}
    rows = CaseGrant.objects.filter(content_object__in=wanted, permission__codename=RECUSED).exclude(until__lt=day)
    found: dict[int, set[int]] = {}
    for case_id, user_id in rows.values_list("content_object_id", "user_id"):
        found.setdefault(case_id, set()).add(user_id)
    return {case_id: frozenset(users) for case_id, users in found.items()}
