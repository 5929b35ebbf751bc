"""更正: what a registered case holds is mended and added to, journalled, kept in history; two people at one record."""

import re
from datetime import date

import pytest

from cases import amendments, clock, search
from cases.models import Case, CaseLink, CaseSight, JournalEntry, Party
from cases.pages import case_beside
from cases.refusals import Forbidden, Refused
from cases.verify import chains
from teams.actor import SYSTEM
from tests import make
from tests.cases.signing_helpers import fast_case, pdf
from tests.journeys.officers import Officer

pytestmark = pytest.mark.django_db
OLD, NEW = "410922197610249985", "410105196206239967"


@pytest.fixture
def case():
    made = fast_case("fast-03", measured=False)
    CaseSight.objects.get_or_create(team=made.team, case=made, defaults={"since_at": clock.now()})
    return made


@pytest.fixture
def clerk(case):
    return Officer("fast-03", "clerk")


def debtor(case) -> Party:
    return case.parties.get(role="debtor")


def last(case) -> JournalEntry:
    return case.journal.order_by("-id").first()


def opened(officer: Officer, path: str) -> dict:
    """The fields of a form as it is shown."""
    form = officer.client.get(path).context["form"]
    return {
        name: form[name].value() if form[name].value() is not None else "" for name in form.fields if name != "paper"
    }


def sent(fields: dict, **changed) -> dict:
    return {k: v for k, v in {**fields, **changed}.items() if v not in (False, None)}


def test_a_party_is_mended_with_what_follows_from_it_and_the_old_values_are_kept(case, clerk):
    party = debtor(case)
    path = f"/cases/{case.pk}/party/{party.pk}/amend/"
    page = clerk.get(path)
    assert OLD not in page
    assert "410922********9985" in page
    clerk.post(path, **sent(opened(clerk, path), name="华新名", certificate_number=NEW, reason="身份证核对"))
    party.refresh_from_db()
    assert (party.name, party.certificate_number, party.born_on, party.sex) == ("华新名", NEW, date(1962, 6, 23), "女")
    assert party.phone == ""
    assert [hit.full for hit in search.find("hxm", make.actor("quality", "clerk"))] == [case.number]
    told = last(case)
    assert (told.what, told.key, told.facts["reason"]) == ("amend", "amend_party", "身份证核对")
    assert ["证件号码", "410922********9985", "410105********9967"] in told.facts["changes"]
    assert OLD not in str(told.facts)
    assert NEW not in str(told.facts)
    assert party.events.filter(pgh_label="update").exists()
    page = clerk.get(f"/cases/{case.pk}/?tab=journal&what=amend")
    assert "更正「当事人" in page or "更正当事人：华新名" in page
    assert list(chains()) == []


def test_nothing_different_writes_nothing(case, clerk):
    path, before = f"/cases/{case.pk}/party/{debtor(case).pk}/amend/", Case.objects.get(pk=case.pk).entries
    clerk.post(path, **sent(opened(clerk, path), reason="核对"))
    assert Case.objects.get(pk=case.pk).entries == before


def test_a_debtor_is_added_by_a_document_only_an_outsider_without(case, clerk):
    path = f"/cases/{case.pk}/party/add/"
    given = {"role": "debtor", "name": "追加公司", "type": "legal_person", "reason": "追加裁定"}
    assert "须有文书" in clerk.post(path, 422, **given).content.decode()
    clerk.post(path, **given, paper=pdf("追加裁定.pdf"))
    clerk.post(path, role="outsider", name="案外人甲", type="natural_person", reason="提出异议")
    assert list(case.parties.filter(role="debtor").values_list("position", flat=True)) == [1, 2]
    page = clerk.get(f"/cases/{case.pk}/?tab=parties")
    assert "追加公司" in page
    assert "案外人甲" in page


def test_an_agent_is_added_and_ends_and_claims_and_bases_are_mended(case, clerk):
    party = debtor(case)
    clerk.post(
        f"/cases/{case.pk}/party/{party.pk}/agent/", name="李律师", scope="special", firm="某所", phone="13900001234"
    )
    agent = party.agents.get()
    page = clerk.get(f"/cases/{case.pk}/?tab=parties")
    assert "李律师" in page
    assert "特别授权" in page
    assert "13900001234" not in page
    path = f"/cases/{case.pk}/agent/{agent.pk}/"
    clerk.post(path, **sent(opened(clerk, path), ended_on="今天", reason="解除委托"))
    agent.refresh_from_db()
    assert (agent.phone, bool(agent.ended_on)) == ("13900001234", True)
    assert agent.events.get().ended_on is None
    assert "代理人 李律师" not in clerk.get(f"/cases/{case.pk}/")
    claim, basis = case.claims.get(), case.bases.get()
    path = f"/cases/{case.pk}/claim/{claim.pk}/"
    clerk.post(path, **sent(opened(clerk, path), amount="20万", reason="判决主文"))
    clerk.post(f"/cases/{case.pk}/claim/add/", 422, kind="conduct")
    clerk.post(f"/cases/{case.pk}/claim/add/", kind="conduct", text="拆除围墙")
    path = f"/cases/{case.pk}/basis/{basis.pk}/"
    clerk.post(path, **sent(opened(clerk, path), number="（2026）豫0902民初9号", reason="录入有误"))
    assert sorted(case.claims.values_list("kind", "amount", "text"))[0] == ("conduct", None, "拆除围墙")
    assert claim.events.get().amount != 200000
    assert "（2026）豫0902民初9号" in clerk.get(f"/cases/{case.pk}/")


def test_marks_and_the_sum_are_mended_on_the_case(case, clerk):
    path = f"/cases/{case.pk}/amend/"
    clerk.post(path, **sent(opened(clerk, path), livelihood="on", amount="12.5万", reason="追索劳动报酬"))
    case = Case.objects.get(pk=case.pk)
    assert (case.livelihood, case.amount) == (True, 125000)
    assert ["涉民生", "否", "是"] in last(case).facts["changes"]


def test_cases_are_marked_from_the_list_and_who_may_not_is_told_why(case, clerk):
    other = make.case()
    clerk.post("/cases/batch/", 422, act="livelihood")
    page = clerk.post("/cases/batch/", 200, act="livelihood", case=[case.pk, other.pk]).content.decode()
    assert "成功 1 件" in page  # the other is out of his sight, and is counted as not done
    assert other.number not in page
    assert Case.objects.get(pk=case.pk).livelihood
    assert not Case.objects.get(pk=other.pk).livelihood
    quality = Officer("quality", "clerk")
    page = quality.post("/cases/batch/", 200, act="enterprise", case=[case.pk]).content.decode()
    assert "由承办团队办理" in page
    answer = clerk.post("/cases/batch/", act="cards", case=[case.pk])
    assert answer.url == f"/cases/cards/?case={case.pk}"
    assert "案件卡片" in clerk.get(answer.url)
    assert clerk.post("/cases/batch/", act="export", case=[case.pk]).url == f"/cases/export/?ids={case.pk}"


def test_cases_are_linked_both_say_so_and_a_mistake_is_taken_back(case, clerk):
    lead = fast_case("fast-03", measured=False)
    path = f"/cases/{case.pk}/link/"
    clerk.post(path, kind="joint_lead", number=lead.number, reason="合并执行")
    clerk.post(path, 422, kind="joint_lead", number=lead.number)
    clerk.post(path, 422, kind="joint_lead", number=case.number)
    clerk.post(path, kind="adjudication", number="（2026）豫0103执异5号")
    assert "合并执行从案" in clerk.get(f"/cases/{lead.pk}/")
    page = clerk.get(f"/cases/{case.pk}/")
    assert "不在本系统" in page
    link = CaseLink.objects.get(other=lead)
    assert [last(lead).key, last(case).key] == ["link", "link"]
    clerk.post(f"/cases/{case.pk}/link/{link.pk}/remove/", reason="案号写错")
    assert not CaseLink.objects.filter(other=lead).exists()
    assert last(case).key == "unlink"
    with pytest.raises(Refused):
        amendments.link(case, "origin", lead.number, SYSTEM)


def test_a_confidential_case_of_others_is_linked_by_its_number_and_tells_nothing(case, clerk):
    hidden = fast_case("fast-05", measured=False, confidential=True)
    clerk.post(f"/cases/{case.pk}/link/", kind="adjudication", number=hidden.number)
    link = case.links.get()
    assert (link.other, link.number) == (None, hidden.number)


def test_who_does_not_hold_the_case_does_not_mend_it(case):
    for team, post in (("quality", "clerk"), ("leadership", "bureau_director"), ("archives", "clerk")):
        officer = Officer(team, post)
        officer.get(f"/cases/{case.pk}/amend/", 403)
        assert "/party/add/" not in officer.get(f"/cases/{case.pk}/?tab=parties")
    with pytest.raises(Forbidden):
        amendments.mark(case, "livelihood", True, make.actor("quality", "clerk"))
    secret = make.case(state_secret=True, parties=[], bases=[], claims=[], cause="")
    with pytest.raises(Refused, match="线下"):
        amendments.mark(secret, "livelihood", True, SYSTEM)


def test_whoever_hides_a_case_from_himself_is_told_so_and_left_at_the_list(case):
    director = Officer("leadership", "bureau_director")
    answer = director.client.post(f"/cases/{case.pk}/confidential/", {"reason": "涉未成年人"}, follow=True)
    assert answer.redirect_chain == [("/cases/", 302)]
    assert "对您不再显示" in answer.content.decode()


def test_a_case_made_confidential_leaves_the_lists_of_others(case):
    judge, colleague = Officer("fast-03", "judge"), Officer("quality", "clerk")
    case.items.update(person_id=make.actor("reception").user_id)  # none of the colleague's, whose turn it may be
    colleague.get(f"/cases/{case.pk}/")
    judge.post(f"/cases/{case.pk}/confidential/", reason="涉未成年人")
    colleague.get(f"/cases/{case.pk}/", 404)
    assert "不公开案件" in judge.get(f"/cases/{case.pk}/")
    judge.post(f"/cases/{case.pk}/confidential/", reason="已不需要")
    colleague.get(f"/cases/{case.pk}/")


def test_two_people_at_one_party_the_second_sees_both_values_and_chooses(case, clerk):
    party, colleague = debtor(case), Officer("fast-03", "judge")
    path = f"/cases/{case.pk}/party/{party.pk}/amend/"
    mine = opened(clerk, path)
    theirs = opened(colleague, path)
    colleague.post(path, **sent(theirs, representative="王二", e_service="on", reason="庭上核对"))
    page = clerk.post(path, 409, **sent(mine, representative="李三", name="梁新名", reason="来电核对")).content.decode()
    assert colleague.actor.name in page
    assert "王二" in page
    assert "李三" in page
    assert "来电核对" in page
    party.refresh_from_db()
    assert (party.representative, party.name != "梁新名") == ("王二", True)
    version = re.search(r'name="version" value="([^"]+)"', page)[1]
    again = sent(mine, representative="李三", name="梁新名", reason="来电核对", version=version, e_service="on")
    clerk.post(path, **{**again, "keep_representative": "theirs"})
    party.refresh_from_db()
    assert (party.representative, party.name, party.e_service) == ("王二", "梁新名", True)
    again["version"] = opened(clerk, path)["version"]
    assert NEW not in page
    clerk.post(path, **{**again, "keep_representative": "mine"})
    party.refresh_from_db()
    assert party.representative == "李三"


def test_a_form_shows_the_case_beside_it_to_those_who_may_read_it(case, clerk):
    assert case_beside.beside(case, clerk.actor)["parties"][-1]["name"] == debtor(case).name
    assert debtor(case).name in clerk.get(f"/cases/{case.pk}/link/").partition("case-beside")[2]
    case.confidential = True
    assert case_beside.beside(case, make.actor("fast-07", "clerk")) == {}
