"""What was signed is what is printed, whoever has the case then; and it stays with whoever drafted it."""

import pytest
from django.test import Client

from cases import clock, jobs, materials, rights, signing, steps, work
from cases.models import Case
from cases.refusals import Refused
from documents import access, drafting, issuing, serving
from documents.models import Document
from documents.pages import service_page
from documents.service_rules import Way
from documents.serving import Proof
from tests import make
from tests.cases.signing_helpers import fresh, held_by, item, pdf, sign_all
from tests.documents.helpers import draft, work_off
from tests.documents.test_drawing import texts

pytestmark = pytest.mark.django_db
State = Document.State


@pytest.fixture
def clerk():
    return make.actor("fast-03", "clerk")


@pytest.fixture
def judge():
    return make.actor("fast-03", "judge")


@pytest.fixture
def case(clerk, judge):
    made = held_by("fast-03")
    Case.objects.filter(pk=made.pk).update(handler=judge.user, clerk=clerk.user)
    return fresh(made)


def ready(case, kind: str, by, **given) -> Document:
    document = draft(fresh(case), kind, by, **given)
    drafting.finish(document, by)
    return document


def closing(case, judge):
    """Reported, arranged by archives, and before its signer."""
    steps.take_step(fresh(case), "report_closing", judge, mode="fully_enforced", reason="完毕")
    work.finish([item(case, "archives.pre_closing")], make.actor("archives", "clerk"), note="齐全")
    return case.approvals.get(act="closing")


def words(document: Document) -> str:
    return "".join(texts(materials.path_of(document.material.sha256).read_bytes()))


def issued(document: Document) -> Document:
    work_off()
    return Document.objects.get(pk=document.pk)


def test_a_closing_paper_names_the_officers_its_signers_read_and_not_those_the_case_has_gone_to(case, clerk, judge):
    creditor = case.parties.get(role="creditor").subject
    notice, ruling = ready(case, "closing_notice", clerk, subject=creditor), ready(case, "termination_ruling", clerk)
    sign_all(closing(case, judge))
    assert fresh(case).team.code == "archives"
    assert f"联系人：{judge.name}" in words(issued(notice))
    printed = words(issued(ruling))
    assert f"审判员{judge.name}" in printed.replace(" ", "").replace("\xa0", "")
    assert clerk.name in printed
    assert not any(member.name in printed for member in (make.actor("archives"), make.actor("archives", "clerk")))


def test_what_changes_between_the_last_signature_and_the_worker_is_not_in_the_paper(case, clerk, judge):
    document = ready(case, "freeze_ruling", clerk, subject=case.parties.get(role="debtor").subject)
    before = case.parties.get(role="debtor").name
    sign_all(signing.ask(case, "ruling", clerk, proposal={"reason": "冻结存款"}))
    case.parties.filter(role="debtor").update(name="改名后的人")
    printed = words(issued(document))
    assert before in printed
    assert "改名后的人" not in printed


def test_a_paper_asked_for_again_is_printed_as_it_was_asked_for_the_last_time(case, clerk):
    document = ready(case, "freeze_ruling", clerk, subject=case.parties.get(role="debtor").subject)
    first = signing.ask(case, "ruling", clerk, proposal={"reason": "冻结存款"})
    signing.reject(first, make.actor("fast-03", "judge"), reason="wording")
    case.parties.filter(role="debtor").update(name="更正后的人")
    sign_all(signing.ask(fresh(case), "ruling", clerk, proposal={"reason": "冻结存款"}))
    assert "更正后的人" in words(issued(document))


def test_a_signed_paper_the_worker_fails_with_is_issued_again_as_it_was_signed(case, clerk, judge, monkeypatch):
    notice = ready(case, "closing_notice", clerk, subject=case.parties.get(role="creditor").subject)
    sign_all(closing(case, judge))

    def full(*args, **given):
        raise OSError("no space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(materials, "file", full)
        for _ in range(jobs.ATTEMPTS):
            work_off()
    notice.refresh_from_db()
    assert (notice.state, notice.posting) == (State.DRAFT, clerk.posting)
    with pytest.raises(Refused, match="已经签批"):
        drafting.change(notice, notice.asked, clerk)
    with pytest.raises(Refused, match="已经签批"):
        drafting.finish(notice, clerk)
    _, (result,) = issuing.issue_many([notice], clerk)
    assert result.refusal == ""
    again = issued(notice)
    assert (again.state, again.approval.act) == (State.ISSUED, "closing")
    assert f"联系人：{judge.name}" in words(again)


def test_the_team_that_drafted_the_closing_papers_is_asked_to_serve_them_and_dates_the_closing(case, clerk, judge):
    today = clock.today()
    debtor, creditor = (case.parties.get(role=role).subject for role in ("debtor", "creditor"))
    notices = [ready(case, "closing_notice", clerk, subject=subject) for subject in (creditor, debtor)]
    sign_all(closing(case, judge))
    notices = [issued(each) for each in notices]
    assert {each.posting for each in notices} == {clerk.posting}
    duty = fresh(case).items.get(rule="service.again", open=True)
    assert (duty.team.code, duty.person) == ("fast-03", clerk.user)
    assert service_page.team_rows(clerk).filter(state="planned").count() == 2
    web = Client()
    web.force_login(clerk.user)
    for notice in notices:
        row = notice.services.get()
        sent = {
            "way": "direct",
            "on": str(today),
            "signer": row.name,
            "relation": "self",
            "servers": "甲、乙",
            "paper": pdf("回证.pdf"),
        }
        assert web.post(f"/service/{row.pk}/served/", sent).status_code == 302
    assert fresh(case).closed_on == today
    assert not fresh(case).items.filter(rule="service.again", open=True).exists()
    assert fresh(case).journal.filter(key="closing_served").exists()


def test_what_the_old_team_has_posted_it_may_still_enter_as_served_after_its_item_is_done(case, clerk, judge):
    notice = ready(case, "closing_notice", clerk, subject=case.parties.get(role="debtor").subject)
    sign_all(closing(case, judge))
    service = issued(notice).services.get()
    serving.send(service, Way.POST, clock.today(), clerk, number="EMS1")
    assert not fresh(case).items.filter(rule="service.again", open=True).exists()
    serving.served(service, Way.POST, Proof(clock.today(), upload=pdf("回执.pdf")), clerk)
    assert fresh(case).closed_on == clock.today()


def test_a_paper_left_unserved_at_the_closing_is_asked_for_too(case, clerk, judge):
    notice = draft(case, "handler_notice", clerk, subject=case.parties.get(role="debtor").subject)
    issuing.issue(notice, clerk)
    service = issued(notice).services.get()
    sign_all(closing(case, judge))
    assert fresh(case).items.get(rule="service.again", open=True).subject == f"closing:{clerk.team_id}"
    serving.give_up(service, "已结案", clerk)
    assert not fresh(case).items.filter(rule="service.again", open=True).exists()


def test_only_the_team_that_drafted_a_paper_serves_it_after_the_case_has_gone(case, clerk, judge):
    notice = ready(case, "closing_notice", clerk, subject=case.parties.get(role="debtor").subject)
    sign_all(closing(case, judge))
    document = issued(notice)
    for who, allowed in ((clerk, True), (judge, True), (make.actor("archives", "clerk"), True),
                         (make.actor("quality", "clerk"), False), (make.director(), False)):  # fmt: skip
        standing = rights.standings(who, [document.case])[document.case_id]
        assert access.may(who, standing, document, "serve_document") == allowed, who.label
    assert not access.may(clerk, rights.standings(clerk, [document.case])[document.case_id], document, "void_document")
