"""报请 that comes back, is taken back, or is signed too quickly: over HTTP, by whom, until when, and what stays."""

import pytest

from cases import signing, work
from cases.models import Approval, Party, WorkItem
from tests.cases.signing_helpers import fast_case, fresh_roster, office, put, team_id

from .officers import PASSWORD, Officer, fresh, item, sign_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    fresh_roster()


def transfer(clerk: Officer, case) -> Approval:
    fields = {"team": team_id("regular-02"), "reason": "房产已查封"}
    clerk.post(f"/cases/{case.pk}/ask/transfer_to_regular/", **fields)
    return Approval.objects.filter(case=case).latest("id")


def test_a_returned_sheet_waits_for_its_maker_by_the_original_clock_until_it_is_asked_again():
    case, clerk, director = fast_case(), Officer("fast-03", "clerk"), Officer("leadership", "bureau_director")
    before = item(case, "transfer.three_days")
    first = transfer(clerk, case)
    Officer("quality", "clerk").post(f"/approvals/{first.pk}/reject/", 403, reason="facts")
    director.post(f"/approvals/{first.pk}/reject/", 422, reason="")
    director.post(f"/approvals/{first.pk}/reject/", reason="facts", opinion="补充查封期限")
    back = item(case, "approval.returned")
    assert (back.person, back.due_on) == (clerk.actor.user, before.due_on)
    assert f"/approvals/{first.pk}/" in clerk.get("/workbench/?tab=returned")
    assert "重新报请" in clerk.get("/workbench/")
    page = clerk.get(f"/approvals/{first.pk}/")
    assert "事实或数额不清" in page
    again = f"/cases/{case.pk}/ask/transfer_to_regular/?again={first.pk}"
    assert again in page
    assert "房产已查封" in clerk.get(again)
    second = transfer(clerk, case)
    assert not WorkItem.objects.filter(case=case, rule="approval.returned", open=True).exists()
    assert again not in clerk.get(f"/approvals/{first.pk}/")
    director.post(f"/approvals/{second.pk}/sign/", opinion="同意移交", password=PASSWORD)
    assert fresh(case).stage == "regular"


def test_a_stale_sheet_waits_for_its_maker_who_may_give_it_up():
    case, clerk, director = fast_case(), Officer("fast-03", "clerk"), Officer("leadership", "bureau_director")
    approval = transfer(clerk, case)
    Party.objects.filter(case=case, role="debtor").update(name="改名后")
    answer = director.post(f"/approvals/{approval.pk}/sign/", 409, opinion="同意", password=PASSWORD)
    assert "改名后" in answer.content.decode()
    back = item(case, "approval.returned")
    assert "改名后" in clerk.get(f"/approvals/{approval.pk}/")
    Officer("fast-05", "clerk").post(f"/items/{back.pk}/finish/", 404, note="不再报", happened_on="今天")
    clerk.post(f"/items/{back.pk}/finish/", note="不再报请", happened_on="今天")
    assert f"/approvals/{approval.pk}/" not in clerk.get("/workbench/?tab=returned")


def test_a_rejected_closing_leads_its_maker_back_to_reporting():
    case = put(fast_case(measured=False), "closing", "fast-01", closing_from="fast", closing_mode="fully_enforced")
    judge = Officer("fast-01", "judge")
    approval = signing.ask(case, "closing", judge.actor, proposal={"mode": "fully_enforced"}, by_system=True)
    judge.post(f"/approvals/{approval.pk}/reject/", reason="measure")
    assert fresh(case).stage == "fast"
    assert f"/cases/{case.pk}/step/report_closing/" in judge.get(f"/approvals/{approval.pk}/")


def test_the_maker_takes_it_back_until_the_signer_has_opened_it():
    case, clerk, director = fast_case(), Officer("fast-03", "clerk"), Officer("leadership", "bureau_director")
    approval = transfer(clerk, case)
    clerk.get(f"/approvals/{approval.pk}/")  # the maker's own look counts for nothing
    Officer("fast-03", "judge").post(f"/approvals/{approval.pk}/withdraw/", 403)
    clerk.post(f"/approvals/{approval.pk}/withdraw/")
    assert Approval.objects.get(pk=approval.pk).state == "withdrawn"
    director.post(f"/approvals/{approval.pk}/sign/", 409, opinion="同意", password=PASSWORD)
    approval = transfer(clerk, case)
    assert "撤回" in clerk.get(f"/approvals/{approval.pk}/")
    assert case.number[-8:-1] in director.get("/sign/")
    answer = clerk.post(f"/approvals/{approval.pk}/withdraw/", 422)
    assert "打开，不能撤回" in answer.content.decode()


def test_a_signer_takes_his_signature_back_within_ten_minutes_while_the_next_has_not_opened_it(at):
    judge, director, vice = (
        Officer("fast-01", "judge"), Officer("leadership", "bureau_director"), Officer("leadership", "vice_president"),
    )  # fmt: skip
    with at("2026-11-20 10:00"):
        case = fast_case("fast-01")
        judge.post(f"/cases/{case.pk}/ask/extension/", months=3, reason="评估中")
        approval = Approval.objects.get(case=case)
        director.post(f"/approvals/{approval.pk}/sign/", opinion="同意", password=PASSWORD)
    with at("2026-11-20 10:09"):
        vice.post(f"/approvals/{approval.pk}/unsign/", 422)
        assert "撤回我的签署" in director.get(f"/approvals/{approval.pk}/")
        director.post(f"/approvals/{approval.pk}/unsign/")
        assert [p.state for p in approval.places.order_by("order")] == ["waiting", "pending"]
        assert item(case, "approval.sign").person == office("bureau_director").user
        vice.post(f"/approvals/{approval.pk}/sign/", 403, opinion="同意", password=PASSWORD)
        director.post(f"/approvals/{approval.pk}/sign/", opinion="同意，三个月", password=PASSWORD)
    with at("2026-11-20 10:20"):
        director.post(f"/approvals/{approval.pk}/unsign/", 422)  # too late
    with at("2026-11-20 10:22"):
        vice.get(f"/approvals/{approval.pk}/")
        vice.post(f"/approvals/{approval.pk}/sign/", opinion="同意", password=PASSWORD)
        vice.post(f"/approvals/{approval.pk}/unsign/", 409)  # it has taken effect
    assert list(case.journal.filter(what="approval").order_by("id").values_list("key", flat=True)) == [
        "ask", "sign", "unsign", "sign", "sign",
    ]  # fmt: skip


def test_who_was_quicker_is_named_with_the_time_and_nobody_is_robbed():
    case = fast_case(measured=False)
    first, second, third = (Officer("fast-03", "clerk", nth=n) for n in range(3))
    second.post(f"/cases/{case.pk}/event/", anchor="clue_received", happened_on="今天")
    clue = item(case, "enforcement.clue")
    WorkItem.objects.filter(pk=clue.pk).update(person=third.actor.user)
    held = {"held": third.actor.user_id}  # both have the same page open
    first.post(f"/items/{clue.pk}/take/", **held)
    answer = second.post(f"/items/{clue.pk}/take/", 409, **held).content.decode()
    assert first.actor.name in answer
    assert "接手" in answer
    assert WorkItem.objects.get(pk=clue.pk).person == first.actor.user
    Officer("quality", "clerk").post(f"/items/{clue.pk}/take/", 403)
    Officer("fast-05", "clerk").post(f"/items/{clue.pk}/take/", 404)


def test_a_duty_ends_in_its_one_way_and_says_which():
    case = fast_case()
    judge = Officer("fast-03", "judge")
    case.items.filter(open=True).update(team=case.team)
    limit, three = item(case, "enforcement.limit"), item(case, "transfer.three_days")
    for found in (limit, three):
        answer = judge.post(f"/items/{found.pk}/finish/", 422, note="办了", happened_on="今天")
        assert "不能直接办结" in answer.content.decode()
        assert f"/items/{found.pk}/finish/" not in judge.get(f"/items/{found.pk}/")
    judge.post("/items/batch/", 200, act="finish", note="办了", item=[limit.pk])
    judge.post(f"/cases/{case.pk}/event/", anchor="clue_received", happened_on="今天")
    clue = item(case, "enforcement.clue")
    judge.post(f"/cases/{case.pk}/event/", anchor="clue_checked", happened_on="今天")
    clue.refresh_from_db()
    assert (clue.open, clue.outcome) == (False, "done")
    assert WorkItem.objects.get(pk=limit.pk).open


def test_a_signature_is_nobody_elses_to_finish_take_or_give_away():
    case, clerk, director = fast_case(), Officer("fast-03", "clerk"), Officer("leadership", "bureau_director")
    transfer(clerk, case)
    duty = item(case, "approval.sign")
    director.post(f"/items/{duty.pk}/finish/", 422, note="已阅", happened_on="今天")
    director.post(f"/items/{duty.pk}/assign/", 422, person=office("vice_president").user_id)
    assert work.by_form(duty)
    sign_all(case)
    assert not WorkItem.objects.get(pk=duty.pk).open
