"""A volume as one file: contents, bookmarks, every page, numbers and watermark; asked for with a reason, told, kept a day."""

from pathlib import Path

import pikepdf
import pytest

from cases import jobs
from cases.models import Job, JournalEntry
from cases.refusals import Forbidden, Refused
from documents.dossier import copies, merging, placing
from documents.models import Copy, Rendition
from tests import make
from tests.cases.signing_helpers import fast_case
from tests.documents.dossier_helpers import file, pdf, picture, turned, work_off
from tests.documents.test_drawing import texts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def judge():
    return make.actor("fast-03", "judge")


@pytest.fixture
def case(judge):
    """Three papers in the 正卷, one in the 副卷, one that waits."""
    made = fast_case()
    placing.put(file(made, judge, pdf("申请内容", "第二页"), title="申请执行书"), 3, judge)
    placing.put(file(made, judge, turned(pdf("横放的依据"), 90), title="民事判决书"), 6, judge)
    placing.put(file(made, judge, picture(size=(900, 600)), "照片.jpg", title="现场照片"), 11, judge)
    placing.put(file(made, judge, pdf("评议内容"), title="评议笔录", secret=True), 1, judge)
    file(made, judge, pdf("待编目内容"), title="未编目")
    return made


def made(case, volume: str, by, reason: str = "核对") -> Path:
    copy = copies.ask(case, volume, reason, by)
    work_off()
    copy.refresh_from_db()
    assert copy.problem == ""
    return copies.path_of(copy)


def test_the_main_volume_holds_every_page_in_order_with_contents_numbers_and_bookmarks(case, judge):
    path = made(case, "main", judge)
    pages = texts(path.read_bytes())
    assert len(pages) == 1 + 2 + 1 + 1
    assert "申请执行书" in pages[0]
    assert "民事判决书" in pages[0]
    assert "1–2" in pages[0]
    assert "申请内容" in pages[1]
    assert "横放的依据" in pages[3]
    assert all(str(n) in page for n, page in enumerate(pages[1:], 1))
    with pikepdf.open(path) as book:
        assert book.check_pdf_syntax() == []
        with book.open_outline() as outline:
            assert [item.title for item in outline.root] == ["卷内目录", "3 申请执行书", "6 民事判决书", "11 现场照片"]


def test_every_page_carries_who_took_it(case, judge):
    for page in texts(made(case, "main", judge).read_bytes()):
        assert judge.name in page


def test_the_copy_for_a_party_says_so_and_has_nothing_of_the_secret_volume(case, judge):
    pages = texts(made(case, "party", judge, "申请执行人阅卷").read_bytes())
    assert all("当事人阅卷" in page for page in pages)
    assert not any("评议" in page for page in pages)


def test_the_secret_volume_is_asked_for_with_a_reason_by_who_may_open_it(case, judge):
    with pytest.raises(Refused, match="写明用途"):
        copies.ask(case, "secret", " ", judge)
    with pytest.raises(Forbidden):
        copies.ask(case, "secret", "看看", make.actor("quality", "clerk"))
    pages = texts(made(case, "secret", judge).read_bytes())
    assert "评议内容" in pages[1]
    assert not any("申请内容" in page for page in pages)


def test_asking_and_fetching_are_told_with_the_reason(case, judge):
    copy = copies.ask(case, "secret", "合议庭讨论", judge)
    work_off()
    copies.taken(copy, judge)
    assert case.journal.get(key="copy").facts["reason"] == "合议庭讨论"
    assert JournalEntry.objects.get(what="read", key="copy").by_id == judge.user_id


def test_an_empty_volume_is_refused(judge):
    with pytest.raises(Refused, match="先编目"):
        copies.ask(fast_case(), "main", "", judge)


def test_a_damaged_page_and_a_word_file_get_a_sheet_that_says_so(case, judge):
    from documents.models import Page
    from tests.cases.test_materials import DOCX

    placing.put(file(case, judge, DOCX, "说明.docx"), 31, judge)
    Page.objects.filter(rendition__sha256=case.materials.get(title="申请执行书").sha256, number=2).update(
        problem="本页已损坏，不能显示"
    )
    pages = texts(made(case, "main", judge).read_bytes())
    assert "本页已损坏" in pages[2]
    assert "没有页面" in pages[-1]


def test_while_page_images_are_made_it_says_to_wait(case, judge):
    Rendition.objects.update(state="waiting")
    copy = copies.ask(case, "main", "", judge)
    work_off("dossier.copy")
    copy.refresh_from_db()
    assert "还在生成" in copy.problem
    assert not copies.path_of(copy).exists()


def test_a_worker_killed_while_merging_leaves_no_file_and_the_next_makes_it(case, judge, monkeypatch):
    from cases import jobs
    from cases.models import Job
    from documents.dossier import merging

    copy = copies.ask(case, "main", "", judge)
    job = Job.objects.get(kind="dossier.copy")

    def killed(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(merging, "_write", killed)
        with pytest.raises(KeyboardInterrupt):
            jobs.run(job.pk)
    assert not copies.path_of(copy).exists()
    Job.objects.filter(pk=job.pk).update(state="waiting")
    work_off()
    assert copies.there(Copy.objects.get())


def test_whoever_waits_for_a_copy_the_worker_fails_with_reads_that_it_does_not_come(case, judge, monkeypatch):
    copy = copies.ask(case, "main", "核对", judge)

    def full(*args):
        raise OSError("no space left on device")

    monkeypatch.setattr(merging, "merge", full)
    job = Job.objects.get(kind="dossier.copy", key=str(copy.pk))
    for _ in range(jobs.ATTEMPTS):
        jobs.run(job.pk)
    copy.refresh_from_db()
    assert "请再试" in copy.problem
