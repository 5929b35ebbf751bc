"""繁简分流: the plan's criteria, the team by load, the same-day routes, who may, and two clerks at once."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import clock, exceptions, steps
from cases.models import Case, Tick
from cases.refusals import Forbidden, Refused
from quality import criteria, triage, triage_records
from quality.allotting import Allotment
from quality.criteria import Evidence
from quality.models import TriageDecision
from quality.triage import Wish
from teams.actor import SYSTEM
from teams.models import Team
from tests import make
from tests.archives.helpers import browser
from tests.cases.signing_helpers import fast_case, fresh, fresh_roster, put
from tests.quality.triage_helpers import clerk, parties, passed_on, ready

pytestmark = pytest.mark.django_db
MONEY = Decimal("100000")


@pytest.fixture(autouse=True)
def _roster():
    fresh_roster()


@pytest.mark.parametrize(
    ("evidence", "key", "track", "certain"),
    [
        (Evidence(criminal=True, restitution=True, fine=True), "criminal_property", "regular", True),
        (Evidence(criminal=True, fine=True), "fine_only", "fast", True),
        (Evidence(criminal=True, fine=True, disposal=("房产一套",)), "disposal", "regular", True),
        (Evidence(kind="legacy", disposal=("房产一套",)), "legacy_disposal", "regular", False),
        (Evidence(owed=MONEY, controlled=MONEY, disposal=("车辆一辆",)), "funds_controlled", "fast", True),
        (Evidence(owed=MONEY, controlled=MONEY - 1), "quick", "fast", False),
        (Evidence(controlled=MONEY), "quick", "fast", False),
        (Evidence(owed=MONEY, sensitive=True), "complex", "regular", False),
        (Evidence(owed=MONEY, parties=10), "complex", "regular", False),
        (Evidence(conduct=True, clue="有车"), "complex", "regular", False),
        (Evidence(owed=MONEY, disposal=("房产一套",), clue="有车"), "disposal", "regular", True),
        (Evidence(owed=MONEY, clue="有车"), "clue_to_control", "fast", False),
        (Evidence(owed=MONEY, answered=True), "quick", "fast", False),
        (Evidence(owed=MONEY, answered=True, offline=True), "quick", "fast", True),
    ],
)
def test_the_plans_eight_criteria_propose_and_say_whether_that_is_certain(evidence, key, track, certain):
    found = criteria.propose(evidence)
    assert (found.criterion.key, found.track, found.certain) == (key, track, certain)
    assert found.reasons[0]


def test_four_criteria_are_for_each_track_and_each_can_propose():
    assert [sum(row.track == track for row in criteria.CRITERIA) for track in ("fast", "regular")] == [4, 4]
    assert all(row.law.startswith("优化方案二") for row in criteria.CRITERIA)


def test_what_else_holds_is_said_beside_the_proposal():
    found = criteria.propose(Evidence(owed=MONEY, controlled=MONEY, disposal=("房产一套",)))
    assert found.reasons == ["已控制 10.00 万元，足额（应执行 10.00 万元）", "另：查到房产一套，需处置（普执）"]


def test_a_batch_goes_to_its_teams_with_the_figures_that_decided_on_record():
    cases = [ready(1)[0] for _ in range(3)]
    busy = Team.objects.get(code="fast-01")
    for _ in range(2):
        fast_case("fast-01", measured=False, parties=parties("8"))
    outcome = triage.decide([Wish(case.pk, "fast") for case in cases], clerk())
    assert outcome.refused == {}
    rows = {row.case_id: row for row in TriageDecision.objects.all()}
    # the three share their debtor: the first by load, the others to the same team
    teams = {row.team.code for row in rows.values()}
    assert len(teams) == 1
    assert teams != {busy.code}
    assert [rows[case.pk].how for case in cases] == ["load", "debtor", "debtor"]
    first = rows[cases[0].pk]
    assert {each["team"]: each["open"] for each in first.figures}[busy.name] == 2
    assert len(first.figures) == 8
    entry = cases[0].journal.get(what="step", key="triage_fast")
    assert entry.facts["figures"].endswith("同类团队中最少")
    assert entry.facts["proposed"] == "快执"
    assert "handler_notice" in "".join(fresh(cases[0]).items.filter(open=True).values_list("rule", flat=True))


def test_cases_of_different_debtors_are_spread_by_load():
    cases = [ready(1, parties=parties(str(n)))[0] for n in range(8)]
    triage.decide([Wish(case.pk, "fast") for case in cases], clerk())
    assert len({row.team_id for row in TriageDecision.objects.all()}) == 8


def test_above_the_cap_the_same_debtors_cases_go_by_load_again(settings):
    from cases.models import CourtSetting

    CourtSetting.objects.create(key="same_debtor_cap", value="1")
    fresh_roster()
    held = fast_case("fast-05", measured=False)
    (case,) = ready(1)
    assert {p.certificate_number for p in held.parties.all()} == {p.certificate_number for p in case.parties.all()}
    triage.decide([Wish(case.pk, "fast")], clerk())
    row = TriageDecision.objects.get()
    assert (row.how, row.team.code != "fast-05") == ("load", True)


def test_a_team_with_a_recused_officer_gets_nothing_and_cannot_be_named():
    held = fast_case("fast-05", measured=False)
    (case,) = ready(1)
    judge = make.actor("fast-05", "judge")
    exceptions.grant(case, judge.user_id, "recused_from_case", None, "近亲属", make.director())
    assert held.team_id not in [
        each["team_id"] for each in Allotment(_ctx(), [case]).figures(case, "fast") if not each["barred"]
    ]
    outcome = triage.decide([Wish(case.pk, "fast", "承办过", held.team_id)], clerk())
    assert "回避" in str(outcome.refused[case.pk])
    assert triage.decide([Wish(case.pk, "fast")], clerk()).refused == {}
    row = TriageDecision.objects.get()
    assert row.team_id != held.team_id
    assert next(each for each in row.figures if each["team_id"] == held.team_id)["barred"]


def _ctx():
    from cases import context

    return context.read()


def test_an_override_and_a_team_by_hand_need_a_reason():
    (case,) = ready(1)
    assert triage.proposals([case])[case.pk][1].track == "fast"
    outcome = triage.decide([Wish(case.pk, "regular")], clerk())
    assert "须写明理由" in str(outcome.refused[case.pk])
    named = Team.objects.get(code="fast-07").pk
    outcome = triage.decide([Wish(case.pk, "fast", "", named)], clerk())
    assert "指定团队须写明理由" in str(outcome.refused[case.pk])
    outcome = triage.decide([Wish(case.pk, "regular", "当事人矛盾激化")], clerk())
    assert outcome.refused == {}
    row = TriageDecision.objects.get()
    assert (row.proposed, row.track, row.reason, fresh(case).stage) == ("fast", "regular", "当事人矛盾激化", "regular")


def test_a_team_of_the_other_track_is_refused():
    (case,) = ready(1)
    wrong = Team.objects.get(code="regular-01").pk
    assert "不是可承办的快执团队" in str(
        triage.decide([Wish(case.pk, "fast", "熟悉", wrong)], clerk()).refused[case.pk]
    )
    assert fresh(case).stage == "preparation"


def test_what_is_not_ready_says_what_it_waits_for_and_the_others_go():
    (waits,), (goes,) = passed_on(1), ready(1)
    known = triage.proposals([waits, goes])
    texts = [reason.text for reason in triage.waiting([waits, goes], known)[waits.pk]]
    assert texts == ["格式化文书尚未制作完毕。", "线下查控尚未发出。", "网络查控尚未反馈。"]
    outcome = triage.decide([Wish(waits.pk, "fast"), Wish(goes.pk, "fast")], clerk())
    assert [row.case_id for row in outcome.taken] == [goes.pk]
    assert "网络查控尚未反馈" in str(outcome.refused[waits.pk])


def test_the_same_day_routes_need_no_waiting():
    (case,) = passed_on(1)
    with pytest.raises(Refused, match="请选择"):
        triage.state_route(case, "controlled", "x", clerk())
    with pytest.raises(Refused, match="依据"):
        triage.state_route(case, "paid", " ", clerk())
    triage.state_route(case, "paid", "申请人 11-27 来电，款已收到", clerk())
    assert fresh(case).journal.get(key="triage_same_day").facts["ground"] == "已经履行"
    assert triage.decide([Wish(case.pk, "fast")], clerk()).refused == {}


def test_a_fine_that_was_sent_by_the_trial_division_goes_at_once():
    claims = [steps.ClaimData("money", MONEY, fine=True)]
    bases = [steps.BasisData("（2026）豫0902刑初1号", "本院", kind="criminal")]
    (case,) = passed_on(1, sent_by="刑庭", claims=claims, bases=bases)
    found = triage.proposals([case])[case.pk][1]
    assert (found.criterion.key, found.certain) == ("fine_only", True)
    assert triage.decide([Wish(case.pk, "fast")], clerk()).refused == {}


@pytest.mark.parametrize(
    "who", [("reception", "clerk"), ("fast-03", "judge"), ("leadership", "bureau_director"), ("archives", "contractor")]
)
def test_nobody_else_triages(who):
    (case,) = ready(1)
    actor = make.actor(*who)
    outcome = triage.decide([Wish(case.pk, "fast")], actor)
    assert outcome.taken == []
    assert isinstance(outcome.refused[case.pk], Exception)
    assert browser(actor).get("/triage/").status_code == 403
    assert fresh(case).stage == "preparation"


def test_a_recused_clerk_neither_sees_nor_decides():
    (case,) = ready(1)
    exceptions.grant(case, clerk().user_id, "recused_from_case", None, "近亲属", make.director())
    assert triage.decide([Wish(case.pk, "fast")], clerk()).taken == []
    assert case.number not in browser(clerk()).get("/triage/").content.decode()
    assert browser(clerk()).get(f"/triage/{case.pk}/").status_code == 404


def test_a_case_is_triaged_once():
    (case,) = ready(1)
    assert triage.decide([Wish(case.pk, "fast")], clerk()).refused == {}
    again = triage.decide([Wish(case.pk, "regular", "有房产")], clerk(1))
    assert "现处于「快执" in str(again.refused[case.pk]) or isinstance(again.refused[case.pk], Forbidden)
    assert TriageDecision.objects.count() == 1


def test_the_number_of_queries_is_the_same_for_one_case_and_for_twenty():
    def queries(cases) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            triage.decide([Wish(case.pk, "fast") for case in cases], clerk())
        return len(seen)

    queries([ready(1)[0]])  # statements are prepared
    assert queries([ready(1)[0]]) == queries([ready(1, parties=parties(str(100 + n)))[0] for n in range(20)])


def test_an_excused_query_does_not_hold_a_case_back():
    (case,) = ready(1, answered=False)
    assert case.pk in triage.waiting([case], triage.proposals([case]))
    Tick.objects.filter(item__case=case, rule="reception.network_query").update(state="excused", reason="故障")
    assert case.pk not in triage.waiting([case], triage.proposals([case]))


def test_a_case_of_another_stage_needs_no_route():
    case = put(make.case(), "fast", "fast-01")
    with pytest.raises(Refused, match="不需登记"):
        triage.state_route(case, "paid", "x", SYSTEM)


def frozen(case: Case, amount: Decimal):
    """An account frozen for as much."""
    from datetime import timedelta

    from assets.models import Asset, ControlMeasure

    now, debtor = clock.now(), case.parties.get(role="debtor")
    asset = Asset.objects.create(
        case=case, party=debtor, kind="deposit", key="6217", title="建设银行 6217", amount=amount, source="network",
        as_of=now, entered_at=now,
    )  # fmt: skip
    day = clock.today()
    return ControlMeasure.objects.create(
        case=case, asset=asset, kind="freeze", state="effective", amount=amount, controlled=amount, rank=1, starts_on=day,
        effective_on=day, ends_on=day + timedelta(days=364), made_at=now,
    )  # fmt: skip


def test_money_in_full_under_control_goes_the_same_day_without_any_other_query():
    (case,) = passed_on(1)
    frozen(case, case.amount)
    known = triage.proposals([case])
    assert known[case.pk][1].criterion.key == "funds_controlled"
    assert triage.waiting([case], known) == {}
    assert triage.decide([Wish(case.pk, "fast")], clerk()).refused == {}
    assert fresh(case).stage == "fast"
    assert fresh(case).journal.get(key="triage_same_day").facts["ground"] == "已控制足额案款"
    assert case.items.get(rule="quality.offline_query").note == "已控制足额案款，无需线下查控"


def test_a_yuan_less_under_control_waits():
    (case,) = passed_on(1)
    frozen(case, case.amount - 1)
    assert case.pk in triage.waiting([case], triage.proposals([case]))
    assert triage.decide([Wish(case.pk, "fast")], clerk()).taken == []
    assert not fresh(case).journal.filter(key="triage_same_day").exists()


def test_a_house_that_a_query_found_proposes_regular():
    from assets.models import Asset

    (case,) = ready(1)
    Asset.objects.create(
        case=case, party=case.parties.get(role="debtor"), kind="real_estate", key="豫2020001", title="开州路房产",
        source="offline", as_of=clock.now(), entered_at=clock.now(),
    )  # fmt: skip
    found = triage.proposals([case])[case.pk][1]
    assert (found.track, found.certain, found.reasons[0]) == ("regular", True, "查到不动产 1，需处置")


def test_a_query_at_a_counter_that_is_out_makes_the_plain_case_uncertain():
    from assets.models import Query, QueryBatch

    (case,) = ready(1, clues="")
    assert triage.proposals([case])[case.pk][1].certain
    now, by = clock.now(), clerk()
    batch = QueryBatch.objects.create(
        channel="offline", counter="vehicle", team_id=by.team_id, made_at=now, sent_at=now, state="sent"
    )
    query = Query.objects.create(
        batch=batch, channel="offline", counter="vehicle", case=case, party=case.parties.get(role="debtor"), state="sent",
        asked_at=now, sent_at=now,
    )  # fmt: skip
    assert not triage.proposals([case])[case.pk][1].certain
    Query.objects.filter(pk=query.pk).update(state="nothing", answered_at=now)
    assert triage.proposals([case])[case.pk][1].certain


def test_there_is_one_page_of_triage_and_no_triage_without_its_decision():
    page_, plain = ready(2)
    client = browser(clerk())
    address = f"/cases/{page_.pk}/step/triage_regular/"
    assert client.get(address).url == f"/triage/{page_.pk}/?step=triage_regular"
    answer = client.post(address, {"team": Team.objects.get(code="regular-02").pk, "reason": "繁"})
    assert answer.status_code == 422
    assert f"/triage/{page_.pk}/" in answer.content.decode()
    assert fresh(page_).stage == "preparation"
    steps.take_step(plain, "triage_regular", clerk(), team=Team.objects.get(code="regular-02").pk, reason="有房产")
    row = TriageDecision.objects.get(case=plain)
    assert (row.track, row.how, row.reason, row.team.code) == ("regular", "hand", "有房产", "regular-02")
    assert list(triage_records.missing()) == []
    row.delete()
    assert list(triage_records.missing()) == [(plain.pk, plain.number)]
