"""Who has come, and for whom: nobody's certificate lands on another, a company's head is no agent; the clues of the filing
list; who comes again is called by his number."""

import pytest

from cases import steps, work
from cases.models import Agent, Case, Party
from documents.models import Document
from reception import day
from reception.models import ReceptionRecord
from tests import make
from tests.reception.helpers import IDENTITY, Counter, case, clerk, received

pytestmark = pytest.mark.django_db
DEBTOR = "410922197610249985"


def debtor(made: Case) -> Party:
    return made.parties.get(role="debtor")


def creditor(made: Case) -> Party:
    return made.parties.get(role="creditor")


@pytest.mark.parametrize("more", [{"mend_certificate": "on"}, {"certificate_note": "已核对"}])
def test_a_debtors_certificate_is_never_stored_on_the_creditor(more):
    made = case()
    given = {"visitor": "debtor", "name": debtor(made).name, "certificate": DEBTOR, **more}
    page = Counter().receive(made, 422, **given).content.decode()
    assert "来访人是被执行人，选的却是申请执行人" in page
    assert creditor(made).certificate_number == IDENTITY
    Party.objects.filter(pk=debtor(made).pk).update(address="濮阳市", phone="13900080330", certificate_number="")
    received(made, **given, party=debtor(made).pk)
    assert (creditor(made).certificate_number, debtor(made).certificate_number) == (IDENTITY, DEBTOR)


def test_a_creditor_himself_does_not_come_for_the_debtor():
    made = case()
    page = Counter().receive(made, 422, party=debtor(made).pk, mend_certificate="on").content.decode()
    assert "来访人是申请人本人，选的却是被执行人" in page
    assert debtor(made).certificate_number == DEBTOR


def test_the_telephone_row_is_of_the_party_that_was_chosen_and_mends_that_one():
    made = case()
    Party.objects.filter(pk=debtor(made).pk).update(phone="13711112222", address="濮阳市")
    counter = Counter()
    assert "阎怡娟　139****0329" in counter.get(f"/reception/{made.pk}/").content.decode()
    given = {"visitor": "debtor", "party": debtor(made).pk, "name": debtor(made).name, "certificate": DEBTOR}
    changed = {"fact_phone": "change", "to_phone": "13800001111"}
    page = counter.receive(made, 422, **given, **changed, informed="").content.decode()
    assert f"{debtor(made).name}　137****2222" in page
    received(made, **given, **changed)
    assert (creditor(made).phone, debtor(made).phone) == ("13900080329", "13800001111")


def company(**given) -> Case:
    firm = steps.PartyData(
        "creditor", "濮阳某某有限公司", type="legal_person", certificate="credit_code",
        certificate_number="91410900MA3X4D5E6F", phone="13900080329", address="濮阳市华龙区",
    )  # fmt: skip
    one = steps.PartyData("debtor", "许大勇", certificate="identity", certificate_number=DEBTOR)
    return make.case(parties=[firm, one], **given)


def test_a_companys_legal_representative_is_no_agent_and_is_named_on_the_record():
    made = company()
    page = Counter().get(f"/reception/{made.pk}/").content.decode()
    assert 'value="legal" checked' in page
    received(made, visitor="legal", name="李明", certificate=IDENTITY)
    assert not Agent.objects.filter(party__case=made).exists()
    assert creditor(made).representative == "李明"
    assert creditor(made).certificate_number == "91410900MA3X4D5E6F"
    told = Document.objects.get(case=made, kind="reception_record").asked["visitor"]
    assert told == f"我是申请执行人濮阳某某有限公司的法定代表人（负责人）李明，公民身份号码{IDENTITY}"


def test_a_natural_person_has_no_legal_representative():
    assert "没有法定代表人（负责人）" in Counter().receive(case(), 422, visitor="legal").content.decode()


@pytest.mark.parametrize("more", [{"clue-0-owner": "许大勇"}, {"clue-0-urgent": "on"}])
def test_a_clue_row_without_words_says_so_and_does_not_vanish(more):
    made = case()
    page = Counter().receive(made, 422, **{"clue-0-kind": "车辆"}, **more).content.decode()
    assert "第 1 条线索没有写内容" in page
    assert not ReceptionRecord.objects.exists()


def test_the_clues_of_the_filing_list_stand_in_the_grid_and_the_preview_and_run_when_they_are_confirmed():
    made = case(clues="豫J88888；龙都银行有存款")
    counter = Counter()
    page = counter.get(f"/reception/{made.pk}/").content.decode()
    assert 'value="豫J88888"' in page
    assert "（其他）" in page  # the preview names them
    record = received(made, **{"clue-0-kind": "车辆", "clue-0-text": "豫J88888", "clue-1-text": "龙都银行有存款"})
    assert [clue.text for clue in record.clues.all()] == ["豫J88888", "龙都银行有存款"]
    assert "豫J88888" in Document.objects.get(case=made, kind="reception_record").asked["found"]
    assert made.items.filter(rule="enforcement.clue", open=True).count() == 1
    assert Case.objects.get(pk=made.pk).clues == "豫J88888；龙都银行有存款"


def test_what_was_written_down_already_is_not_offered_again():
    made = case(clues="豫J88888")
    counter = Counter()
    received(made, **{"clue-0-kind": "车辆", "clue-0-text": "豫J88888", "clue-1-text": "东城房产一套"})
    ReceptionRecord.objects.filter(case=made).update(item=None, kind="later")
    page = counter.get(f"/reception/{made.pk}/").content.decode()
    assert "东城房产一套" not in page.partition("data-clue")[2].partition("</table>")[0]
    assert 'value="豫J88888"' not in page


def test_many_clues_of_the_list_all_have_their_row():
    made = case(clues="\n".join(f"线索{n}号" for n in range(15)))
    page = Counter().get(f"/reception/{made.pk}/").content.decode()
    assert all(f'value="线索{n}号"' in page for n in range(15))
    given = {f"clue-{n}-text": f"线索{n}号" for n in range(15)}
    assert received(made, **given).clues.count() == 15


def moved_on() -> Case:
    made = case()
    received(made)
    work.tick(day.item_of(made), day.QUERY, "done", clerk())
    return Case.objects.get(pk=made.pk, stage="preparation")


def test_who_comes_again_is_called_by_his_number_among_the_others():
    counter = Counter()
    first, other, later = case(), case(), moved_on()
    for made in (later, first):
        counter.post(f"/reception/{made.pk}/arrive/")
    page = counter.get("/reception/?none").content.decode()
    places = [page.index(f'href="/reception/{made.pk}/"') for made in (later, first, other)]
    assert places == sorted(places)
    assert "补接待" in page
    page = counter.get("/reception/").content.decode()
    assert "登记补接待" in page  # he is the first
    assert f'href="/reception/{first.pk}/" data-key="n"' in page


def test_a_hidden_case_at_the_counter_is_a_number_and_nothing_more():
    later, counter = moved_on(), Counter()
    counter.post(f"/reception/{later.pk}/arrive/")
    Case.objects.filter(pk=later.pk).update(confidential=True)
    counter.get("/reception/book/")  # has told the number given
    page = counter.get("/reception/?none").content.decode()
    assert "A01" in page
    assert later.number not in page
    assert "*案件" in page
