"""Receipts of freezes: measures with their printed end, refusals as items, ends that come."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assets import freezing
from assets.models import ControlMeasure
from cases import clock, signing, work
from cases.models import Approval, JournalEntry
from documents.exchange import receiving
from documents.models import Aside, Outgoing
from ops.peer.answering import Behaviour, Peer
from teams.actor import SYSTEM
from tests.assets.freezing_helpers import judge_of, packages, propose, sign
from tests.assets.helpers import account, answer, browser, counter, put, row, sent, work_off

pytestmark = pytest.mark.django_db


def frozen(clerk, amount="5000", number="1"):
    case = counter("甲", amount="10000")
    work.record_event(case, "money_found", clock.now(), SYSTEM)
    propose(clerk, account(case, number, amount))
    sign()
    return case, ControlMeasure.objects.get(), Outgoing.objects.get(kind="freeze")


def receipt(outgoing, measure, name="R1", **given):
    told = {"id": str(measure.pk), "result": "frozen", "controlled": str(measure.amount), "rank": 1,
            "starts_on": measure.starts_on.isoformat(), "ends_on": measure.ends_on.isoformat(), "reference": "GH-1", **given}  # fmt: skip
    told = {key: value for key, value in told.items() if value is not None}
    put(outgoing, "freeze.receipt", {"status": "done", "at": clock.now().isoformat(), "results": [told]}, name)
    receiving.read_all()
    work_off()


def test_a_receipt_becomes_a_measure_with_its_printed_end_and_its_clock(clerk):
    case, measure, outgoing = frozen(clerk)
    ends = measure.ends_on - timedelta(days=10)
    receipt(outgoing, measure, ends_on=ends.isoformat(), controlled="2500.00")
    measure.refresh_from_db()
    assert (measure.state, measure.controlled, measure.rank, measure.ends_on) == (
        "effective",
        Decimal("2500.00"),
        1,
        ends,
    )
    term = case.items.get(rule="measure.deposit", open=True)
    assert (term.subject, term.due_on) == (measure.subject, ends)
    assert not case.items.filter(rule="reception.network_freeze", open=True).exists(), "the duty of the day is met"
    assert freezing.controlled([case]) == {case.pk: Decimal("2500.00")}


def test_a_refusal_becomes_an_item_of_whoever_proposed(clerk):
    case, measure, outgoing = frozen(clerk)
    receipt(outgoing, measure, result="refused", reason="账户已销户", controlled=None)
    measure.refresh_from_db()
    item = case.items.get(rule="measure.not_assisted", open=True)
    assert (measure.state, item.person_id, item.subject) == ("refused", clerk.user_id, measure.subject)
    assert "账户已销户" in item.title
    assert case.items.filter(rule="reception.network_freeze", open=True).exists(), "nothing was frozen: the duty stays"


def test_a_waiting_rank_has_no_period(clerk):
    case, measure, outgoing = frozen(clerk)
    receipt(outgoing, measure, result="waiting", rank=3, controlled=None, starts_on=None, ends_on=None)
    measure.refresh_from_db()
    assert (measure.state, measure.rank, measure.ends_on) == ("waiting", 3, None)
    assert not case.items.filter(rule="measure.deposit").exists()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"controlled": "5000.01"}, "多于通知"), ({"ends_on": "2099-01-01"}, "晚于通知书"), ({"id": "999999"}, "不多不少"),
        ({"controlled": None}, "应写 controlled"),
    ],
)  # fmt: skip
def test_a_receipt_that_does_not_fit_the_notice_is_put_aside(clerk, given, why):
    _case, measure, outgoing = frozen(clerk)
    receipt(outgoing, measure, **given)
    measure.refresh_from_db()
    assert measure.state == "sent"
    assert why in Aside.objects.get().reason


def test_the_same_receipt_twice_changes_nothing(clerk):
    case, measure, outgoing = frozen(clerk)
    receipt(outgoing, measure)
    before = case.items.count(), measure.events.count()
    receipt(outgoing, measure)
    measure.refresh_from_db()
    assert (case.items.count(), measure.events.count()) == before
    assert not Aside.objects.exists()


def test_the_round_trip_with_the_reference_peer(clerk):
    case = counter("甲", amount="100000")
    work.record_event(case, "money_found", clock.now(), SYSTEM)
    propose(clerk, account(case, "11", "9000"), account(case, "17", "8000"), account(case, "13", "7000"))
    sign()
    Peer(settings.EXCHANGE_DIR).answer_all()
    receiving.read_all()
    work_off()
    states = dict(ControlMeasure.objects.values_list("asset__key", "state"))
    assert {key.rpartition("|")[2]: state for key, state in states.items()} == {
        "11": "effective",
        "17": "refused",
        "13": "waiting",
    }
    assert case.items.filter(rule="measure.deposit", open=True).count() == 1


def test_a_peer_that_refuses_leaves_items_and_no_measure(clerk):
    case, measure, _ = frozen(clerk)
    Peer(settings.EXCHANGE_DIR, Behaviour(refuse=frozenset({"freeze"}))).answer_all()
    receiving.read_all()
    measure.refresh_from_db()
    assert measure.state == "refused"
    assert case.items.filter(rule="measure.not_assisted", open=True).exists()


def test_the_printed_end_ends_it_and_frees_its_room(clerk):
    from assets import measures

    case, measure, outgoing = frozen(clerk)
    receipt(outgoing, measure)
    assert list(measures.unwatched()) == []
    case.items.filter(rule="measure.deposit").update(subject="measure:0")
    assert [finding.text for finding in measures.unwatched()], "a freeze without its watch is found"
    measure.refresh_from_db()
    with clock.at(clock.now() + timedelta(days=365)):
        assert (measures.lapse(), measures.lapse()) == (1, 0)
        line = JournalEntry.objects.get(case=case, what="measure", key="lapsed")
        assert line.facts == {"measure": measure.pk, "ends": str(measure.ends_on)}
        assert freezing.controlled([case]) == {}
    measure.refresh_from_db()
    assert measure.state == "lapsed"


def test_many_measures_lapse_by_the_statements_of_one():
    from assets import measures

    def cost(many: int) -> int:
        for number in range(many):
            case, day = counter(f"丁{number}"), clock.today()
            ControlMeasure.objects.create(
                case=case, asset=account(case, f"{number}"), kind="freeze", state="effective", amount=1, made_at=clock.now(),
                effective_on=day - timedelta(days=9), ends_on=day - timedelta(days=1),
            )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            assert measures.lapse() == many
        return len(asked)

    cost(1)
    assert cost(1) == cost(4)


def test_a_release_that_is_recorded_ends_the_measure_it_names(clerk):
    case, measure, outgoing = frozen(clerk)
    receipt(outgoing, measure)
    work.record_event(case, "measure_released", clock.now(), SYSTEM, subject=measure.subject)
    measure.refresh_from_db()
    assert measure.state == "released"
    assert not case.items.filter(rule="measure.deposit", open=True).exists()
    assert freezing.controlled([case]) == {}


def test_the_duty_judge_signs_a_whole_batch_at_once(clerk):
    cases = [counter(f"人{n}") for n in range(3)]
    propose(clerk, *(account(case, "1") for case in cases))
    approvals = list(Approval.objects.filter(act="ruling", state="waiting"))
    desk = browser(judge_of(approvals[0])).get("/sign/").content.decode()
    assert desk.count('name="approval"') >= 3, "each may be ticked"
    results = signing.sign_many(approvals, judge_of(approvals[0]), opinion="同意")
    assert [result.refusal for result in results] == ["", "", ""]
    work_off()
    assert len(packages()) == 3


def test_situation_five_money_for_the_whole_claim_is_frozen_the_same_day(clerk):
    """First answer shows more money than the claim: freeze up to the claim the same day (flow §8, 5)."""
    case = counter("甲", amount="10000")
    answer(sent(clerk, case), [row(case, amount="50000.00")])
    item = case.items.get(rule="reception.network_freeze", open=True)
    assert item.due_on == clock.today()
    asset = case.assets.get()
    propose(clerk, asset)
    sign()
    measure = ControlMeasure.objects.get()
    assert measure.amount == Decimal("10000")
    receipt(Outgoing.objects.get(kind="freeze"), measure)
    assert freezing.controlled([case]) == {case.pk: Decimal("10000")}
    item.refresh_from_db()
    assert item.outcome == "done"
