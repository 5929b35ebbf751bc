"""From draft to issued paper: what is missing stops it, the worker does it whole or not at all, the number stays."""

import pytest
from django.db import IntegrityError, transaction

from cases import audit, jobs, materials, signing
from cases.models import Approval, Job, JournalEntry, Material
from cases.refusals import Refused, Stale
from documents import drafting, issuing
from documents.kinds import KINDS
from documents.models import Document
from documents.pages import desk, document_page
from teams.models import Notice
from tests import make
from tests.cases.signing_helpers import fast_case, sign_all
from tests.documents.helpers import draft, issued, work_off
from tests.documents.test_drawing import texts

pytestmark = pytest.mark.django_db
FREE = next(kind for kind in KINDS if kind.key == "execution_notice")
State = Document.State


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


@pytest.fixture
def clerk():
    return make.actor("fast-03", "clerk")


def subject(case) -> str:
    return case.parties.get(role="debtor").subject


def test_an_issued_paper_is_a_numbered_file_of_its_case(clerk):
    case = fast_case()
    document = issued(case, FREE.key, clerk, subject=subject(case))
    assert (document.state, document.number, document.problem) == (State.ISSUED, case.number, "")
    assert document.material.case_id == case.pk
    (page, *_) = texts(materials.path_of(document.material.sha256).read_bytes())
    assert FREE.title.replace(" ", "") in page
    assert case.parties.get(role="debtor").name in page
    assert case.number in page


def test_the_second_of_a_series_is_the_first_after_it_and_a_void_one_keeps_its_number(clerk):
    case = fast_case()
    first = issued(case, FREE.key, clerk, subject=subject(case))
    second = issued(case, FREE.key, clerk, subject=subject(case))
    assert second.number == f"{case.number}之一"
    issuing.void(second, "当事人名称有误", clerk)
    third = issued(case, FREE.key, clerk, subject=subject(case))
    assert third.number == f"{case.number}之二"
    assert Material.objects.get(pk=second.material_id).void_reason == "当事人名称有误"
    assert first.check_code not in (second.check_code, third.check_code)


def test_the_database_gives_no_number_twice(clerk):
    case = fast_case()
    first = issued(case, FREE.key, clerk, subject=subject(case))
    second = draft(case, FREE.key, clerk, subject=subject(case))
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=second.pk).update(series=first.series, ordinal=first.ordinal)


def test_what_is_missing_is_named_and_stops_the_paper(clerk):
    case = fast_case()
    document = drafting.begin(case, FREE.key, clerk, subject=subject(case))
    drafting.change(document, dict.fromkeys(document.asked, ""), clerk)
    case.bases.all().delete()
    with pytest.raises(Refused, match="还缺"):
        issuing.issue(document, clerk)
    assert not Job.objects.filter(kind="document.issue").exists()


def test_a_character_that_no_font_has_gives_the_draft_back_with_the_reason(clerk):
    case = fast_case()
    case.parties.filter(role="debtor").update(name="张\U0002a6d6")
    document = draft(case, FREE.key, clerk, subject=subject(case))
    with pytest.raises(Refused, match=r"U\+2A6D6"):
        issuing.issue(document, clerk)
    issuing.issue_many([document], clerk)  # many are not composed before the worker does it
    work_off()
    document.refresh_from_db()
    assert document.state == State.DRAFT
    assert "U+2A6D6" in document.problem
    assert Notice.objects.filter(person=clerk.user, text__contains="U+2A6D6").exists()
    assert (document.ordinal, document.number, document.material) == (None, "", None)
    assert not Material.objects.filter(kind="document").exists()


def test_a_paper_the_worker_fails_with_five_times_comes_back_to_its_drafter(clerk, monkeypatch):
    case = fast_case()
    batch, _ = issuing.issue_many([draft(case, FREE.key, clerk, subject=subject(case))], clerk)
    (document,) = batch.documents.all()

    def full(*args, **given):
        raise OSError("no space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(materials, "file", full)
        for _ in range(jobs.ATTEMPTS - 1):
            work_off()
        document.refresh_from_db()
        assert (document.state, desk.progress(batch)["running"]) == (State.DRAWING, 1)
        work_off()
    document.refresh_from_db()
    assert (document.state, document.ordinal) == (State.DRAFT, None)
    assert "请再试" in document.problem
    told = desk.progress(batch)
    assert (told["running"], [row["problem"] for row in told["failed"]]) == (0, [document.problem])
    assert Notice.objects.filter(
        person=clerk.user, text__contains=document.problem, url=f"/docs/{document.pk}/"
    ).exists()
    drafting.change(document, document.asked, clerk)
    assert desk.progress(batch)["running"] == 0, "a draft that is worked on again is under way no more"
    issuing.issue(document, clerk)
    work_off()
    document.refresh_from_db()
    assert document.state == State.ISSUED


def test_a_character_that_no_font_has_is_named_before_anybody_signs(clerk):
    case, ruling = fast_case(), "freeze_ruling"
    document = draft(case, ruling, clerk, subject=subject(case))
    drafting.finish(document, clerk)
    case.parties.filter(role="debtor").update(name="张\U0002a6d6")
    document = Document.objects.get(pk=document.pk)
    (fault,) = document_page.preview(document)["faults"]
    assert "U+2A6D6" in fault
    with pytest.raises(Refused, match=r"U\+2A6D6"):
        signing.ask(case, "ruling", clerk, proposal={"reason": "冻结存款"})
    drafting.change(document, document.asked, clerk)
    with pytest.raises(Refused, match=r"U\+2A6D6"):
        drafting.finish(document, clerk)


def test_a_paper_asked_for_twice_is_issued_once(clerk):
    case = fast_case()
    document = draft(case, FREE.key, clerk, subject=subject(case))
    issuing.issue(document, clerk)
    with pytest.raises(Stale):
        issuing.issue(document, clerk)
    (job,) = Job.objects.filter(kind="document.issue")
    assert jobs.run(job.pk)
    assert not jobs.run(job.pk)
    assert Material.objects.filter(kind="document").count() == 1


def test_many_are_issued_each_by_itself_and_the_refused_say_why(clerk):
    case, ruling = fast_case(), next(kind.key for kind in KINDS if kind.act == "ruling")
    good = [draft(case, FREE.key, clerk, subject=subject(case)) for _ in range(3)]
    signed = draft(case, ruling, clerk, subject=subject(case))
    batch, results = issuing.issue_many([*good, signed], clerk)
    assert [bool(result.refusal) for result in results] == [False, False, False, True]
    assert "须经签批" in results[-1].refusal
    work_off()
    assert batch.documents.filter(state=State.ISSUED).count() == 3


def test_what_table_four_has_signed_is_issued_by_the_last_signature(clerk):
    case, ruling = fast_case(), next(kind for kind in KINDS if kind.act == "ruling" and kind.about in ("", "debtor"))
    document = draft(case, ruling.key, clerk, subject=subject(case) if ruling.about else "")
    drafting.finish(document, clerk)
    approval = signing.ask(case, "ruling", clerk, proposal={"reason": "冻结存款"})
    assert any(label == "文书" and ruling.label in text for label, text in approval.facts)
    sign_all(approval)
    work_off()
    document.refresh_from_db()
    assert (document.state, document.approval_id) == (State.ISSUED, approval.pk)


def test_a_draft_changed_under_the_signer_stops_the_signature(clerk):
    case, ruling = fast_case(), next(kind for kind in KINDS if kind.act == "ruling" and kind.about in ("", "debtor"))
    document = draft(case, ruling.key, clerk, subject=subject(case) if ruling.about else "")
    drafting.finish(document, clerk)
    approval = signing.ask(case, "ruling", clerk, proposal={"reason": "冻结存款"})
    drafting.change(document, document.asked, clerk)  # back to a draft: no longer among what is signed
    with pytest.raises(Stale):
        sign_all(approval)
    approval.refresh_from_db()
    assert approval.state == Approval.State.STALE
    assert Document.objects.get(pk=document.pk).state == State.DRAFT


def test_the_journal_and_the_auditor_say_in_words_what_was_done(clerk):
    case = fast_case()
    issuing.void(issued(case, FREE.key, clerk, subject=subject(case)), "名称有误", clerk)
    rows = JournalEntry.objects.filter(case=case, what="document")
    assert {audit.action(row) for row in rows} >= {"拟制文书", "修改文书", "作废文书"}
    assert audit.kinds()["document"] == "文书"


def test_two_who_change_one_draft_do_not_overwrite_each_other(clerk):
    case = fast_case()
    document = draft(case, FREE.key, clerk, subject=subject(case))
    seen = document.version
    drafting.change(document, document.asked, clerk, seen=seen)
    with pytest.raises(Stale, match="刚被他人修改"):
        drafting.change(document, document.asked, clerk, seen=seen)
