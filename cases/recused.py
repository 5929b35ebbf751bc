"""Who may have nothing to do with which case: asked wherever people are told of cases, and where sheets are signed."""

from collections.abc import Collection, Iterable
from datetime import date

from cases.context import Context
from cases.models import Case, CaseGrant
from cases.rights import OUTSIDE

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


def of_case(case: Case, day: date) -> Collection[int]:
    """The same of one case; one that was locked knows it."""
    return of_cases([case.pk], day).get(case.pk, ()) if case.recused_ids is None else case.recused_ids


def instead(ctx: Context, case: Case, team_id: int | None, barred: Collection[int]) -> int | None:
    """Who of the team takes over: its handler or clerk of the case, its leader, somebody present; none who is barred."""
    members = [member.user_id for member in ctx.roster.members(team_id) if member.post not in OUTSIDE]
    wanted = [case.handler_id, case.clerk_id, ctx.roster.leader(team_id), *members]
    fit = [pk for pk in wanted if pk in members and pk not in barred]
    return next((pk for pk in fit if not ctx.roster.away(pk)), fit[0] if fit else None)


def replace(ctx: Context, case: Case) -> list[str]:
    """Put somebody else where handler or clerk of the case is recused from it; which of the two that was."""
    barred = of_case(case, ctx.today)
    changed = [name for name in ("handler_id", "clerk_id") if getattr(case, name) in barred]
    for name in changed:
        setattr(case, name, instead(ctx, case, case.team_id, barred))
    return changed
