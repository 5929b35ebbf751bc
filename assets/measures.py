"""What becomes of a measure in force: released or lapsed as an event states, lapsed by itself after its printed end."""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat

from assets.models import ControlMeasure
from cases import context, journal
from cases.hooks import Measure
from cases.invariants import Finding
from cases.locks import lock_cases
from cases.models import Case, WorkItem
from cases.periods import local
from cases.work.events import Event
from teams.actor import SYSTEM

State = ControlMeasure.State
OVER = (State.RELEASED, State.LAPSED)
STEP = 500  # measures of one transaction
TERMS = ("measure.deposit", "measure.movable", "measure.real_estate", "measure.other_right")


def taken(case: Case) -> list[Measure]:
    """What took effect or waits in its rank, and what became of it; what was refused or never sent is no measure."""
    rows = ControlMeasure.objects.filter(case=case, state__in=(State.EFFECTIVE, State.WAITING, *OVER))
    return [_said(row) for row in rows.select_related("asset").order_by("pk")]


def _said(row: ControlMeasure) -> Measure:
    waits = row.state == State.WAITING
    state = f"轮候（第 {row.rank} 顺位）" if waits else row.get_state_display()
    title = f"{row.get_kind_display()}：{row.asset.title}{'（仅登记，未实际扣押）' if row.paper_only else ''}"
    on = row.effective_on or row.starts_on or row.ordered_on or local(row.made_at).date()
    return Measure(row.subject, title, state, row.state not in OVER, on, row.ends_on, waits)


def ended(events: Iterable[Event], state: str) -> None:
    """登记事件 on `measure:17`, by whichever page: the measure follows."""
    keys = [event.subject.removeprefix("measure:") for event in events if event.subject.startswith("measure:")]
    cases = {event.case.pk for event in events}
    rows = ControlMeasure.objects.filter(pk__in=[int(key) for key in keys if key.isdigit()], case__in=cases)
    rows.filter(state__in=(State.EFFECTIVE, State.WAITING)).update(state=state)


def lapse() -> int:
    """The printed end has passed: no day is added for a rest day, and the room in the claim is free again."""
    done = some = _lapse_some()
    while some == STEP:
        some = _lapse_some()
        done += some
    return done


@transaction.atomic
def _lapse_some() -> int:
    """A few hundred by the same few statements, with a line each in the journal of their cases."""
    due = ControlMeasure.objects.filter(state=State.EFFECTIVE, ends_on__lt=context.read().today)
    ids = list(due.order_by("ends_on", "pk").values_list("pk", "case_id")[:STEP])
    cases = lock_cases(case_id for _, case_id in ids)
    held = due.filter(pk__in=[pk for pk, _ in ids]).select_related("asset").order_by("pk")
    rows = [row for row in held.select_for_update(no_key=True, of=("self",)) if row.case_id in cases]
    ControlMeasure.objects.filter(pk__in=[row.pk for row in rows]).update(state=State.LAPSED)
    lines = [
        journal.Line(
            cases[row.case_id], "measure", "lapsed", f"{row.get_kind_display()}期满失效：{row.asset.title}",
            {"measure": row.pk, "ends": str(row.ends_on)},
        )
        for row in rows
    ]  # fmt: skip
    journal.write(lines, SYSTEM)
    return len(rows)


def unwatched() -> Iterator[Finding]:
    """Each freeze in force has the item that watches its end."""
    item = WorkItem.objects.filter(case=OuterRef("case"), rule__in=TERMS, open=True, subject=OuterRef("watch"))
    watch = Concat(Value("measure:"), Cast("pk", CharField()))
    rows = ControlMeasure.objects.filter(state=State.EFFECTIVE, kind="freeze", ends_on__gte=context.read().today)
    for case_id, title in rows.annotate(watch=watch).exclude(Exists(item)).values_list("case_id", "asset__title"):
        yield Finding(f"「{title}」的冻结没有到期提醒", f"/cases/{case_id}/?tab=assets")
