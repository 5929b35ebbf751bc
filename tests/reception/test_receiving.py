"""初次接待: one submit sets what it covers, corrects through the one door, writes the papers; the case moves by itself."""

import re

import pytest

from cases import work
from cases.models import Agent, Case, JournalEntry, Party, Tick
from documents import custody
from documents.models import Bundle, Document
from reception import day
from reception.models import Clue, ReceptionRecord
from tests import make
from tests.reception.helpers import Counter, case, clerk, received, work_off

pytestmark = pytest.mark.django_db


def ticks(made: Case) -> dict[str, str]:
    return {row.rule.partition(".")[2]: row.state for row in Tick.objects.filter(item__case=made)}


def test_one_submit_sets_what_it_covers_and_the_record_turns_green_when_its_paper_is_in_the_file():
    made = case()
    Counter().receive(made)
    assert ticks(made) == {"identity": "done", "filing_data": "done", "clues": "done", "originals": "na"}
    work_off()
    assert ticks(made)["record"] == "done"
    record = ReceptionRecord.objects.get(case=made)
    assert {document.kind for document in (record.document, record.address)} == {"reception_record", "service_address"}
    assert all(document.state == "issued" and document.material_id for document in (record.document, record.address))
    work.tick(day.item_of(made), day.QUERY, "done", clerk())
    assert Case.objects.get(pk=made.pk).stage == "preparation"


def test_the_consent_and_the_corrections_go_through_the_door_of_amendments():
    made = case()
    received(
        made,
        fact_phone="change",
        to_phone="139 3930 8866",
        fact_cause="change",
        to_cause="买卖合同纠纷",
        fact_amount="change",
        to_amount="7.35万",
    )
    creditor, fresh = made.parties.get(role="creditor"), Case.objects.get(pk=made.pk)
    assert (creditor.phone, creditor.e_service, creditor.e_service_to) == ("13939308866", True, "13939308866")
    assert (fresh.cause, str(fresh.amount), str(made.claims.get().amount)) == ("买卖合同纠纷", "73500.00", "73500.00")
    assert JournalEntry.objects.filter(case=made, what="amend").count() == 4
    paper = Document.objects.get(case=made, kind="reception_record")
    assert "案由应为买卖合同纠纷" in paper.asked["checked"]
    assert "13939308866" in Document.objects.get(case=made, kind="service_address").asked["phone"]


def test_nothing_is_done_where_something_is_wrong_and_all_that_was_typed_comes_back():
    made = case()
    answer = Counter().receive(made, 422, fact_phone="change", to_phone="1393930886", more="请尽快办理", informed="")
    text = answer.content.decode()
    assert "手机号应为 11 位，现为 10 位" in text
    assert "请先向来访人告知权利义务和执行风险" in text
    assert "请尽快办理" in text
    assert "1393930886" in text
    assert not ReceptionRecord.objects.exists()
    assert ticks(made) == {}
    assert made.parties.get(role="creditor").phone == "13900080329"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"certificate": "410105196206239966"}, "第 18 位校验不符"),
        ({"certificate": "410922197610249985"}, "不一致"),
        ({"certificate": ""}, "未带证件的"),
        ({"fact_basis": "change"}, "「执行依据」选了修改"),
        ({"originals": "3"}, "请填写纸质页数"),
        ({"signing": "remote"}, "现场接待须由来访人签名"),
        ({"began": "23:59"}, "开始时间不能晚于现在"),
    ],
)
def test_a_certificate_that_does_not_agree_and_other_slips_are_told_with_the_way_out(given, words, at):
    with at("2026-11-23 09:10"):
        made = case()
        assert words in Counter().receive(made, 422, **given).content.decode()
        assert not ReceptionRecord.objects.exists()


def test_a_doubtful_certificate_is_taken_with_its_reason_and_a_wrong_one_on_file_is_mended():
    made = case()
    received(made, certificate="410922197610249985", mend_certificate="on")
    assert made.parties.get(role="creditor").certificate_number == "410922197610249985"
    other = case()
    received(other, certificate="410105196206239966", certificate_note="证件原貌如此，已与本人核对")
    assert other.parties.get(role="creditor").certificate_number == "410105196206239967"


def test_an_agent_is_put_on_file_once():
    made = case()
    received(
        made,
        visitor="agent",
        name="李明",
        certificate="",
        certificate_note="律师证核对",
        scope="special",
        firm="河南某某律师事务所",
    )
    agent = Agent.objects.get(party__case=made)
    assert (agent.name, agent.scope, agent.firm) == ("李明", "special", "河南某某律师事务所")
    told = Document.objects.get(case=made, kind="reception_record").asked["visitor"]
    assert told == "我是申请执行人阎怡娟的委托代理人李明，河南某某律师事务所（特别授权）"


def test_clues_stand_with_the_record_and_start_their_clocks_the_urgent_one_the_shorter():
    made = case()
    rows = {
        "clue-0-kind": "车辆", "clue-0-owner": "许大勇", "clue-0-text": "白色轿车，豫J 开头",
        "clue-1-kind": "应收款", "clue-1-text": "12 号楼尾款约 4 万元", "clue-1-urgent": "on",
    }  # fmt: skip
    pasted = "类型\t权利人\t线索内容\n存款\t许大勇\t龙都银行开发区支行"
    record, debtor = received(made, **rows, pasted=pasted), made.parties.get(role="debtor").name
    assert [str(clue) for clue in record.clues.all()] == [
        "（车辆）许大勇：白色轿车，豫J 开头", f"（应收款）{debtor}：12 号楼尾款约 4 万元", "（存款）许大勇：龙都银行开发区支行",
    ]  # fmt: skip
    rules = set(made.items.filter(open=True, rule__startswith="enforcement.clue").values_list("rule", flat=True))
    assert rules == {"enforcement.clue", "enforcement.clue_urgent"}
    assert "豫J 开头" in Case.objects.get(pk=made.pk).clues
    assert Document.objects.get(case=made, kind="reception_record").asked["found"].startswith("一、（车辆）")


def test_originals_are_one_bundle_whether_its_cover_was_printed_before_or_not():
    made = case()
    counter = Counter()
    given = {"originals": "7", "pages": "23", "originals_title": "申请执行书等"}
    answer = counter.post(f"/reception/{made.pk}/cover/", **given)
    bundle = Bundle.objects.get(case=made)
    assert answer.url == f"/bundles/{bundle.pk}/cover/"
    record = received(made, **given)
    assert (Bundle.objects.count(), record.bundle) == (1, bundle)
    assert "originals" not in ticks(made)
    by_hand, here = f"/items/{day.item_of(made).pk}/tick/reception.originals/", f"/bundles/{bundle.pk}/"
    for state in ("done", "na", "excused"):
        refused = counter.post(by_hand, 422, state=state, reason="没有", happened_on="今天").content.decode()
        assert here in refused
    assert "扫码交接后本项自动办结" in refused
    custody.scan(custody.code_of(bundle), clerk(), make.actor("archives").team_id)
    assert ticks(made)["originals"] == "done"


def test_a_bundle_counted_otherwise_after_its_cover_was_printed_is_the_same_bundle():
    made, counter = case(), Counter()
    counter.post(f"/reception/{made.pk}/cover/", originals="7", pages="23", originals_title="申请执行书等")
    counter.post(f"/reception/{made.pk}/cover/", originals="8", pages="25", originals_title="申请执行书等")
    record = received(made, originals="9", pages="30", originals_title="申请执行书等")
    (bundle,) = Bundle.objects.all()
    assert (bundle.pieces, bundle.pages_paper, record.bundle) == (9, 30, bundle)
    assert JournalEntry.objects.filter(case=made, what="custody", key="correct").count() == 2


def test_originals_that_nobody_counted_are_not_said_to_be_handed_over():
    made, counter = case(), Counter()
    by_hand = f"/items/{day.item_of(made).pk}/tick/reception.originals/"
    refused = counter.post(by_hand, 422, state="done", happened_on="今天").content.decode()
    assert f"/reception/{made.pk}/" in refused
    counter.post(by_hand, state="na", reason="立案时未收原件", happened_on="今天")
    assert ticks(made)["originals"] == "na"
    received(made, originals="2", pages="5")  # there were some after all
    custody.scan(custody.code_of(Bundle.objects.get(case=made)), clerk(), make.actor("archives").team_id)
    assert ticks(made)["originals"] == "done"


def test_two_clerks_at_one_case_the_second_is_told_who_was_faster_and_keeps_what_he_typed():
    made = case()
    page = Counter(clerk(1)).get(f"/reception/{made.pk}/").content.decode()
    assert '<input type="hidden" name="kind" value="reception">' in page
    Counter().receive(made, kind="reception")
    typed = {"more": "请尽快办理", "clue-0-text": "白色轿车", "kind": "reception"}
    for given in (typed, typed | {"certificate": "1"}):
        page = Counter(clerk(1)).receive(made, 409, **given).content.decode()
        assert f"{made.number}已由{clerk().name}于" in page
        assert all(word in page for word in ("登记初次接待", "请尽快办理", "白色轿车", "生成笔录并流转", "登记补接待"))
    assert ReceptionRecord.objects.count() == 1


def test_who_is_not_of_reception_finds_no_counter():
    made = case()
    for team in ("quality", "fast-03"):
        stranger = Counter(make.actor(team))
        for path in ("/reception/", "/reception/book/"):
            stranger.get(path, 403)
        stranger.get(f"/reception/{made.pk}/", 403 if team == "quality" else 404)
    Counter(make.director()).get("/reception/book/")
    Counter(make.director()).get("/reception/", 403)


def test_the_plain_form_refuses_the_parts_that_this_page_sets():
    made, counter = case(), Counter()
    item = day.item_of(made)
    for part in ("identity", "filing_data", "clues", "record"):
        counter.post(f"/items/{item.pk}/tick/reception.{part}/", 422, state="done", happened_on="今天")
    assert ticks(made) == {}
    assert counter.get(f"/reception/item/{item.pk}/", 302).url == f"/reception/{made.pk}/"
    assert f"/reception/item/{item.pk}/" in counter.get(f"/items/{item.pk}/").content.decode()


def test_a_case_that_came_back_keeps_what_was_set_and_is_received_again():
    from cases import steps

    made = case()
    received(made)
    work.tick(day.item_of(made), day.QUERY, "done", clerk())
    steps.take_step(Case.objects.get(pk=made.pk), "return_to_reception", make.actor("quality"), reason="线索未核对")
    Counter().receive(made, originals="2", pages="5")
    work_off()
    assert ReceptionRecord.objects.filter(case=made, kind="reception").count() == 2
    assert Case.objects.get(pk=made.pk).stage == "preparation"


def test_the_preview_follows_what_is_typed_and_stores_nothing():
    made = case()
    from tests.reception.helpers import form_of

    given = form_of(made) | {"originals": "7", "pages": "20", "clue-0-text": "白色轿车"}
    text = Counter().post(f"/reception/{made.pk}/preview/", 200, **given).content.decode()
    assert "阎怡娟" in text
    assert "白色轿车" in text
    assert "7 件原件一包一码" in text
    assert not Document.objects.exists()
    assert not Clue.objects.exists()


def test_a_party_without_certificate_gets_the_one_that_was_shown():
    made = case()
    Party.objects.filter(case=made, role="creditor").update(certificate="", certificate_number="")
    received(made)
    assert made.parties.get(role="creditor").certificate_number == "410105196206239967"


def test_the_form_of_finishing_the_first_day_leads_to_the_counter(at):
    with at("2026-11-23 09:10"):
        duty = case().items.get(rule="reception.first_day")
        page = Counter().get(f"/items/{duty.pk}/finish/", 422).content.decode()
        assert "「立案当日接待」在其专门页面办理" in page
        way = re.search(r'<a[^>]*href="([^"]+)"[^>]*>去办理', page)
        assert way
        assert Counter().get(way[1], 302).url == f"/reception/{duty.case_id}/"
