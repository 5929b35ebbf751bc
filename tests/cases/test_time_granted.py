"""Extensions and exclusions: what was signed lengthens a period or lets it stand still."""

from datetime import date

import pytest

from cases import clock, signing, work
from cases.refusals import Refused
from teams.actor import SYSTEM
from tests import make

from .signing_helpers import held_by, item, paper, sign_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


def test_a_signed_extension_lengthens_the_limit_before_the_roll(at):
    with at("2026-03-02 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 3, 2))
    assert item(case, "enforcement.limit").due_on == date(2026, 9, 2)
    with at("2026-08-20 09:00"):
        judge = make.actor("fast-03", "judge")
        sign_all(signing.ask(case, "extension", judge, proposal={"months": "3", "reason": "评估中"}))
    limit = item(case, "enforcement.limit")
    assert (limit.extensions, limit.due_on) == (["3M"], date(2026, 12, 2))
    assert "含延长 3 个月" in "".join(limit.derivation)
    assert case.journal.filter(key="extension", label__contains="2026-12-02").exists()


def test_an_extension_asked_too_late_says_so_and_without_a_limit_it_cannot_be_asked(at):
    with at("2026-03-02 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 3, 2))
    judge = make.actor("fast-03", "judge")
    with at("2026-08-31 09:00"):
        checks = signing.sheets.compose("extension", case, "", {"months": "3"}, []).checks
        assert [check.state for check in checks if "最后日 2026-08-28" in check.text] == ["amber"]
        case.items.filter(rule="enforcement.limit").update(rule="enforcement.report_check")
        with pytest.raises(Refused, match="没有在计的执行期限"):
            signing.ask(case, "extension", judge, proposal={"months": "3", "reason": "x"})


def test_a_signed_exclusion_stands_still_from_its_first_to_its_last_day(at):
    with at("2026-03-02 09:00"):
        case = held_by("fast-03", filed_on=date(2026, 3, 2))
    judge = make.actor("fast-03", "judge")
    told = {"exclusion": "appraisal", "from_on": "2026-04-01", "to_on": "2026-04-21", "reason": "委托评估"}
    with at("2026-04-21 09:00"):
        with pytest.raises(Refused, match="须附"):
            signing.ask(case, "time_exclusion", judge, proposal=told)
        sign_all(signing.ask(case, "time_exclusion", judge, proposal=told, materials=[paper(case, SYSTEM)]))
    assert item(case, "enforcement.limit").due_on == date(2026, 9, 22)
    pause = case.pauses.get()
    assert (pause.ground, pause.material_id is not None, pause.backdated) == ("appraisal", True, False)


def test_only_what_the_law_lets_stand_still_can_be_paused(at):
    case = held_by("fast-03")
    work.record_event(case, "money_arrived", clock.now(), SYSTEM)
    judge = make.actor("fast-03", "judge")
    for rule in ("funds.claim",):
        with pytest.raises(Refused, match="不停止计算"):
            work.pause(case, "sale", clock.today(), judge, item=item(case, rule), material=paper(case, SYSTEM))
