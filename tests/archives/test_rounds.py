"""A collection round: what a team has handed over and what it still has, on one sheet."""

import pytest

from archives import rounds
from archives.models import CollectionRound
from cases import materials
from cases.models import WorkItem
from cases.refusals import Refused, Stale
from teams.models import Notice
from tests import make
from tests.archives.helpers import at_the_centre, browser, clerk
from tests.cases.signing_helpers import fast_case, fresh_roster, pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    fresh_roster()
    return fast_case("fast-03")


def paper(case, title: str):
    return materials.file(case, pdf(f"{title}.pdf"), kind="evidence", by=make.actor("fast-03", "judge"), title=title)


def line(row, case):
    return next((line for line in rounds.lines(row) if line.case.pk == case.pk), None)


def test_what_was_made_since_the_last_bundle_is_missing_and_what_comes_is_handed_over(case):
    row = rounds.begin(case.team_id, clerk())
    paper(case, "调解笔录")
    assert [each.title for each in line(row, case).missing][-1] == "调解笔录"
    at_the_centre(case)
    found = line(row, case)
    assert [bundle.title for bundle in found.handed] == ["调解笔录等"]
    assert found.missing == []
    paper(case, "收据")
    assert [each.title for each in line(row, case).missing] == ["收据"]


def test_the_team_is_told_and_the_centre_has_its_item_until_the_round_ends(case):
    row = rounds.begin(case.team_id, clerk())
    with pytest.raises(Stale):
        rounds.begin(case.team_id, clerk())
    item = WorkItem.objects.get(rule=rounds.RULE, open=True)
    assert item.team_id == clerk().team_id
    assert Notice.objects.filter(key=f"round:{row.pk}").exists()
    paper(case, "收据")
    with pytest.raises(Refused, match="还有"):
        rounds.close(row, "", clerk())
    rounds.close(row, "当事人未取回，下轮收", clerk())
    item.refresh_from_db()
    assert (item.open, item.note) == (False, "当事人未取回，下轮收")


def test_the_sheet_is_for_the_centre_and_the_team_it_is_about(case):
    client = browser(clerk())
    client.post("/archive/rounds/", {"team": case.team_id})
    row = CollectionRound.objects.get()
    assert client.get(f"/archive/rounds/{row.pk}/").status_code == 200
    path = f"/archive/rounds/{row.pk}/print/"
    assert client.get(path).status_code == 200
    assert browser(make.actor("fast-03", "clerk")).get(path).status_code == 200
    assert browser(make.actor("fast-05", "clerk")).get(path).status_code == 404
