"""Who asked for a job: the worker acts as him, at the posting he asked from."""

from cases import context
from cases.models import Job
from teams.actor import Actor
from teams.models import Posting, User


def asked_from(by: Actor) -> dict[str, int | None]:
    """What the payload of a job keeps of him."""
    return {"posting": by.posting.pk if by.posting else None}


def actor_of(job: Job) -> Actor:
    posting = Posting.objects.filter(pk=job.payload.get("posting")).select_related("team").first()
    return Actor.of(User.objects.get(pk=job.by_id), posting, context.read().today)
