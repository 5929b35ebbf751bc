"""到场取号: numbers of the day, given once however many clerks press at the same moment."""

from django.db import IntegrityError, transaction
from django.db.models import Max

from cases import context, rights
from cases.locks import lock_case
from cases.models import Case
from cases.present import present
from cases.refusals import Refused
from reception.models import Arrival
from teams.actor import Actor

TRIES = 20


@transaction.atomic
def arrive(case: Case, by: Actor) -> Arrival:
    """The next number; whoever of this case waits already keeps his."""
    ctx, fresh = context.read(), lock_case(case.pk)
    rights.require(by, fresh, "later_visit")
    waits = Arrival.objects.filter(case=fresh, served_at=None).first()
    if waits and waits.day == ctx.today:
        return waits
    if waits:  # of another day: nobody waits overnight
        Arrival.objects.filter(pk=waits.pk).update(served_at=waits.at)
    for _ in range(TRIES):
        last = Arrival.objects.filter(day=ctx.today).aggregate(last=Max("number"))["last"] or 0
        try:
            with transaction.atomic():
                return Arrival.objects.create(
                    case=fresh, day=ctx.today, number=last + 1, at=ctx.now, by_id=present(by.user_id)
                )
        except IntegrityError:
            continue  # a colleague took the number this moment
    raise Refused("取号的人太多，请再点一次。")
