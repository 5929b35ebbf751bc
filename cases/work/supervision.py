"""督办 and 催办: work items of their own, not a second system."""

from datetime import date

from django.db import transaction

from cases import context, journal, rights
from cases.models import Case, WorkItem
from cases.refusals import Refused, Stale
from cases.work.acts import lock, require
from cases.work.acts import open as open_item
from teams.actor import Actor
from teams.models import Notice
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


def last_nudge(item: WorkItem) -> Notice | None:
    """The latest reminder its person was sent of this item."""
    sent = Notice.objects.filter(person_id=item.person_id, kind="nudge", url=f"/items/{item.pk}/")
    return sent.order_by("-id").first()


@transaction.atomic
def nudge(item: WorkItem, text: str, by: Actor, *, expected: int | None = None) -> None:
    """催办: one notice to the item's person, journalled; Stale when he is no longer the one `expected`."""
    (fresh,) = lock([item])
    require(fresh, by, "nudge")
    if fresh.person_id == by.user_id:
        raise Refused(f"「{fresh.title}」由您本人办理，不必催办：请办结、转交或写明等待。")
    if expected is not None and fresh.person_id != expected:
        raise Stale(f"「{fresh.title}」已转由{context.read().roster.name(fresh.person_id)}办理：请核对后再催办。")
    facts = {"text": text, "person": context.read().roster.name(fresh.person_id)}
    journal.write([journal.Line(fresh.case, "hand", fresh.rule, f"催办：{fresh.title}", facts)], by)
    tell(
        [fresh.person_id],
        f"{by.label}催办：{text or fresh.title}",
        f"/items/{fresh.pk}/",
        kind="nudge",
        sender=by.user_id,
    )
