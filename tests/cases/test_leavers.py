"""Whoever is no longer in office holds nothing: a posting does not end over open work, and the night picks up the rest."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from cases import clock, exceptions, handover, invariants, verify, work
from cases.models import Case, WorkItem
from teams.actor import SYSTEM
from teams.models import Posting
from tests import make
from tests.cases.signing_helpers import fresh, fresh_roster, held_by, item
from tests.cases.test_intake import SAMPLE
from tests.teams.people import browser, person, posting

pytestmark = pytest.mark.django_db
SECURITY = "9002"


def end(row: Posting, day) -> object:
    given = {
        "from_on": row.from_on,
        "to_on": day or "",
        "special": row.special,
        **({"leads": "on"} if row.leads else {}),
    }
    return browser(SECURITY).post(f"/admin/teams/posting/{row.pk}/change/", given)


def ends(row: Posting):
    return Posting.objects.get(pk=row.pk).to_on


def clerks_case():
    case, clerk = held_by("fast-03"), make.actor("fast-03", "clerk")
    Case.objects.filter(pk=case.pk).update(clerk=clerk.user)
    return fresh(case), clerk


def test_a_posting_with_open_work_ends_by_handing_over_only():
    _, clerk = clerks_case()
    answer = end(clerk.posting, clock.today())
    assert answer.status_code == 200
    text = answer.content.decode()
    assert f"{clerk.name}名下还有 1 项未办" in text
    assert f'href="/admin/teams/user/{clerk.user_id}/handover/"' in text
    assert ends(clerk.posting) is None
    assert end(clerk.posting, clock.today() + timedelta(days=30)).status_code == 200  # nor on a day to come
    handover.hand_over(clerk.user, make.actor("fast-03", "clerk", nth=1).user, SYSTEM)
    assert end(clerk.posting, clock.today()).status_code == 302
    assert ends(clerk.posting) == clock.today()


def test_an_end_may_be_put_off_or_taken_away_and_the_rest_of_the_form_saved():
    _, clerk = clerks_case()
    row = clerk.posting
    Posting.objects.filter(pk=row.pk).update(to_on=clock.today() + timedelta(days=10))
    for day in (clock.today() + timedelta(days=10), clock.today() + timedelta(days=20), None):
        assert end(row, day).status_code == 302
        assert ends(row) == day


def test_of_two_postings_each_asks_for_its_own_team():
    case, clerk = held_by("fast-03"), person()
    fast, desk = posting(clerk, "fast-03", "clerk"), posting(clerk, "reception", "clerk")
    Case.objects.filter(pk=case.pk).update(clerk=clerk)
    assert end(desk, clock.today()).status_code == 302
    assert end(fast, clock.today()).status_code == 200
    assert ends(fast) is None


def out(row: Posting) -> None:
    Posting.objects.filter(pk=row.pk).update(to_on=clock.today() - timedelta(days=1))
    fresh_roster()


def found() -> list:
    return list(invariants.whoever_holds_an_open_case_is_in_office())


def test_the_night_gives_his_items_and_cases_to_colleagues_and_every_chain_tells_it():
    (case, clerk), bare = clerks_case(), held_by("fast-03")
    one = work.open(bare, "enforcement.report_check", SYSTEM, person_id=clerk.user_id)
    chore = work.open(
        None, "team.chore", SYSTEM, subject="x", length="2027-01-01", team_id=clerk.team_id, person_id=clerk.user_id
    )
    assert found() == []
    out(clerk.posting)
    assert len(found()) == 1
    assert handover.pick_up() >= 2
    assert found() == []
    assert fresh(case).clerk_id not in (clerk.user_id, None)
    for each in (one, chore):
        assert WorkItem.objects.get(pk=each.pk).person_id not in (clerk.user_id, None)
    for each in (case, bare):
        assert f"{clerk.name}已不在岗" in each.journal.filter(key="leaver").get().label
    assert handover.pick_up() == 0
    assert case.journal.filter(key="leaver").count() == 1
    assert not [*verify.chains(), *verify.heads()]


def test_a_leader_who_is_gone_is_followed_by_whoever_leads_now_and_by_nobody_who_is_recused():
    case, leader = held_by("fast-03"), make.actor("fast-03", "judge")
    clerk = make.actor("fast-03", "clerk")
    assert case.handler_id == leader.user_id
    exceptions.grant(case, clerk.user_id, "recused_from_case", None, "近亲属", SYSTEM, by_step=True)
    out(leader.posting)
    handover.pick_up()
    after = fresh(case)
    assert after.handler_id not in (leader.user_id, clerk.user_id, None)
    assert not case.items.filter(open=True, person__in=[leader.user_id, clerk.user_id]).exists()
    assert not list(invariants.the_recused_hold_nothing())


def test_an_import_in_the_name_of_somebody_without_a_posting_is_refused_in_a_sentence(tmp_path):
    officer, report = make.actor("reception", "clerk"), tmp_path / "out.json"
    out(officer.posting)
    with pytest.raises(CommandError, match="今天没有任职"):
        call_command("import_cases", str(SAMPLE), "--by", officer.user.staff_number, verbosity=0)
    assert not Case.objects.exists()
    other = make.actor("reception", "clerk")
    call_command("import_cases", str(SAMPLE), "--by", other.user.staff_number, "--report", str(report), verbosity=0)
    assert json.loads(report.read_text(encoding="utf-8"))
    assert item(Case.objects.first(), "reception.first_day").asked_by_id == other.user_id
