"""Situations 1–6 and 11 of flow §8 as far as they pass over the counter: over HTTP, as the right people."""

from datetime import date

import pytest

from assets import carrying, freezing, measures, operators
from assets.models import ControlMeasure, QueryBatch
from cases import clock, context, work
from cases.models import Approval, Case, CaseLink, JournalEntry, Party
from documents import custody
from documents.exchange import receiving
from documents.models import Document
from ops.peer.answering import Peer
from reception import day
from reception.models import ReceptionRecord
from teams.actor import SYSTEM, Actor
from tests import make
from tests.assets.helpers import account, answer, row
from tests.assets.helpers import work_off as finish_jobs
from tests.cases.signing_helpers import fast_case, item, put
from tests.reception.helpers import IDENTITY, Counter, case, clerk, received, work_off

pytestmark = pytest.mark.django_db
PASSWORD = "Huanglong-2026"


def visit_of(made: Case, **more) -> dict:
    creditor = made.parties.get(role="creditor")
    leader = make.actor("reception").user_id
    return {
        "mode": "onsite", "visitor": "party", "party": creditor.pk, "name": creditor.name, "certificate": IDENTITY, "scope": "general",
        "staff": leader, "note": "补交原件，提供车辆下落", "originals": "0", "originals_title": "补交原件", "signing": "paper", **more,
    }  # fmt: skip


def test_situation_1_filed_on_saturday_it_starts_on_monday_and_the_counter_says_both_days(at):
    from django.utils import timezone

    with at("2026-11-23 09:10"):
        made = case(filed_on=date(2026, 11, 21))
        page = Counter().get("/reception/").content.decode()
        assert "立案 11-21，到局 11-23" in page
        first = day.item_of(made)
        assert timezone.localtime(first.started_at).date() == date(2026, 11, 23)
        assert first.due_on == date(2026, 11, 23)
    with at("2026-11-23 23:00"):
        assert "超期" not in Counter().get("/reception/").content.decode()
    with at("2026-11-24 00:30"):
        assert "超期" in Counter().get("/reception/").content.decode()


def test_situation_2_the_query_system_is_down_and_the_case_flows_all_the_same(at):
    with at("2026-11-23 14:30"):
        made = case()
        first = day.item_of(made)
        received(made)
        work.tick(first, day.QUERY, "excused", clerk(), reason="14:00 起故障")
        assert Case.objects.get(pk=made.pk).stage == "preparation"
    with at("2026-11-23 16:00"):
        work.tick(first, day.QUERY, "done", SYSTEM)
        assert first.ticks.get(rule=day.QUERY).state == "done"


def test_situation_3_on_day_four_the_creditor_brings_originals_and_a_clue_to_a_case_of_fast_03():
    made, counter = fast_case(), Counter()
    Party.objects.filter(case=made, role="creditor").update(phone="13900080329", address="濮阳市建设路1号")
    rows = {"clue-0-kind": "车辆", "clue-0-text": "车在金石装饰门店前"}
    counter.post(
        f"/reception/{made.pk}/", **visit_of(made, originals="2", pages="6", confirm="on", e_service="on", **rows)
    )
    work_off()
    record = ReceptionRecord.objects.get(case=made)
    assert (record.kind, record.item, record.document.kind, record.document.state) == (
        "later",
        None,
        "later_reception",
        "issued",
    )
    assert made.parties.get(role="creditor").e_service
    clue, fresh = item(made, "enforcement.clue"), Case.objects.get(pk=made.pk)
    assert (clue.team, fresh.stage, fresh.team_id) == (made.team, "fast", made.team_id)
    scan = item(made, "archives.scan_originals")
    assert scan.team.code == "archives"
    centre = make.actor("archives", "clerk")
    custody.give(record.bundle, centre.team_id, clerk())
    custody.take(record.bundle, centre)
    record.bundle.refresh_from_db()
    assert record.bundle.duty == scan.subject
    Counter(make.actor("fast-03", "clerk")).get(f"/reception/{made.pk}/", 403)
    counter.post(f"/reception/{made.pk}/", **visit_of(made, **{"clue-0-text": "车现在停在楼下", "clue-0-urgent": "on"}))
    assert item(made, "enforcement.clue_urgent").team == made.team


def test_a_later_visit_of_a_case_that_is_over_is_refused_with_the_way_out():
    made = put(make.case(), "terminal", "terminal-01", closed_on=clock.today(), closing_mode="terminal_closure")
    assert "恢复执行" in Counter().get(f"/reception/{made.pk}/").content.decode()
    assert "恢复执行" in Counter().post(f"/reception/{made.pk}/", 422, **visit_of(made)).content.decode()
    assert not ReceptionRecord.objects.exists()


def test_situation_5_more_money_than_the_claim_is_frozen_up_to_it_and_the_case_is_with_fast_the_same_day(
    settings, tmp_path
):
    settings.EXCHANGE_DIR = tmp_path / "exchange"
    operators.report(clerk().user, clock.today(), "豫高法执报备2026-1", make.director())
    made, counter = case(), Counter()
    received(made)
    debtor = made.parties.get(role="debtor")
    Counter(make.actor("fast-03", "clerk")).post("/assets/queries/", 403, party=debtor.pk, do="send")
    counter.post("/assets/queries/", party=debtor.pk, do="send")
    finish_jobs()
    answer(QueryBatch.objects.get(), [row(made, amount="900000.00")])
    duty, asset = item(made, "reception.network_freeze"), made.assets.get()
    assert duty.due_on == clock.today()
    amount = f"amount-{asset.pk}"
    counter.post("/assets/freezes/", 422, asset=asset.pk, **{amount: f"{made.amount + 1}"})
    Counter(make.actor("quality")).post("/assets/freezes/", 403, asset=asset.pk, **{amount: "1"})
    counter.post("/assets/freezes/", asset=asset.pk, **{amount: f"{made.amount}"})
    finish_jobs()
    sheet = Approval.objects.get(act="ruling")
    place = sheet.places.get(state="waiting")
    assert place.signer_id == context.read().roster.duty
    signed = {"opinion": "同意", "place": place.order, "password": PASSWORD}
    counter.post(f"/approvals/{sheet.pk}/sign/", 403, **signed)
    Counter(Actor.of(place.signer)).post(f"/approvals/{sheet.pk}/sign/", **signed)
    finish_jobs()
    Peer(settings.EXCHANGE_DIR).answer_all()
    receiving.read_all()
    finish_jobs()
    measure = made.measures.get()
    assert (measure.state, measure.controlled) == ("effective", made.amount)
    duty.refresh_from_db()
    assert duty.outcome == "done"
    counter.post("/triage/", 403, case=made.pk, accept="certain")
    Counter(make.actor("quality")).post("/triage/", case=made.pk, accept="certain")
    assert Case.objects.get(pk=made.pk).stage == "fast"
    assert not made.queries.exclude(channel="network").exists()
    assert not made.items.filter(rule="quality.offline_query", open=True).exists()


def test_situation_6_the_car_stands_below_and_the_case_is_not_triaged_yet_the_duty_judge_has_it():
    from cases import steps

    made = put(make.case(), "preparation", "quality")
    Counter().post(
        f"/reception/{made.pk}/", **visit_of(made, **{"clue-0-text": "车现在停在楼下", "clue-0-urgent": "on"})
    )
    urgent = item(made, "enforcement.clue_urgent")
    assert urgent.person_id == context.read().roster.duty
    assert steps.blockers([Case.objects.get(pk=made.pk)], "triage_fast").get(made.pk, []) == []


def test_situation_11_a_house_sealed_in_preservation_is_shown_at_the_counter_and_carried_over_by_one_key():
    other = make.cases(1, kind="preservation")[0]
    made = case()
    counter = Counter()
    page = counter.get(f"/reception/{made.pk}/").content.decode()
    assert other.number in page
    assert "转接" in page
    counter.post(f"/reception/{made.pk}/carry/{other.pk}/")
    assert CaseLink.objects.filter(case=made, other=other, kind="preservation").exists()
    assert item(made, "preservation.carry_over").subject == f"case:{other.pk}"
    counter.post(f"/reception/{made.pk}/carry/{other.pk}/", 422)
    stranger = make.case(parties=[*make.registration().parties[:1]])
    counter.post(f"/reception/{made.pk}/carry/{stranger.pk}/", 422)
    assert "已转接" in counter.get(f"/reception/{made.pk}/").content.decode()


def test_situation_11_the_measures_follow_with_rank_and_printed_end_and_no_three_days_begin(at):
    with at("2024-12-02 10:00"):
        other = make.cases(1, kind="preservation")[0]
        end = date(2027, 12, 1)
        house = account(other, "9", kind="real_estate", amount="800000")
        money, outsider = (
            account(other, "6222", "5000"),
            account(other, "7", "100", party=other.parties.get(role="creditor")),
        )
        fields = {
            "case": other,
            "state": "effective",
            "made_at": clock.now(),
            "effective_on": clock.today(),
            "starts_on": clock.today(),
        }
        seal = ControlMeasure.objects.create(asset=house, kind="seal", rank=1, ends_on=end, **fields)
        freeze = ControlMeasure.objects.create(
            asset=money, kind="freeze", amount=5000, controlled=5000, ends_on=end, **fields
        )
        kept = ControlMeasure.objects.create(asset=outsider, kind="freeze", amount=100, ends_on=end, **fields)
        work.record_event(
            other, "real_estate_sealed", clock.now(), SYSTEM, subject=seal.subject, length=end.isoformat()
        )
    with at("2026-11-23 09:10"):
        made, counter = case(), Counter()
        Case.objects.filter(pk=made.pk).update(amount=3000)
        path = f"/reception/{made.pk}/carry/{other.pk}/"
        assert "超出申请标的 2,000.00 元" in counter.get(f"/reception/{made.pk}/").content.decode()
        Counter(make.actor("fast-03", "clerk")).post(path, 404)
        counter.post(path)
        counter.post(path, 422)
        for row in (seal, freeze, kept):
            row.refresh_from_db()
        assert (seal.case, seal.rank, seal.ends_on, seal.asset.case, seal.asset.source) == (
            made,
            1,
            end,
            made,
            "preservation",
        )
        assert (freeze.case, kept.case) == (made, other)
        assert freezing.controlled([made]) == {made.pk: 5000}
        assert freezing.offers([made])[0].frozen == 5000
        assert item(made, "measure.real_estate").due_on == item(made, "measure.deposit").due_on == end
        assert not other.items.filter(rule="measure.real_estate", open=True).exists()
        assert item(made, "preservation.carry_over").open  # one could not follow
        assert not made.items.filter(rule="transfer.three_days").exists()
        told = JournalEntry.objects.filter(what="measure", key="carried")
        assert (told.filter(case=made).count(), told.filter(case=other).count()) == (2, 2)
        assert carrying.carry(other, made, clerk()).moved == []
        assert [each.url for each in measures.unwatched()] == [
            f"/cases/{other.pk}/?tab=assets"
        ]  # the one never watched


def test_a_carry_over_is_taken_back_whole_until_something_follows(at):
    with at("2026-11-20 10:00"):
        other, end = make.cases(1, kind="preservation")[0], date(2027, 11, 19)
        money = account(other, "6222", "5000")
        freeze = ControlMeasure.objects.create(
            asset=money, case=other, kind="freeze", amount=5000, controlled=5000, state="effective", ends_on=end,
            effective_on=clock.today(), starts_on=clock.today(), made_at=clock.now(),
        )  # fmt: skip
        work.record_event(other, "deposit_frozen", clock.now(), SYSTEM, subject=freeze.subject, length=end.isoformat())
    with at("2026-11-23 09:10"):
        made, counter, other_clerk = case(), Counter(), Counter(clerk(1))
        Case.objects.filter(pk=made.pk).update(amount=3000)
        path = f"/reception/{made.pk}/carry/{other.pk}/"
        counter.post(path)
        assert item(made, "over.seal_release").due_on == date(2026, 11, 26)  # 3 working days, of the 2,000 too much
        other_clerk.post(f"{path}back/", 403, reason="选错案件")
        assert "撤回转接</button>" not in other_clerk.get(f"/reception/{made.pk}/").content.decode()
        counter.post(f"{path}back/", 422)
        counter.post(f"{path}back/", reason="选错案件")
        freeze.refresh_from_db()
        assert (freeze.case, freeze.asset) == (other, money)
        assert item(other, "measure.deposit").due_on == end
        assert not made.assets.exists()
        assert not CaseLink.objects.filter(case=made).exists()
        rules = ("measure.deposit", "over.seal_release", "preservation.carry_over")
        assert not made.items.filter(rule__in=rules, open=True).exists()
        told = JournalEntry.objects.filter(what="measure", key="carried_back", facts__reason="选错案件")
        assert {entry.case_id for entry in told} == {made.pk, other.pk}
        counter.post(f"{path}back/", 422, reason="再撤")
        other_clerk.post(path)  # now it is meant
        work.record_event(made, "renewal_begun", clock.now(), SYSTEM, subject=freeze.subject)
        leader = Counter(make.actor("reception"))
        refused = leader.post(f"{path}back/", 422, reason="再撤").content.decode()
        assert "已登记「续行已启动」" in refused
        work.record_event(made, "measure_released", clock.now(), SYSTEM, subject=freeze.subject)
        assert not made.items.filter(rule="over.seal_release", open=True).exists()
        assert "已变更（已解除）" in leader.post(f"{path}back/", 422, reason="再撤").content.decode()


def test_a_confidential_case_of_others_shows_its_light_and_nothing_more():
    hidden = case(confidential=True, cause="抚养费纠纷")
    hidden.items.update(person_id=make.actor("reception").user_id)
    outsider = clerk(1)
    page = Counter(outsider).get("/reception/?none").content.decode()
    assert hidden.number not in page
    assert "*案件" in page
    Counter(outsider).get(f"/reception/{hidden.pk}/", 404)
    Counter(outsider).post("/reception/notes/", case=hidden.pk, reason="away")
    assert not Document.objects.filter(case=hidden).exists()
