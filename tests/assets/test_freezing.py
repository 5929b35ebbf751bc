"""控: proposals within what the case still claims, the judge's signature, the request out."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from assets import freezing, ordering
from assets.models import ControlMeasure
from cases import clock, signing, work
from cases.models import Approval, Case
from cases.refusals import Forbidden, Refused
from documents import drafting
from documents.models import Document
from teams.actor import SYSTEM
from tests import make
from tests.assets.freezing_helpers import judge_of, packages, propose, proposed, sign
from tests.assets.helpers import account, browser, counter, work_off
from tests.cases.signing_helpers import put as place_case

pytestmark = pytest.mark.django_db

# Proposals


def test_the_largest_balances_up_to_the_claim_without_living_costs_and_protected_accounts(clerk):
    case = counter("甲", amount="10000")
    account(case, "1", "3000")
    account(case, "2", "8000")
    account(case, "3", "5000", protected="最低生活保障金专用账户")
    account(case, "4", "0")
    found = proposed(case)
    assert found["2"] == (Decimal("8000"), "")
    assert found["1"][0] == Decimal("1000"), "3 000 less the 2 000 he lives on"
    assert found["3"] == (Decimal(0), "最低生活保障金专用账户")
    assert found["4"] == (Decimal(0), "无余额")


def test_a_company_keeps_nothing_to_live_on(clerk):
    case = counter("甲", amount="10000")
    case.parties.filter(role="debtor").update(type="legal_person", name="某公司")
    account(case, "1", "3000")
    assert proposed(case)["1"][0] == Decimal("3000")


def test_what_was_paid_and_what_is_frozen_is_not_claimed_again(clerk):
    case = counter("甲", amount="10000")
    Case.objects.filter(pk=case.pk).update(recovered=Decimal("4000"))
    first, _second = account(case, "1", "5000"), account(case, "2", "50000")
    assert proposed(case)["1"] == (Decimal(0), ""), "the larger one is enough"
    propose(clerk, first, n1="5000")
    assert proposed(case)["2"] == (Decimal("1000"), "")
    assert "待签发" in proposed(case)["1"][1]


def test_each_case_has_its_own_claim(clerk):
    one, two = counter("甲", amount="1000"), counter("乙", amount="20000")
    account(one, "1", "90000")
    account(two, "2", "90000")
    assert (proposed(one)["1"][0], proposed(two)["2"][0]) == (Decimal("1000"), Decimal("20000"))


# Refusals


def test_more_than_the_claim_is_refused_with_a_sentence(clerk):
    case = counter("甲", amount="10000")
    big = account(case, "1", "90000")
    with pytest.raises(Refused, match="超过申请标的"):
        freezing.propose({big.pk: Decimal("10000.01")}, clerk)
    assert not ControlMeasure.objects.exists()


@pytest.mark.parametrize(("amount", "why"), [("0", "大于零"), ("6000", "不超过余额")])
def test_an_amount_that_is_no_freeze_is_refused(clerk, amount, why):
    case = counter("甲")
    with pytest.raises(Refused, match=why):
        freezing.propose({account(case, "1", "5000").pk: Decimal(amount)}, clerk)


def test_a_protected_account_is_refused(clerk):
    case = counter("甲")
    with pytest.raises(Refused, match="社保"):
        freezing.propose({account(case, "1", "5000", protected="社保专用账户").pk: Decimal("1")}, clerk)


def test_only_the_list_proposes(clerk):
    asset = account(counter("甲"), "1")
    with pytest.raises(Refused, match="不在已报备"):
        freezing.propose({asset.pk: Decimal("1")}, make.actor("reception", "clerk", nth=1))
    with pytest.raises(Forbidden):
        freezing.propose({asset.pk: Decimal("1")}, make.actor("quality", "clerk"))


def test_one_refused_case_does_not_hold_up_the_others(clerk):
    good, bad = counter("甲"), counter("乙", amount="100")
    chosen = {account(good, "1", "5000").pk: Decimal("3000"), account(bad, "2", "5000").pk: Decimal("500")}
    result = freezing.propose(chosen, clerk)
    assert [case.pk for case, _ in result.refused] == [bad.pk]
    assert [measure.case_id for measure in ControlMeasure.objects.all()] == [good.pk]


# The judge


def test_the_duty_judge_signs_for_reception_and_nothing_leaves_before(clerk):
    case = counter("甲")
    propose(clerk, account(case, "1"))
    approval = Approval.objects.get(act="ruling")
    assert judge_of(approval).post == "judge"
    assert (approval.maker_id, approval.subject) == (
        clerk.user_id,
        ordering.subject_of(ControlMeasure.objects.get().batch_id),
    )
    assert packages() == []
    assert not Document.objects.filter(kind="freeze_notice").exists()
    assert ControlMeasure.objects.get().state == "draft"
    sign()
    assert len(packages()) == 1
    assert ControlMeasure.objects.get().state == "sent"


def test_the_sheet_says_what_is_frozen_and_within_what(clerk):
    case = counter("甲", amount="10000")
    propose(clerk, account(case, "1", "5000"))
    approval = Approval.objects.get(act="ruling")
    told = dict(approval.facts)
    assert told["尚未执行"] == "10,000.00 元"
    assert "3,000.00 元" in told["冻结"]
    assert told["本次合计"] == "3,000.00 元"


def test_a_payment_between_proposal_and_signature_makes_the_sheet_stale(clerk):
    case = counter("甲", amount="10000")
    asset = account(case, "1", "50000")
    propose(clerk, asset)
    Case.objects.filter(pk=case.pk).update(recovered=Decimal("9000"))
    approval = Approval.objects.get(act="ruling")
    with pytest.raises(signing.Changed):
        signing.sign(approval, judge_of(approval))
    assert ControlMeasure.objects.get().state == "dropped"
    assert Document.objects.get(kind="freeze_ruling").state == "dropped"
    assert packages() == []
    assert proposed(case)["1"][0] == Decimal("1000"), "the room is free again, and smaller"


def test_a_case_that_passes_on_keeps_its_sheet_and_one_that_was_triaged_says_how_to_go_on(clerk):
    one, two = counter("甲", amount="10000"), counter("乙", amount="10000")
    for case in (one, two):
        work.record_event(case, "money_found", clock.now(), SYSTEM)
        propose(clerk, account(case, "1", "50000"))
    kept, moved = (Approval.objects.get(act="ruling", case=case) for case in (one, two))
    place_case(one, "preparation", "quality")
    signing.sign(kept, judge_of(kept))
    assert one.measures.get().state == "ordered"
    place_case(two, "fast", "fast-03")
    judge = make.actor("fast-03", "judge")
    with pytest.raises(signing.Changed, match="承办团队"):
        signing.sign(moved, judge)
    page = browser(clerk).get(f"/approvals/{moved.pk}/").content.decode()
    assert "签发人随承办团队改变" in page
    duty = two.items.get(rule="reception.network_freeze", open=True)
    assert f'href="/assets/freeze/{duty.pk}/"' in page


def test_two_rulings_of_a_case_are_each_issued_by_their_own_signature(clerk):
    case = counter("甲", amount="10000")
    first, second = account(case, "1", "6000"), account(case, "2", "60000")
    sheets = []
    for asset, amount in ((first, "4000"), (second, "6000")):
        propose(clerk, asset, **{f"n{asset.key.rpartition('|')[2]}": amount})
        sheets.append(Approval.objects.filter(act="ruling", state="waiting").latest("pk"))
    assert [sum(label == "文书" for label, _ in sheet.facts) for sheet in sheets] == [1, 1]
    papers = [ControlMeasure.objects.get(asset=asset).ruling for asset in (first, second)]
    for n, sheet in enumerate(sheets):
        signing.sign(sheet, judge_of(sheet))
        work_off()
        states = list(
            Document.objects.filter(pk__in=[paper.pk for paper in papers])
            .order_by("pk")
            .values_list("state", "approval")
        )
        assert states == [("issued", sheets[0].pk), ("issued" if n else "ready", sheets[1].pk)]
    assert sum(Decimal(each["measures"][0]["amount"]) for each in packages()) == Decimal("10000")


def test_a_ruling_drafted_by_hand_stands_in_the_way_of_a_freeze_and_stays_out_of_its_sheet(clerk):
    case = counter("甲", amount="10000")
    big = account(case, "1", "90000")
    party = case.parties.get(role="debtor")
    asked = {"amount": "9000", "accounts": "某银行｜1｜9,000 元", "start": "2026-11-23", "end": "2027-11-22"}
    by_hand = drafting.begin(case, "freeze_ruling", clerk, subject=party.subject, asked=asked)
    drafting.finish(by_hand, clerk)
    with pytest.raises(Refused, match="金额未计入已冻结"):
        freezing.propose({big.pk: Decimal("5000")}, clerk)
    Document.objects.filter(pk=by_hand.pk).update(state="draft")
    propose(clerk, big, n1="5000")
    drafting.finish(by_hand, clerk)
    sign()
    assert Document.objects.get(pk=by_hand.pk).state == "ready"


def test_what_the_judge_sends_back_gives_its_room_back(clerk):
    case = counter("甲", amount="10000")
    asset = account(case, "1", "50000")
    propose(clerk, asset)
    approval = Approval.objects.get(act="ruling")
    signing.reject(approval, judge_of(approval), reason="facts", opinion="核对金额")
    assert ControlMeasure.objects.get().state == "dropped"
    propose(clerk, asset)
    sign()
    assert len(packages()) == 1


def test_without_a_judge_nothing_goes_out_and_the_room_is_free(clerk, monkeypatch):
    from cases.roster import Roster

    monkeypatch.setattr(Roster, "signing_judges", lambda self, team: [])
    case = counter("甲")
    propose(clerk, account(case, "1"))
    assert (ControlMeasure.objects.get().state, Approval.objects.count()) == ("dropped", 0)
    assert "无可签发的法官" in ControlMeasure.objects.get().reason


def test_reception_asks_also_when_the_case_has_gone_on_but_no_other_team(clerk):
    case = counter("甲")
    asset = account(case, "1")
    work.record_event(case, "money_found", clock.now(), SYSTEM)
    place_case(case, "preparation", "quality")
    propose(clerk, asset)
    assert Approval.objects.filter(act="ruling", state="waiting").count() == 1
    ControlMeasure.objects.update(state="dropped")
    case.items.filter(open=True, team=clerk.team).update(
        open=False, outcome="done", finished_at=clock.now(), entered_at=clock.now()
    )
    with pytest.raises(Refused):
        freezing.propose({account(case, "2").pk: Decimal("1")}, clerk)


def test_what_he_lives_on_stays_his_also_when_amounts_are_typed(clerk):
    case = counter("甲", amount="100000")
    first, second = account(case, "1", "3000"), account(case, "2", "3000")
    with pytest.raises(Refused, match="最多可再冻结 4,000"):
        freezing.propose({first.pk: Decimal("3000"), second.pk: Decimal("1000.01")}, clerk)
    freezing.propose({first.pk: Decimal("1000"), second.pk: Decimal("3000")}, clerk)


# Out


def test_one_ruling_a_debtor_and_one_notice_a_bank(clerk):
    case = counter("甲", amount="100000")
    assets = [
        account(case, "1", "9000"),
        account(case, "2", "8000"),
        account(case, "5", "7000", body="中国建设银行濮阳分行"),
    ]
    propose(clerk, *assets)
    sign()
    assert Document.objects.filter(kind="freeze_ruling", state="issued").count() == 1
    found = packages()
    assert sorted(len(each["measures"]) for each in found) == [1, 2]
    ruling = Document.objects.get(kind="freeze_ruling")
    assert {each["ruling"] for each in found} == {ruling.number}
    assert sum(Decimal(m["amount"]) for each in found for m in each["measures"]) == Decimal("22000")
    folder = next((settings.EXCHANGE_DIR / "out").glob("freeze-*"))
    assert {path.name for path in folder.iterdir()} == {"manifest.json", "payload.json", "notice.pdf", "ruling.pdf"}


def test_a_year_ends_the_day_before_its_day():
    assert ordering.one_year(date(2026, 11, 22)) == date(2027, 11, 21)
    assert ordering.one_year(date(2028, 2, 29)) == date(2029, 2, 28)


def test_a_void_ruling_lets_nothing_leave(clerk):
    from documents import issuing
    from documents.exchange import sending

    case = counter("甲")
    propose(clerk, account(case, "1"))
    sign()
    notice = Document.objects.get(kind="freeze_notice")
    ruling = Document.objects.get(kind="freeze_ruling")
    issuing.void(ruling, "写错", clerk)
    ruling.refresh_from_db()
    with pytest.raises(Refused, match="已作废"):
        sending.send("freeze", "notice:0", notice, {}, {}, SYSTEM, rests_on=ruling)


# Pages


def test_the_page_proposes_and_shows_the_way_to_the_measure(clerk):
    case = counter("甲", amount="10000")
    asset = account(case, "1", "5000")
    work.record_event(case, "money_found", clock.now(), SYSTEM)
    client = browser(clerk)
    assert "3,000.00 元" in client.get("/assets/?tab=freeze").content.decode()
    wrong = client.post("/assets/freezes/", {"asset": asset.pk, f"amount-{asset.pk}": "一千"})
    assert wrong.status_code == 422
    assert 'value="一千"' in wrong.content.decode()
    done = client.post("/assets/freezes/", {"asset": asset.pk, f"amount-{asset.pk}": "3000"})
    assert done.status_code == 302
    work_off()
    assert "待签发" in client.get(done.url).content.decode()
    sign()
    assert "已发出" in client.get(done.url).content.decode()


def test_the_duty_of_a_case_ends_without_a_freeze_only_with_a_reason(clerk):
    case = counter("甲", amount="10000")
    work.record_event(case, "money_found", clock.now(), SYSTEM)
    item = case.items.get(rule="reception.network_freeze")
    client = browser(clerk)
    assert client.post(f"/items/{item.pk}/finish/", {"note": "x"}).status_code in (302, 403, 422)
    item.refresh_from_db()
    assert item.open, "one way to finish each duty"
    assert client.post(f"/assets/freeze/{item.pk}/", {"reason": ""}).status_code == 422
    assert client.post(f"/assets/freeze/{item.pk}/", {"reason": "被执行人已当场付清"}).status_code == 302
    item.refresh_from_db()
    assert item.note == "不冻结：被执行人已当场付清"
    assert browser(make.actor("quality", "clerk")).get(f"/assets/freeze/{item.pk}/").status_code == 403
