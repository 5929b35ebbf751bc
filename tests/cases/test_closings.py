"""How a case closes, and what comes back when its closing is annulled or the case is sent back."""

from datetime import date

import pytest

from cases import clock, signing, steps, work
from cases.refusals import Refused
from teams.actor import SYSTEM
from tests import make

from .signing_helpers import fresh, held_by, item, paper, sign_all, team_id

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


def test_an_annulled_closing_brings_the_clocks_back_minus_the_closed_time(at):
    with at("2026-03-02 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 3, 2))
    before = item(case, "enforcement.limit")
    with at("2026-05-06 09:00"):
        close(case)
        assert not case.items.filter(rule="enforcement.limit", open=True).exists()
        assert item(case, "archives.file_case").due_on == date(2026, 8, 6)
    with at("2026-06-05 09:00"):
        director = make.director()
        sign_all(signing.ask(fresh(case), "annul_closing", director, proposal={"ground": "异议裁定"},
                             materials=[paper(case, SYSTEM)]))  # fmt: skip
    limit = item(case, "enforcement.limit")
    assert fresh(case).stage == "fast"
    assert limit.started_at == before.started_at
    assert limit.due_on == date(2026, 10, 8)  # 2026-09-02 and the 30 days of the closing: 10-02, past National Day
    assert case.pauses.get(item=limit).ground == "closed"
    assert not case.items.filter(rule="archives.file_case", open=True).exists()


def close(case) -> None:
    judge = make.actor("fast-03", "judge")
    steps.take_step(case, "report_closing", judge, mode="fully_enforced", reason="完毕")
    work.finish([item(case, "archives.pre_closing")], make.actor("archives", "clerk"), note="齐全")
    sign_all(case.approvals.get(act="closing"))


def test_the_closing_date_is_that_of_service_on_the_last_party(at):
    with at("2026-03-02 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 3, 2))
    archives = make.actor("archives", "clerk")
    with at("2026-05-06 09:00"):
        with pytest.raises(Refused, match="尚未结案"):
            work.record_event(case, "closing_served", clock.now(), SYSTEM)
        close(case)
    with at("2026-05-11 09:00"):
        work.record_event(fresh(case), "closing_served", clock.now(), archives)
    assert fresh(case).closed_on == date(2026, 5, 11)
    assert item(case, "archives.file_case").due_on == date(2026, 8, 11)


def test_a_mode_the_stage_does_not_allow_is_refused_at_the_door():
    case = make.case()
    with pytest.raises(Refused, match="可报的结案方式为：销案"):
        steps.take_step(case, "report_closing", make.actor("reception", "regular_officer"), mode="fully_enforced")


def test_a_terminal_closure_cannot_slip_through_as_an_ordinary_closing():
    case = held_by("fast-03")
    judge = make.actor("fast-03", "judge")
    steps.take_step(case, "report_closing", judge, mode="terminal_closure", reason="无财产", consent=1)
    asked = {"mode": "fully_enforced"}  # what the proposal says of the mode counts for nothing
    with pytest.raises(Refused, match="终本"):
        signing.ask(fresh(case), "closing", judge, proposal=asked)


def test_a_case_sent_back_to_reception_asks_for_the_gap_from_the_first_start(at):
    with at("2026-11-16 10:00"):
        case = make.case(filed_on=date(2026, 11, 16))
        first = item(case, "reception.first_day")
        for rule in work.PARTS[first.rule]:
            work.tick(first, rule, "done", make.actor("reception", "clerk"))
    with at("2026-11-18 10:00"):
        steps.take_step(fresh(case), "return_to_reception", make.actor("quality", "clerk"), gap="缺送达地址确认书")
        again = item(case, "reception.first_day")
        assert again.title == "退回补正：缺送达地址确认书"
        assert (again.due_on, again.ticks.count()) == (date(2026, 11, 16), 6)
        steps.take_step(fresh(case), "pass_on", make.actor("reception", "clerk"))
    assert fresh(case).stage == "preparation"


def test_a_case_that_came_in_as_terminal_has_no_closing_to_annul_and_is_shown_the_way_out():
    told = make.registration(
        kind="legacy", number="（2019）豫0902执771号", stage="terminal", team=team_id("terminal-01")
    )
    (legacy,) = steps.register([told], SYSTEM)
    director = make.director()
    with pytest.raises(Refused) as refused:
        signing.ask(
            legacy, "annul_closing", director, proposal={"ground": "异议裁定"}, materials=[paper(legacy, SYSTEM)]
        )
    (reason,) = [each for each in refused.value.reasons if "接收时已终本" in each.text]
    assert (reason.remedy, reason.url) == ("报请恢复执行", f"/cases/{legacy.pk}/ask/revival/")
    assert steps.blockers([legacy], "annul_closing")
