"""团队事务: a work item without a case, opened by the team itself (flow §1)."""

from datetime import date
from uuid import uuid4

from django.db import transaction

from cases import context, rights
from cases.models import WorkItem
from cases.refusals import Refused
from cases.work import acts
from teams.actor import Actor
from teams.notices import tell


@transaction.atomic
def open_chore(
    rule: str, by: Actor, *, title: str, person_id: int | None = None, due_on: date | None = None, urgent: bool = False
) -> WorkItem:
    """Open it for somebody of one's own team, by a day or without one."""
    rights.require_office(by, "new_item")
    ctx = context.read()
    person_id = person_id or by.user_id
    if person_id not in {member.user_id for member in ctx.roster.members(by.team_id)}:
        raise Refused("只能交给本团队的人员：请在名单中选择。")
    item = acts.open(
        None,
        rule,
        by,
        subject=f"chore:{uuid4().hex[:12]}",
        title=title[:120],
        team_id=by.team_id,
        person_id=person_id,
        length=due_on.isoformat() if due_on else "",
        urgent=urgent,
    )
    if item.person_id != by.user_id:
        tell([item.person_id], f"{by.label}交办：{item.title}", f"/items/{item.pk}/")
    return item
