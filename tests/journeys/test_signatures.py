"""Signatures over HTTP (flow §8): 14, 15, 16, 17, 24 and 25, as the right people, the wrong people refused."""

import pytest
from django.test import Client

from cases import clock, slips, work
from cases.models import Approval, Case, FilingSlip
from cases.refusals import Refused
from teams.actor import SYSTEM, Actor
from teams.models import Acting, DutyJudge, PairedJudge
from tests import make
from tests.cases.signing_helpers import away, fast_case, fresh_roster, office, place, put, team_id, terminal_case
from tests.databases import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_cached():
    fresh_roster()


def browser(actor: Actor) -> Client:
    """The officer, logged in at this posting."""
    client = Client()
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["posting"] = actor.posting.pk
    session.save()
    return client


def ask(actor: Actor, case: Case, act: str, **fields):
    return browser(actor).post(f"/cases/{case.pk}/ask/{act}/", fields)


def sign(actor: Actor, approval: Approval, **fields):
    return browser(actor).post(f"/approvals/{approval.pk}/sign/", {"password": PASSWORD, **fields})


def signer(approval: Approval) -> Actor:
    return Actor.of(place(approval).signer, day=clock.today())


TRANSFER = {"reason": "房产已查封，需评估拍卖"}
DIRECTOR, VICE = "bureau_director", "vice_president"


def test_a_transfer_from_the_clerk_to_the_regular_team():
    case = fast_case()
    wanted = {**TRANSFER, "team": team_id("regular-02")}
    assert ask(make.actor("fast-04", "clerk"), case, "transfer_to_regular", **wanted).status_code == 404
    assert ask(make.actor("quality", "clerk"), case, "transfer_to_regular", **wanted).status_code == 403
    assert ask(make.actor("fast-03", "clerk"), case, "transfer_to_regular", **wanted).status_code == 302
    approval = Approval.objects.get(case=case)
    assert sign(office(VICE), approval).status_code == 403
    assert sign(office(DIRECTOR), approval, password="wrong").status_code == 422
    assert sign(office(DIRECTOR), approval, choice=team_id("regular-04")).status_code == 302
    assert Case.objects.get(pk=case.pk).team.code == "regular-04"
    assert sign(office(DIRECTOR), approval).status_code == 409


def test_14_director_on_leave_the_next_post_up_signs():
    case = fast_case()
    away(office(DIRECTOR))
    ask(make.actor("fast-03", "clerk"), case, "transfer_to_regular", **TRANSFER, team=team_id("regular-02"))
    approval = Approval.objects.get(case=case)
    assert sign(office(DIRECTOR), approval).status_code == 403
    assert sign(office(VICE), approval).status_code == 302
    assert "不在岗" in approval.places.get().instead_of


def granted(holder: Actor, deputy: Actor, *acts: str) -> dict:
    day = f"{clock.today():%Y-%m-%d}"
    given = {"power": holder.posting.pk, "deputy": deputy.user_id, "from_on": day, "to_on": day}
    return {**given, "reason": "赴省院开会", "acts": list(acts)}


def grant(holder: Actor, deputy: Actor, *acts: str):
    return browser(holder).post("/acting/", granted(holder, deputy, *acts))


def test_14_the_deputy_signs_by_the_authority_that_was_granted_and_the_sheet_prints_it():
    case, deputy, other = fast_case(), office(VICE), make.actor("fast-01", "judge")
    for stranger in (make.actor("fast-03", "clerk"), other):  # who has no such power has none to give
        browser(stranger).post("/acting/", granted(office(DIRECTOR), deputy, "transfer_to_regular"))
        assert not Acting.objects.exists()
    assert grant(office(DIRECTOR), deputy, "transfer_to_regular", "retriage").status_code == 302
    away(office(DIRECTOR))
    ask(make.actor("fast-03", "clerk"), case, "transfer_to_regular", **TRANSFER, team=team_id("regular-02"))
    approval = Approval.objects.get(case=case)
    sheet = f"/approvals/{approval.pk}/sheet/"
    printed = "授权代签：变更分流、移交普执；{0} 至 {0}；事由：赴省院开会".format(clock.today())
    assert printed in browser(deputy).get(sheet).content.decode()  # for the pen too
    assert sign(other, approval).status_code == 404
    assert sign(deputy, approval).status_code == 302
    assert Case.objects.get(pk=case.pk).team.code == "regular-02"
    assert approval.places.get().on_behalf_of == office(DIRECTOR).user
    page = browser(deputy).get(sheet).content.decode()
    assert f"受{office(DIRECTOR).name}委托" in page
    assert printed in page
    assert f"授权人：{office(DIRECTOR).name}" in page


def test_14_a_power_taken_back_is_still_printed_where_it_was_used_and_used_no_more():
    first, second, deputy = fast_case(), fast_case(), office(VICE)
    grant(office(DIRECTOR), deputy, "transfer_to_regular")
    away(office(DIRECTOR))
    wanted = {**TRANSFER, "team": team_id("regular-02")}
    ask(make.actor("fast-03", "clerk"), first, "transfer_to_regular", **wanted)
    approval = Approval.objects.get(case=first)
    assert sign(deputy, approval).status_code == 302
    power = Acting.objects.get()
    assert browser(office(DIRECTOR)).post(f"/acting/{power.pk}/revoke/").status_code == 302
    fresh_roster()
    assert "授权代签：移交普执" in browser(deputy).get(f"/approvals/{approval.pk}/sheet/").content.decode()
    ask(make.actor("fast-03", "clerk"), second, "transfer_to_regular", **wanted)
    assert place(Approval.objects.get(case=second)).on_behalf_of is None


def test_15_the_director_asks_the_vice_president_signs():
    case = fast_case()
    fields = {"team": team_id("fast-04"), "ground": "balance", "reason": "均衡办案"}
    assert ask(office(DIRECTOR), case, "reassignment", **fields).status_code == 302
    approval = Approval.objects.get(case=case)
    assert sign(office(DIRECTOR), approval).status_code == 403
    assert sign(office(VICE), approval).status_code == 302
    assert Case.objects.get(pk=case.pk).team.code == "fast-04"


def test_16_a_freeze_of_an_officer_led_team():
    case = terminal_case()
    debtor = case.parties.get(role="debtor").pk
    fields = {"measure": "freeze", "party": debtor, "object": "银行存款"}
    officer = make.actor("terminal-01")
    assert ask(officer, case, "ruling", **fields).status_code == 302
    approval = Approval.objects.get(case=case)
    assert place(approval).signer == PairedJudge.objects.get(team=case.team).judge
    assert sign(officer, approval).status_code == 403
    assert sign(signer(approval), approval).status_code == 302

    PairedJudge.objects.filter(team=case.team).delete()
    fresh_roster()
    assert ask(officer, case, "ruling", **fields).status_code == 302
    approval = Approval.objects.get(case=case, state="waiting")
    duty = DutyJudge.objects.get(from_on__lte=clock.today(), to_on__gte=clock.today()).judge
    assert place(approval).signer == duty
    judges = {m.user_id: m for code in ("fast-01", "fast-03") for m in [make.actor(code, "judge")]}
    stranger = next(judge for pk, judge in judges.items() if pk != duty.pk)
    assert sign(stranger, approval).status_code == 404
    assert sign(officer, approval).status_code == 403
    assert sign(signer(approval), approval).status_code == 302
    assert approval.places.get().signed_by == duty

    DutyJudge.objects.all().delete()
    fresh_roster()
    refused = ask(officer, case, "ruling", **fields)
    assert refused.status_code == 422
    assert "无可签发的法官" in refused.content.decode()


def test_17_an_asset_of_a_terminal_case(settings):
    settings.OWN_NUMBERING = False
    case, officer = terminal_case(), make.actor("terminal-01")
    work.record_event(case, "measure_effective", clock.now(), SYSTEM)
    slips.send(case, "resumed", officer)
    assert ask(officer, case, "transfer_to_regular", **TRANSFER, team=team_id("regular-02")).status_code == 302
    assert sign(office(DIRECTOR), Approval.objects.get(case=case)).status_code == 302
    slip = FilingSlip.objects.get(case=case)
    number = {"number": "（2026）豫0902执恢77号"}
    assert browser(make.actor("quality", "clerk")).post(f"/slips/{slip.pk}/", number).status_code == 403
    assert browser(officer).post(f"/slips/{slip.pk}/", number).status_code == 302
    new = Case.objects.get(number="（2026）豫0902执恢77号")
    assert (new.stage, new.team.code) == ("regular", "regular-02")
    assert browser(officer).post(f"/slips/{slip.pk}/", number).status_code == 409


def test_24_a_sensitive_case_without_assets_changes_track():
    case = fast_case(measured=False)
    fields = {"team": team_id("regular-03"), "ground": "complex"}
    assert ask(make.actor("fast-05", "judge"), case, "retriage", **fields).status_code == 404
    assert ask(make.actor("quality", "clerk"), case, "retriage", **fields).status_code == 403
    assert ask(make.actor("fast-03", "judge"), case, "retriage", **fields).status_code == 302
    assert sign(office(VICE), Approval.objects.get(case=case)).status_code == 403
    assert sign(office(DIRECTOR), Approval.objects.get(case=case)).status_code == 302
    case = Case.objects.get(pk=case.pk)
    assert (case.stage, case.team.code) == ("regular", "regular-03")


def test_24_not_while_the_three_days_run():
    case = fast_case()
    fields = {"team": team_id("regular-03"), "ground": "complex"}
    assert ask(make.actor("fast-03", "judge"), case, "retriage", **fields).status_code == 422


def test_25_a_duplicate_is_struck_off_by_judge_and_director():
    case = put(make.case(), "closing", "reception", closing_from="reception", closing_mode="withdrawn_from_docket")
    leader = make.actor("reception")
    assert ask(leader, case, "closing", urgent="").status_code == 302
    approval = Approval.objects.get(case=case)
    duty = DutyJudge.objects.filter(from_on__lte=clock.today(), to_on__gte=clock.today()).first()
    assert place(approval).signer == duty.judge
    assert sign(signer(approval), approval).status_code == 302
    assert sign(office(DIRECTOR), approval).status_code == 302
    assert Case.objects.get(pk=case.pk).stage == "closed"


def test_25_found_after_the_case_was_passed_on_it_is_struck_off_from_preparation():
    case = put(make.case(), "preparation", "quality")
    report = f"/cases/{case.pk}/step/report_closing/"
    struck = {"mode": "withdrawn_from_docket", "reason": "重复立案", "sent": "1"}
    for stranger, status in (
        (make.actor("reception"), 403),
        (make.actor("quality", "clerk"), 403),
        (make.actor("fast-05"), 404),
    ):
        assert browser(stranger).post(report, struck).status_code == status
    leader = make.actor("quality")
    assert browser(leader).post(report, {**struck, "mode": "terminal_closure"}).status_code == 422
    assert browser(leader).post(report, struck).status_code == 302
    assert Case.objects.get(pk=case.pk).closing_from == "preparation"
    file = case.items.get(rule="archives.pre_closing", open=True)
    arranged = browser(make.actor("archives", "clerk")).post(f"/archive/arrange/{file.pk}/", {"note": "材料齐全"})
    assert arranged.status_code == 302
    approval = Approval.objects.get(case=case, act="closing")
    duty = DutyJudge.objects.get(from_on__lte=clock.today(), to_on__gte=clock.today()).judge
    assert place(approval).signer == duty
    assert sign(leader, approval).status_code == 403
    assert sign(signer(approval), approval).status_code == 302
    assert sign(office(DIRECTOR), approval).status_code == 302
    assert Case.objects.get(pk=case.pk).stage == "closed"
    with pytest.raises(Refused, match="案号已使用"):
        make.case(number=case.number)
