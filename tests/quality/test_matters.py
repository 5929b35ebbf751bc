"""指挥平台事项: registered once, replied to once with its evidence, the quality team's alone."""

from datetime import timedelta

import pytest

from cases import clock, exceptions
from cases.models import Material, WorkItem
from cases.refusals import Forbidden, Refused, Stale, Unseen
from quality import matters
from quality.matters import Matter
from quality.models import PlatformMatter
from tests import make
from tests.archives.helpers import browser
from tests.cases.signing_helpers import fast_case, fresh_roster, pdf
from tests.quality.triage_helpers import clerk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    fresh_roster()


def received(by=None, **given) -> PlatformMatter:
    today = clock.today()
    fields = {
        "source": "high",
        "number": "豫高执督 7",
        "title": "核查长期未结",
        "due_on": today + timedelta(days=5),
        "received_on": today,
    }
    return matters.receive(Matter(**{**fields, **given}), by or clerk())


def test_a_matter_is_somebodys_by_the_senders_day_and_needs_no_case():
    row = received()
    item = row.item
    assert (item.case_id, item.rule, item.due_on, item.team.code) == (None, matters.RULE, row.due_on, "quality")
    assert item.person_id == clerk().user_id
    assert item.title == "豫高执督 7 核查长期未结"


def test_the_same_number_of_the_same_source_is_registered_once():
    received()
    with pytest.raises(Refused, match="已经登记过"):
        received()
    received(source="intermediate")
    assert PlatformMatter.objects.count() == 2


def test_dates_that_cannot_be_are_refused():
    today = clock.today()
    with pytest.raises(Refused, match="不能晚于今天"):
        received(received_on=today + timedelta(days=1))
    with pytest.raises(Refused, match="不能早于收到"):
        received(due_on=today - timedelta(days=1))


def test_a_reply_needs_words_and_evidence_and_ends_the_item_once():
    row = received()
    with pytest.raises(Refused, match="回复内容"):
        matters.reply(row, " ", "R-1", None, clerk())
    with pytest.raises(Refused, match="回执号"):
        matters.reply(row, "已核查", "", None, clerk())
    assert WorkItem.objects.get(pk=row.item_id).open
    matters.reply(row, "已核查，无超期", "", pdf("回复.pdf"), clerk())
    item = WorkItem.objects.get(pk=row.item_id)
    assert (item.open, item.outcome) == (False, "done")
    assert Material.objects.get(item=item).title == "回复.pdf"
    with pytest.raises(Stale, match="已经回复"):
        matters.reply(row, "再回复", "R-2", None, clerk(1))


@pytest.mark.parametrize("who", [("reception", "clerk"), ("fast-03", "judge"), ("leadership", "bureau_director")])
def test_nobody_else_registers_sees_or_replies(who):
    row, actor = received(), make.actor(*who)
    with pytest.raises(Forbidden):
        matters.receive(Matter("high", "8", "x", clock.today(), clock.today()), actor)
    with pytest.raises((Forbidden, Unseen)):
        matters.reply(row, "x", "R", None, actor)
    client = browser(actor)
    assert {client.get(path).status_code for path in ("/matters/", "/matters/new/", f"/matters/{row.pk}/")} == {403}


def test_who_is_recused_from_its_case_does_not_find_the_matter():
    case = fast_case("fast-03", measured=False)
    row = received(case=case)
    exceptions.grant(case, clerk(1).user_id, "recused_from_case", None, "近亲属", make.director())
    client = browser(clerk(1))
    assert row.number not in client.get("/matters/").content.decode()
    assert client.get(f"/matters/{row.pk}/").status_code == 404
    assert case.number in browser(clerk()).get("/matters/").content.decode()


def test_by_the_browser_from_the_letter_to_the_reply():
    client, case = browser(clerk()), fast_case("fast-03", measured=False)
    given = {
        "source": "platform", "number": "PT-1", "title": "核查", "received_on": "今天", "due_on": "+3", "person_id": clerk().user_id,
    }  # fmt: skip
    wrong = client.post("/matters/new/", {**given, "case_number": "（2020）豫0902执1号"})
    assert wrong.status_code == 422
    assert "没有这个案号" in wrong.content.decode()
    answer = client.post("/matters/new/", {**given, "case_number": case.number})
    row = PlatformMatter.objects.get()
    assert answer.url == f"/matters/{row.pk}/"
    assert row.case_id == case.pk
    assert client.get(f"/items/{row.item_id}/matter/").url == answer.url
    assert client.post(f"/items/{row.item_id}/finish/", {"note": "x", "happened_on": "今天"}).status_code == 422
    assert client.post(answer.url, {"reply": "已核查"}).status_code == 422
    assert client.post(answer.url, {"reply": "已核查", "paper": pdf("截图.pdf")}).status_code == 302
    page = client.get("/matters/?tab=done").content.decode()
    assert "PT-1" in page
    assert "截图.pdf" in client.get(answer.url).content.decode()
