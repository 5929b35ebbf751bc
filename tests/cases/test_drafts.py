"""Drafts are one's own, bounded, and gone when the form is sent."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from cases import clock, nightly
from cases.models import Draft, WorkItem
from tests import make
from tests.journeys.officers import Officer

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).parents[2] / "templates"
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.S)
TYPED = re.compile(
    r"<textarea|as_field_group|components/_fields|<input(?![^>]*type=\"(?:hidden|checkbox|radio|file|password|search|submit)\")"
)
# A password, a scanner's line, a file, a word or a choice: nothing that takes long to type a second time.
SHORT = {
    "archives/_tab_loans", "archives/_tab_receive", "archives/batch", "archives/desk",
    "cases/_batch", "cases/_desk_list", "cases/approval", "cases/list", "documents/bundle", "documents/card",
    "documents/dossier_copies", "documents/national", "documents/verify", "quality/bulletins", "reception/_case",
    "reception/_queue", "reception/record", "teams/login", "teams/me", "teams/password",
}  # fmt: skip


def keep(officer: Officer, path: str, status: int = 200, **data):
    return officer.client.post("/drafts/", {"path": path, "data": json.dumps(data)})


def test_a_draft_is_kept_and_offered_to_its_writer_alone():
    clerk, other = Officer("reception", "clerk"), Officer("reception", "regular_officer")
    keep(clerk, "/items/1/finish/", note="已电话")
    keep(clerk, "/items/1/finish/", note="已电话通知")
    assert clerk.client.get("/drafts/?path=/items/1/finish/").json()["data"] == {"note": ["已电话通知"]}
    assert other.client.get("/drafts/?path=/items/1/finish/").json() == {}
    assert clerk.client.get("/drafts/?path=/items/2/finish/").json() == {}
    assert clerk.client.post("/drafts/", {"path": "/items/1/finish/"}).status_code == 204
    assert not Draft.objects.exists()


@pytest.mark.parametrize("kind", ["system", "security", "audit"])
def test_administrators_have_read_back_and_drafts_on_their_forms_and_learn_of_no_party(kind):
    make.case()
    officer = Officer("administration", f"{kind}_admin")
    assert officer.client.post("/read/date/", {"q": "今天"}).json()["state"] == "ok"
    found = officer.client.post("/read/certificate/", {"q": "410922197610249985"}).json()
    assert (found["state"], found["link"]) == ("ok", "")
    keep(officer, "/settings/cut_off/", value="16:45")
    assert officer.client.get("/drafts/?path=/settings/cut_off/").json()["data"] == {"value": ["16:45"]}


@pytest.mark.parametrize("kind", ["system", "security", "audit"])
def test_the_page_of_an_administrator_stays_alive_and_goes_on_after_another_log_in(kind):
    officer = Officer("administration", f"{kind}_admin")
    answer = officer.client.get("/live/?key=1&tiles", headers={"X-Live": "1"})
    found = answer.json()
    assert (answer.status_code, found["me"], "tiles" in found) == (200, officer.actor.user_id, False)
    assert found["key"]
    assert int(answer.headers["X-Session-Left"]) > 0


def test_of_fields_with_one_name_a_draft_keeps_every_value():
    clerk = Officer("reception", "clerk")
    clerk.client.post("/drafts/", {"path": "/x/", "data": json.dumps({"acts": ["a", "c"], "clue": ["房", "", "车"]})})
    found = clerk.client.get("/drafts/?path=/x/").json()["data"]
    assert found == {"acts": ["a", "c"], "clue": ["房", "", "车"]}


@pytest.mark.parametrize("data", ["x" * 30_000, "{broken", "[1, 2]"])
def test_what_is_no_draft_is_not_kept(data):
    clerk = Officer("reception", "clerk")
    answer = clerk.client.post("/drafts/", {"path": "/x/", "data": data})
    assert answer.status_code in (200, 422)
    assert not Draft.objects.exclude(data={}).exists()


def test_sending_the_form_drops_its_draft_and_a_refused_one_keeps_it():
    case, clerk = make.case(), Officer("reception", "clerk")
    item = WorkItem.objects.get(case=case, rule="enforcement.ask_clues")
    path = f"/items/{item.pk}/finish/"
    keep(clerk, path, note="已通知")
    clerk.post(path, 422, note="", happened_on="今天", submission="one")
    assert Draft.objects.count() == 1
    clerk.post(path, note="已通知", happened_on="今天", submission="two")
    assert not Draft.objects.exists()


def test_old_drafts_are_pruned():
    clerk = Officer("reception", "clerk")
    keep(clerk, "/x/", note="旧")
    Draft.objects.update(at=clock.now() - timedelta(days=31))
    nightly.prune()
    assert not Draft.objects.exists()


def test_every_form_in_which_something_is_written_keeps_a_draft():
    without = set()
    for path in TEMPLATES.rglob("*.html"):
        text = re.sub(r"\{%(?! include).*?%\}", "", path.read_text())
        for tag, body in FORM.findall(text):
            if 'method="post"' in tag and "data-draft" not in tag and TYPED.search(body):
                without.add(str(path.relative_to(TEMPLATES).with_suffix("")))
    assert without == SHORT
