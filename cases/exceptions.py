"""What the rule cannot say: one person on one case may see, may work, or is recused; granted, journalled, ended.

Rows are django-guardian's, on a direct foreign key; `cases.rights` reads them with the standing of a case.
"""

from datetime import date

from django.contrib.auth.models import Permission
from django.db import transaction

from cases import context, hooks, journal, recused, rights
from cases.context import Context
from cases.locks import lock_case, lock_items
from cases.models import Approval, Case, CaseGrant, WorkItem
from cases.refusals import Refused, Unseen
from cases.work.plan import Plan
from teams import notices
from teams.actor import SYSTEM, Actor

LABELS = {"view_case": "可查看本案", "work_on_case": "可承办本案", "recused_from_case": "回避本案"}
RECUSED = "recused_from_case"


@transaction.atomic
def grant(
    case: Case, user_id: int, permission: str, until: date | None, reason: str, by: Actor, *, by_step: bool = False
) -> CaseGrant:
    """Grant once; a repeat moves its end. Whoever is recused loses what he has of the case, in the same transaction."""
    if permission not in LABELS or not reason.strip():
        raise Refused("请选择内容并写明原因。")
    ctx, locked = context.read(), lock_case(case.pk)
    if until and until < ctx.today:
        raise Refused("截止日不能早于今日。")
    if not by_step:
        require_granter(by, locked)
    row, _ = CaseGrant.objects.update_or_create(
        content_object=locked,
        user_id=user_id,
        permission=Permission.objects.get(content_type__app_label="cases", codename=permission),
        defaults={"until": until, "reason": reason[:200], "granted_by_id": by.user_id, "granted_at": ctx.now},
    )
    facts = {"person": ctx.roster.name(user_id), "permission": permission, "until": str(until or ""), "reason": reason}
    line = journal.Line(locked, "right", "grant", f"{LABELS[permission]}：{ctx.roster.name(user_id)}", facts)
    journal.write([line], by)
    if permission == RECUSED:
        locked.recused_ids = {*(locked.recused_ids or ()), user_id}
        _take_away(ctx, locked, user_id, by)
    return row


def require_granter(by: Actor, case: Case) -> None:
    """The heads name people on a confidential case by its number, without seeing it; on others they must view it."""
    if by.user_id is None:
        return
    if case.confidential and not case.state_secret:
        if rights.standings(by, [case])[case.pk].recused:
            raise Unseen(case.number)
        rights.require_office(by, "grant_exception")
        return
    rights.require(by, case, "grant_exception")


def _take_away(ctx: Context, case: Case, user_id: int, by: Actor) -> None:
    """The recused officer's part of the case goes to a colleague; his notices of it are gone; sheets follow (hook)."""
    made = Plan(ctx, by)
    WorkItem.objects.filter(case=case, covered_for_id=user_id, open=True).update(covered_for=None)  # never back to him
    mine = WorkItem.objects.filter(case=case, person_id=user_id, open=True).values_list("pk", flat=True)
    held = list(lock_items(mine).values())
    for item in held:
        item.case = case
        made.move(item, item.team_id, recused.instead(ctx, case, item.team_id, recused.of_case(case, ctx.today)))
    if changed := recused.replace(ctx, case):
        Case.objects.filter(pk=case.pk).update(**{name: getattr(case, name) for name in changed})
    if held or changed:
        told = {"person": ctx.roster.name(user_id), "to": ctx.roster.name(case.handler_id), **made.told(case)}
        journal.write([journal.Line(case, "hand", "recused", "回避移交", told)], by)
        made.write()
    notices.forget(user_id, addresses(case))
    for hook in hooks.of("recused"):
        hook(case, user_id, by)


def addresses(case: Case) -> list[str]:
    """Where a notice of this case leads: the case, its items, its sheets."""
    items = WorkItem.objects.filter(case=case).values_list("pk", flat=True)
    sheets = Approval.objects.filter(case=case).values_list("pk", flat=True)
    return [f"/cases/{case.pk}/", *(f"/items/{pk}/" for pk in items), *(f"/approvals/{pk}/" for pk in sheets)]


@transaction.atomic
def revoke(row: CaseGrant, by: Actor) -> None:
    locked = lock_case(row.content_object_id)
    require_granter(by, locked)
    label, name = LABELS[row.permission.codename], context.read().roster.name(row.user_id)
    row.delete()
    journal.write([journal.Line(locked, "right", "revoke", f"撤销{label}：{name}", {"person": name})], by)


def end_expired() -> int:
    """Delete grants that have run out; called by the sweep."""
    rows = list(
        CaseGrant.objects.filter(until__lt=context.read().today)
        .select_related("permission")
        .order_by("content_object_id")[:500]
    )
    for row in rows:
        revoke(row, SYSTEM)
    return len(rows)
