"""What becomes of a measure in force: released or lapsed as an event states, lapsed by itself after its printed end."""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat

from assets.models import ControlMeasure
from cases import context
from cases.invariants import Finding
from cases.models import WorkItem
from cases.work.events import Event

State = ControlMeasure.State
TERMS = ("measure.deposit", "measure.movable", "measure.real_estate", "measure.other_right")


def ended(events: Iterable[Event], state: str) -> None:
    """登记事件 on `measure:17`, by whichever page: the measure follows."""
    keys = [event.subject.removeprefix("measure:") for event in events if event.subject.startswith("measure:")]
    cases = {event.case.pk for event in events}
    rows = ControlMeasure.objects.filter(pk__in=[int(key) for key in keys if key.isdigit()], case__in=cases)
    rows.filter(state__in=(State.EFFECTIVE, State.WAITING)).update(state=state)


def lapse() -> int:
    """The printed end has passed: no day is added for a rest day, and the room in the claim is free again."""
    rows = ControlMeasure.objects.filter(state=State.EFFECTIVE, ends_on__lt=context.read().today)
    return rows.update(state=State.LAPSED)


def unwatched() -> Iterator[Finding]:
    """Each freeze in force has the item that watches its end."""
    item = WorkItem.objects.filter(case=OuterRef("case"), rule__in=TERMS, open=True, subject=OuterRef("watch"))
    watch = Concat(Value("measure:"), Cast("pk", CharField()))
    rows = ControlMeasure.objects.filter(state=State.EFFECTIVE, kind="freeze", ends_on__gte=context.read().today)
    for case_id, title in rows.annotate(watch=watch).exclude(Exists(item)).values_list("case_id", "asset__title"):
        yield Finding(f"「{title}」的冻结没有到期提醒", f"/cases/{case_id}/?tab=assets")
