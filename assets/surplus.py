"""超标的: frozen money beyond what the case claims is released without delay (查扣冻规定第19条). A carry-over can bring it."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Sum

from assets import freezing
from assets.models import ControlMeasure
from assets.models.measure import COUNTED
from cases import context, work
from cases.amounts import yuan
from cases.models import Case, WorkItem
from teams.actor import SYSTEM, Actor

RULE, SUBJECT = "over.seal_release", "surplus"
ZERO = Decimal(0)


def frozen(case: Case) -> Decimal:
    rows = ControlMeasure.objects.filter(case=case, kind="freeze", state__in=COUNTED)
    return rows.aggregate(total=Sum("amount"))["total"] or ZERO


def of(case: Case, coming: Decimal = ZERO) -> Decimal:
    """By how much what is frozen, with what is `coming`, exceeds what the case still claims."""
    return max(frozen(case) + coming - freezing.owed(case), ZERO)


def found(case: Case, by: Actor) -> Decimal:
    """Whoever holds the case gets the duty to release it, with the figures."""
    if over := of(case):
        facts = {"frozen": yuan(frozen(case)), "owed": yuan(freezing.owed(case)), "over": yuan(over)}
        now = context.read().now
        work.record_event(case, "over_sealing_found", now, by, subject=SUBJECT, facts=facts)
    return over


def settle(cases: Iterable[Case], why: str) -> None:
    """Where nothing exceeds the claim any longer, nobody owes it."""
    rows = WorkItem.objects.filter(case__in=list(cases), rule=RULE, subject=SUBJECT, open=True).select_related("case")
    if settled := [item for item in rows if item.case and not of(item.case)]:
        work.finish(settled, SYSTEM, note=why)
