"""Cases on their way to 繁简分流, and who decides there."""

from cases import clock, steps, work
from cases.models import Case, WorkItem
from teams.actor import SYSTEM
from tests import make
from tests.cases.signing_helpers import fresh


def clerk(nth: int = 0):
    return make.actor("quality", "clerk", nth=nth)


def passed_on(how_many: int = 1, **given) -> list[Case]:
    """Cases in 文书查控, with nothing done there yet."""
    cases = make.cases(how_many, **given)
    for item in WorkItem.objects.filter(case__in=cases, rule="reception.first_day"):
        for part in work.PARTS[item.rule]:
            item.ticks.create(rule=part, state="done", happened_at=clock.now(), entered_at=clock.now())
    return steps.take_steps(cases, "pass_on", SYSTEM).taken


def ready(how_many: int = 1, *, answered: bool = True, **given) -> list[Case]:
    """Papers issued, queries out; `answered`: the network's answer is here."""
    cases = passed_on(how_many, **given)
    for case in cases:
        mine = case.items.filter(open=True, rule__in=("documents.standard_set", "documents.e_service"))
        work.finish(list(mine), SYSTEM, note="已办")
        work.record_event(case, "offline_sent", clock.now(), SYSTEM)
        if answered:
            work.record_event(case, "network_answered", clock.now(), SYSTEM)
    return [fresh(case) for case in cases]


def parties(tail: str) -> list:
    """A debtor of whom there is no other case."""
    number = f"41092219761025{int(tail):03}X"
    return [
        steps.PartyData("creditor", "阎怡娟"),
        steps.PartyData("debtor", f"某人{tail}", certificate="other", certificate_number=number),
    ]
