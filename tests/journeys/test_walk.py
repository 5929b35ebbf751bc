"""Whole lives over HTTP: from the filing list to the shelf; through 终本 and back by revival. The wrong people are refused."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assets import queries
from assets.models import QueryBatch
from cases import calendar, clock, verify
from cases.models import Approval, Case, FilingSlip, WorkItem
from teams.models import Posting
from tests import make
from tests.journeys.officers import (
    PASSWORD,
    SAMPLE,
    Officer,
    arrange,
    ask_about,
    at_the_counter,
    fresh,
    item,
    pdf,
    shelve,
    sign_all,
    team,
    to_fast,
)
from tests.reception.helpers import form_of

pytestmark = pytest.mark.django_db


def test_from_the_filing_list_to_the_shelf(settings, tmp_path):
    settings.FILES_DIR, settings.ARCHIVE_DIR = tmp_path / "files", tmp_path / "archive"
    reception = Officer("reception", "clerk")
    Officer("fast-03", "clerk").get("/import/", 403)
    with SAMPLE.open("rb") as source:
        file = SimpleUploadedFile(SAMPLE.name, source.read())
        preview = reception.client.post("/import/", {"file": file}, follow=True)
    assert "导入 68 行" in preview.content.decode()
    assert not Case.objects.exists()
    reception.post("/import/", token=preview.context["token"])
    case = Case.objects.get(number="（2026）豫0902执4001号")
    stranger, colleague = Officer("fast-05", "clerk"), Officer("quality", "clerk")
    stranger.get(f"/cases/{case.pk}/", 404)
    colleague.post(f"/cases/{case.pk}/step/pass_on/", 403)
    reception.post(f"/cases/{case.pk}/step/pass_on/", 422)
    to_fast(case)
    fast = Officer("fast-03", "clerk")
    assert "移交普执" in fast.get(f"/cases/{case.pk}/")
    fast.post(f"/cases/{case.pk}/ask/transfer_to_regular/", 422, team=team("regular-02"), reason="有房产")
    fast.post(f"/cases/{case.pk}/event/", anchor="measure_effective", happened_on="今天", paper=pdf("查封回执.pdf"))
    assert item(case, "transfer.three_days").team.code == "fast-03"
    fast.post(f"/cases/{case.pk}/ask/transfer_to_regular/", team=team("regular-02"), reason="有房产需处置")
    approval = Approval.objects.get(case=case, act="transfer_to_regular")
    colleague.post(f"/approvals/{approval.pk}/sign/", 403, opinion="同意", password=PASSWORD)
    Officer("leadership", "bureau_director").post(
        f"/approvals/{approval.pk}/sign/", 422, opinion="同意", password="wrong"
    )
    sign_all(case)
    assert (fresh(case).stage, fresh(case).team.code) == ("regular", "regular-02")
    fast.post(f"/cases/{case.pk}/step/report_closing/", 403, mode="fully_enforced", reason="x")
    judge = Officer("regular-02")
    judge.post(f"/cases/{case.pk}/step/report_closing/", mode="fully_enforced", reason="已全部履行")
    arrange(case)
    sign_all(case)
    assert (fresh(case).stage, fresh(case).closed_on) == ("closed", clock.today())
    shelve(case)
    assert fresh(case).stage == "archived"
    assert not case.items.filter(open=True).exists()
    assert not [*verify.chains(), *verify.heads()]
    assert json.dumps([e.key for e in case.journal.order_by("id")]).count("triage_fast") == 1


def test_through_terminal_closure_and_back_by_revival(settings, at, tmp_path):
    settings.FILES_DIR, settings.OWN_NUMBERING = tmp_path, False
    with at("2026-03-02 09:00"):
        case = make.case(filed_on=date(2026, 3, 2))
        to_fast(case)
    leader = Officer("fast-03")
    panel = [
        p.person_id for p in Posting.objects.filter(post="judge").exclude(person=leader.actor.user).order_by("id")[:3]
    ]
    seats = {f"panel_{n}": pk for n, pk in enumerate(panel)}
    with at("2026-05-06 09:00"):
        leader.post(f"/cases/{case.pk}/step/report_closing/", 422, mode="terminal_closure", reason="无财产")
        leader.post(f"/cases/{case.pk}/step/report_closing/", mode="terminal_closure", reason="无财产", **seats)
        arrange(case)
        approval = Approval.objects.get(case=case, act="terminal_closure")
        place = approval.places.get(state="waiting")
        early = Officer("", user=place.signer)
        early.post(f"/approvals/{approval.pk}/sign/", 422, opinion="同意", place=place.order, password=PASSWORD)
    with at("2026-06-03 09:00"):
        sign_all(case)
        assert fresh(case).stage == "terminal"
        assert case.items.filter(rule="terminal.recheck", open=True).exists()
        manager = Officer(fresh(case).team.code)
        manager.post(f"/cases/{case.pk}/ask/revival/", ground="发现公积金", balance="20000")
        sign_all(case)
        slip = FilingSlip.objects.get(case=case)
        assert "待立案号" in manager.get(f"/cases/{case.pk}/")
        manager.post(f"/slips/{slip.pk}/", 422, number="不是案号")
        manager.post(f"/slips/{slip.pk}/", number="(2026)豫0902执恢88号")
        manager.post(f"/slips/{slip.pk}/", 409, number="(2026)豫0902执恢89号")
    revived = Case.objects.get(number="（2026）豫0902执恢88号")
    assert (revived.stage, revived.team_id) == ("resumed", fresh(case).team_id)
    assert set(revived.links.values_list("kind", "other_id")) == {("origin", case.pk), ("previous", case.pk)}
    assert revived.parties.count() == case.parties.count()
    assert fresh(case).stage == "terminal"
    assert not [*verify.chains(), *verify.heads()]


def test_situation_1_filed_on_saturday_imported_on_monday(at):
    with at("2026-11-23 09:10"):
        case = make.case(filed_on=date(2026, 11, 21))
        page = Officer("reception", "clerk").get(f"/cases/{case.pk}/")
        Officer("fast-03", "clerk").get(f"/cases/{case.pk}/", 404)
        first = item(case, "reception.first_day")
        Officer("fast-03", "clerk").get(f"/items/{first.pk}/", 404)
    assert "立案 11-21，到局 11-23" in page
    assert (first.due_on, case.started_on, case.filed_on) == (
        date(2026, 11, 23),
        date(2026, 11, 23),
        date(2026, 11, 21),
    )
    for moment, late in (("2026-11-23 23:59", False), ("2026-11-24 00:00", True)):
        with at(moment):
            assert (first.due_at <= clock.now()) is late


def test_situation_2_the_query_system_is_down_and_the_case_flows(settings):
    case = make.case()
    clerk, first = Officer("reception", "clerk"), item(case, "reception.first_day")
    at_the_counter(clerk, case)
    plain, own = f"/items/{first.pk}/tick/reception.network_query/", f"/assets/first-day/{first.pk}/"
    for state in ("done", "excused"):
        assert own in clerk.post(plain, 422, state=state, reason="14:00 起故障", happened_on="今天").content.decode()
    for code, status in (("quality", 403), ("fast-03", 404)):
        Officer(code, "clerk").post(plain, status, state="excused", reason="故障", happened_on="今天")
        Officer(code, "clerk").get(own, status)
    assert "还可以查询" in clerk.post(own, 422, reason="不查").content.decode()
    ask_about(clerk, case, do="fault", fault="14:00 起故障", on="明天", at="09:00")
    assert first.ticks.get(rule="reception.network_query").state == "excused"
    assert fresh(case).stage == "preparation"
    QueryBatch.objects.update(retry_at=clock.now())
    assert queries.send_held() == 1
    assert first.ticks.get(rule="reception.network_query").state == "done"


def test_situation_3_the_creditor_comes_later_with_originals_and_a_clue(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    case = make.case()
    to_fast(case)
    Officer("fast-03", "clerk").get(f"/cases/{case.pk}/visit/", 403)
    visit = form_of(case) | {"note": "送来借条原件，称有车", "originals": 2, "pages": 4, "clue-0-text": "车停在某小区"}
    Officer("reception", "clerk").get(f"/cases/{case.pk}/visit/", 302)
    Officer("reception", "clerk").post(f"/reception/{case.pk}/", **visit)
    assert item(case, "archives.scan_originals").team.code == "archives"
    clue = item(case, "enforcement.clue")
    assert clue.team.code == "fast-03"
    Officer("reception", "clerk").post(f"/reception/{case.pk}/", **{**visit, "originals": 0, "clue-0-urgent": "on"})
    assert item(case, "enforcement.clue_urgent").team.code == "fast-03"


def test_situation_13_two_measures_one_transfer_from_the_first_day(settings, at, tmp_path):
    settings.FILES_DIR = tmp_path
    with at("2026-11-16 10:00"):
        case = make.case(filed_on=date(2026, 11, 16))
        to_fast(case)
    fast = Officer("fast-03", "clerk")
    for day in ("2026-11-18 10:00", "2026-11-19 10:00"):
        with at(day):
            fast.post(f"/cases/{case.pk}/event/", anchor="measure_effective", happened_on="今天", paper=pdf())
    for stranger, status in ((Officer("fast-05", "clerk"), 404), (Officer("archives", "contractor"), 404)):
        stranger.post(f"/cases/{case.pk}/event/", status, anchor="measure_effective", happened_on="今天")
    three = case.items.filter(rule="transfer.three_days")
    assert [found.due_on for found in three] == [calendar.seed().roll(date(2026, 11, 21))]


def test_situation_19_a_revoked_closing_comes_back_under_its_number_with_its_old_clocks(settings, at, tmp_path):
    settings.FILES_DIR = tmp_path
    with at("2026-03-02 09:00"):
        case = make.case(filed_on=date(2026, 3, 2))
        to_fast(case)
        limit = item(case, "enforcement.limit")
    with at("2026-06-01 09:00"):
        judge = Officer("fast-03")
        judge.post(f"/cases/{case.pk}/event/", anchor="clue_received", happened_on="今天")
        judge.post(f"/cases/{case.pk}/step/report_closing/", mode="fully_enforced", reason="完毕")
        arrange(case)
        sign_all(case)
        assert fresh(case).closed_on == date(2026, 6, 1)
        assert case.items.filter(open=True, rule="archives.file_case").exists()
    with at("2026-06-21 09:00"):
        ask = f"/cases/{case.pk}/ask/annul_closing/"
        Officer("quality", "clerk").post(ask, 403, ground="异议裁定撤销")
        Officer("fast-05").post(ask, 404, ground="异议裁定撤销")
        Officer("leadership", "bureau_director").post(ask, ground="异议裁定撤销", papers=pdf("异议裁定.pdf"))
        approval = Approval.objects.get(case=case, act="annul_closing")
        Officer("fast-03", "judge").post(f"/approvals/{approval.pk}/sign/", 403, opinion="同意", password=PASSWORD)
        sign_all(case)
        back = fresh(case)
        assert (back.stage, back.team.code, back.number, back.closed_on) == ("fast", "fast-03", case.number, None)
        again, clue = item(case, "enforcement.limit"), item(case, "enforcement.clue")
        assert (again.started_at, again.due_on) == (limit.started_at, limit.due_on + timedelta(days=20))
        assert clue.team.code == "fast-03"
        assert not case.items.filter(open=True, rule="archives.file_case").exists()
        assert "期限按原起算日续计" in Officer("fast-03").get(f"/cases/{case.pk}/?tab=journal")


def test_situation_20_money_arrives_while_closing(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    case = make.case()
    to_fast(case)
    judge = Officer("fast-03")
    judge.post(f"/cases/{case.pk}/step/report_closing/", mode="fully_enforced", reason="完毕")
    judge.post(f"/cases/{case.pk}/event/", anchor="money_arrived", happened_on="今天")
    assert item(case, "funds.claim").team.code == "fast-03"
    assert fresh(case).team.code == "fast-03"
    for stranger, status in ((Officer("quality", "clerk"), 403), (Officer("fast-05"), 404)):
        stranger.post(f"/cases/{case.pk}/step/return_closing/", status, reason="有款到账")
    assert "退回补正" in judge.get(f"/cases/{case.pk}/")
    assert "建议退回补正" in judge.get("/inbox/")
    judge.post(f"/cases/{case.pk}/step/return_closing/", reason="有款到账")
    assert fresh(case).stage == "fast"


def test_situation_23_the_debtors_cousin_sees_nothing_more(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    case = make.case()
    to_fast(case, "fast-05")
    judge = Officer("fast-05")
    for stranger, status in ((Officer("archives", "clerk"), 403), (Officer("fast-04"), 404)):
        stranger.post(f"/cases/{case.pk}/ask/reassignment/", status, team=team("fast-06"), ground="recusal", reason="x")
    judge.post(
        f"/cases/{case.pk}/ask/reassignment/",
        team=team("fast-06"),
        ground="recusal",
        recused=judge.actor.user_id,
        reason="近亲属",
    )
    sign_all(case)
    assert fresh(case).team.code == "fast-06"
    judge.get(f"/cases/{case.pk}/", 404)
    Officer("fast-05", "clerk").get(f"/cases/{case.pk}/", 404)
    assert item(case, "documents.handler_notice").team.code == "fast-06"


def test_situation_25_a_duplicate_filing_is_struck_and_its_number_stays_used():
    case = make.case()
    officer = Officer("reception", "regular_officer")
    officer.post(f"/cases/{case.pk}/step/report_closing/", 422, mode="fully_enforced", reason="x")
    struck = {"mode": "withdrawn_from_docket", "reason": "重复立案"}
    for stranger, status in ((Officer("quality", "regular_officer"), 403), (Officer("fast-05"), 404)):
        stranger.post(f"/cases/{case.pk}/step/report_closing/", status, **struck)
    officer.post(f"/cases/{case.pk}/step/report_closing/", mode="withdrawn_from_docket", reason="重复立案")
    arrange(case)
    sign_all(case)
    assert fresh(case).closing_mode == "withdrawn_from_docket"
    with pytest.raises(Exception, match="案号已使用"):
        make.cases(1, number=case.number)


def test_a_double_click_acts_once():
    case = make.case()
    clerk, first = Officer("reception", "clerk"), item(case, "reception.first_day")
    data = {"state": "na", "reason": "没有原件", "happened_on": "今天", "submission": "k1"}
    one = clerk.post(f"/items/{first.pk}/tick/reception.originals/", **data)
    two = clerk.post(f"/items/{first.pk}/tick/reception.originals/", **data)
    assert one.url == two.url
    assert case.journal.filter(key="reception.originals").count() == 1


def test_a_late_entry_needs_its_reason_and_paper_and_stays_marked(settings, at, tmp_path):
    settings.FILES_DIR = tmp_path
    with at("2026-11-16 10:00"):
        case = make.case(filed_on=date(2026, 11, 16))
    clerk = Officer("reception", "clerk")
    with at("2026-11-20 10:00"):
        ask = item(case, "enforcement.ask_clues")
        late = {"note": "当日已问", "happened_on": "11-16", "happened_time": "15:00"}
        page = clerk.post(f"/items/{ask.pk}/finish/", 422, **late)
        assert "补录" in page.content.decode()
        clerk.post(f"/items/{ask.pk}/finish/", **late, late_reason="系统停机", paper=pdf())
        entry = case.journal.get(key="enforcement.ask_clues", what="item", label__startswith="办结")
    assert entry.backdated
    assert entry.entered_at - entry.happened_at > timedelta(days=3)
    assert isinstance(entry.happened_at, datetime)


def test_a_team_registers_what_it_takes_in_itself():
    visitors = Officer("petitions", "clerk")
    page = visitors.post("/register/", filed_on="今天", creditor="来访人甲", remark="反映执行进度")
    case = Case.objects.latest("pk")
    assert page.url == f"/cases/{case.pk}/"
    assert (case.number, case.stage) == (f"访{clock.today().year}-1", "answering")
    reception = Officer("reception", "clerk")
    number = f"({clock.today().year})豫0902执88001号"
    answer = reception.post("/register/", 422, number=number, filed_on="今天", creditor="甲")
    assert "请填写被执行人" in answer.content.decode()
    reception.post(
        "/register/", number=number, filed_on="今天", creditor="甲", debtor="乙", amount="1200", cause="借贷"
    )
    made = Case.objects.latest("pk")
    assert made.items.filter(rule="reception.first_day").exists()
    assert f'href="/cases/{made.pk}/"' in reception.get("/register/")
    assert case.number not in reception.get("/register/")
    Officer("fast-03", "clerk").get("/register/", 403)


def test_a_leaver_is_handed_over_by_the_security_administrator_who_sees_no_party():
    case = make.case()
    leaver, successor = make.actor("reception", "clerk"), make.actor("reception", "clerk", nth=1)
    held = WorkItem.objects.filter(person=leaver.user_id, open=True).count()
    path = f"/admin/teams/user/{leaver.user_id}/handover/"
    Officer("administration", "audit_admin").get(path, 403)
    security = Officer("administration", "security_admin")
    page = security.get(path)
    assert case.parties.first().name not in page
    assert case.number not in page
    security.post(path, **{"last_day": clock.today(), f"successor_{leaver.posting.pk}": successor.user_id})
    assert held > 0
    assert not WorkItem.objects.filter(person=leaver.user_id, open=True).exists()
    assert Posting.objects.get(pk=leaver.posting.pk).to_on == clock.today()
    assert (
        case.journal.filter(key="leaver").exists() or not Case.objects.filter(pk=case.pk, clerk=leaver.user_id).exists()
    )
