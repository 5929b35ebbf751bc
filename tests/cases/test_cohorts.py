"""◫: one item a team and month stands for the duties of its cases; it is finished as a whole or case by case."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import context, exceptions, invariants, signing, sweep, verify, work
from cases.deadlines import RULES
from cases.models import WorkItem
from cases.pages import loads, work_lists
from cases.refusals import Refused
from cases.work import cohorts
from teams.actor import SYSTEM
from tests import make
from tests.cases.signing_helpers import fresh, put, sign_all, team_id

pytestmark = pytest.mark.django_db


def months():
    return WorkItem.objects.filter(case=None, subject__startswith="cohort:", open=True)


@pytest.fixture(params=[rule.key for rule in RULES if rule.cohort])
def rule(request):
    return request.param


def duties(rule: str, *dues: str, code: str = "terminal-01") -> list[WorkItem]:
    """The duty of this rule on as many 终本 cases of the team, due on these days."""
    cases = [put(case, "terminal", code, closed_on=date(2026, 3, 2)) for case in make.cases(len(dues))]
    return [
        work.open(case, rule, SYSTEM, team_id=team_id(code), length=due) for case, due in zip(cases, dues, strict=True)
    ]


def test_the_table_marks_what_is_worked_by_the_month():
    assert {rule.key for rule in RULES if rule.cohort} == {"terminal.recheck", "terminal.tell_creditor"}


def test_one_item_a_team_and_month_stands_in_the_queue_due_with_its_first_case(at, rule):
    with at("2026-08-20 09:00"):
        duties(rule, "2026-09-02", "2026-09-20", "2026-10-25")
        duties(rule, "2026-09-11", code="terminal-02")
        assert sweep.run()["cohorts"] == 2  # October is not in sight yet
        assert "cohorts" not in sweep.run()
        found = {(item.team.code, item.subject[-7:]): item for item in months()}
        assert set(found) == {("terminal-01", "2026-09"), ("terminal-02", "2026-09")}
        first = found["terminal-01", "2026-09"]
        assert (first.due_on, "（2 件）" in first.title) == (date(2026, 9, 2), True)
        assert first.person.postings.filter(team=first.team, post="clerk").exists()
    with at("2026-09-03 09:00"):
        ctx, officer = context.read(), make.actor("terminal-01")
        queue = work_lists.shown(ctx, WorkItem.objects.filter(team=officer.team, rule=rule, open=True))
        assert [item.pk for item in queue] == [first.pk]
        load = next(row for row in loads.teams(ctx, officer) if row["url"] == f"/queue/{officer.team_id}/")
        assert load["late_count"] == 1  # the month, not each of its cases
    assert not list(invariants.stored_clocks_are_what_recomputation_gives())


def test_finished_as_a_whole_it_finishes_every_case_and_ends(at, rule):
    with at("2026-08-20 09:00"):
        items = duties(rule, "2026-09-02", "2026-09-20")
        sweep.run()
    with at("2026-08-25 09:00"):
        work.finish([months().get()], make.actor("terminal-01"), note="未发现财产")
        for item in items:
            item.refresh_from_db()
            assert (item.open, item.outcome, item.note) == (False, "done", "未发现财产")
            assert item.case.journal.filter(what="item", key=rule, label__startswith="办结").exists()
        assert not months().exists()
        again = WorkItem.objects.filter(rule="terminal.recheck", case__in=[i.case_id for i in items], open=True)
        assert {i.due_on for i in again} == ({date(2027, 3, 2)} if rule == "terminal.recheck" else set())
    assert not [*verify.chains(), *verify.heads()]


def test_finished_case_by_case_the_rest_stays_and_the_last_one_ends_it(at, rule):
    officer = make.actor("terminal-01")
    with at("2026-08-20 09:00"):
        one, two, three = duties(rule, "2026-09-02", "2026-09-15", "2026-09-20")
        sweep.run()
        month = months().get()
        with pytest.raises(Refused, match="至少选择一件"):
            work.finish([month], officer, note="x", only=[])
        work.finish([month], officer, note="无变化", only=[one.pk])
        sweep.run()
        month.refresh_from_db()
        assert (month.open, month.due_on, "（2 件）" in month.title) == (True, date(2026, 9, 15), True)
        work.finish([two], officer, note="发现车辆，另行控制")
        work.finish([three], officer, note="无变化")
        sweep.run()
        month.refresh_from_db()
    assert (month.open, month.outcome) == (False, "done")


def test_a_recused_officer_finishes_the_others_and_his_case_is_left_to_a_colleague(at):
    officer, colleague = (make.actor("terminal-01", "clerk", nth=n) for n in range(2))
    with at("2026-08-20 09:00"):
        his, other = duties("terminal.recheck", "2026-09-02", "2026-09-20")
        exceptions.grant(his.case, officer.user_id, "recused_from_case", None, "近亲属", SYSTEM, by_step=True)
        sweep.run()
        work.finish([months().get()], officer, note="无变化")
        his.refresh_from_db()
        other.refresh_from_db()
        assert (his.open, other.open) == (True, False)
        work.finish([months().get()], colleague, note="无变化")
        his.refresh_from_db()
    assert not his.open


def test_its_page_lists_the_cases_and_its_form_finishes_those_that_are_ticked(at, client):
    officer = make.actor("terminal-01")
    with at("2026-08-20 09:00"):
        one, two = duties("terminal.recheck", "2026-09-02", "2026-09-20")
        sweep.run()
        month = months().get()
        client.force_login(officer.user)
        page = client.get(f"/items/{month.pk}/").content.decode()
        assert "本月案件 2 件" in page
        assert "最先届满的一件为 2026-09-02" in page
        assert f"/items/{month.pk}/hand/" not in page
        assert all(f'href="/items/{item.pk}/"' in page and item.case.number in page for item in (one, two))
        form = client.get(f"/items/{month.pk}/finish/").content.decode()
        assert form.count('name="member"') == 2
        given = {"note": "无变化", "happened_on": "今天", "member": [one.pk]}
        assert client.post(f"/items/{month.pk}/finish/", {**given, "member": []}).status_code == 422
        assert client.post(f"/items/{month.pk}/finish/", given).status_code == 302
    assert [WorkItem.objects.get(pk=item.pk).open for item in (one, two)] == [False, True]
    assert WorkItem.objects.get(pk=month.pk).open


def test_a_month_costs_the_same_however_many_cases_it_has(at):
    officer, costs = make.actor("terminal-01"), []
    with at("2026-08-20 09:00"):
        for number in (2, 8):
            duties("terminal.recheck", *["2026-09-02"] * number)
            with CaptureQueriesContext(connection) as gathering:
                cohorts.gather(context.read())
            with CaptureQueriesContext(connection) as finishing:
                work.finish([months().get()], officer, note="无变化")
            costs.append((len(gathering), len(finishing)))
            assert not months().exists()
    assert costs[0] == costs[1]


def test_a_reassigned_case_takes_its_duties_along_to_the_next_team_of_the_kind(at):
    with at("2026-08-20 09:00"):
        (item,) = duties("terminal.recheck", "2026-09-02")
        sweep.run()
        told = {"team": team_id("terminal-02"), "ground": "balance", "reason": "均衡"}
        sign_all(signing.ask(fresh(item.case), "reassignment", make.director(), proposal=told))
        sweep.run()
        item.refresh_from_db()
    assert item.team.code == "terminal-02"
    assert [month.team.code for month in months()] == ["terminal-02"]


def test_a_month_is_not_handed_to_another_team(at):
    with at("2026-08-20 09:00"):
        duties("terminal.recheck", "2026-09-02")
        sweep.run()
        with pytest.raises(Refused, match="不能整批移送"):
            work.hand(months().get(), team_id("terminal-02"), make.actor("terminal-01"), "均衡")
