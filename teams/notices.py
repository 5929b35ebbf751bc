"""The one way to tell people something inside the program."""

from collections.abc import Iterable

from django.db.models import QuerySet

from teams import moment, preferences
from teams.models import Notice, User


def tell(
    people: Iterable[User | int | None],
    text: str,
    url: str = "",
    key: str = "",
    kind: str = "",
    sender: int | None = None,
) -> int:
    """Put a line in the inbox of each and say to how many; with a key it reaches each person once.

    `sender`: the officer who reminds, where one does; so that he sees what nobody has answered.
    """
    now = moment.now()
    keys = dict.fromkeys(getattr(person, "pk", person) for person in people if person)
    if key:
        told = set(Notice.objects.filter(key=key, person__in=keys).values_list("person_id", flat=True))
        keys = [pk for pk in keys if pk not in told]  # type: ignore[assignment]
    Notice.objects.bulk_create(
        [
            Notice(
                person_id=pk,
                sender_id=sender,
                text=text[:300],
                url=url,
                key=key,
                kind=kind or Notice.Kind.NOTICE,
                created_at=now,
            )
            for pk in keys
        ],
        ignore_conflicts=True,
    )
    return len(keys)


def waiting(user_id: int) -> QuerySet[Notice]:
    """What waits unread; kinds the officer has muted wait without being counted."""
    rows = Notice.objects.filter(person=user_id, read_at__isnull=True)
    muted = preferences.of_key(user_id).muted
    return rows.exclude(kind__in=muted) if muted else rows


def forget(user_id: int, urls: Iterable[str]) -> int:
    """Take lines out of one person's inbox: what they tell of is no longer his to know."""
    return Notice.objects.filter(person=user_id, url__in=list(urls)).delete()[0]


def unread(user_id: int, cap: int = 100) -> int:
    """How many lines wait unread, counted no further than the cap."""
    return waiting(user_id)[:cap].count()


def urgent(user_id: int, cap: int = 100) -> int:
    """How many of them are 催办, 督办 or 急办."""
    return waiting(user_id).filter(kind__in=Notice.URGENT)[:cap].count()


def page(user_id: int, before: int | None = None, size: int = 50, *, tab: str = "") -> tuple[list[Notice], int | None]:
    """The newest lines below a key (all, `unread` or `urgent` ones), and the key to go on from."""
    rows = Notice.objects.filter(person=user_id).order_by("-id")
    if tab == "unread":
        rows = rows.filter(read_at__isnull=True)
    if tab == "urgent":
        rows = rows.filter(kind__in=Notice.URGENT)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else None


def mark_read(user_id: int, keys: Iterable[int] | None = None) -> int:
    """Mark the given lines, or all of them, as read."""
    rows = Notice.objects.filter(person=user_id, read_at__isnull=True)
    if keys is not None:
        rows = rows.filter(pk__in=list(keys))
    return rows.update(read_at=moment.now())
