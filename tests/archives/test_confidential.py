"""不公开: a confidential case stands in no list of the centre, of a team's bundles or of a round but as 「*案件」, for whoever
is not named on it; whoever is named finds all of it (flow §7)."""

import pytest
from django.urls import reverse

from archives import rounds, scanning
from archives.models import Loan, ScanBatch, Volume
from cases import clock, exceptions, materials
from cases.models import Case, WorkItem
from documents import custody
from documents.models import Bundle, Custody
from teams.actor import SYSTEM
from tests import make
from tests.archives.helpers import at_the_centre, browser, clerk, scan, scanned, sheet, work_off
from tests.cases.signing_helpers import fast_case, fresh_roster, pdf

pytestmark = pytest.mark.django_db
TITLE = "调解笔录等"


@pytest.fixture
def bundle() -> Bundle:
    """With the centre; its case has become confidential, only its judge and whoever `named` names may view it."""
    fresh_roster()
    bundle = at_the_centre(fast_case("fast-03"))
    WorkItem.objects.filter(case=bundle.case).update(person=make.actor("fast-03", "judge").user)
    judge = make.actor("fast-03", "judge").user_id
    Case.objects.filter(pk=bundle.case_id).update(confidential=True, handler_id=judge, clerk_id=judge)
    return Bundle.objects.get(pk=bundle.pk)


def named(bundle: Bundle, officer) -> None:
    exceptions.grant(bundle.case, officer.user_id, "view_case", None, "经手", SYSTEM, by_step=True)


def read(officer, address: str) -> str:
    answer = browser(officer).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def tells(said: str, bundle: Bundle) -> list[str]:
    """What of the case and its papers is on the page."""
    parties = bundle.case.parties.values_list("name", flat=True)
    words = (TITLE, bundle.case.number, str(bundle.case.serial), f"/cases/{bundle.case_id}/", *parties)
    return [word for word in words if word in said]


def every_state(bundle: Bundle) -> None:
    """The case in each list of the desk at once: to be filed, checked, packed and lent."""
    officer, now = clerk(), clock.now()
    WorkItem.objects.filter(case=bundle.case, rule="archives.scan_bundle").update(
        rule="archives.file_case", team=officer.team_id
    )
    given = {
        "case": bundle.case,
        "retention": "long",
        "facts_hash": "x",
        "asked_by_id": officer.user_id,
        "asked_at": now,
    }
    Volume.objects.create(state="checking", sampled=True, **given)
    Loan.objects.create(
        case=bundle.case, kind="loan", state="granted", reason="核对离婚财产", granted_at=now,
        borrower_id=make.actor("fast-03", "judge").user_id, team_id=bundle.case.team_id,
    )  # fmt: skip


TABS = ("receive", "scan", "catalogue", "check", "shelve", "loans")


def test_no_tab_of_the_desk_tells_of_it_to_who_is_not_named(bundle):
    every_state(bundle)
    scanning.begin(clerk(), bundle=bundle)
    for tab in (*TABS, "file"):
        assert tells(read(clerk(1), f"/archive/?tab={tab}"), bundle) == [], tab
    assert "核对离婚财产" not in read(clerk(1), "/archive/?tab=loans")


def test_it_is_there_as_something_that_waits_and_nothing_is_offered_that_would_answer_404(bundle):
    said = read(clerk(1), "/archive/?tab=scan")
    assert "*案件" in said
    assert "不公开案件，由指定人员办理" in said
    assert reverse("archives:begin_scan", args=[bundle.pk]) not in said


def test_whoever_is_named_finds_number_title_and_the_act(bundle):
    named(bundle, clerk(1))
    said = read(clerk(1), "/archive/?tab=scan")
    assert TITLE in tells(said, bundle)
    assert reverse("archives:begin_scan", args=[bundle.pk]) in said


def test_a_pile_with_such_a_bundle_in_it_opens_for_who_is_named_alone(bundle):
    plain = at_the_centre(fast_case("fast-04"))
    pile = scanning.begin(clerk())
    pages = [sheet("封面", custody.code_of(plain)), sheet("甲"), sheet("封面", custody.code_of(bundle)), sheet("乙")]
    scanning.receive(pile, [scan(*pages)], clerk())
    work_off("archives.read")
    assert ScanBatch.objects.get(pk=pile.pk).state == "open"
    client = browser(clerk(1))
    for path in ("", "page/2/image/", "page/4/image/"):
        assert client.get(f"/archive/batch/{pile.pk}/{path}").status_code == 404
    assert tells(read(clerk(1), "/archive/?tab=catalogue"), bundle) == []
    named(bundle, clerk(1))
    assert client.get(f"/archive/batch/{pile.pk}/page/4/image/").status_code == 200


def test_a_pile_of_plain_cases_is_open_to_the_centre_as_ever():
    fresh_roster()
    batch = scanned(at_the_centre(fast_case("fast-04")), sheet("甲"))
    assert browser(clerk(1)).get(f"/archive/batch/{batch.pk}/").status_code == 200


def test_the_hand_over_lists_and_pages_tell_nothing_either(bundle):
    for tab in ("held", "coming", "given", "taken"):
        assert tells(read(clerk(1), f"/bundles/?tab={tab}"), bundle) == [], tab
    giver = make.actor("fast-03", "clerk", nth=1)
    assert tells(read(giver, "/bundles/?tab=given"), bundle) == []
    assert tells(read(giver, reverse("documents:custody_list")), bundle) == []
    client = browser(clerk(1))
    assert client.get(f"/bundles/{bundle.pk}/").status_code == 404
    assert client.get(reverse("documents:bundle_cover", args=[bundle.pk])).status_code == 404


def test_scanned_by_who_is_not_named_it_moves_and_is_called_by_its_code(bundle):
    client, to = browser(clerk(1)), make.actor("fast-03", "clerk").team_id
    code = custody.code_of(bundle)
    said = client.post("/bundles/scan/", {"code": code}, follow=True).content.decode()
    assert "请先选接收团队" in said
    assert tells(said, bundle) == []
    said = client.post("/bundles/scan/", {"code": code, "to_team": to}, follow=True).content.decode()
    assert f"交出：材料包 {code}" in said
    assert tells(said, bundle) == []
    assert Custody.objects.filter(bundle=bundle, to_team_id=to, taken_at=None).exists()


def test_what_was_counted_is_entered_without_the_page_of_the_bundle(bundle):
    row = Custody.objects.get(bundle=bundle)
    address = reverse("documents:count_bundle", args=[bundle.pk])
    answer = browser(clerk(1)).post(address, {"custody": row.pk, "counted": 1}, follow=True)
    assert (answer.status_code, tells(answer.content.decode(), bundle)) == (200, [])
    row.refresh_from_db()
    assert row.counted == 1


def test_a_round_counts_what_is_missing_of_it_and_names_nothing(bundle):
    row = rounds.begin(bundle.case.team_id, clerk())
    judge = make.actor("fast-03", "judge")
    materials.file(bundle.case, pdf("调解.pdf"), kind="evidence", by=judge, title="调解笔录等补充")
    for officer in (clerk(1), make.actor("fast-03", "clerk", nth=1)):
        said = read(officer, f"/archive/rounds/{row.pk}/print/")
        assert "*案件" in said
        assert tells(said, bundle) == []
    assert "调解笔录等补充" in read(judge, f"/archive/rounds/{row.pk}/print/")
