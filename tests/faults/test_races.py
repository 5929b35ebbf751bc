"""Eight racers on one case: for every step, signature, item and number one winner, the chain whole, nobody stuck."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count

import pytest
from django.db import connections

from archives.models import Volume
from cases import clock, signing, slips, steps, verify, work
from cases.models import Case, FilingSlip, WorkItem
from cases.refusals import Forbidden, Refused, Stale, Unseen
from cases.workflow import STEP
from teams.actor import SYSTEM, Actor
from tests import make
from tests.cases.signing_helpers import fast_case, office, paper, place, put, team_id, terminal_case, transfer

pytestmark = pytest.mark.django_db(transaction=True)
RACERS, LONG = 8, 100
_serial = count(1)


def race(act, racers: int = RACERS) -> list:
    """Run the act in so many threads; refusals come back as results, anything else (a deadlock) is raised."""

    def run(n: int):
        try:
            return act(n)
        except (Refused, Stale, Forbidden, Unseen) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(racers) as pool:
        return list(pool.map(run, range(racers)))


def winners(results: list) -> int:
    return sum(not isinstance(result, Exception) for result in results)


# Steps that whoever may take them takes: where the case stands, who, with what.


def closed_items(case: Case) -> Case:
    WorkItem.objects.filter(case=case, open=True).update(open=False, outcome="cancelled")
    return case


def prepared() -> Case:
    case = put(make.case(), "preparation", "quality")
    work.record_event(case, "triage_same_day", clock.now(), SYSTEM)
    return case


def ticked() -> Case:
    case = make.case()
    item = case.items.get(rule="reception.first_day")
    for part in work.PARTS[item.rule]:
        item.ticks.create(rule=part, state="done", happened_at=clock.now(), entered_at=clock.now())
    return case


def review() -> Case:
    registration = make.registration(kind="review", number=f"保审2026-{9000 + next(_serial)}")
    return closed_items(steps.register([registration], SYSTEM)[0])


def on_its_shelf(case):
    """What the guard of `archive` asks for; how it comes there is the archives' own test."""
    clerk, now = make.actor("archives", "clerk"), clock.now()
    Volume.objects.create(
        case=case, state="shelved", retention="long", facts_hash="0" * 64, asked_by_id=clerk.user_id, asked_at=now,
        manifest_sha256="0" * 64, shelf="A-1", shelved_by_id=clerk.user_id, shelved_at=now,
    )  # fmt: skip
    return case


TAKEN = {
    "pass_on": (ticked, ("reception", "clerk"), {}),
    "return_to_reception": (prepared, ("quality", "clerk"), {"gap": "缺送达地址"}),
    "triage_fast": (prepared, ("quality", "clerk"), {"team": "fast-03", "reason": "简案"}),
    "triage_regular": (prepared, ("quality", "clerk"), {"team": "regular-03", "reason": "有房产"}),
    "resume": (lambda: put(make.case(), "suspended", "fast-01", suspended_from="fast"), ("fast-01", "judge"), {"reason": "事由消除"}),
    "report_closing": (make.case, ("reception", "regular_officer"), {"mode": "withdrawn_from_docket", "reason": "重复"}),
    "return_closing": (lambda: put(make.case(), "closing", "fast-01", closing_from="fast"), ("fast-01", "judge"), {"reason": "有款"}),
    "conclude": (review, ("preservation_review", "judge"), {"reason": "已裁定"}),
    "archive": (
        lambda: on_its_shelf(put(make.case(), "closed", "archives", closed_on=clock.today(), closing_mode="fully_enforced")),
        ("archives", "clerk"),
        {"shelf": "A-1"},
    ),
}  # fmt: skip


def take(name: str) -> None:
    at, who, facts = TAKEN[name]
    case, by = at(), make.actor(*who)
    if "team" in facts:
        facts = {**facts, "team": team_id(facts["team"])}
    results = race(lambda n: steps.take_step(case, name, by, **facts))
    assert winners(results) == 1, results
    assert case.journal.filter(what="step", key=name).count() == 1


# Steps that the last signature takes: what is asked, and who signs.


def closing(mode: str, act: str, **given) -> tuple:
    filed_on = clock.today() - timedelta(days=150)
    case = put(make.case(filed_on=filed_on), "closing", "fast-01", closing_from="fast", closing_mode=mode)
    judge, clerk = make.actor("fast-01", "judge"), make.actor("fast-01", "clerk")
    if mode == "terminal_closure":
        given = {"materials": [paper(case, judge, "终本申请书")], "proposal": {"consent": "1", "mode": mode}}
    approval = signing.ask(case, act, clerk, by_system=True, **{"proposal": {"mode": mode}, **given})
    return approval, judge


def asked(case: Case, act: str, by: Actor, **proposal) -> tuple:
    approval = signing.ask(case, act, by, proposal=proposal)
    return approval, Actor.of(place(approval).signer, day=clock.today())


def annulled() -> tuple:
    approval, judge = closing("fully_enforced", "closing")
    signing.sign(approval, judge)
    case = Case.objects.get(pk=approval.case_id)
    director = make.actor("leadership", "bureau_director")
    ruling = paper(case, director, "异议裁定")
    approval = signing.ask(case, "annul_closing", director, proposal={"ground": "异议裁定"}, materials=[ruling])
    return approval, Actor.of(place(approval).signer, day=clock.today())


SIGNED = {
    "transfer_to_regular": lambda: (transfer(fast_case()), office("bureau_director")),
    "retriage": lambda: asked(
        fast_case(measured=False), "retriage", make.actor("fast-03", "judge"), team=team_id("regular-01"), ground="complex"
    ),
    "reassign": lambda: asked(
        fast_case(), "reassignment", make.actor("fast-03", "judge"), team=team_id("fast-04"), ground="balance", reason="均衡"
    ),
    "suspend": lambda: asked(
        fast_case("fast-01"), "suspension", make.actor("fast-01", "judge"),
        kind="suspension", ground="异议", until=str(clock.today() + timedelta(days=60)),
    ),
    "close": lambda: closing("fully_enforced", "closing"),
    "close_terminal": lambda: closing("terminal_closure", "terminal_closure"),
    "annul_closing": annulled,
    "void": lambda: asked(make.case(), "case_void", make.actor("reception", "clerk"), reason="导入错误"),
}  # fmt: skip


def sign(name: str) -> None:
    approval, by = SIGNED[name]()
    results = race(lambda n: signing.sign(approval, by, place=approval.places.count()))
    assert winners(results) == 1, results
    assert all(by.name in str(result) for result in results if isinstance(result, Stale)), results
    assert approval.case.journal.filter(what="step", key=name).count() == 1


# What is not a step: an item, a tick, a sheet, a number, and several things at once.


def take_over() -> None:
    case = make.case()
    team = [make.actor("reception", nth=n) for n in range(3)]
    item = case.items.order_by("id").first()
    others = [actor for actor in team if actor.user_id != item.person_id]
    WorkItem.objects.filter(pk=item.pk).update(team_id=case.team_id)
    held = WorkItem.objects.get(pk=item.pk)
    results = race(lambda n: work.take_over(held, others[n % len(others)]))
    assert winners(results) == 1, results
    assert all("接手" in str(result) for result in results if isinstance(result, Stale))
    assert case.journal.filter(what="hand").count() == 1


def tick() -> None:
    case, clerk = make.case(), make.actor("reception", "clerk")
    item = case.items.get(rule="reception.first_day")
    assert winners(race(lambda n: work.tick(item, "reception.identity", "done", clerk))) == 1


def ask() -> None:
    case, clerk = fast_case(), make.actor("fast-03", "clerk")
    assert winners(race(lambda n: transfer(case, clerk))) == 1
    assert case.approvals.count() == 1


def number() -> None:
    """Two desks register one number; a slip is answered twice."""
    given = f"（2026）豫0902执{880000 + next(_serial)}号"
    assert winners(race(lambda n: make.case(number=given))) == 1
    case = terminal_case()
    slip = slips.send(case, "resumed", make.actor("terminal-01"))
    signing.sign(transfer(measured(case)), office("bureau_director"))
    wanted = f"（2026）豫0902执恢{880000 + next(_serial)}号"
    if not FilingSlip.objects.get(pk=slip.pk).answered_at:
        results = race(lambda n: slips.answer(slip, wanted, make.actor("terminal-01")))
        assert winners(results) == 1, results
    assert FilingSlip.objects.get(pk=slip.pk).registered is not None


def measured(case: Case) -> Case:
    work.record_event(case, "measure_effective", clock.now(), SYSTEM)
    return case


def three_ways() -> None:
    """From one stage three ways lead on, and several people take each: one of them is gone."""
    case, quality = prepared(), make.actor("quality", "regular_officer")
    ways = (
        ("triage_fast", {"team": team_id("fast-03"), "reason": "简"}),
        ("triage_regular", {"team": team_id("regular-03"), "reason": "繁"}),
        ("return_to_reception", {"gap": "缺"}),
        ("report_closing", {"mode": "withdrawn_from_docket", "reason": "撤"}),
    )
    results = race(lambda n: steps.take_step(case, ways[n % 4][0], quality, **ways[n % 4][1]))
    assert winners(results) == 1, results
    assert case.journal.filter(what="step").exclude(key="register").count() == 1


def everything_at_once() -> None:
    """A signature, a return, a withdrawal, a second sheet, an event and the sweep meet on one case."""
    case, director, clerk = fast_case(), office("bureau_director"), make.actor("fast-03", "clerk")
    judge, approval = make.actor("fast-03", "judge"), transfer(case)
    acts = (
        lambda: signing.sign(approval, director),
        lambda: signing.reject(approval, director, reason="facts"),
        lambda: signing.withdraw(approval, clerk),
        lambda: work.record_event(case, "clue_received", clock.now(), SYSTEM),
        lambda: signing.reroute(),
        lambda: signing.ask(case, "extension", judge, proposal={"months": 3, "reason": "评估"}),
        lambda: steps.take_step(case, "report_closing", judge, mode="fully_enforced", reason="x"),
        lambda: signing.sign(approval, director),
    )
    results = race(lambda n: acts[n]())
    assert sum(getattr(result, "pk", None) == approval.pk and type(result) is type(approval) for result in results) <= 1


RACES = {
    **{name: lambda name=name: take(name) for name in TAKEN},
    **{name: lambda name=name: sign(name) for name in SIGNED},
    "take over": take_over,
    "tick": tick,
    "ask": ask,
    "number": number,
    "three ways": three_ways,
    "everything at once": everything_at_once,
}


@pytest.fixture(autouse=True)
def world(transactional_db, settings, tmp_path):
    settings.FILES_DIR, settings.OWN_NUMBERING = tmp_path, False


def whole() -> bool:
    return not [*verify.chains(), *verify.heads()]


def test_every_step_of_table_one_is_raced():
    assert {*TAKEN, *SIGNED} == set(STEP)


def test_each_race_has_one_winner_and_leaves_the_chains_whole():
    for run in RACES.values():
        run()
    assert whole()


@pytest.mark.long
@pytest.mark.parametrize("name", RACES)
def test_a_hundred_rounds(name):
    for _ in range(LONG):
        RACES[name]()
    assert whole()
