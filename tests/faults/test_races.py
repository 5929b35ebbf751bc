"""Eight racers on one case: one winner each, the chain intact, nobody stuck."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from cases import steps, verify, work
from cases.models import Case, WorkItem
from cases.refusals import Forbidden, Refused, Stale, Unseen
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 12


def race(act, racers: int = 8) -> list:
    """Run the act in so many threads; refusals come back as results."""

    def run(n: int):
        try:
            return act(n)
        except (Refused, Stale, Forbidden, Unseen) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(racers) as pool:
        return list(pool.map(run, range(racers)))


def one_round(number: int) -> None:
    case = make.case()
    clerk, leader = make.actor("reception", "clerk"), make.actor("reception", "regular_officer")
    item = case.items.get(rule="reception.first_day")
    took = race(lambda n: work.take_over(WorkItem.objects.get(pk=item.pk), leader if n % 2 else clerk), 2)
    assert any(isinstance(result, WorkItem) for result in took)
    ticks = race(lambda n: work.tick(item, "reception.identity", "done", clerk))
    assert sum(not isinstance(result, Exception) for result in ticks) == 1
    closed = race(
        lambda n: steps.take_step(case, "report_closing", leader, mode="withdrawn_from_docket", reason="重复")
    )
    assert sum(isinstance(result, Case) for result in closed) == 1
    assert Case.objects.get(pk=case.pk).stage == "closing"
    assert case.items.filter(rule="archives.pre_closing").count() == 1


def test_eight_racers_one_winner_each(load_again):
    for number in range(ROUNDS):
        one_round(number)
    assert not [*verify.chains(), *verify.heads()]


@pytest.mark.long
def test_a_hundred_rounds(load_again):
    for number in range(100):
        one_round(number)
    assert not [*verify.chains(), *verify.heads()]
