"""No triage without its decision on record: whoever takes the step, the row is written here, in the same transaction."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Exists, OuterRef

from cases import context
from cases.models import Case, JournalEntry
from cases.workflow import Stage
from quality import criteria, evidence
from quality.criteria import FAST, REGULAR
from quality.models import TriageDecision
from teams.actor import Actor

STEPS = ("triage_fast", "triage_regular")
UNREASONED = "未经繁简分流页，直接指定承办团队"
_decided: ContextVar[dict[int, TriageDecision] | None] = ContextVar("decided", default=None)


@contextmanager
def decided(rows: dict[int, TriageDecision]) -> Iterator[None]:
    """Within it the step writes these decisions, one for each case that is let through."""
    before = _decided.set(rows)
    try:
        yield
    finally:
        _decided.reset(before)


def write(cases: list[Case], by: Actor) -> None:
    """After the step: what was decided on the page of triage, or a team named by hand with the step's own reason."""
    known, now = _decided.get() or {}, context.read().now
    others = [case for case in cases if case.pk not in known]
    rows = [known[case.pk] for case in cases if case.pk in known] + by_hand(others, by)
    for row in rows:
        row.at = now
    TriageDecision.objects.bulk_create(rows)


def by_hand(cases: list[Case], by: Actor) -> list[TriageDecision]:
    if not cases:
        return []
    said = JournalEntry.objects.filter(case__in=[case.pk for case in cases], what="step", key__in=STEPS)
    reasons = dict(said.filter(facts__has_key="reason").order_by("id").values_list("case_id", "facts__reason"))
    proposed = {pk: criteria.propose(found) for pk, found in evidence.of_cases(cases).items()}
    return [
        TriageDecision(
            case=case, proposed=proposed[case.pk].track, criterion=proposed[case.pk].criterion.key,
            certain=proposed[case.pk].certain, reasons=proposed[case.pk].reasons,
            track=FAST if case.stage == Stage.FAST else REGULAR, reason=(reasons.get(case.pk) or UNREASONED)[:200],
            team_id=case.team_id, how=TriageDecision.How.HAND, by_id=by.user_id,
        )
        for case in cases
    ]  # fmt: skip


def missing() -> Iterable[tuple[int, str]]:
    """Cases that took the step and have no decision: there are none. Cases taken over at a later stage took no step."""
    there = TriageDecision.objects.filter(case=OuterRef("case"))
    steps = JournalEntry.objects.filter(what="step", key__in=STEPS).exclude(Exists(there))
    return steps.values_list("case_id", "case__number").distinct()
