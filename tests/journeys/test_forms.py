"""The plain forms over HTTP: each act on an item or a case by the right person, refused to the wrong one, and what it refuses."""

from datetime import timedelta

import pytest

from cases.models import Case, CaseGrant, FilingSlip, Hold, Material, Pause, WorkItem
from tests import make
from tests.cases.signing_helpers import fast_case, fresh_roster, terminal_case
from tests.reception.helpers import form_of

from .officers import Officer, fresh, item, pdf, team

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    fresh_roster()


@pytest.fixture
def case():
    return fast_case(measured=False)


@pytest.fixture
def clerk():
    return Officer("fast-03", "clerk")


@pytest.fixture
def clue(case, clerk) -> WorkItem:
    """A dated duty of the fast team."""
    clerk.post(f"/cases/{case.pk}/event/", anchor="clue_received", happened_on="今天")
    return item(case, "enforcement.clue")


def said(client_answer) -> str:
    return client_answer.content.decode()


def test_an_item_waits_until_a_day_before_its_end_with_a_reason(clue, clerk):
    path = f"/items/{clue.pk}/wait/"
    assert "返回日须在今日之后" in said(clerk.post(path, 422, until="今天", reason="等回函"))
    assert "不能晚于届满日" in said(clerk.post(path, 422, until="+60", reason="等回函"))
    clerk.post(path, 422, until="+1", reason="")
    Officer("fast-05", "clerk").post(path, 404, until="+1", reason="等回函")
    Officer("quality", "clerk").post(path, 403, until="+1", reason="等回函")
    clerk.post(path, until="+1", reason="等银行回函")
    clue.refresh_from_db()
    assert clue.wait_until
    assert clue.wait_reason == "等银行回函"
    clerk.get("/workbench/")  # says that it waits
    assert clue.title not in clerk.get("/workbench/")


def test_an_item_is_given_to_a_colleague_of_the_team_and_taken_back(clue, clerk):
    other = make.actor("fast-03", "clerk", nth=1)
    stranger = make.actor("fast-05", "clerk")
    clerk.post(f"/items/{clue.pk}/assign/", 422, person=stranger.user_id)
    Officer("quality", "clerk").post(f"/items/{clue.pk}/assign/", 403, person=other.user_id)
    clerk.post(f"/items/{clue.pk}/assign/", person=other.user_id)
    assert WorkItem.objects.get(pk=clue.pk).person_id == other.user_id
    clerk.post(f"/items/{clue.pk}/take/")
    assert WorkItem.objects.get(pk=clue.pk).person_id == clerk.actor.user_id


def test_an_item_handed_to_another_team_shows_them_the_case_and_nobody_else(clue, case):
    judge, there = Officer("fast-03", "judge"), Officer("preservation_enforcement", "clerk")
    there.get(f"/cases/{case.pk}/", 404)
    target = team("preservation_enforcement")
    judge.post(f"/items/{clue.pk}/hand/", 422, team=target, reason="")
    judge.post(f"/items/{clue.pk}/hand/", team=target, reason="需异地查封")
    there.get(f"/cases/{case.pk}/")
    assert WorkItem.objects.get(pk=clue.pk).team_id == target
    Officer("fast-05", "clerk").get(f"/items/{clue.pk}/", 404)


def test_a_nudge_reaches_whoever_holds_the_item(clue, case):
    Officer("leadership", "bureau_director").post(f"/items/{clue.pk}/nudge/", text="请今日办结")
    holder = Officer("", user=WorkItem.objects.get(pk=clue.pk).person)
    assert "请今日办结" in holder.get("/inbox/")


def test_supervision_opens_an_item_with_a_date_and_clerks_cannot_order_it(case, clerk):
    clerk.post(f"/cases/{case.pk}/supervise/", 403, text="请报告进展")
    director = Officer("leadership", "bureau_director")
    director.post(f"/cases/{case.pk}/supervise/", 422, text="")
    director.post(f"/cases/{case.pk}/supervise/", text="请报告进展", reply_on="+3")
    assert item(case, "supervision.reply").team.code == "fast-03"


def test_a_hold_needs_its_paper_blocks_closing_and_is_lifted_with_a_reason(case, clerk):
    judge = Officer("fast-03", "judge")
    path = f"/cases/{case.pk}/hold/"
    assert "文书" in said(judge.post(path, 422, ground="outsider", subject="", from_on="今天"))
    assert not Hold.objects.exists()
    judge.post(path, ground="outsider", subject="", from_on="今天", paper=pdf("异议申请书.pdf"))
    hold = Hold.objects.get(case=case)
    assert "不得处分" in judge.get(f"/cases/{case.pk}/")
    judge.post(f"/cases/{case.pk}/step/report_closing/", 422, mode="execution_completed", reason="已履行")
    judge.post(f"{path}{hold.pk}/", 422, reason="")
    Officer("quality", "clerk").post(f"{path}{hold.pk}/", 403, reason="驳回")
    judge.post(f"{path}{hold.pk}/", reason="异议驳回已生效")
    hold.refresh_from_db()
    assert hold.to_on


def test_a_pause_stops_the_clocks_and_they_run_on_from_the_day_it_ends(case, clerk):
    judge = Officer("fast-03", "judge")
    limit = item(case, "enforcement.limit")
    judge.post(f"/cases/{case.pk}/pause/", 422, ground="appraisal", from_on="今天")
    judge.post(f"/cases/{case.pk}/pause/", ground="appraisal", from_on="今天", paper=pdf("委托评估函.pdf"))
    limit.refresh_from_db()
    assert limit.paused
    pause = Pause.objects.get(case=case)
    Officer("quality", "clerk").post(f"/cases/{case.pk}/pause/{pause.pk}/end/", 403, to_on="今天")
    judge.post(f"/cases/{case.pk}/pause/{pause.pk}/end/", to_on="今天")
    limit.refresh_from_db()
    assert not limit.paused
    judge.post(f"/cases/{case.pk}/pause/{pause.pk + 999}/end/", 404, to_on="今天")


def test_a_late_entry_needs_its_reason_and_its_paper(case, clerk):
    path, late = f"/cases/{case.pk}/event/", "2026-01-05"
    assert "补录" in said(clerk.post(path, 422, anchor="asset_found", happened_on=late))
    assert "补录" in said(clerk.post(path, 422, anchor="asset_found", happened_on=late, late_reason="漏登"))
    assert "不能晚于现在" in said(clerk.post(path, 422, anchor="asset_found", happened_on="2099-01-01"))
    assert not Material.objects.exists()
    clerk.post(path, anchor="asset_found", happened_on=late, late_reason="当日系统停机", paper=pdf("查询回执.pdf"))
    assert case.journal.get(key="asset_found").backdated


def test_a_paper_is_filed_and_struck_with_a_reason_but_never_lost(case, clerk):
    clerk.post(f"/cases/{case.pk}/material/", kind="record", title="谈话笔录", paper=pdf())
    paper = Material.objects.get(case=case)
    judge = Officer("fast-03", "judge")
    judge.post(f"/cases/{case.pk}/material/{paper.pk}/void/", 422, reason="")
    Officer("quality", "clerk").post(f"/cases/{case.pk}/material/{paper.pk}/void/", 403, reason="错页")
    judge.post(f"/cases/{case.pk}/material/{paper.pk}/void/", reason="扫描错页")
    assert "扫描错页" in judge.get(f"/cases/{case.pk}/?tab=materials")
    assert judge.client.get(f"/materials/{paper.pk}/").status_code == 200
    Officer("fast-05", "clerk").get(f"/materials/{paper.pk}/", 404)


def test_a_standing_is_changed_with_the_paper_that_says_so(case):
    judge, debtor = Officer("fast-03", "judge"), case.parties.get(role="debtor")
    path = f"/cases/{case.pk}/standing/"
    Officer("fast-03", "clerk").client.get(path)
    judge.post(path, 422, party=debtor.pk, standing="deceased")
    judge.post(path, party=debtor.pk, standing="deceased", paper=pdf("死亡证明.pdf"))
    debtor.refresh_from_db()
    assert debtor.standing == "deceased"


def test_a_recused_officer_sees_nothing_and_the_director_can_take_it_back(case, clerk):
    director, path = Officer("leadership", "bureau_director"), f"/cases/{case.pk}/grants/"
    clerk.get(path, 403)
    director.post(path, 422, person=clerk.actor.user_id, permission="recused_from_case", reason="")
    director.post(path, person=clerk.actor.user_id, permission="recused_from_case", reason="近亲属")
    clerk.get(f"/cases/{case.pk}/", 404)
    director.post(f"{path}{CaseGrant.objects.get().pk}/")
    clerk.get(f"/cases/{case.pk}/")


def test_a_later_visit_on_a_case_that_moved_on(case):
    reception = Officer("reception", "clerk")
    path, visit = f"/reception/{case.pk}/", form_of(case)
    Officer("fast-03", "clerk").post(path, 403, **visit, note="到院")
    reception.post(path, 422, **visit, note="")
    told = {"note": "申请人到院补交原件", "originals": 2, "pages": 3, "clue-0-text": "车辆豫J·A0001"}
    reception.post(path, **visit | told)
    assert "补接待" in reception.get(f"/cases/{case.pk}/?tab=journal")


def test_a_single_registration_is_struck_by_two_people_while_nothing_was_done_on_it():
    one, touched = make.cases(2)
    clerk, officer = Officer("reception", "clerk"), Officer("reception", "regular_officer")
    clerk.post(
        f"/items/{item(touched, 'reception.first_day').pk}/tick/reception.originals/",
        state="na",
        reason="没有原件",
        happened_on="今天",
    )
    clerk.post(f"/cases/{touched.pk}/ask/case_void/", 422, reason="重复")
    clerk.post(f"/cases/{one.pk}/ask/case_void/", reason="导入重复")
    approval = one.approvals.get()
    clerk.post(f"/approvals/{approval.pk}/sign/", 403, opinion="同意", password="Huanglong-2026")
    officer.client.force_login(approval.places.get(state="waiting").signer)
    officer.post(f"/approvals/{approval.pk}/sign/", opinion="同意", password="Huanglong-2026")
    assert fresh(one).stage == "void"


def test_a_confidential_case_is_seen_after_the_directors_signature_until_the_day_named(at):
    case = fast_case(confidential=True)
    asker, director = Officer("fast-05", "clerk"), Officer("leadership", "bureau_director")
    asker.get(f"/cases/{case.pk}/", 404)
    plain = make.case()
    assert "没有这个不公开案件" in said(asker.post("/access/", 422, number=plain.number, purpose="x", until="+5"))
    assert "格式" in said(asker.post("/access/", 422, number="12号", purpose="x", until="+5"))
    asker.post("/access/", number=case.number, purpose="协助查控同一被执行人", until="+5")
    asker.post("/access/", 422, number=case.number, purpose="再报一次", until="+5")
    approval = case.approvals.get(act="confidential_access")
    asker.post(f"/approvals/{approval.pk}/sign/", 404, opinion="同意", password="Huanglong-2026")
    director.post(f"/approvals/{approval.pk}/sign/", opinion="同意", password="Huanglong-2026")
    asker.get(f"/cases/{case.pk}/")
    assert f'{case.number}</span><span class="tag gr">已签' in asker.get("/access/")
    assert case.number not in Officer("fast-06", "clerk").get("/access/")
    Officer("fast-06", "clerk").get(f"/cases/{case.pk}/", 404)
    from cases import clock, exceptions

    with at(f"{clock.today() + timedelta(days=6)} 09:00"):
        exceptions.end_expired()
    asker.get(f"/cases/{case.pk}/", 404)


def test_17_the_slip_goes_out_before_the_signature_and_the_number_waits_for_it():
    case = terminal_case()
    officer = Officer("terminal-01", "enforcement_officer")
    Officer("quality", "clerk").post(f"/cases/{case.pk}/slip/", 403, reason="发现房产")
    officer.post(f"/cases/{case.pk}/slip/", 422, reason="")
    officer.post(f"/cases/{case.pk}/slip/", reason="发现房产，已控制")
    assert "不能重复移送" in said(officer.post(f"/cases/{case.pk}/slip/", 422, reason="再发"))
    slip = FilingSlip.objects.get(case=case)
    answer = officer.client.post(f"/slips/{slip.pk}/", {"number": "（2026）豫0902执恢77号"}, follow=True)
    assert "签批完成后自动登记" in said(answer)
    assert not Case.objects.filter(number="（2026）豫0902执恢77号").exists()


def test_behind_nginx_the_file_leaves_by_its_internal_address(case, clerk, settings):
    clerk.post(f"/cases/{case.pk}/material/", kind="record", title="谈话笔录", paper=pdf())
    paper = Material.objects.get(case=case)
    settings.FILES_ACCEL = "/files/"
    answer = clerk.client.get(f"/materials/{paper.pk}/")
    assert answer["X-Accel-Redirect"] == f"/files/{paper.sha256[:2]}/{paper.sha256[2:4]}/{paper.sha256}"
    assert not answer.content


def test_state_secret_cases_are_a_stub_without_contents():
    from datetime import date

    from cases import clock, steps
    from cases.refusals import Refused
    from teams.actor import SYSTEM

    with pytest.raises(Refused):
        make.case(state_secret=True)
    bare = steps.Registration(
        kind="first", number="（2026）豫0902执799999号", filed_on=clock.today(), state_secret=True
    )
    (case,) = steps.register([bare], SYSTEM)
    assert case.filed_on >= date(2026, 1, 1)
    assert not case.parties.exists()
    Officer("fast-03", "clerk").get(f"/cases/{case.pk}/", 404)
    assert case.number not in Officer("leadership", "court_president").get("/cases/")
