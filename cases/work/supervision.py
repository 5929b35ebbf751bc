"""督办: a work item of its own, not a second system."""

from datetime import date

from django.db import transaction

from cases import context, rights
from cases.models import Case, WorkItem
from cases.refusals import Refused
from cases.work.acts import open as open_item
from teams.actor import Actor
from teams.notices import tell


@transaction.atomic
def supervise(
    case: Case, person_id: int, team_id: int, text: str, by: Actor, *, reply_on: date | None = None
) -> WorkItem:
    """督办: the owner answers by a day (three working days unless set); the one who ordered it accepts the answer."""
    rights.require(by, case, "supervise")
    if not text.strip():
        raise Refused("请写明督办要求。")
    ctx = context.read()
    item = open_item(
        case,
        "supervision.reply",
        by,
        subject=f"supervision:{by.user_id}:{ctx.now:%Y%m%d%H%M%S}",
        title=f"督办：{text}"[:120],
        team_id=team_id,
        person_id=person_id,
        length=reply_on.isoformat() if reply_on else "3",
        urgent=True,
    )
    tell(
        [person_id],
        f"{by.label}督办：{text}",
        f"/items/{item.pk}/",
        key=f"supervise:{item.pk}",
        kind="nudge",
        sender=by.user_id,
    )
    return item
