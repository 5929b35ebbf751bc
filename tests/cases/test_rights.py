"""Every post × every action × every standing, as table 2 says; out of sight is 404, forbidden is 403 with the reason."""

from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest

from cases import clock, exceptions, materials, permissions, printing, rights, steps, work
from cases.models import Case, JournalEntry, WorkItem
from cases.refusals import Forbidden, Unseen
from teams.actor import SYSTEM, Actor
from teams.models import PairedJudge, Posting, Special, Team, TeamKind
from tests import make
from tests.cases.signing_helpers import fresh_roster, pdf, put

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).resolve().parents[2] / "docs"


def everybody() -> list[Actor]:
    """One officer for every post of every kind of team."""
    found = {}
    for posting in Posting.objects.on(clock.today()).select_related("person", "team").order_by("team__code", "id"):
        found.setdefault((posting.post, posting.team.kind), Actor.of(posting.person, posting, clock.today()))
    return list(found.values())


def held_by(code: str) -> Case:
    case = make.case()
    team = Team.objects.get(code=code)
    leader = Posting.objects.on(clock.today()).get(team=team, leads=True)
    Case.objects.filter(pk=case.pk).update(team=team, handler=leader.person_id, clerk=None)
    case.items.filter(open=True).update(team=team, person=leader.person_id)
    case.sights.all().delete()
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize("code", ["fast-03", "quality", "reception"])
def test_the_table_is_what_is_enforced(code):
    case = held_by(code)
    for actor in everybody():
        standing = rights.standings(actor, [case])[case.pk]
        holds = actor.team.code == code
        wide = actor.kind in rights.WIDE and actor.post not in rights.OUTSIDE
        assert standing.view == (holds or wide), actor.label
        for row in permissions.TABLE:
            mark = row.mark(actor.post, actor.kind)
            expected = {"●": holds, "◆": holds, "○": standing.view, "□": True, ".": False}[mark]
            assert rights.may(actor, standing, row.action) == expected, (actor.label, row.action)


NOBODY = rights.NONE
STANDINGS = {  # how an officer may stand to a case, and the marks that let him act then
    "out of sight": (NOBODY, ""),
    "sees it": (NOBODY._replace(view=True), "○"),
    "holds an item on it": (NOBODY._replace(view=True, item=True), "○◆"),
    "holds the case": (NOBODY._replace(view=True, holds=True), "○◆●"),
    "may work on it": (NOBODY._replace(view=True, granted=True), "○◆●"),
    "may see it": (NOBODY._replace(view=True), "○"),
    "recused": (NOBODY._replace(recused=True), ""),
}


@pytest.mark.parametrize("how", STANDINGS)
def test_every_post_action_and_standing_is_as_the_printed_table_says(how):
    """All 14 posts in all kinds of teams, all actions: the officers read docs/permissions.md, the program the table."""
    standing, letting = STANDINGS[how]
    names = {name: kind for kind, name in printing.TEAMS.items()}
    lines = (DOCS / "permissions.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]
    assert [row[0].strip("`") for row in rows] == list(permissions.ROW)
    for action, _, teams, *marks in rows:
        kinds = {kind.value for kind in TeamKind} if teams == "各团队" else {names[name] for name in teams.split("、")}
        for post, printed in zip(permissions.POSTS, marks, strict=True):
            mark, _, named = printed.partition("（")
            for kind, special in product(TeamKind, ("", "documents", "quality_platform")):
                expected = kind.value in kinds and (mark == "□" or mark in letting)
                expected &= not named or bool(special and Special(special).label in named)
                officer = SimpleNamespace(user_id=1, team_id=1, post=post, kind=kind.value, special=special)
                assert rights.may(officer, standing, action.strip("`")) == expected, (action, post, kind, special, how)


def test_an_item_is_for_the_team_that_holds_it():
    """◆ on an item asks for the item's team, whoever holds the case."""
    sees = NOBODY._replace(view=True)
    clerk = SimpleNamespace(user_id=1, team_id=1, post="clerk", kind="fast", special="")
    holds = sees._replace(holds=True)
    for action in (row.action for row in permissions.TABLE if row.mark("clerk", "fast") == "◆"):
        assert rights.may(clerk, sees, action, item=WorkItem(team_id=1)), action
        assert not rights.may(clerk, holds, action, item=WorkItem(team_id=2)), action


@pytest.mark.parametrize("permission", ["view_case", "work_on_case", "recused_from_case"])
def test_what_is_granted_on_one_case_is_what_the_standing_says(permission):
    case = held_by("fast-03")
    work.open(case, "detention.hand_over", SYSTEM)  # coercion holds an item on it
    found = set()
    for actor in everybody():
        exceptions.grant(case, actor.user_id, permission, None, "测试", SYSTEM, by_step=True)
        standing = rights.standings(actor, [case])[case.pk]
        outside = actor.post in rights.OUTSIDE
        assert standing.view == (permission != "recused_from_case" and not outside), actor.label
        assert standing.granted == (permission == "work_on_case" and not outside), actor.label
        if standing.view and not standing.holds and standing.item:
            found.add(actor.kind)
        allowed = rights.actions(actor, case, standing)
        assert all(permissions.mark(action, actor.post, actor.kind) != "." for action in allowed), actor.label
    assert found == (set() if permission == "recused_from_case" else {"coercion"})


def test_a_team_that_had_an_item_keeps_sight_but_not_hands():
    case = make.case()
    assert rights.standings(make.actor("quality", "clerk"), [case])[case.pk].item
    fast = make.actor("fast-03", "clerk")
    with pytest.raises(Unseen):
        rights.require(fast, case, "view")
    case.sights.create(team=fast.team, since_at=clock.now())
    rights.require(fast, case, "view")
    with pytest.raises(Forbidden, match="不在"):
        rights.require(fast, case, "report_closing" if fast.post == "judge" else "ask:transfer_to_regular")


def test_a_paired_judge_sees_and_resumes_his_teams_cases_while_the_pair_runs_and_no_longer(at):
    with at("2026-11-27 09:00"):
        team = Team.objects.get(code="fast-04")  # led by an 执行员
        team.paired_judges.all().delete()
        first, second = (put(held_by("fast-04"), "suspended", "fast-04", suspended_from="fast") for _ in range(2))
        judge = make.actor("fast-05", "judge")
        with pytest.raises(Unseen):
            rights.require(judge, first, "view")
        assert first not in rights.visible(judge)
        pair = PairedJudge.objects.create(team=team, judge=judge.user, from_on=clock.today(), to_on=clock.today())
        fresh_roster()
        judge = make.actor("fast-05", "judge")
        work.open(first, "enforcement.report_check", SYSTEM)  # the team's sight, as any item writes it
        assert first in rights.visible(judge)
        assert not rights.standings(judge, [first])[first.pk].holds
        steps.take_step(first, "resume", judge, reason="事由消除")
        with pytest.raises(Forbidden):
            rights.require(judge, second, "ask:extension")
    with at("2026-11-28 09:00"):
        assert pair.to_on < clock.today()
        judge = make.actor("fast-05", "judge")
        assert not rights.standings(judge, [second])[second.pk].view
        assert not rights.visible(judge).filter(pk__in=[first.pk, second.pk]).exists()


def test_the_second_volume_is_open_to_the_cases_clerk_and_to_archives_while_they_arrange_it(client, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    case, clerk, archives = held_by("fast-03"), make.actor("fast-03", "clerk"), make.actor("archives", "clerk")
    Case.objects.filter(pk=case.pk).update(stage="fast")
    paper = materials.file(case, pdf("评议笔录.pdf"), kind="deliberation", by=clerk)

    def opened(actor) -> int:
        client.force_login(actor.user)
        return client.get(f"/materials/{paper.pk}/").status_code

    assert (opened(clerk), opened(archives), opened(make.actor("quality", "clerk"))) == (200, 403, 403)
    work.open(case, "archives.pre_closing", SYSTEM)
    assert opened(archives) == 200
    assert opened(make.actor("archives", "contractor")) == 404
    reads = JournalEntry.objects.filter(key="secret_volume")
    assert {clerk.user_id, archives.user_id} <= set(reads.values_list("by", flat=True))
    work.finish(case.items.filter(rule="archives.pre_closing", open=True), archives, note="齐全")
    assert opened(archives) == 403


def test_a_recused_officer_sees_nothing_and_a_granted_one_sees_one_case():
    case, other = make.cases(2)
    clerk, stranger = make.actor("reception", "clerk"), make.actor("fast-05", "clerk")
    exceptions.grant(case, clerk.user_id, "recused_from_case", None, "近亲属", make.director())
    exceptions.grant(case, stranger.user_id, "view_case", None, "协助", make.director())
    assert not rights.standings(clerk, [case])[case.pk].view
    assert case not in rights.visible(clerk)
    assert other in rights.visible(clerk)
    assert rights.standings(stranger, [case, other])[case.pk].view
    assert not rights.standings(stranger, [case, other])[other.pk].view


def test_a_grant_ends_with_its_day_and_the_sweep_removes_it(at):
    case, stranger = make.case(), make.actor("fast-05", "clerk")
    exceptions.grant(case, stranger.user_id, "view_case", clock.today(), "协助", make.director())
    tomorrow = make.after(clock.today())
    later = Actor.of(stranger.user, stranger.posting, tomorrow)
    assert not rights.standings(later, [case])[case.pk].view
    with at(f"{tomorrow} 08:00"):
        assert exceptions.end_expired() == 1
    assert not case.grants.exists()


def test_a_confidential_case_is_for_those_named_on_it():
    case = make.case(confidential=True)
    named = make.actor("reception", "regular_officer")
    assert rights.standings(named, [case])[case.pk].view
    for actor in everybody():
        if (
            actor.user_id not in (case.handler_id, case.clerk_id)
            and not case.items.filter(person=actor.user_id).exists()
        ):
            assert not rights.standings(actor, [case])[case.pk].view, actor.label
            assert case not in rights.visible(actor)


def test_lists_show_no_more_than_the_page():
    cases = [held_by(code) for code in ("fast-03", "quality", "reception")] + [make.case(confidential=True)]
    for actor in everybody():
        listed = set(rights.visible(actor).filter(pk__in=[c.pk for c in cases]))
        shown = {case for case in cases if rights.standings(actor, [case])[case.pk].view}
        assert listed <= shown, actor.label


def test_two_postings_never_add_up():
    clerk = make.actor("fast-03", "clerk")
    second = Posting.objects.create(
        person=clerk.user, team=Team.objects.get(code="reception"), post="clerk", from_on=clock.today()
    )
    case = held_by("fast-03")
    at_reception = Actor.of(clerk.user, second, clock.today())
    assert rights.may(clerk, rights.standings(clerk, [case])[case.pk], "ask:transfer_to_regular")
    assert not rights.may(at_reception, rights.standings(at_reception, [case])[case.pk], "ask:transfer_to_regular")


def test_state_secrets_are_a_stub_only():
    from cases.refusals import Refused

    with pytest.raises(Refused, match="线下办理"):
        make.case(state_secret=True)
    case = make.case(state_secret=True, parties=[], bases=[], claims=[], cause="")
    assert not case.parties.exists()


def test_the_check_of_a_thousand_cases_is_one_query(django_assert_num_queries):
    cases, actor = make.cases(30), make.actor("fast-03", "clerk")
    with django_assert_num_queries(1):
        rights.standings(actor, cases)


def test_steps_through_signatures_have_no_other_door():
    case = held_by("fast-03")
    judge = make.actor("fast-03", "judge")
    with pytest.raises(Forbidden, match="须经审批"):
        steps.take_step(case, "transfer_to_regular", judge, team=Team.objects.get(code="regular-01").pk)
    assert rights.actions(SYSTEM, case)
