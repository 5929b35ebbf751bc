"""查控专员: the list reported to the upper court. Whoever is not on it lets nothing leave."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from assets.models import Operator
from cases import context, journal, rights
from cases.hooks import Reason
from cases.refusals import Refused, Stale
from teams.actor import Actor
from teams.models import User


def on(day: date) -> QuerySet[Operator]:
    return Operator.objects.filter(reported_on__lte=day).filter(Q(until=None) | Q(until__gte=day))


def is_one(user_id: int | None, day: date) -> bool:
    return on(day).filter(user_id=user_id).exists()


def require(by: Actor) -> None:
    """Deny by default: the right of table 2, and the list."""
    rights.require_office(by, "network_query")
    if not is_one(by.user_id, context.read().today):
        raise Refused(
            Reason(
                f"{by.name}不在已报备的查控专员名单，不能发出网络查询、冻结：请局长在名单中登记报备。",
                "名单",
                "/assets/operators/",
            )
        )


@transaction.atomic
def report(person: User, reported_on: date, note: str, by: Actor) -> Operator:
    """Put somebody on the list, as it was reported."""
    rights.require_office(by, "query_operators")
    if not note.strip():
        raise Refused("请填写报备文号或说明。")
    try:
        with transaction.atomic():
            row = Operator.objects.create(
                user=person, reported_on=reported_on, note=note.strip()[:100], by_id=by.user_id
            )
    except IntegrityError:
        raise Stale(f"{person.name}已在名单中。") from None
    _line("operator.add", f"报备查控专员：{person.name}", {"person": person.pk, "note": row.note}, by)
    return row


@transaction.atomic
def strike(row: Operator, by: Actor) -> None:
    """He sends nothing more from now on; what he sent stays his."""
    rights.require_office(by, "query_operators")
    fresh = Operator.objects.select_for_update().get(pk=row.pk)
    if fresh.until is not None:
        raise Stale(f"{fresh.user.name}已不在名单中。")
    yesterday = date.fromordinal(context.read().today.toordinal() - 1)
    if fresh.reported_on > yesterday:
        fresh.delete()
    else:
        fresh.until = yesterday
        fresh.save(update_fields=["until"])
    _line("operator.end", f"撤销查控专员：{row.user.name}", {"person": row.user_id}, by)


def _line(key: str, text: str, facts: dict, by: Actor) -> None:
    journal.write([journal.Line(None, "query", key, text, facts)], by)
