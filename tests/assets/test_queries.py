"""查: one batch for all debtors of the day, by whoever is on the list; 系统故障."""

import json
from datetime import timedelta

import pytest
from django.conf import settings

from assets import operators, queries
from assets.models import Operator, QueryBatch
from cases import clock, work
from cases.models import JournalEntry, Party, Tick
from cases.refusals import Forbidden, Refused, Stale, Unseen
from documents.models import Outgoing
from teams.models import Notice
from tests import make
from tests.assets.helpers import answer, browser, counter, debtors, identity, row, sent
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
