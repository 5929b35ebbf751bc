"""Ctrl K by what is driven or lived in: a plate or a title number finds the cases it is known in, within rights."""

import pytest

from assets.models import Asset
from cases import clock, search
from cases.models import Case
from tests import make
from tests.cases.signing_helpers import fast_case, fresh_roster

pytestmark = pytest.mark.django_db


def known(case, key: str, kind: str = "vehicle") -> Asset:
    return Asset.objects.create(
        case=case, party=case.parties.get(role="debtor"), kind=kind, key=key, title="大众轿车", source="offline",
        as_of=clock.now(), entered_at=clock.now(),
    )  # fmt: skip


def found(text: str, actor) -> list[str]:
    return [hit.full for hit in search.find(text, actor) if hit.kind == "财产"]


@pytest.fixture
def case(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    fresh_roster()
    return fast_case("fast-03", measured=False)


def test_a_plate_or_a_title_number_finds_the_case_however_it_is_typed(case):
    known(case, "豫J12345")
    known(case, "豫（2020）濮阳市不动产权第0001号", "real_estate")
    clerk = make.actor("fast-03", "clerk")
    for text in ("豫J12345", "豫j12345", "豫J·12345", " 豫J 12345", "豫(2020)濮阳市不动产权第0001号"):
        assert found(text, clerk) == [case.number], text
    assert found("豫J1234", clerk) == found("12345", clerk) == []
    (hit,) = [hit for hit in search.find("豫J12345", clerk) if hit.kind == "财产"]
    assert (hit.url, "大众轿车" in hit.text) == (f"/cases/{case.pk}/?tab=assets", True)


def test_the_thing_of_a_case_out_of_sight_is_not_found(case):
    known(case, "豫J12345")
    Case.objects.filter(pk=case.pk).update(confidential=True)
    case.sights.all().delete()
    assert found("豫J12345", make.actor("fast-05", "clerk")) == []
