"""The list of operators, those of today first."""

from assets.models import Operator
from cases import context, rights
from teams.actor import Actor


def page(actor: Actor) -> dict:
    ctx = context.read()
    rows = Operator.objects.select_related("user", "by").order_by("-until", "-pk")[:200]
    found = [
        {
            "id": row.pk,
            "name": row.user.name,
            "number": row.user.staff_number,
            "reported": row.reported_on,
            "until": row.until,
            "note": row.note,
            "by": row.by.name,
            "current": row.reported_on <= ctx.today and (row.until is None or row.until >= ctx.today),
        }
        for row in rows
    ]
    return {
        "rows": sorted(found, key=lambda row: not row["current"]),
        "may": rights.may_office(actor, "query_operators"),
    }
