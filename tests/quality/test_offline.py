"""线下查控: one trip and one list, one person once for all his cases, answers by grid and from Excel, who may, who is first."""

from datetime import timedelta

import pytest

from assets import full_queries, queries
from assets.models import Asset, Query, QueryBatch
from cases import clock, exceptions
from cases.models import Case, JournalEntry, Party, WorkItem
from cases.refusals import Forbidden, Refused, Stale, Unseen
from quality import answers, offline
from quality.answers import Found, Said
from quality.offline import COUNTERS
from teams.models import Notice
from tests import make
from tests.archives.helpers import browser
from tests.cases.signing_helpers import fast_case, fresh, fresh_roster, put
from tests.quality.triage_helpers import clerk, parties, passed_on

pytestmark = pytest.mark.django_db
SAME = "410922197610249985"  # the debtor of every made case


@pytest.fixture(autouse=True)
def _roster():
    fresh_roster()


def debtor(case):
    return case.parties.get(role="debtor")


def depart(*cases, counters=tuple(COUNTERS)) -> list[QueryBatch]:
    return offline.depart({counter: [debtor(case).pk for case in cases] for counter in counters}, clerk())


def duty(case) -> bool:
    return fresh(case).items.filter(rule=offline.RULE, open=True).exists()


def test_the_list_names_every_debtor_of_the_open_duties_and_one_trip_meets_them():
    case, other = passed_on(2)
    assert {each.party.case_id for each in offline.wanted(clerk(), "vehicle")} == {case.pk, other.pk}
    batches = depart(case, counters=("vehicle", "housing_fund"))
    assert {row.counter for row in batches} == {"vehicle", "housing_fund"}
    assert duty(case)
    assert [each.party.case_id for each in offline.wanted(clerk(), "vehicle")] == [other.pk]
    depart(case, counters=("real_estate",))
    assert not duty(case)
    assert duty(other)
    assert fresh(case).journal.filter(what="event", key="offline_sent").count() == 1
    assert fresh(case).journal.filter(what="query", key="offline").count() == 3


def test_nobody_is_asked_about_who_is_no_debtor_in_the_case_or_not_known():
    case = passed_on(1)[0]
    case.parties.filter(role="debtor").update(standing="performed")
    assert offline.wanted(clerk(), "vehicle") == []
    case.parties.filter(role="debtor").update(standing="active", certificate_number="")
    assert offline.wanted(clerk(), "vehicle") == []


def test_two_clerks_take_the_same_people_once():
    (case,) = passed_on(1)
    depart(case, counters=("vehicle",))
    with pytest.raises(Refused, match="已由他人带走"):
        offline.depart({"vehicle": [debtor(case).pk]}, clerk(1))
    assert Query.objects.count() == 1


def test_one_person_of_two_cases_is_one_line_and_one_answer_goes_to_both():
    one, two = passed_on(2)
    (batch,) = depart(one, two, counters=("vehicle",))
    assert list(answers.people(batch)) == [SAME]
    said = {SAME: Said([Found("豫J12345", "大众帕萨特", None, "无抵押")])}
    assert answers.store(batch, said, clerk()) == 2
    assert set(Asset.objects.values_list("case_id", "kind", "key", "source")) == {
        (case.pk, "vehicle", "豫J12345", "offline") for case in (one, two)
    }
    assert set(Query.objects.values_list("state", flat=True)) == {"answered"}
    batch.refresh_from_db()
    assert batch.state == "answered"
    assert fresh(one).journal.filter(what="query", key="answered").count() == 1


def test_a_thing_worth_controlling_opens_the_duty_and_a_fund_does_not():
    car, fund = passed_on(1, parties=parties("1"))[0], passed_on(1, parties=parties("2"))[0]
    (batch,) = depart(car, counters=("vehicle",))
    answers.store(batch, {next(iter(answers.people(batch))): Said([Found("豫J1", "车")])}, clerk())
    (batch,) = depart(fund, counters=("housing_fund",))
    answers.store(batch, {next(iter(answers.people(batch))): Said([Found("1001", "单位")])}, clerk())
    assert fresh(car).items.filter(rule="asset.control", open=True).exists()
    assert not fresh(fund).items.filter(rule="asset.control", open=True).exists()


def test_the_same_answer_twice_is_refused_and_changes_nothing():
    (case,) = passed_on(1)
    (batch,) = depart(case, counters=("vehicle",))
    said = {SAME: Said([Found("豫J1", "车")])}
    answers.store(batch, said, clerk())
    with pytest.raises(Stale, match="已由他人录入"):
        answers.store(batch, said, clerk(1))
    assert Asset.objects.count() == 1


def test_a_known_thing_is_brought_up_to_date_and_not_doubled():
    case = fast_case("fast-03", measured=False)
    team = make.actor("fast-03", "judge")
    for title in ("大众", "大众（已抵押）"):
        offline.order(case, [debtor(case).pk], ["vehicle"], team)
        (batch,) = depart(case, counters=("vehicle",))
        answers.store(batch, {SAME: Said([Found("豫J1", title)])}, clerk())
    assert [row.title for row in Asset.objects.all()] == ["大众（已抵押）"]


def test_the_holder_of_a_case_that_has_moved_on_is_told():
    case = fast_case("fast-03", measured=False)
    offline.order(case, [debtor(case).pk], ["vehicle"], make.actor("fast-03", "judge"))
    (batch,) = depart(case, counters=("vehicle",))
    answers.store(batch, {SAME: Said([], True)}, clerk())
    assert Notice.objects.filter(person_id=fresh(case).handler_id, text__contains="没有新的财产").count() == 1
    assert Query.objects.get().state == "nothing"


# Orders from the case


def test_any_team_that_holds_the_case_orders_and_nothing_under_way_is_asked_twice():
    case = fast_case("fast-03", measured=False)
    by = make.actor("fast-03", "clerk")
    assert offline.order(case, [debtor(case).pk], COUNTERS, by) == 3
    with pytest.raises(Refused, match="不必重复"):
        offline.order(case, [debtor(case).pk], ["vehicle"], by)
    assert len(offline.wanted(clerk(), "vehicle")) == 1
    with pytest.raises(Unseen):
        offline.order(case, [debtor(case).pk], ["vehicle"], make.actor("fast-05", "judge"))
    with pytest.raises(Forbidden):
        offline.order(case, [debtor(case).pk], ["vehicle"], make.actor("leadership", "vice_president"))
    with pytest.raises(Refused, match="只查询被执行人"):
        offline.order(case, [case.parties.get(role="creditor").pk], ["vehicle"], by)


def test_the_form_of_the_case_has_everything_chosen_already():
    case = fast_case("fast-03", measured=False)
    client = browser(make.actor("fast-03", "clerk"))
    page = client.get(f"/cases/{case.pk}/offline/").content.decode()
    assert page.count("checked") >= 4
    assert "提出线下查询" in client.get(f"/cases/{case.pk}/").content.decode()
    given = {"parties": [debtor(case).pk], "counters": ["vehicle"], "reason": "again"}
    assert client.post(f"/cases/{case.pk}/offline/", given).status_code == 302
    assert client.post(f"/cases/{case.pk}/offline/", given).status_code == 422
    assert browser(make.actor("fast-05", "clerk")).get(f"/cases/{case.pk}/offline/").status_code == 404


# At the desk


@pytest.mark.parametrize("who", [("reception", "clerk"), ("fast-03", "judge"), ("leadership", "bureau_director")])
def test_the_desk_is_the_quality_teams(who):
    (case,) = passed_on(1)
    client, (batch,) = browser(make.actor(*who)), depart(case, counters=("vehicle",))
    for path in ("/assets/offline/", f"/assets/offline/{batch.pk}/", f"/assets/offline/list/?batch={batch.pk}"):
        assert client.get(path).status_code == 403
    assert client.post("/assets/offline/depart/").status_code == 403


def test_a_recused_clerk_takes_nobody_of_that_case_along():
    (case,) = passed_on(1)
    exceptions.grant(case, clerk().user_id, "recused_from_case", None, "近亲属", make.director())
    assert offline.wanted(clerk(), "vehicle") == []
    with pytest.raises(Refused):
        offline.depart({"vehicle": [debtor(case).pk]}, clerk())


def test_by_the_browser_the_trip_its_list_and_the_grid():
    one, two = passed_on(1, parties=parties("1"))[0], passed_on(1, parties=parties("2"))[0]
    client = browser(clerk())
    assert one.number[-8:] in client.get("/assets/offline/").content.decode()
    answer = client.post("/assets/offline/depart/", {"vehicle": [debtor(one).pk, debtor(two).pk]})
    batch = QueryBatch.objects.get()
    assert answer.url == f"/assets/offline/list/?batch={batch.pk}"
    sheet = client.get(answer.url).content.decode()
    assert sheet.count(one.number) == 1
    assert "协助查询函" in sheet
    assert debtor(one).certificate_number in sheet
    assert JournalEntry.objects.filter(what="read", key="offline_list").count() == 1
    url = f"/assets/offline/{batch.pk}/"
    assert client.post(url, {}).status_code == 422
    wrong = client.post(url, {"nothing-0": "1", "key-0": "豫J1", "key-1": "豫J2", "amount-1": "很多"})
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert "已勾选查无" in text
    assert 'value="很多"' in text
    assert Asset.objects.count() == 0
    assert (
        client.post(url, {"nothing-0": "1", "key-1": "豫J2", "title-1": "五菱", "amount-1": "2万"}).status_code == 302
    )
    assert [(row.key, row.title, str(row.amount)) for row in Asset.objects.all()] == [("豫J2", "五菱", "20000.00")]
    assert "全部已反馈" in client.get(url).content.decode()


def test_a_pasted_sheet_is_checked_first_and_only_the_good_rows_are_stored():
    one, two = passed_on(1, parties=parties("1"))[0], passed_on(1, parties=parties("2"))[0]
    (batch,) = depart(one, two, counters=("real_estate",))
    number = debtor(one).certificate_number
    text = (
        "姓名\t证件号码\t不动产权证号\t坐落\t价值\n"
        f"某人1\t{number}\t豫（2020）0001号\t开州路 1 号\t120万\n"
        f"某人1\t{number}\t豫（2021）0002号\t建设路 2 号\t\n"
        "陌生人\t410000000000000000\t豫3号\t某处\t\n"
        "某人2\t\t无\t\t\n"
        f"某人1\t{number}\t豫4号\t某处\t很多\n"
    )
    client, url = browser(clerk()), f"/assets/offline/{batch.pk}/paste/"
    page = client.post(url, {"text": text, "do": "read"}).content.decode()
    assert "读出 5 行，可导入 3 行（2 人）" in page
    assert "本批名单中没有此人" in page
    assert Asset.objects.count() == 0
    assert client.post(url, {"text": text, "do": "store"}).status_code == 302
    assert {row.key for row in Asset.objects.all()} == {"豫（2020）0001号", "豫（2021）0002号"}
    assert dict(Query.objects.values_list("case_id", "state")) == {one.pk: "answered", two.pk: "nothing"}
    assert client.post(url, {"text": "没有表头", "do": "read"}).status_code == 422


def test_a_trip_of_another_team_does_not_exist():
    (case,) = passed_on(1)
    (batch,) = depart(case, counters=("vehicle",))
    QueryBatch.objects.filter(pk=batch.pk).update(team_id=make.actor("reception").team_id)
    client = browser(clerk())
    assert client.get(f"/assets/offline/{batch.pk}/").status_code == 404
    assert client.get(f"/assets/offline/list/?batch={batch.pk}").status_code == 404


# Before 终本


def test_from_day_75_a_case_without_the_query_is_listed_and_its_queries_ordered():
    old = fast_case("fast-03", measured=False, filed_on=clock.today() - timedelta(days=86))
    fast_case("fast-04", measured=False, filed_on=clock.today() - timedelta(days=74))
    found = offline.before_terminal(clerk())
    assert [(case.pk, days, set(missing)) for case, days, missing in found] == [(old.pk, 86, set(COUNTERS))]
    client = browser(clerk())
    assert "86 日" in client.get("/assets/offline/?tab=before").content.decode()
    assert client.post("/assets/offline/full/", {"case": [old.pk]}).status_code == 302
    assert Query.objects.filter(case=old, reason="full", state="ordered").count() == 3
    assert offline.before_terminal(clerk()) == []
    assert client.post("/assets/offline/full/", {"case": [old.pk]}).status_code == 422


def test_from_day_75_the_night_puts_the_debtors_into_the_next_network_query_once():
    old = fast_case("fast-03", measured=False, filed_on=clock.today() - timedelta(days=75))
    fast_case("fast-04", measured=False, filed_on=clock.today() - timedelta(days=74))
    assert (full_queries.order_due(), full_queries.order_due()) == (1, 0)
    row = Query.objects.get(channel="network")
    assert (row.case_id, row.reason, row.state) == (old.pk, "full", "ordered")
    assert [each.ordered.pk for each in queries.wanted(make.actor("reception", "clerk")) if each.ordered] == [row.pk]
    assert fresh(old).journal.filter(what="query", key="order").count() == 1
    Query.objects.update(state="nothing", sent_at=clock.now(), answered_at=clock.now())
    assert full_queries.order_due() == 0


def test_the_duty_leads_to_the_desk():
    (case,) = passed_on(1)
    item = WorkItem.objects.get(case=case, rule=offline.RULE)
    assert browser(clerk()).get(f"/items/{item.pk}/offline/").url == "/assets/offline/"


@pytest.mark.parametrize(
    ("team", "stage", "post"),
    [
        ("fast-03", "fast", "judge"),
        ("regular-02", "regular", "clerk"),
        ("terminal-01", "terminal", "enforcement_officer"),
    ],
)
def test_each_kind_of_team_orders_a_query_a_second_one_and_a_seal_by_one_key_from_the_case(team, stage, post):
    closed = {"closed_on": clock.today(), "closing_mode": "terminal_closure"} if stage == "terminal" else {}
    case = put(make.case(), stage, team, **closed)
    page = browser(make.actor(team, post)).get(f"/cases/{case.pk}/").content.decode()
    for address, key in (("offline", "q"), ("query", "w"), ("seal", "b")):
        assert f'href="/cases/{case.pk}/{address}/" data-key="{key}"' in page


def test_the_list_before_the_closing_asks_of_each_debtor_and_is_cut_only_after_it_was_filtered():
    long_ago = clock.today() - timedelta(days=80)
    cases = [fast_case("fast-03", measured=False) for _ in range(4)]
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(filed_on=long_ago)
    by = make.actor("fast-03", "judge")
    for case in cases[:3]:  # the first of the list lack nothing
        offline.order(case, [debtor(case).pk], COUNTERS, by)
    assert [each.case.pk for each in offline.before_terminal(clerk(), 1)] == [cases[3].pk]
    second = Party.objects.create(
        case=cases[0], role="debtor", name="乙", position=9, certificate_number="X1", type="legal_person"
    )
    found = {each.case.pk: each.missing for each in offline.before_terminal(clerk())}
    assert found[cases[0].pk] == {counter: [second] for counter in COUNTERS}
    assert "乙" in browser(clerk()).get("/assets/offline/?tab=before").content.decode()
    assert offline.order_full([cases[0].pk], clerk()) == 3
    assert {row.party_id for row in Query.objects.filter(case=cases[0], reason="full")} == {second.pk}
    assert cases[0].pk not in {each.case.pk for each in offline.before_terminal(clerk())}
