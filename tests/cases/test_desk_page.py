"""The desk, the day's end and the sheets of what is late, as pages: what they say, to whom, at a constant price."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import clock, escalation, signing, work
from cases.context import read
from cases.models import Approval, CaseGrant, Escalation, FilingSlip, WorkItem
from cases.pages import approval_page, desk_page, escalation_page, evidence, lights
from teams.actor import SYSTEM
from tests import make
from tests.cases.signing_helpers import fast_case, fresh_roster, office, team_id, terminal_case, transfer
from tests.journeys.officers import PASSWORD, Officer
from tests.journeys.test_exports import book

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    fresh_roster()


def director() -> Officer:
    return Officer("leadership", "bureau_director")


def desk(officer: Officer, path: str = "/sign/") -> dict:
    return officer.client.get(path).context


def queries(officer: Officer, path: str) -> int:
    with CaptureQueriesContext(connection) as found:
        officer.get(path)
    return len(found)


def test_the_desk_costs_the_same_for_two_sheets_and_for_twelve():
    signer = director()
    for _ in range(2):
        transfer(fast_case("fast-03"))
    queries(signer, "/sign/")
    few = queries(signer, "/sign/")
    for _ in range(10):
        transfer(fast_case("fast-03"))
    assert queries(signer, "/sign/") == few <= 40


def test_a_sheet_says_what_is_moved_what_was_taken_and_whether_it_came_in_time(at):
    with at("2026-11-20 09:00"):
        case = fast_case("fast-03", measured=False)
        work.record_event(case, "measure_effective", clock.now(), SYSTEM, facts={"asset": "房产一套"})
        approval = transfer(case)
        page = approval_page.page(approval, office("bureau_director"))
    pairs = {pair["label"]: pair for pair in page["pairs"]}
    assert pairs["移出"]["text"].startswith("快执三团队")
    assert pairs["采取措施"]["text"] == "11-20"
    assert pairs["报签时间"]["tag"] == "按期"
    assert "11-23 24:00 前签完为按期" in pairs["报签时间"]["served"]
    assert [row["subject"] for row in page["table"]["rows"]] == ["房产一套"]


def test_a_measure_that_was_released_says_so_and_one_that_runs_says_until_when():
    case = fast_case("fast-03", measured=False)
    work.record_event(case, "real_estate_sealed", clock.now(), SYSTEM, subject="房产 1")
    work.record_event(case, "movable_seized", clock.now(), SYSTEM, subject="车辆 1")
    work.record_event(case, "measure_released", clock.now(), SYSTEM, subject="车辆 1")
    rows = {row["subject"]: row for row in evidence.recorded(read(), case, "transfer_to_regular")["rows"]}
    assert rows["车辆 1"]["state"] == "已解除"
    assert rows["房产 1"]["until"] > f"{clock.today() + timedelta(days=1000)}"
    assert evidence.recorded(read(), make.case(), "transfer_to_regular") is None


def test_the_person_an_act_is_about_is_never_lost_among_the_parties():
    case = fast_case("fast-03")
    debtor = case.parties.get(role="debtor")
    proposal = {"party": debtor.pk, "days": 15, "reason": "拒不履行"}
    approval = signing.ask(case, "detention", make.actor("fast-03", "clerk"), proposal=proposal)
    pairs = [pair["label"] for pair in approval_page.page(approval, make.director())["pairs"]]
    assert pairs.count("被执行人") == 1
    assert "拘留日数" in pairs


def test_a_team_whose_leader_is_recused_is_not_offered_and_cannot_be_chosen():
    case = fast_case("fast-03")
    approval = transfer(case)
    leader = make.actor("regular-02").user
    CaseGrant.objects.create(
        user=leader,
        content_object=case,
        permission=_permission("recused_from_case"),
        granted_at=clock.now(),
        reason="亲属",
    )
    page = desk(director())["chosen"]
    assert team_id("regular-02") not in [team["id"] for team in page["teams"]]
    assert leader.name in page["left_out"]
    answer = director().client.post(
        f"/approvals/{approval.pk}/sign/", {"choice": team_id("regular-02"), "password": PASSWORD}
    )
    assert answer.status_code == 422
    assert "不能承接本案" in answer.content.decode()


def _permission(codename: str):
    from django.contrib.auth.models import Permission

    return Permission.objects.get(codename=codename)


def test_what_cannot_be_signed_together_says_why():
    green, single = fast_case("fast-03"), fast_case("fast-05")
    transfer(green)
    proposal = {"team": team_id("fast-04"), "ground": "balance", "reason": "均衡"}
    signing.ask(single, "reassignment", make.actor("fast-05", "judge"), proposal=proposal)
    red = fast_case("fast-06")
    transfer(red)
    type(red).objects.filter(pk=red.pk).update(stage="closing", closing_from="fast")
    rows = {row["case_id"]: row for group in desk(director())["groups"] for row in group["rows"]}
    assert rows[green.pk]["why_single"] == ""
    assert "须逐件签署" in rows[single.pk]["why_single"]
    assert "核验未通过" in rows[red.pk]["why_single"]


def test_filters_show_one_act_or_one_team_and_stay_after_a_signature():
    transfer(fast_case("fast-03"))
    other = transfer(fast_case("fast-05"))
    signer, team = director(), team_id("fast-05")
    page = desk(signer, f"/sign/?team={team}")
    assert (page["shown"], page["count"]) == (1, "2")
    assert page["chosen"]["approval"]["id"] == other.pk
    answer = signer.client.post(f"/approvals/{other.pk}/sign/?team={team}", {"password": PASSWORD})
    assert answer.url == f"/sign/?team={team}"
    assert "没有符合条件的待签事项" in signer.get(answer.url)


def test_sheets_are_returned_together_with_one_reason():
    sheets = [transfer(fast_case("fast-03")) for _ in range(2)]
    given = {"approval": [s.pk for s in sheets], "do": "return", "reason": "", "words": "补房产证"}
    signer = director()
    assert signer.client.post("/sign/batch/", given).status_code == 422  # a return without a reason signs nothing
    answer = signer.client.post("/sign/batch/", {**given, "reason": "incomplete"}).content.decode()
    assert "成功 2，未退回 0" in answer
    assert set(Approval.objects.values_list("state", "reason")) == {("rejected", "材料不齐")}


def test_an_empty_desk_says_what_comes_next():
    page = director().get("/sign/")
    assert "没有待签事项。下一件到期：" in page


def test_what_was_signed_is_found_again_and_leaves_as_a_file():
    signer = director()
    first, second = transfer(fast_case("fast-03")), transfer(fast_case("fast-05"))
    signer.post(f"/approvals/{first.pk}/sign/", opinion="同意移交", password=PASSWORD)
    signer.post(f"/approvals/{second.pk}/reject/", reason="facts", opinion="数额不清")
    assert len(desk(signer, "/sign/signed/")["rows"]) == 2
    (row,) = desk(signer, "/sign/signed/?state=rejected")["rows"]
    assert (row["number"], row["opinion"]) == (second.case.number, "数额不清")
    assert desk(signer, "/sign/signed/?from=明天")["rows"] == []
    sheet = book(signer.client.get("/sign/signed/export/", {"act": "transfer_to_regular"}))["已签记录"]
    assert {cell.value for cell in sheet["B"]} == {"案号", first.case.number, second.case.number}


def test_the_day_ends_by_rule_and_by_person_and_says_what_each_item_lacks(at):
    with at("2026-11-20 10:00"):
        make.cases(2)
        item = WorkItem.objects.filter(rule="reception.first_day", open=True).first()
        clerk = Officer("reception", "clerk")
        WorkItem.objects.filter(rule="reception.first_day").update(person_id=clerk.actor.user_id)
        clerk.post(f"/items/{item.pk}/tick/reception.originals/", state="na", reason="没有原件", happened_on="今天")
        page = desk(clerk, "/today/")
        assert (page["total"], page["left"]) == (2, 2)
        assert page["countdown"] == "距软截止 7 小时 30 分"
        rows = {row["id"]: row for group in page["groups"] for row in group["rows"]}
        assert len(rows[item.pk]["lacks"]) == 5
        assert clerk.get("/today/").count('class="todo plain cur" data-row') == 1
        (person,) = page["people"]
        assert (person["name"], person["left"]) == (clerk.actor.name, 2)
        clerk.get(f"/today/?team={team_id('quality')}", 404)
        others = desk(director(), "/today/")
        assert len(others["teams"]) >= 1
        assert {row["name"] for group in others["groups"] for row in group["rows"]} == {clerk.actor.name}
    with at("2026-11-20 18:00"):
        assert desk(Officer("reception", "clerk"), "/today/")["countdown"].startswith("距硬截止 6 小时")


def test_a_late_item_says_which_hand_off_took_the_days(at):
    with at("2026-11-20 09:00"):
        case = fast_case("fast-03")
        item = WorkItem.objects.get(case=case, rule="transfer.three_days")
    with at("2026-11-22 09:00"):
        transfer(case)
    with at("2026-11-25 09:00"):
        told = escalation_page.consumed(read(), [item])[item.pk]
        why = escalation_page.evidence(read(), [item])[item.pk]
    assert told.startswith(f"等{make.director().name}签字 3.0 日")
    assert f"待{make.director().name}签" in why


def test_a_sheet_of_what_is_late_is_explained_once_and_signed_on_the_desk(at):
    with at("2026-11-20 09:00"):
        case = make.case()
        item = WorkItem.objects.get(case=case, rule="reception.first_day")
    with at("2026-11-23 09:00"):
        escalation.open_sheets(read(), [item.pk])
        sheet = Escalation.objects.get()
        leader = Officer("reception")
        assert desk(leader, "/escalations/")["rows"][0]["act"]["label"] == "填写说明"
        row = sheet.rows.get()
        leader.post(f"/escalations/{sheet.pk}/", 422, text="")
        given = {f"cause_{row.pk}": "system_fault", f"why_{row.pk}": "断网两小时"}
        leader.post(f"/escalations/{sheet.pk}/", text="当日断网", **given)
        signer = director()
        act = desk(signer, "/escalations/?state=sign")["rows"][0]["act"]
        assert act["label"] == "签批"
        assert "当日断网" in signer.get(act["url"])
        sheet.refresh_from_db()
        signer.post(f"/approvals/{sheet.approval_id}/sign/", 422, choice="11-01", password=PASSWORD)
        signer.post(f"/approvals/{sheet.approval_id}/sign/", choice="+3", password=PASSWORD)
    sheet.refresh_from_db()
    assert (sheet.decision, sheet.rectify_by.isoformat()) == ("rectify", "2026-11-26")
    assert desk(director(), "/escalations/?state=rectify")["rows"][0]["state"].startswith("限期整改")
    for day in ("2026-11-21", "2026-11-19"):  # opened later, of other days
        Escalation.objects.create(team=sheet.team, rule=sheet.rule, day=day, opened_at=clock.now())
    assert [row["day"] for row in desk(director(), "/escalations/")["rows"]] == ["11-21", "11-20", "11-19"]


def test_a_slip_shows_how_long_it_waits_and_goes_on_paper(at):
    with at("2026-11-20 09:00"):
        case = terminal_case("terminal-01")
        clerk = Officer("reception", "clerk")
        slip = FilingSlip.objects.create(kind="resumed", case=case, asked_by=clerk.actor.user, asked_at=clock.now())
    with at("2026-11-24 09:00"):
        clerk = Officer("reception", "clerk")
        (row,) = desk(clerk, "/slips/")["waiting"]
        assert (row["days"], row["kind"], row["signed"]) == ("4 日", "恢复执行", False)
        paper = clerk.get(f"/slips/{slip.pk}/print/")
        assert case.number in paper
        assert "执恢" in paper
        Officer("fast-03", "clerk").get(f"/slips/{slip.pk}/print/", 403)


def test_a_day_of_the_calendar_counts_each_light_by_itself(at):
    clerk = Officer("fast-03", "clerk")
    with at("2026-11-24 09:00"):
        case = fast_case("fast-03")
        items = WorkItem.objects.filter(case=case, open=True)
        items.update(person_id=clerk.actor.user_id, due_on="2026-11-30", due_at="2026-11-30T16:00Z", show_at=None)
        items.update(warn_at="2026-11-27T16:00Z")
        items.filter(pk=items.first().pk).update(warn_at="2026-11-20T16:00Z")
        weeks = desk(clerk, "/deadlines/?month=2026-11")["weeks"]
        (cell,) = (cell for week in weeks for cell in week if cell["iso"] == "2026-11-30")
        assert {light["state"]: light["count"] for light in cell["lights"]} == {"amber": 1, "green": items.count() - 1}


def rows_of(page) -> list[int]:
    return [row["id"] for group in page["groups"] for row in group["rows"]]


def test_many_waiting_sheets_stand_page_by_page_and_are_counted_whole(monkeypatch):
    monkeypatch.setattr(desk_page, "PAGE", 3)
    signer = director()
    pks = [transfer(fast_case("fast-03")).pk for _ in range(7)]
    first = desk(signer)
    assert rows_of(first) == pks[:3]
    assert (first["count"], [group["count"] for group in first["groups"]]) == ("7", [7])
    assert first["page"] == "第 1–3 件，共 7 件"
    assert (first["previous"], first["next"]) == ("", f"/sign/?approval={pks[3]}")
    middle = desk(signer, first["next"])
    assert rows_of(middle) == pks[3:6]
    assert middle["chosen"]["approval"]["id"] == pks[3]
    assert middle["previous"] == f"/sign/?approval={pks[2]}"
    assert desk(signer, f"/sign/?approval={pks[5]}")["following"] == pks[6]
    last = desk(signer, middle["next"])
    assert (rows_of(last), last["next"]) == (pks[6:], "")


def test_the_desk_makes_no_row_for_what_is_not_shown(monkeypatch):
    signer = director()
    for _ in range(3):
        transfer(fast_case("fast-03"))
    monkeypatch.setattr(desk_page, "PAGE", 2)
    made = []
    monkeypatch.setattr(desk_page, "parties_of", lambda cases: made.append(len(cases)) or {})
    desk(signer)
    assert made == [2]


def test_the_trail_has_the_newest_at_the_top_and_the_asking_at_its_foot():
    proposal = {"party": 0, "days": "15", "reason": "拒不报告财产"}
    case = fast_case("fast-03")
    proposal["party"] = case.parties.get(role="debtor").pk
    approval = signing.ask(case, "detention", make.actor("fast-03", "judge"), proposal=proposal)
    page = Officer("fast-03", "clerk").get(f"/approvals/{approval.pk}/")
    trail = re.search(r'<ol class="trail">.*?</ol>', page, re.S)[0]
    assert re.findall(r"<strong>(.*?)</strong>", trail) == ["院长", "执行局局长", "签发法官", "报请"]


def test_a_duty_of_hours_that_ends_tomorrow_says_at_what_hour(at):
    with at("2026-11-25 08:20"):
        case = fast_case("fast-03")
        work.record_event(case, "person_taken", clock.now(), SYSTEM)
        item = WorkItem.objects.get(case=case, rule="detention.family")
        days = WorkItem.objects.filter(case=case, open=True, due_on=clock.today() + timedelta(days=1)).exclude(
            rule__startswith="detention"
        )
        assert lights.light(read(), item)["text"] == f"明日 {item.due_at.astimezone(clock.now().tzinfo):%H:%M}"
        assert {lights.light(read(), each)["text"] for each in days} <= {"剩 1 日"}
