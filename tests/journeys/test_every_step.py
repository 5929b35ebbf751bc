"""Cases of the sample workbook through every step of table 1 that a first case can take, to the shelf."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases import verify
from cases.models import Case, JournalEntry, Pause
from cases.workflow import STEP
from teams.models import PairedJudge

from .officers import PASSWORD, SAMPLE, Officer, arrange, fresh, item, pdf, receive, shelve, sign_all, team, to_fast

pytestmark = pytest.mark.django_db
NOT_ON_THE_WAY = {"conclude", "close_terminal", "void"}  # own serials; 终本 has a test of its own; struck, not shelved


@pytest.fixture
def imported(settings, tmp_path) -> list[Case]:
    settings.FILES_DIR, settings.ARCHIVE_DIR = tmp_path / "files", tmp_path / "archive"
    reception = Officer("reception", "clerk")
    with SAMPLE.open("rb") as source:
        file = SimpleUploadedFile(SAMPLE.name, source.read())
        preview = reception.client.post("/import/", {"file": file}, follow=True)
    reception.post("/import/", token=preview.context["token"])
    return list(Case.objects.filter(number__in=("（2026）豫0902执4001号", "（2026）豫0902执4002号")).order_by("number"))


def ask(officer: Officer, case: Case, act: str, **fields) -> None:
    officer.post(f"/cases/{case.pk}/ask/{act}/", **fields)
    sign_all(case)


def step(officer: Officer, case: Case, name: str, status: int = 302, **fields) -> None:
    officer.post(f"/cases/{case.pk}/step/{name}/", status, sent="1", **fields)  # a form is never quite empty


def place(case: Case) -> tuple[str, str]:
    now = fresh(case)
    return now.stage, now.team.code


def test_every_step_to_the_shelf(imported):
    case, other = imported
    quality = Officer("quality", "clerk")
    leader = Officer("archives", "regular_officer")
    receive(case)
    step(Officer("reception", "clerk"), case, "return_to_reception", 403, gap="x")
    step(quality, case, "return_to_reception", 422, gap="")
    step(quality, case, "return_to_reception", gap="缺送达地址")
    assert place(case) == ("reception", "reception")
    assert item(case, "reception.first_day").ticks.count() == 6  # its first start and its ticks stay
    step(Officer("reception", "clerk"), case, "pass_on")
    for anchor in ("documents_issued", "e_served", "offline_sent"):
        quality.post(f"/cases/{case.pk}/event/", anchor=anchor, happened_on="今天")
    quality.post(f"/cases/{case.pk}/event/", anchor="network_answered", happened_on="今天")
    quality.post(f"/triage/{case.pk}/", track="fast", team=team("fast-03"), reason="简案")

    ask(Officer("fast-03", "judge"), case, "reassignment", team=team("fast-05"), ground="balance", reason="均衡")
    assert place(case) == ("fast", "fast-05")
    Officer("fast-03", "judge").get(f"/cases/{case.pk}/")  # it had the case, and is not recused
    ask(Officer("fast-05", "judge"), case, "retriage", team=team("regular-02"), ground="complex")
    assert place(case) == ("regular", "regular-02")
    ask(Officer("regular-02"), case, "retriage", team=team("fast-06"), ground="no_disposal")
    fast = Officer("fast-06", "judge")
    fast.post(f"/cases/{case.pk}/event/", anchor="measure_effective", happened_on="今天", paper=pdf("查封回执.pdf"))
    ask(fast, case, "transfer_to_regular", team=team("regular-03"), reason="有房产需处置")
    assert place(case) == ("regular", "regular-03")

    judge = Officer("regular-03")
    ask(judge, case, "suspension", kind="suspension", ground="案外人异议", until="+60")
    assert fresh(case).stage == "suspended"
    assert Pause.objects.filter(case=case, to_on=None).exists()
    step(judge, case, "resume", 403, reason="异议驳回")  # an 执行员 leads the team: its paired judge signs
    paired = Officer("", user=PairedJudge.objects.get(team__code="regular-03").judge)
    step(paired, case, "resume", reason="异议驳回")
    assert fresh(case).stage == "regular"
    assert not Pause.objects.filter(case=case, to_on=None).exists()

    report = {"mode": "termination", "reason": "申请人撤回申请"}
    step(judge, case, "report_closing", **report)
    step(leader, case, "return_closing", 422, reason="")
    step(leader, case, "return_closing", reason="缺送达回证")
    assert "缺送达回证" in item(case, "approval.returned").title
    step(judge, case, "report_closing", **report)
    assert not case.items.filter(rule="approval.returned", open=True).exists()
    arrange(case)
    approval = case.approvals.get(act="closing", state="waiting")
    step(leader, case, "return_closing", reason="发现新财产")  # the sheet goes back with it
    approval.refresh_from_db()
    assert approval.state == "stale"
    Officer("leadership", "bureau_director").post(
        f"/approvals/{approval.pk}/sign/", 409, opinion="同意", password=PASSWORD
    )
    step(judge, case, "report_closing", **report)
    arrange(case)
    sign_all(case)
    assert place(case) == ("closed", "archives")
    ask(Officer("leadership", "bureau_director"), case, "annul_closing", ground="复议裁定撤销", papers=pdf("裁定.pdf"))
    assert place(case) == ("regular", "regular-03")
    step(judge, case, "report_closing", **report)
    arrange(case)
    sign_all(case)
    step(judge, case, "archive", 403, shelf="A-1")
    shelve(case)
    assert place(case) == ("archived", "archives")
    assert not case.items.filter(open=True).exists()

    to_fast(other)  # the other branch of the triage
    assert place(other) == ("fast", "fast-03")
    ask(Officer("fast-03", "judge"), other, "retriage", team=team("regular-04"), ground="disposal")
    taken = set(JournalEntry.objects.filter(case__in=imported, what="step").values_list("key", flat=True))
    assert taken - {"register"} == set(STEP) - NOT_ON_THE_WAY - {"triage_regular"}
    assert not [*verify.chains(), *verify.heads()]


def test_straight_to_the_regular_team(imported):
    case = imported[0]
    receive(case)
    quality = Officer("quality", "clerk")
    quality.post(f"/cases/{case.pk}/event/", anchor="triage_same_day", happened_on="今天")
    quality.post(f"/triage/{case.pk}/", track="regular", team=team("regular-05"), reason="已控制财产足额")
    assert place(case) == ("regular", "regular-05")
    Officer("regular-04").get(f"/cases/{case.pk}/", 404)
