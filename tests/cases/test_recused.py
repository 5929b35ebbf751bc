"""Whoever is recused from a case hears of it no more and finds it in no count, at no further query."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import clock, context, exceptions, lists_of_day, sweep, work
from cases.models import Case
from cases.pages import loads, workbench_page
from teams.actor import SYSTEM, Actor
from teams.models import Notice
from tests import make
from tests.cases.signing_helpers import held_by, item

pytestmark = pytest.mark.django_db


def recuse(case: Case, officer: Actor) -> None:
    exceptions.grant(case, officer.user_id, "recused_from_case", None, "近亲属", SYSTEM, by_step=True)


def rings(officer: Actor) -> list[str]:
    return list(Notice.objects.filter(person=officer.user_id, kind="ring").values_list("text", flat=True))


def test_no_bell_reaches_a_recused_leader_neither_at_once_nor_when_it_is_late(at):
    leader, director = make.actor("coercion", "judge"), make.director()
    with at("2026-03-02 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 3, 2))
        recuse(case, leader)
        work.record_event(case, "person_taken", clock.now(), SYSTEM)
    with at("2026-03-03 10:01"):
        sweep.run()
    assert rings(leader) == []
    assert len(rings(director)) >= 2


def test_no_bell_of_a_measure_that_ends_reaches_a_recused_director(at):
    director, handler = make.director(), make.actor("fast-03", "judge")
    with at("2026-03-02 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 3, 2))
        recuse(case, director)
        work.record_event(case, "deposit_frozen", clock.now(), SYSTEM, length="2026-05-10")
    with at("2026-05-04 09:00"):
        sweep.run()
    assert rings(director) == []
    assert [text for text in rings(handler) if "未启动续行" in text]


def counted(officer: Actor, team: int) -> tuple:
    """What stands on the workbench, on a team's tiles, on its people, and among the teams of who leads."""
    ctx = context.read()
    everybody = next(row["count"] for row in loads.teams(ctx, officer) if row["url"] == f"/queue/{team}/")
    people = sum(int(row["count"]) for row in loads.members(ctx, officer, team))
    return everybody, loads.tiles(ctx, officer, team)[""], people, workbench_page.counts_of(ctx, officer).team


def test_counts_leave_out_a_case_from_which_the_viewer_is_recused_at_no_further_query(at):
    with at("2026-03-02 09:00"):
        case, other = (held_by("fast-03", filed_on=date(2026, 3, 2)) for _ in range(2))
        clerk, colleague = (make.actor("fast-03", "clerk", nth=n) for n in range(2))
        for each in (case, other):
            work.open(each, "enforcement.report_check", SYSTEM, person_id=colleague.user_id)
        counted(clerk, clerk.team_id)
        with CaptureQueriesContext(connection) as few:
            before = counted(clerk, clerk.team_id)
        recuse(case, clerk)
        with CaptureQueriesContext(connection) as now:
            after = counted(clerk, clerk.team_id)
        assert len(now) == len(few)
        hidden = case.items.filter(open=True, team=clerk.team_id, show_at__isnull=True).count()
        assert hidden > 0
        assert after == (before[0] - hidden, before[1] - hidden, before[2] - 1, before[3] - hidden)
        assert counted(colleague, clerk.team_id)[:3] == before[:3]


def test_the_line_of_the_day_leaves_them_out_for_him_alone(at, client):
    with at("2026-11-20 09:00"):
        cases = make.cases(3, filed_on=date(2026, 11, 20))
        one, colleague = (make.actor("reception", "clerk", nth=n) for n in range(2))
        recuse(cases[0], one)
    with at("2026-11-20 11:31"):
        assert lists_of_day.send(context.read()) > 0
        client.force_login(one.user)
        page = client.get("/today/").content.decode()
    lines = dict(Notice.objects.filter(kind="list").values_list("person_id", "text"))
    assert lines[one.user_id] == "今日 2 件，清 0，余 2"
    assert lines[colleague.user_id] == "今日 3 件，清 0，余 3"
    assert cases[1].number[-7:] in page
    assert cases[0].number[-7:] not in page
    assert item(cases[0], "reception.first_day").person_id != one.user_id
