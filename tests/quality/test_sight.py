"""不公开 in the rooms of the first day: who is not named on the case meets neither its number, its people nor its reasons
(flow §7), and no list takes it along without its holder's click."""

import re

import pytest

from cases import exceptions
from cases.models import Case
from documents.models import Document
from quality import answers, letters, offline, standard_set, triage
from quality.answers import Found, Said
from tests import make
from tests.archives.helpers import browser
from tests.cases.signing_helpers import fresh, fresh_roster
from tests.documents.exchanging import round_trip
from tests.quality.test_matters import received
from tests.quality.triage_helpers import clerk, parties, passed_on, ready

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(settings, tmp_path):
    settings.FILES_DIR, settings.EXCHANGE_DIR = tmp_path / "files", tmp_path / "exchange"
    fresh_roster()


def hide(case: Case, *people) -> Case:
    Case.objects.filter(pk=case.pk).update(confidential=True, handler=None, clerk=None)
    case.items.update(person=make.actor("quality", "clerk", nth=5).user)
    for person in people:
        exceptions.grant(case, person.user_id, "view_case", None, "办理本案", make.director())
    return fresh(case)


def read(actor, url: str) -> str:
    return browser(actor).get(url).content.decode()


@pytest.fixture
def trip():
    """One trip with an open case and a hidden one: of one person both, of another the hidden one alone."""
    plain, same = passed_on(2)
    hidden = hide(passed_on(1, parties=parties("41"))[0], clerk(1))
    same = hide(same, clerk(1))
    chosen = [case.parties.get(role="debtor").pk for case in (plain, same, hidden)]
    (batch,) = offline.depart({"vehicle": chosen}, clerk(1))
    return batch, plain, same, hidden


def test_the_printed_list_of_a_trip_names_no_hidden_case_to_a_colleague(trip):
    batch, plain, same, hidden = trip
    page = read(clerk(0), f"/assets/offline/list/?batch={batch.pk}")
    assert plain.number in page
    for case in (same, hidden):
        assert case.number not in page
    assert hidden.parties.get(role="debtor").certificate_number not in page
    assert hidden.number in read(clerk(1), f"/assets/offline/list/?batch={batch.pk}")


def test_the_letters_of_a_hidden_case_are_printed_for_its_people_alone(trip):
    batch, _, _, hidden = trip
    round_trip()
    assert Document.objects.filter(kind=letters.KIND, state="issued").count() == 3
    assert [row.cases for row in letters.of([batch], clerk(0))] == [[trip[1].pk]]
    own = Document.objects.get(kind=letters.KIND, case=hidden)
    assert f"/docs/{own.pk}/" not in read(clerk(0), f"/assets/offline/{batch.pk}/")
    assert f"/docs/{own.pk}/" in read(clerk(1), f"/assets/offline/{batch.pk}/")
    few = browser(clerk(0)).get(f"/assets/offline/letters.pdf?batch={batch.pk}").content
    all_ = browser(clerk(1)).get(f"/assets/offline/letters.pdf?batch={batch.pk}").content
    assert len(few) < len(all_)


def test_a_paste_knows_only_the_people_the_clerk_sees(trip):
    batch, _, _, hidden = trip
    person = hidden.parties.get(role="debtor")
    text = f"证件号码\t车牌号\n{person.certificate_number}\t豫J1"
    (row,) = answers.read(batch, text, clerk(0))
    assert row.wrong.startswith("本批名单中没有此人")
    page = browser(clerk(0)).post(f"/assets/offline/{batch.pk}/paste/", {"text": text}).content.decode()
    assert person.name not in page
    (row,) = answers.read(batch, text, clerk(1))
    assert not row.wrong


def test_an_answer_goes_into_the_cases_its_clerk_sees_and_the_others_stay_open(trip):
    batch, plain, same, _ = trip
    known = next(iter(answers.people(batch, clerk(0))))
    assert answers.store(batch, {known: Said([Found("豫J1", "车")])}, clerk(0)) == 1
    assert {row.case_id: row.state for row in batch.queries.filter(case__in=(plain, same))} == {
        plain.pk: "answered",
        same.pk: "sent",
    }
    assert answers.store(batch, {known: Said([Found("豫J1", "车")])}, clerk(1)) == 1


def test_no_list_ticks_a_hidden_case_by_itself():
    plain = passed_on(1, parties=parties("41"))[0]
    hidden = hide(passed_on(1, parties=parties("42"))[0], clerk(1))
    boxes = {
        "/assets/offline/": (plain.parties.get(role="debtor").pk, hidden.parties.get(role="debtor").pk),
        "/documents-of-day/": tuple(case.items.get(rule=standard_set.RULE, open=True).pk for case in (plain, hidden)),
    }
    for url, (open_, closed) in boxes.items():
        page = read(clerk(1), url)
        assert set(re.findall(rf'value="{open_}"( checked|) ', page)) == {" checked"}
        assert set(re.findall(rf'value="{closed}"( checked|) ', page)) == {""}


def test_a_matter_says_nothing_of_a_hidden_case_to_who_is_not_named_on_it():
    case = hide(passed_on(1)[0], clerk(1))
    row = received(case=case, title="核查抚养费案", person_id=clerk(1).user_id, by=clerk(1))
    page = read(clerk(0), "/matters/")
    for word in (case.number, "核查抚养费案", f"/cases/{case.pk}/", f"/matters/{row.pk}/"):
        assert word not in page
    assert "*案件" in page
    assert browser(clerk(0)).get(f"/matters/{row.pk}/").status_code == 404
    assert row.item.title == f"{row.number} *案件"
    assert case.number in read(clerk(1), "/matters/")
    assert case.number in read(clerk(1), f"/matters/{row.pk}/")


def test_who_was_given_a_matter_replies_to_it_without_seeing_its_case():
    case = hide(passed_on(1)[0], clerk(1))
    row = received(case=case, person_id=clerk(0).user_id, by=clerk(1))
    page = read(clerk(0), f"/matters/{row.pk}/")
    assert "回复并办结" in page
    assert case.number not in page


def test_triage_gives_no_reason_of_a_case_out_of_sight():
    hidden = hide(ready(1)[0])
    wish = {"case": [hidden.pk], f"track-{hidden.pk}": "regular"}
    answer = browser(clerk(0)).post("/triage/", wish)
    other = browser(clerk(0)).post("/triage/", {"case": [0], "track-0": "regular"})
    assert (answer.status_code, answer.get("Location")) == (other.status_code, other.get("Location"))
    assert hidden.number not in answer.content.decode()
    assert fresh(hidden).stage == "preparation"


def test_a_hidden_case_is_never_among_the_certain_ones():
    plain, hidden = (ready(1, parties=parties(tail))[0] for tail in ("41", "42"))
    for case in (plain, hidden):
        case.bases.update(kind="criminal")  # 退赔 beside no fine: certain
    hide(hidden, clerk(1))
    assert all(found.certain for _, found in triage.proposals([fresh(plain), fresh(hidden)]).values())
    browser(clerk(1)).post("/triage/", {"accept": "certain"})
    assert [fresh(case).stage for case in (plain, hidden)] == ["regular", "preparation"]
