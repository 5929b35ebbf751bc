"""What the rule cannot say: one person on one case may see, may work, or is recused; granted, journalled, ended.

Rows are django-guardian's, on a direct foreign key; `cases.rights` reads them with the standing of a case.
"""

from datetime import date

from django.contrib.auth.models import Permission
from django.db import transaction

from cases import context, journal, rights
from cases.locks import lock_case
from cases.models import Case, CaseGrant
from cases.refusals import Refused
from teams.actor import SYSTEM, Actor

LABELS = {"view_case": "可查看本案", "work_on_case": "可承办本案", "recused_from_case": "回避本案"}


@transaction.atomic
def grant(
    case: Case, user_id: int, permission: str, until: date | None, reason: str, by: Actor, *, by_step: bool = False
) -> CaseGrant:
    """Grant once; a repeat moves its end."""
    if permission not in LABELS or not reason.strip():
        raise Refused("请选择内容并写明原因。")
    ctx, locked = context.read(), lock_case(case.pk)
    if not by_step:
        rights.require(by, locked, "grant_exception")
    row, _ = CaseGrant.objects.update_or_create(
        content_object=locked,
        user_id=user_id,
        permission=Permission.objects.get(content_type__app_label="cases", codename=permission),
        defaults={"until": until, "reason": reason[:200], "granted_by_id": by.user_id, "granted_at": ctx.now},
    )
    facts = {"person": ctx.roster.name(user_id), "permission": permission, "until": str(until or ""), "reason": reason}
    journal.write(
        [journal.Line(locked, "right", "grant", f"{LABELS[permission]}：{ctx.roster.name(user_id)}", facts)], by
    )
    return row


@transaction.atomic
def revoke(row: CaseGrant, by: Actor) -> None:
    locked = lock_case(row.content_object_id)
    if by.user_id is not None:
        rights.require(by, locked, "grant_exception")
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
