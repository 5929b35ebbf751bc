"""Control measures: money frozen never exceeds what the case still claims, whoever writes."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from assets.models import Asset, ControlMeasure
from cases import clock
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make.case(amount=Decimal("10000"))


def account(case, number: str, amount: str) -> Asset:
    return Asset.objects.create(
        case=case, party=case.parties.get(role="debtor"), kind="deposit", key=number, title=f"账户{number}",
        amount=Decimal(amount), source="network", as_of=clock.now(), entered_at=clock.now(),
    )  # fmt: skip


def freeze(asset: Asset, amount: str, **given) -> ControlMeasure:
    fields = {"kind": "freeze", "state": "draft", "made_at": clock.now(), **given}
    return ControlMeasure.objects.create(case=asset.case, asset=asset, amount=Decimal(amount), **fields)


def refused(work) -> str:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        work()
    return str(error.value)


def test_freezes_of_a_case_stay_within_its_claim(case):
    first, second = account(case, "6222", "7000"), account(case, "6333", "9000")
    freeze(first, "7000")
    assert "over-freezing" in refused(lambda: freeze(second, "3000.01"))
    freeze(second, "3000")


def test_what_was_paid_is_not_frozen_again(case):
    type(case).objects.filter(pk=case.pk).update(recovered=Decimal("9000"))
    assert "over-freezing" in refused(lambda: freeze(account(case, "6222", "7000"), "1001"))


def test_several_rows_of_one_statement_are_counted_together(case):
    rows = [
        ControlMeasure(case=case, asset=account(case, n, "9000"), kind="freeze", amount=Decimal("6000"), made_at=clock.now())
        for n in ("1", "2")
    ]  # fmt: skip
    assert "over-freezing" in refused(lambda: ControlMeasure.objects.bulk_create(rows))


def test_a_refused_freeze_leaves_its_room_to_others_and_takes_it_again_only_if_it_is_there(case):
    row = freeze(account(case, "1", "9000"), "9000")
    ControlMeasure.objects.filter(pk=row.pk).update(state="refused", reason="账户已销户")
    freeze(account(case, "2", "9000"), "9000")
    assert "over-freezing" in refused(lambda: ControlMeasure.objects.filter(pk=row.pk).update(state="draft"))


def test_a_freeze_in_force_has_its_dates(case):
    row = freeze(account(case, "1", "100"), "100")
    assert "measure_in_force_dated" in refused(
        lambda: ControlMeasure.objects.filter(pk=row.pk).update(state="effective")
    )
    dates = {"starts_on": date(2026, 11, 27), "effective_on": date(2026, 11, 27), "ends_on": date(2027, 11, 26)}
    ControlMeasure.objects.filter(pk=row.pk).update(state="effective", **dates)
    assert "measure_forward" in refused(
        lambda: ControlMeasure.objects.filter(pk=row.pk).update(ends_on=date(2026, 1, 1))
    )


def test_one_thing_is_not_frozen_twice_at_once(case):
    asset = account(case, "1", "100")
    freeze(asset, "50")
    assert "measure_once" in refused(lambda: freeze(asset, "10"))


def test_old_values_of_a_measure_stay(case):
    row = freeze(account(case, "1", "100"), "50")
    ControlMeasure.objects.filter(pk=row.pk).update(amount=Decimal("40"))
    assert [each.amount for each in row.events.order_by("pgh_id")] == [Decimal("50"), Decimal("40")]
