"""Two officers at once: together they never freeze more than a case claims, nor ask about anybody twice."""

from decimal import Decimal

import pytest
from django.db import IntegrityError

from assets import freezing, operators, queries
from assets.models import ControlMeasure, Query
from cases import clock
from cases.refusals import Refused, Stale
from tests import make
from tests.assets.helpers import account, counter, debtors
from tests.cases.signing_helpers import fresh_roster, race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clerks(transactional_db):
    fresh_roster()
    found = [make.actor("reception", "clerk", nth=n) for n in range(2)]
    for each in found:
        operators.report(each.user, clock.today(), "报备", make.director())
    return found


def test_two_batches_of_freezes_stay_within_the_claim(clerks):
    case = counter("甲", amount="10000")
    accounts = [account(case, str(n), "50000") for n in range(2)]
    results = race(
        *(lambda a=a, c=c: freezing.propose({a.pk: Decimal("8000")}, c) for a, c in zip(accounts, clerks, strict=True))
    )
    assert sorted(isinstance(result, Refused) for result in results) == [False, True], results
    assert [row.amount for row in ControlMeasure.objects.all()] == [Decimal("8000")]


def test_whoever_passes_the_door_by_is_stopped_by_the_database(clerks):
    case = counter("甲", amount="10000")
    accounts = [account(case, str(n), "50000") for n in range(2)]

    def write(asset):
        return ControlMeasure.objects.create(
            case=case, asset=asset, kind="freeze", amount=Decimal("8000"), made_at=clock.now()
        )

    results = race(*(lambda a=a: write(a) for a in accounts))
    assert sorted(isinstance(result, IntegrityError) for result in results) == [False, True], results


def test_two_batches_of_queries_ask_about_nobody_twice(clerks):
    case = counter("甲", "乙")
    results = race(*(lambda c=c: queries.send(debtors(case), c) for c in clerks))
    assert sorted(isinstance(result, Stale) for result in results) == [False, True], results
    assert Query.objects.count() == 2
