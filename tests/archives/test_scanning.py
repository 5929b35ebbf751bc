"""Scans become pages, pages become papers of the right case, and every page is accounted for."""

import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from archives import cataloguing, filing, scanning
from archives.models import ScanBatch, ScanPage
from cases import materials
from cases.models import Job, Material
from cases.refusals import Refused, Stale
from documents import codes, custody, ocr
from documents.dossier import placing
from tests.archives.helpers import at_the_centre, browser, catalogued, clerk, filed, scan, scanned, sheet, work_off
from tests.cases.signing_helpers import fast_case, fresh_roster

pytestmark = pytest.mark.django_db


@pytest.fixture
def bundle():
    fresh_roster()
    return at_the_centre(fast_case("fast-03"))


def rows(batch) -> list[tuple]:
    return list(batch.pages.order_by("number").values_list("number", "bundle", "starts", "place", "blank", "dropped"))


def test_a_cover_sheet_gives_its_bundle_and_blanks_are_marked(bundle):
    other = at_the_centre(fast_case("fast-04"), pages=1)
    batch = scanning.begin(clerk())
    pages = (
        sheet("封面", custody.code_of(bundle)), sheet("笔录第一页"), sheet(), sheet("笔录第二页"),
        sheet("封面", custody.code_of(other)), sheet("收据"),
    )  # fmt: skip
    scanning.receive(batch, [scan(*pages)], clerk())
    work_off("archives.read")
    batch.refresh_from_db()
    assert batch.state == ScanBatch.State.OPEN
    assert rows(batch) == [
        (1, None, False, 0, False, True),
        (2, bundle.pk, True, 0, False, False),
        (3, bundle.pk, False, 0, True, False),
        (4, bundle.pk, False, 0, False, False),
        (5, None, False, 0, False, True),
        (6, other.pk, True, 0, False, False),
    ]


def test_separator_sheets_begin_a_paper_under_their_number_and_are_no_pages(bundle):
    pages = (
        sheet("一"),
        sheet("", codes.separator(False, 11)),
        sheet("二"),
        sheet("三"),
        sheet("", codes.separator()),
        sheet("四"),
    )
    batch = scanned(bundle, *pages)
    assert [(n, starts, place, dropped) for n, _, starts, place, _, dropped in rows(batch)] == [
        (1, True, 0, False), (2, False, 0, True), (3, True, 11, False), (4, False, 0, False), (5, False, 0, True), (6, True, 0, False),
    ]  # fmt: skip


def test_fronts_and_backs_are_collated_and_an_odd_page_is_refused_with_the_reason(bundle):
    batch = scanned(bundle, sheet("正一"), sheet("正二"), sheet("背二"), sheet("背一"), duplex=True)
    assert list(batch.pages.order_by("number").values_list("index", flat=True)) == [0, 3, 1, 2]
    scanning.drop(batch, "重扫", clerk())
    batch = scanned(bundle, sheet("正一"), sheet("正二"), sheet("背二"), duplex=True)
    assert batch.state == ScanBatch.State.GIVEN
    assert "页数相等" in batch.problem
    assert not batch.pages.exists()


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG"])
def test_pictures_are_pages_too(bundle, kind):
    written = io.BytesIO()
    more = {"save_all": True, "append_images": [sheet("二")]} if kind == "TIFF" else {}
    sheet("一").save(written, kind, **more)
    from django.core.files.base import ContentFile

    batch = scanning.begin(clerk(), bundle=bundle)
    scanning.receive(batch, [ContentFile(written.getvalue(), name=f"a.{kind.lower()}")], clerk())
    work_off("archives.read")
    assert batch.pages.count() == (2 if kind == "TIFF" else 1)


def test_a_broken_file_goes_back_with_a_sentence_and_leaves_nothing(bundle):
    batch = scanning.begin(clerk(), bundle=bundle)
    from django.core.files.base import ContentFile

    scanning.receive(batch, [ContentFile(b"%PDF-1.4 nothing in it", name="坏.pdf")], clerk())
    work_off("archives.read")
    batch.refresh_from_db()
    assert batch.state == ScanBatch.State.GIVEN
    assert "打不开" in batch.problem
    assert not batch.pages.exists()


def test_keys_decide_each_page_and_papers_are_runs_of_pages(bundle):
    batch = catalogued(bundle)
    papers = [[page.number for page in pages] for pages in cataloguing.papers(batch)]
    assert papers == [[1, 2], [4]]
    cataloguing.join(batch, 4)
    assert [[page.number for page in pages] for pages in cataloguing.papers(batch)] == [[1, 2, 4]]
    with pytest.raises(Refused, match="第一页"):
        cataloguing.join(batch, 1)
    with pytest.raises(Refused, match="没有第「99」项"):
        cataloguing.place(batch, 4, "99", "", clerk())


def test_filed_papers_stand_in_their_case_under_their_number_with_every_page(bundle):
    case = bundle.case
    batch = filed(catalogued(bundle))
    assert batch.state == ScanBatch.State.FILED
    papers = list(Material.objects.filter(case=case, kind="scan").order_by("pk"))
    where = placing.places(case, papers)
    assert [(paper.title, where[paper.pk].number) for paper in papers] == [
        ("调解笔录", 11),
        ("执行款物收取、交付凭证及审批材料", 23),
    ]
    counts = []
    for paper in papers:
        with pikepdf.open(materials.path_of(paper.sha256)) as pdf:
            assert pdf.check_pdf_syntax() == []
            counts.append(len(pdf.pages))
    assert counts == [2, 1]
    bundle.refresh_from_db()
    assert (bundle.pages_paper, bundle.pages_scanned, bundle.pages_filed) == (3, 3, 3)
    assert not case.items.filter(rule="archives.scan_bundle", open=True).exists()


def test_pages_that_do_not_agree_with_the_paper_are_explained_or_not_filed(bundle):
    batch = catalogued(bundle)
    cataloguing.leave_out(batch, 2)
    with pytest.raises(Refused, match="纸质 3 页，扫描 2 页"):
        filing.ask(batch, clerk())
    filed(batch, differences={bundle.pk: "第 2 页与第 1 页重复"})
    bundle.refresh_from_db()
    assert (bundle.pages_filed, bundle.difference) == (2, "第 2 页与第 1 页重复")


def test_nothing_is_filed_while_a_page_is_not_decided(bundle):
    batch = scanned(bundle, sheet("一"), sheet("二"), sheet("三"))
    with pytest.raises(Refused, match="还没有编目"):
        filing.ask(batch, clerk())
    assert not Material.objects.filter(case=bundle.case, kind="scan").exists()


def test_a_worker_killed_while_filing_has_done_nothing_and_the_next_one_does_all(bundle, monkeypatch):
    batch = catalogued(bundle)
    filing.ask(batch, clerk())
    job = Job.objects.get(kind="archives.file")
    real, calls = filing.bound, []

    def dies(pages):
        calls.append(pages)
        if len(calls) == 2:
            raise SystemExit("killed")
        return real(pages)

    from cases import jobs

    monkeypatch.setattr(filing, "bound", dies)
    with pytest.raises(SystemExit):
        jobs.run(job.pk)
    assert not Material.objects.filter(case=bundle.case, kind="scan").exists()
    bundle.refresh_from_db()
    assert bundle.filed_at is None
    monkeypatch.setattr(filing, "bound", real)
    Job.objects.filter(pk=job.pk).update(state="waiting")
    assert jobs.run(job.pk)
    assert Material.objects.filter(case=bundle.case, kind="scan").count() == 2


def test_words_lie_under_the_page_where_they_stand_even_when_it_was_turned(bundle, settings, monkeypatch):
    settings.OCR = True
    monkeypatch.setattr("documents.ocr.engine.find_spec", lambda name: True)
    seen = []

    def read(picture: Image.Image):
        seen.append(picture.size)
        return [ocr.Line((180.0, 240.0, 420.0, 240.0, 420.0, 300.0, 180.0, 300.0), "收据王䶮")]

    monkeypatch.setattr(ocr, "read", read)
    batch = catalogued(bundle)
    filing.ask(batch, clerk())
    work_off()
    batch.refresh_from_db()
    assert batch.state == ScanBatch.State.FILED
    assert all(height > width for width, height in seen[-1:]), "the turned page was read upright"
    paper = Material.objects.get(case=bundle.case, kind="scan", title__startswith="执行款物")
    with pypdfium2.PdfDocument(materials.path_of(paper.sha256)) as pdf:
        page = pdf[0]
        assert page.get_width() < page.get_height()
        words = page.get_textpage()
        assert "收据王䶮" in words.get_text_bounded()


def test_a_page_turned_while_it_was_read_is_read_again(bundle, settings, monkeypatch):
    settings.OCR = True
    monkeypatch.setattr("documents.ocr.engine.find_spec", lambda name: True)
    batch = scanned(bundle, sheet("一"))

    def read(picture):
        ScanPage.objects.filter(batch=batch, number=1).update(turned=180)
        return []

    monkeypatch.setattr(ocr, "read", read)
    from cases import jobs

    jobs.run(Job.objects.get(kind="ocr.scan", state="waiting").pk)
    assert scanning.unread(batch).count() == 1
    assert Job.objects.filter(kind="ocr.scan", state="waiting").exists()


def test_the_scanners_folder_is_emptied_once_and_what_is_no_scan_is_moved_aside_with_the_reason(tmp_path, bundle):
    import os

    from teams.actor import SYSTEM

    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "一.pdf").write_bytes(scan(sheet("一"), sheet("二")).read())
    (folder / "病毒.exe").write_bytes(b"MZ nothing")
    for path in folder.iterdir():
        os.utime(path, (1, 1))
    assert scanning.collect(folder, SYSTEM) == 1
    assert ScanBatch.objects.get(source="folder").state == ScanBatch.State.READING
    assert (folder / "taken" / "一.pdf").exists()
    assert "可入卷的格式" in (folder / "refused" / "病毒.exe.txt").read_text()
    again = folder / "一.pdf"
    again.write_bytes((folder / "taken" / "一.pdf").read_bytes())
    os.utime(again, (1, 1))
    scanning.collect(folder, SYSTEM)
    assert ScanBatch.objects.filter(source="folder").count() == 1


def test_a_bundle_is_scanned_by_one_at_a_time_and_only_where_it_is(bundle):
    scanned(bundle, sheet("一"))
    with pytest.raises(Refused, match="已在扫描"):
        scanning.begin(clerk(), bundle=bundle)
    away = at_the_centre(fast_case("fast-04"))
    custody.give(away, fast_case("fast-05").team_id, clerk())
    custody.take(away, __import__("tests.make", fromlist=["actor"]).actor("fast-05", "clerk"))
    with pytest.raises(Refused, match="不在本中心"):
        scanning.begin(clerk(), bundle=away)


def test_over_the_pages_a_batch_goes_from_the_scanner_into_the_file(bundle):
    client = browser(clerk())
    answer = client.post(f"/archive/begin/{bundle.pk}/", {"holder": clerk().user_id})
    batch = ScanBatch.objects.get()
    assert answer.url == f"/archive/batch/{batch.pk}/"
    client.post(f"/archive/batch/{batch.pk}/files/", {"files": [scan(sheet("一"), sheet("二"), sheet("三"))]})
    work_off("archives.read")
    page = client.get(f"/archive/batch/{batch.pk}/").content.decode()
    assert "第 1 / 3 页" in page
    answer = client.post(f"/archive/batch/{batch.pk}/page/1/", {"do": "place", "place": "5", "title": ""})
    assert answer.url.endswith("?page=2")
    assert client.get(f"/archive/batch/{batch.pk}/page/1/image/").headers["Content-Type"] == "image/webp"
    client.post(f"/archive/batch/{batch.pk}/file/", {})
    work_off()
    batch.refresh_from_db()
    assert batch.state == ScanBatch.State.FILED
    for tab in ("receive", "scan", "catalogue", "file", "check", "shelve", "loans"):
        assert client.get(f"/archive/?tab={tab}").status_code == 200, tab


def test_what_was_decided_meanwhile_is_not_decided_again(bundle):
    batch = filed(catalogued(bundle))
    with pytest.raises(Stale):
        cataloguing.place(batch, 1, "5", "", clerk())


def test_the_page_opens_at_what_is_to_be_decided_and_never_at_a_cover(bundle):
    batch = scanned(bundle, sheet("封面", custody.code_of(bundle)), sheet("笔录一"), sheet("笔录二"))
    client = browser(clerk())
    assert "第 2 / 3 页" in client.get(f"/archive/batch/{batch.pk}/").content.decode()
    cataloguing.place(batch, 2, "11", "", clerk())
    assert "第 2 / 3 页" in client.get(f"/archive/batch/{batch.pk}/").content.decode()
