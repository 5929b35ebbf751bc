"""催办 and its answer: whoever is reminded says that he knows and when he will; whoever reminded reads it."""

from django.db import transaction
from django.db.models import QuerySet

from cases import context, journal
from cases.models import WorkItem
from cases.refusals import Refused, Stale
from cases.work.acts import lock, require
from teams.actor import Actor
from teams.models import Notice
from teams.notices import tell


def sent(item: WorkItem) -> QuerySet[Notice]:
    """Every reminder of the item by an officer; an order of 督办 has its own answer."""
    return Notice.objects.filter(kind="nudge", url=f"/items/{item.pk}/", sender__isnull=False, key="")


def last_nudge(item: WorkItem) -> Notice | None:
    """The latest reminder its person was sent of this item."""
    return sent(item).filter(person_id=item.person_id).order_by("-id").first()


def unanswered(item: WorkItem) -> QuerySet[Notice]:
    return sent(item).filter(answered_at__isnull=True).order_by("id")


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


@transaction.atomic
def answer_nudge(item: WorkItem, text: str, by: Actor) -> None:
    """已知悉: the item's person answers every reminder of it that waits, in his own words; once."""
    (fresh,) = lock([item])
    require(fresh, by, "answer_nudge")
    if fresh.person_id != by.user_id:
        raise Refused(f"「{fresh.title}」由{context.read().roster.name(fresh.person_id)}办理，由其回复催办。")
    if not text.strip():
        raise Refused("请写明何时办结，或者有什么困难。")
    waiting = list(unanswered(fresh).select_for_update())
    if not waiting:
        raise Stale(f"「{fresh.title}」没有待回复的催办。")
    now, said = context.read().now, text.strip()[:200]
    unanswered(fresh).update(answer=said, answered_at=now)
    sent(fresh).filter(person_id=by.user_id, read_at__isnull=True).update(read_at=now)
    journal.write([journal.Line(fresh.case, "hand", fresh.rule, f"回复催办：{fresh.title}", {"text": said})], by)
    asked = sorted({notice.sender_id for notice in waiting if notice.sender_id})
    tell(asked, f"{by.label}{by.name}已知悉「{fresh.title}」的催办：{said}", f"/items/{fresh.pk}/", kind="result")
