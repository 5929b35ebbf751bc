"""Each line of `register` in table 1, walked in the browser by those whose it is: 执恢 to both tracks, 执保, own serials."""

import pytest

from cases import clock
from cases.models import Approval, Case, FilingSlip
from tests.cases.signing_helpers import fresh_roster, terminal_case

from .officers import PASSWORD, Officer, fresh, item, pdf, sign_all, team

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def by_the_filing_office(settings, tmp_path):
    """Numbers are given by 立案庭."""
    settings.FILES_DIR, settings.OWN_NUMBERING = tmp_path, False
    fresh_roster()


def year() -> int:
    return clock.today().year


def legacy(code: str) -> Case:
    officer = Officer(code)
    number = f"（2019）豫0902执{100 + int(code[-2:])}号"
    officer.post("/register/", number=number, filed_on="2019-05-06", creditor="甲", debtor="乙", amount="5万")
    return Case.objects.get(number=number)


@pytest.mark.parametrize(("code", "stage"), [("terminal-02", "terminal"), ("regular-02", "regular")])
def test_a_legacy_case_is_registered_where_it_lies_and_nothing_on_it_is_late(code, stage):
    case = legacy(code)
    assert (case.kind, case.stage, case.team.code) == ("legacy", stage, code)
    assert not case.items.filter(open=True, due_at__lte=clock.now()).exists()


def test_a_regular_team_revives_a_legacy_case_and_the_new_one_is_its_own():
    case, judge = legacy("regular-02"), Officer("regular-02")
    assert f"/cases/{case.pk}/ask/revival/" in judge.get(f"/cases/{case.pk}/")
    Officer("regular-03").get(f"/cases/{case.pk}/", 404)
    Officer("quality", "clerk").get(f"/cases/{case.pk}/ask/revival/", 403)
    judge.post(f"/cases/{case.pk}/ask/revival/", ground="发现房产待处置", balance="3万")
    sign_all(case)
    slip = FilingSlip.objects.get(case=case)
    assert "待立案号" in judge.get(f"/cases/{case.pk}/")
    assert "恢复执行" in judge.get("/slips/")
    judge.post(f"/slips/{slip.pk}/", 422, number=f"（{year()}）豫0902执12号")
    judge.post(f"/slips/{slip.pk}/", number=f"（{year()}）豫0902执恢41号")
    new = Case.objects.get(kind="resumed")
    assert (new.stage, new.team.code, new.amount) == ("regular", "regular-02", 30000)
    assert (fresh(case).stage, fresh(case).team.code) == ("regular", "regular-02")
    assert f"（{year()}）豫0902执恢41号" in judge.get(f"/cases/{case.pk}/")


def test_a_terminal_team_revives_a_case_and_handles_it_itself():
    case = terminal_case("terminal-02")
    officer = Officer("terminal-02")
    officer.post(f"/cases/{case.pk}/ask/revival/", ground="发现公积金", balance="1万")
    sign_all(case)
    officer.post(f"/slips/{FilingSlip.objects.get(case=case).pk}/", number=f"（{year()}）豫0902执恢42号")
    new = Case.objects.get(kind="resumed")
    assert (new.stage, new.team.code) == ("resumed", "terminal-02")
    assert "恢复办理" in officer.get(f"/cases/{new.pk}/")


def test_only_what_lies_in_terminal_management_or_is_legacy_can_be_revived():
    officer = Officer("terminal-02")
    case = terminal_case("terminal-02")
    Case.objects.filter(pk=case.pk).update(stage="resumed", kind="resumed", closed_on=None, closing_mode="")
    assert "ask/revival" not in officer.get(f"/cases/{case.pk}/")
    answer = officer.post(f"/cases/{case.pk}/ask/revival/", 422, ground="x", balance="1")
    assert "不能恢复执行" in answer.content.decode()


def test_a_preservation_ruling_sends_the_slip_and_the_enforcement_case_opens_with_its_number():
    judge = Officer("preservation_review", "judge")
    judge.post("/register/", filed_on="今天", creditor="甲公司", debtor="乙公司", amount="80万")
    case = Case.objects.get(kind="review")
    assert case.number == f"保审{year()}-1"
    assert f"/cases/{case.pk}/ask/preservation_ruling/" in judge.get(f"/cases/{case.pk}/")
    Officer("preservation_enforcement", "clerk").get(f"/cases/{case.pk}/", 404)
    judge.post(f"/cases/{case.pk}/ask/preservation_ruling/", amount="80万", object="银行存款")
    approval = Approval.objects.get(case=case)
    Officer("fast-03", "judge").post(f"/approvals/{approval.pk}/sign/", 404, opinion="同意", password=PASSWORD)
    judge.post(f"/approvals/{approval.pk}/sign/", opinion="同意", password=PASSWORD)
    assert item(case, "filing.number").title == "待立案号：财产保全执行"
    slip = FilingSlip.objects.get(case=case)
    Officer("fast-03", "clerk").post(f"/slips/{slip.pk}/", 403, number=f"（{year()}）豫0902执保7号")
    judge.post(f"/slips/{slip.pk}/", number=f"（{year()}）豫0902执保7号")
    new = Case.objects.get(kind="preservation")
    assert (new.stage, new.team.code) == ("preserving", "preservation_enforcement")
    Officer("preservation_enforcement", "clerk").get(f"/cases/{new.pk}/")


def test_17_from_the_measure_on_a_terminal_case_to_the_regular_team_all_in_the_browser():
    case = terminal_case()
    officer, director = Officer("terminal-01"), Officer("leadership", "bureau_director")
    ask = f"/cases/{case.pk}/ask/transfer_to_regular/"
    assert "未登记需处置财产的有效控制措施" in officer.get(f"/cases/{case.pk}/")
    officer.post(f"/cases/{case.pk}/event/", anchor="measure_effective", happened_on="今天", paper=pdf("查封回执.pdf"))
    assert item(case, "transfer.three_days").team.code == "terminal-01"
    page = officer.get(f"/cases/{case.pk}/")
    assert ask in page
    assert f"/cases/{case.pk}/slip/" in page
    officer.post(f"/cases/{case.pk}/slip/", reason="房产已查封，先行移送")
    slip = FilingSlip.objects.get(case=case)
    officer.post(f"/slips/{slip.pk}/", number=f"（{year()}）豫0902执恢7号")
    assert "待签批后登记" in officer.get(f"/cases/{case.pk}/")
    officer.post(f"/slips/{slip.pk}/", number=f"（{year()}）豫0902执恢77号")  # mistyped: put right before it counts
    Officer("fast-03", "clerk").get(ask, 404)
    officer.post(ask, team=team("regular-02"), reason="需评估拍卖")
    approval = Approval.objects.get(case=case)
    officer.post(f"/approvals/{approval.pk}/sign/", 403, opinion="同意", password=PASSWORD)
    director.post(f"/approvals/{approval.pk}/sign/", opinion="同意移交", choice=team("regular-05"), password=PASSWORD)
    new = Case.objects.get(kind="resumed")
    assert (new.number, new.stage, new.team.code) == (f"（{year()}）豫0902执恢77号", "regular", "regular-05")
    assert fresh(case).stage == "terminal"
    assert not case.items.filter(rule__in=("transfer.three_days", "filing.number"), open=True).exists()


def test_a_state_secret_is_a_stub_of_its_named_holder_and_what_else_was_typed_is_refused_by_name():
    officer = Officer("reception", "clerk")
    page = officer.post("/register/", 422, filed_on="今天", state_secret="on", debtor="乙", cause="借贷")
    assert page.content.decode().count("国家秘密案件不在本系统登记此项") >= 2
    assert not Case.objects.exists()
    officer.post("/register/", filed_on="今天", state_secret="on")
    case = Case.objects.get()
    assert case.type_code == "密"
    assert {case.handler_id, case.clerk_id} == {officer.actor.user_id}
    assert case.number in officer.get(f"/cases/{case.pk}/")
    Officer("reception", "clerk", nth=1).get(f"/cases/{case.pk}/", 404)
    answer = officer.post("/register/", 422, filed_on="今天", creditor="甲", debtor="乙")
    assert "请填写案号" in answer.content.decode()
