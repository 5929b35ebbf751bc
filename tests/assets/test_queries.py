"""查: one batch for all debtors of the day, by whoever is on the list; 系统故障; answers by certificate and case number."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings

from assets import operators, queries
from assets.models import AnswerImport, Asset, Operator, Query, QueryBatch
from cases import clock, work
from cases.models import JournalEntry, Party, Tick
from cases.refusals import Forbidden, Refused, Stale, Unseen
from documents.exchange import receiving, sending
from documents.models import Aside, Outgoing
from ops.peer.answering import Peer
from teams.models import Notice
from tests import make
from tests.assets.helpers import answer, browser, counter, debtors, identity, put, row, sent, work_off
from tests.cases.signing_helpers import fast_case

pytestmark = pytest.mark.django_db


def tick(case) -> str:
    found = Tick.objects.filter(item__case=case, rule="reception.network_query").first()
    return found.state if found else ""


# Who, and about whom


def test_one_batch_asks_about_every_debtor_of_the_day_and_sets_their_ticks(clerk):
    first, second = counter("甲"), counter("乙", "丙")
    assert {row.party.name for row in queries.wanted(clerk)} == {"甲", "乙", "丙"}
    batch = sent(clerk, first, second)
    assert queries.wanted(clerk) == []
    assert (batch.state, tick(first), tick(second)) == ("sent", "done", "done")
    (folder,) = (settings.EXCHANGE_DIR / "out").iterdir()
    asked = json.loads((folder / "payload.json").read_text())["queries"]
    assert {each["name"] for each in asked} == {"甲", "乙", "丙"}, "the creditor is not asked about"


def test_whoever_is_not_on_the_list_sends_nothing(clerk):
    case = counter()
    colleague = make.actor("reception", "clerk", nth=1)
    with pytest.raises(Refused, match="不在已报备"):
        queries.send(debtors(case), colleague)
    operators.strike(Operator.objects.get(), make.director())
    with pytest.raises(Refused, match="不在已报备"):
        queries.send(debtors(case), clerk)
    with pytest.raises(Forbidden):
        queries.send(debtors(case), make.actor("fast-03", "clerk"))
    assert not Outgoing.objects.exists()


def test_the_list_is_kept_by_the_director_alone(clerk):
    person = make.actor("reception", "clerk", nth=1)
    for by in (clerk, make.actor("leadership", "vice_president"), make.actor("quality", "regular_officer")):
        with pytest.raises(Forbidden):
            operators.report(person.user, clock.today(), "x", by)
    with pytest.raises(Stale):
        operators.report(clerk.user, clock.today(), "再报", make.director())


def test_only_debtors_are_asked_about(clerk):
    case = counter()
    creditor = case.parties.get(role="creditor")
    with pytest.raises(Refused, match="只查询被执行人"):
        queries.send([creditor.pk], clerk)
    Party.objects.filter(pk=debtors(case)[0]).update(standing="performed")
    with pytest.raises(Refused, match="已履行"):
        queries.send(debtors(case), clerk)


def test_a_debtor_without_certificate_is_named_and_does_not_hold_up_the_others(clerk):
    case = counter("甲", "乙")
    Party.objects.filter(case=case, name="乙").update(certificate_number="")
    with pytest.raises(Refused, match="乙（未提供证件号码）"):
        queries.send(debtors(case), clerk)
    queries.send([Party.objects.get(case=case, name="甲").pk], clerk)
    assert tick(case) == "done"


def test_the_tick_waits_for_every_debtor_who_can_be_asked_about(clerk):
    case = counter("甲", "乙")
    queries.send(debtors(case)[:1], clerk)
    assert tick(case) == ""
    queries.send(debtors(case)[1:], clerk)
    assert tick(case) == "done"


def test_nobody_is_asked_about_twice_at_once(clerk):
    case = counter()
    sent(clerk, case)
    with pytest.raises(Stale):
        queries.send(debtors(case), clerk)


def test_a_confidential_case_is_in_nobodys_batch_but_of_those_named_on_it(clerk):
    case = counter("甲", confidential=True)
    stranger = next(
        each
        for each in (clerk, make.actor("reception", "clerk", nth=1))
        if each.user_id not in (case.clerk_id, case.handler_id)
    )
    if stranger.user_id != clerk.user_id:
        operators.report(stranger.user, clock.today(), "报备", make.director())
    assert queries.wanted(stranger) == []
    with pytest.raises(Unseen):
        queries.send(debtors(case), stranger)


def test_the_last_tick_passes_the_case_on(clerk):
    cases = [counter(), counter()]
    for case in cases:
        item = case.items.get(rule="reception.first_day")
        for part in work.PARTS[item.rule]:
            if part != queries.TICK:
                work.tick(item, part, "done", clerk)
    sent(clerk, *cases)
    for case in cases:
        case.refresh_from_db()
        assert case.stage == "preparation"


def test_a_batch_of_two_hundred_takes_no_more_statements_than_one_of_ten(clerk):
    few, many = debtors(*(counter() for _ in range(10))), debtors(*(counter() for _ in range(60)))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as small:
        queries.send(few, clerk)
    with CaptureQueriesContext(connection) as large:
        queries.send(many, clerk)
    assert len(large) <= len(small) + 2


# 系统故障 (flow §8, 2)


def test_while_the_system_is_down_the_batch_waits_and_leaves_by_itself(clerk):
    case, now = counter(), clock.now()
    batch = queries.send(debtors(case), clerk, fault="14:00 起无法登录", retry_at=now + timedelta(hours=1))
    assert (batch.state, tick(case), Outgoing.objects.count()) == ("open", "excused", 0)
    assert queries.send_held() == 0
    with clock.at(now + timedelta(hours=1, minutes=1)):
        assert queries.send_held() == 1
        assert queries.send_held() == 0
    assert (QueryBatch.objects.get().state, tick(case), Outgoing.objects.count()) == ("sent", "done", 1)
    label = JournalEntry.objects.filter(case=case, key="reception.network_query").latest("id").label
    assert label.endswith("已办")


def test_the_waiting_batch_of_somebody_struck_off_the_list_stays(clerk):
    case, now = counter(), clock.now()
    queries.send(debtors(case), clerk, fault="故障", retry_at=now + timedelta(hours=1))
    operators.strike(Operator.objects.get(), make.director())
    with clock.at(now + timedelta(hours=2)):
        assert queries.send_held() == 0
    assert QueryBatch.objects.get().state == "open"
    assert Notice.objects.filter(person=clerk.user, text__contains="未能自动发出").exists()


def test_the_hour_of_a_waiting_batch_lies_ahead(clerk):
    with pytest.raises(Refused, match="自动发出的时间"):
        queries.send(debtors(counter()), clerk, fault="故障", retry_at=clock.now() - timedelta(minutes=1))


# Ordered by a team


def test_a_team_orders_a_query_and_it_goes_with_the_next_batch(clerk):
    case = fast_case()
    party = case.parties.get(role="debtor")
    made = queries.order(party, make.actor("fast-03", "clerk"), reason="full")
    with pytest.raises(Refused, match="不必重复"):
        queries.order(party, make.actor("fast-03", "judge"))
    (wanted,) = queries.wanted(clerk)
    assert (wanted.party, wanted.ordered) == (party, made)
    batch = sent(clerk, case)
    made.refresh_from_db()
    assert (made.batch, made.state) == (batch, "sent")


def test_another_team_orders_nothing(clerk):
    party = fast_case().parties.get(role="debtor")
    with pytest.raises(Unseen):
        queries.order(party, make.actor("fast-05", "clerk"))


# Answers


def test_answers_become_assets_with_source_and_date(clerk):
    case = counter("甲", amount="10000")
    batch = sent(clerk, case)
    answer(batch, [row(case), row(case, kind="vehicle", key="豫J12345", title="小型轿车 豫J12345", amount=None)])
    found = {asset.kind: asset for asset in Asset.objects.filter(case=case)}
    assert found["deposit"].amount == Decimal("5000.00")
    assert (found["vehicle"].source, found["vehicle"].query) == ("network", batch.queries.get())
    assert batch.queries.get().state == "answered"
    case.refresh_from_db()
    rules = set(case.items.filter(open=True).values_list("rule", flat=True))
    assert {"reception.network_freeze", "asset.control"} <= rules
    assert JournalEntry.objects.filter(case=case, what="event", key="network_answered").count() == 1


def test_a_row_needs_certificate_and_case_number_both(clerk):
    first, second = counter("甲"), counter("乙")
    batch = sent(clerk, first, second)
    stranger = {"certificate_number": identity(), "name": "丁"}
    answer(batch, [row(first), row(first, case=second.number), row(first, **stranger)])
    imported = AnswerImport.objects.get()
    assert (imported.matched, imported.unmatched) == (1, 2)
    assert [problem.row for problem in imported.problems.order_by("row")] == [2, 3]
    assert not Asset.objects.filter(case=second).exists()


def test_a_number_in_other_brackets_and_a_small_x_are_the_same(clerk):
    case = counter("甲")
    party = case.parties.get(role="debtor")
    batch = sent(clerk, case)
    loose = case.number.replace("（", "(").replace("）", ") ")
    answer(batch, [row(case, case=loose, certificate_number=f" {party.certificate_number.lower()} ")])
    assert Asset.objects.filter(case=case).count() == 1


def test_contradictions_are_shown_and_change_nothing(clerk):
    case = counter("甲", "乙")
    one, two = case.parties.filter(role="debtor").order_by("position")
    batch = sent(clerk, case)
    rows = [
        row(case, one),
        row(case, one, amount="9.00"),
        row(case, two, name="另一人"),
        row(case, two, key="x", title="账户 x"),
    ]
    nothing = [{"case": case.number, "certificate_number": two.certificate_number}]
    answer(batch, rows, nothing=nothing)
    problems = {problem.row: problem.reason for problem in AnswerImport.objects.get().problems.all()}
    assert set(problems) == {1, 2, 3, 4}
    assert "第 1 行" in problems[2]
    assert "姓名不符" in problems[3]
    assert "查无" in problems[4]
    assert not Asset.objects.exists()


def test_the_same_answer_once_more_changes_nothing(clerk):
    case = counter("甲")
    first = sent(clerk, case)
    told = row(case)
    answer(first, [told])
    before = list(Asset.objects.values())
    queries.order(case.parties.get(role="debtor"), clerk)
    again = sent(clerk, case)
    answer(again, [told], name="R2")
    assert list(Asset.objects.values()) == before
    assert AnswerImport.objects.latest("pk").unchanged == 1
    outgoing = Outgoing.objects.get(key=f"query:{again.pk}")
    put(outgoing, "query.receipt", {"status": "answered", "at": clock.now().isoformat(), "rows": []}, "R3")
    receiving.read_all()
    assert list(Asset.objects.values()) == before
    assert Aside.objects.count() == 1, "an answered package takes no second answer"


def test_an_older_answer_does_not_overwrite_a_newer_one(clerk):
    case = counter("甲")
    batch = sent(clerk, case)
    answer(batch, [row(case)])
    queries.order(case.parties.get(role="debtor"), clerk)
    old = (clock.now() - timedelta(days=1)).isoformat()
    answer(sent(clerk, case), [row(case, amount="1.00", as_of=old)], name="R2")
    assert Asset.objects.get().amount == Decimal("5000.00")
    assert "不比它新" in AnswerImport.objects.latest("pk").problems.get().reason


def test_a_newer_answer_replaces_and_keeps_the_old_in_its_history(clerk):
    case = counter("甲")
    answer(sent(clerk, case), [row(case)])
    queries.order(case.parties.get(role="debtor"), clerk)
    answer(sent(clerk, case), [row(case, amount="1.00", as_of=clock.now().isoformat())], name="R2")
    asset = Asset.objects.get()
    assert asset.amount == Decimal("1.00")
    assert [event.amount for event in asset.events.order_by("pgh_id")] == [Decimal("5000.00"), Decimal("1.00")]


def test_nothing_found_not_asked_and_left_out(clerk):
    case = counter("甲", "乙", "丙")
    one, two, _three = case.parties.filter(role="debtor").order_by("position")
    batch = sent(clerk, case)
    who = {"case": case.number}
    failed = [{**who, "certificate_number": two.certificate_number, "reason": "证件号码不存在"}]
    answer(batch, [], nothing=[{**who, "certificate_number": one.certificate_number}], failed=failed)
    states = [(query.state, query.note) for query in batch.queries.order_by("pk")]
    assert states == [("nothing", ""), ("failed", "证件号码不存在"), ("failed", "反馈中没有此人")]


@pytest.mark.parametrize(
    "spoilt",
    [
        {"amount": "五千"}, {"amount": 5000}, {"kind": "gold"}, {"as_of": "昨天"}, {"key": ""}, {"certificate_number": None},
        {"facts": {"a": 1}}, {"title": "长" * 201},
    ],
)  # fmt: skip
def test_a_broken_file_leaves_nothing(clerk, spoilt):
    case = counter("甲")
    batch = sent(clerk, case)
    answer(batch, [row(case), row(case, **{"key": "2", **spoilt})])
    assert not Asset.objects.exists()
    assert not AnswerImport.objects.exists()
    assert Aside.objects.count() == 1
    assert batch.queries.get().state == "sent", "the right answer may still come"
    answer(batch, [row(case)], name="R2")
    assert Asset.objects.count() == 1


def test_a_fault_in_the_middle_of_the_import_leaves_nothing(clerk, monkeypatch):
    from assets import answering

    case = counter("甲")
    batch = sent(clerk, case)
    monkeypatch.setattr(answering, "consequences", lambda *_: 1 / 0)
    with pytest.raises(AssertionError):
        answer(batch, [row(case)])
    assert not Asset.objects.exists()
    assert AnswerImport.objects.get().state == "waiting"
    monkeypatch.undo()
    work_off()
    assert Asset.objects.count() == 1


def test_the_query_system_refuses_the_whole_batch(clerk):
    case = counter("甲")
    batch = sent(clerk, case)
    outgoing = Outgoing.objects.get()
    put(outgoing, "query.receipt", {"status": "failed", "at": clock.now().isoformat(), "reason": "系统维护"})
    receiving.read_all()
    work_off()
    assert (batch.queries.get().state, batch.queries.get().note) == ("failed", "系统维护")
    assert [each.party.name for each in queries.wanted(clerk)] == [], (
        "its tick is done: it is ordered again from the case"
    )
    queries.order(case.parties.get(role="debtor"), clerk)
    assert len(queries.wanted(clerk)) == 1


@pytest.mark.parametrize("rows_each", [12, pytest.param(100, marks=pytest.mark.long)])
def test_many_rows_are_stored_by_few_statements(clerk, rows_each):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cases = [counter(f"人{n}") for n in range(50)]
    batch = sent(clerk, *cases)
    rows = [row(case, key=f"{n}", title=f"账户 {n}", amount=f"{n}.00") for case in cases for n in range(rows_each)]
    with CaptureQueriesContext(connection) as asked:
        answer(batch, rows)
    assert Asset.objects.count() == 50 * rows_each
    assert AnswerImport.objects.get().matched == 50 * rows_each
    assert len(asked) < 150


def test_nothing_that_disposes_leaves_without_paper(clerk):
    for kind in ("freeze", "seal", "delivery"):
        with pytest.raises(Refused, match="须附签批完毕的文书"):
            sending.ask(kind, "x:1", {}, clerk)


def test_the_round_trip_with_the_reference_peer(clerk):
    cases = [counter(f"人{n}") for n in range(12)]
    sent(clerk, *cases)
    assert Peer(settings.EXCHANGE_DIR).answer_all() == 1
    assert receiving.read_all() == 1
    work_off()
    states = set(Query.objects.values_list("state", flat=True))
    assert states == {"answered", "nothing"}
    assert Asset.objects.filter(kind="deposit").exists()
    assert AnswerImport.objects.get().contradictory == 0


# Pages


def test_the_importer_sees_match_state_and_never_amounts(clerk):
    case = counter("甲")
    batch = sent(clerk, case)
    answer(batch, [row(case, amount="4321.09"), row(case, case="（2026）豫0902执1号")])
    page = browser(clerk).get(f"/assets/queries/{batch.pk}/").content.decode()
    assert "相符 1，无此人案 0" not in page
    assert "相符 1" in page
    assert "4,321.09" not in page
    assert case.parties.get(role="debtor").certificate_number not in page
    whole = browser(clerk).get(f"/cases/{case.pk}/?tab=assets").content.decode()
    assert "4,321.09" in whole
    assert browser(make.actor("fast-05", "judge")).get(f"/cases/{case.pk}/?tab=assets").status_code == 404


def test_the_page_sends_the_chosen_and_keeps_what_was_typed(clerk):
    case = counter("甲", "乙")
    client = browser(clerk)
    assert client.post("/assets/queries/", {"do": "send"}).status_code == 422
    chosen = debtors(case)[:1]
    answered = client.post("/assets/queries/", {"party": chosen, "do": "fault", "fault": "登录不上", "at": "25 点"})
    assert answered.status_code == 422
    text = answered.content.decode()
    assert "登录不上" in text
    assert 'value="25 点"' in text
    done = client.post("/assets/queries/", {"party": debtors(case), "do": "send"})
    assert done.status_code == 302
    assert QueryBatch.objects.get().queries.count() == 2


def test_pages_of_the_room_are_for_whose_they_are(clerk):
    case = counter("甲")
    batch = sent(clerk, case)
    for who, code in (
        (make.actor("fast-03", "judge"), 403),
        (make.actor("archives", "contractor"), 403),
        (make.actor("administration", "system_admin"), 403),
        (make.actor("quality", "clerk"), 200),
        (make.director(), 200),
    ):
        client = browser(who)
        assert client.get("/assets/").status_code == code
        assert client.get(f"/assets/queries/{batch.pk}/").status_code == code
        assert client.post("/assets/queries/", {"party": debtors(case)}).status_code == 403


def test_where_nobody_can_be_asked_about_the_part_says_why_and_turns_green_once_he_can(clerk):
    case = counter("蒋一", "蒋二")
    case.parties.filter(role="debtor").update(certificate="", certificate_number="")
    item = case.items.get(rule=queries.FIRST_DAY)
    page, at = browser(clerk), f"/assets/first-day/{item.pk}/"
    assert "未提供证件号码" in page.get(at).content.decode()
    assert page.post(at, {"reason": ""}).status_code == 422
    assert page.post(at, {"reason": "仅知姓名"}).status_code == 302
    part = Tick.objects.get(item=item, rule=queries.TICK)
    assert (part.state, "蒋一未提供证件号码" in part.reason) == ("na", True)
    first = case.parties.filter(role="debtor").order_by("position")[0]
    Party.objects.filter(pk=first.pk).update(certificate="identity", certificate_number=identity())
    assert page.post(at, {"reason": "仅知姓名"}).status_code == 422
    queries.send([first.pk], clerk)
    part.refresh_from_db()
    assert part.state == "done"
