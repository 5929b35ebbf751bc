"""撤销 of what one may take back at once (ux §4.13): an item given within the team, a wait.

The offer is a signed text that travels with the toast: nothing is stored, and it is worth nothing to another officer,
after ten minutes, or once somebody has gone on with the item. Taking back is the same act the other way, with the
same rights and its own line in the journal.
"""

from collections.abc import Iterable

from django.core import signing

from cases import work
from cases.models import WorkItem
from cases.refusals import Forbidden, Refused, Stale, Unseen
from teams.actor import Actor

KEPT = 600  # seconds
SALT = "cases.undo"


def offer(act: str, given: Iterable[tuple[int, int | None, int | None]], by: Actor) -> str:
    """`act`: assign or wait; `given`: (item, whose it was, whose it is). The text goes into a message's extra tags."""
    return f"undo:{signing.dumps([by.user_id, act, [list(row) for row in given]], salt=SALT, compress=True)}"


def undo(text: str, by: Actor) -> int:
    """Take back what still stands as it was left; how many. Raises Refused when nothing can be taken back."""
    try:
        user, act, given = signing.loads(text, salt=SALT, max_age=KEPT)
    except signing.BadSignature as error:
        raise Refused("已超过可撤销的时间：请在事项页面重新转交或结束等待。") from error
    if user != by.user_id or act not in ("assign", "wait"):
        raise Refused("只有办理人本人可以撤销。")
    items = {
        item.pk: item for item in WorkItem.objects.filter(pk__in=[pk for pk, _, _ in given]).select_related("case")
    }
    done = sum(_one(items.get(pk), act, before, after, by) for pk, before, after in given)
    if not done:
        raise Refused("事项已由他人继续办理，不能撤销。")
    return done


def _one(item: WorkItem | None, act: str, before: int | None, after: int | None, by: Actor) -> bool:
    if item is None or before is None or not item.open or item.person_id != after:
        return False
    try:
        if act == "wait":
            work.recall(item, by)
        else:
            work.assign(item, before, by)
    except (Refused, Forbidden, Stale, Unseen):
        return False
    return True
