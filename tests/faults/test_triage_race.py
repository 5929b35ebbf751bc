"""Two clerks, and eight, at the same cases: each case is triaged once, with one decision on record; nobody is stuck."""

import pytest

from cases.models import Case
from quality import offline, triage
from quality.models import TriageDecision
from quality.triage import Wish
from tests import make
from tests.faults.test_races import race
from tests.quality.triage_helpers import parties, passed_on, ready

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _people(transactional_db):
    pass


def test_clerks_who_triage_the_same_cases_at_once_decide_each_once():
    cases = [ready(1, parties=parties(str(n)))[0] for n in range(4)]
    clerks = [make.actor("quality", "clerk", nth=n) for n in range(4)]

    def act(n: int):
        order = cases if n % 2 else list(reversed(cases))
        wish = [Wish(case.pk, "fast" if n % 2 else "regular", "同时办理") for case in order]
        return triage.decide(wish, clerks[n % 4])

    outcomes = race(act, 4)
    assert not [each for each in outcomes if isinstance(each, Exception)], outcomes
    assert sum(len(outcome.taken) for outcome in outcomes) == len(cases)
    assert TriageDecision.objects.count() == len(cases)
    for case in Case.objects.filter(pk__in=[case.pk for case in cases]):
        row = TriageDecision.objects.get(case=case)
        assert (case.stage, case.team_id) == (row.track, row.team_id)
        assert case.journal.filter(what="step", key__startswith="triage_").count() == 1


def test_two_trips_at_once_take_each_person_to_each_counter_once():
    cases = [passed_on(1, parties=parties(str(n)))[0] for n in range(3)]
    people = [case.parties.get(role="debtor").pk for case in cases]
    clerks = [make.actor("quality", "clerk", nth=n) for n in range(4)]
    race(lambda n: offline.depart(dict.fromkeys(offline.COUNTERS, people), clerks[n]), 4)
    from assets.models import Query

    assert Query.objects.count() == len(people) * len(offline.COUNTERS)
    assert set(Query.objects.values_list("state", flat=True)) == {"sent"}
