"""Files: what is accepted by content, how much, stored once, never overwritten; what nobody owns is swept away."""

import io
import os
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cases import clock, invariants, materials
from cases.models import Material
from cases.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


def upload(content: bytes, name: str = "笔录.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def office(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        for name in names:
            book.writestr(name, b"<x/>")
    return made.getvalue()


DOCX = office("[Content_Types].xml", "word/document.xml")
XLSX = office("[Content_Types].xml", "xl/workbook.xml")


def picture(kind: str) -> bytes:
    made = io.BytesIO()
    Image.new("L", (8, 8)).save(made, kind)
    return made.getvalue()


def locked(content: bytes) -> bytes:
    """The same zip with every part marked as encrypted, in its directory."""
    return content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


GOOD = [
    (b"%PDF-1.7 x", "a.pdf", "application/pdf"),
    (b"%PDF-1.7 x", "named-wrongly.jpg", "application/pdf"),
    (picture("JPEG"), "a.jpg", "image/jpeg"),
    (picture("PNG"), "a.png", "image/png"),
    (picture("TIFF"), "a.tif", "image/tiff"),
    (DOCX, "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (XLSX, "a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
]
BAD = [
    (b"MZ\x90 x", "a.pdf", "不是可入卷的格式"),
    (b"<html><script>", "a.pdf", "不是可入卷的格式"),
    (b"PK\x03\x04 x", "a.zip", "不是可入卷的格式"),
    (b"PK\x03\x04 broken", "a.docx", "打不开"),
    (XLSX, "a.docx", "不是 Word"),
    (office("evil.exe"), "a.xlsx", "不是 Excel"),
    (b"", "a.pdf", "空文件"),
    (b"\xff\xd8\xff\xe0 x", "a.jpg", "图片可能已损坏"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 x", "a.docx", "加密的或旧版"),
    (locked(DOCX), "a.docx", "设有密码"),
    (office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "a.docx", "含有宏"),
    (b"%PDF-1.7 x" + b" " * (1 << 20) + b"trailer << /Encrypt 12 0 R >>", "a.pdf", "设有密码"),
]


@pytest.mark.parametrize(("content", "name", "content_type"), GOOD, ids=[row[1] for row in GOOD])
def test_a_file_is_what_its_content_says(content, name, content_type):
    assert materials.store(upload(content, name))[2] == content_type


@pytest.mark.parametrize(("content", "name", "words"), BAD, ids=[f"{row[1]}-{row[2]}" for row in BAD])
def test_other_files_are_refused_with_a_sentence_and_leave_nothing_behind(content, name, words, folder):
    with pytest.raises(Refused, match=words):
        materials.store(upload(content, name))
    assert not [path for path in folder.glob("**/*") if path.is_file()]


def test_a_bomb_is_refused(settings, folder):
    settings.FILE_MAX_BYTES = 1024 * 1024
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", b"<x/>")
        book.writestr("word/document.xml", b"0" * 30 * 1024 * 1024)
    with pytest.raises(Refused, match="展开后过大"):
        materials.store(upload(made.getvalue(), "a.docx"))


def test_a_picture_of_absurd_size_is_refused_before_anybody_draws_it():
    made = io.BytesIO()
    Image.new("1", (20_000, 11_000)).save(made, "PNG")
    with pytest.raises(Refused, match="尺寸过大"):
        materials.store(upload(made.getvalue(), "a.png"))


def test_the_deliberation_of_a_panel_is_born_in_the_secret_volume():
    case, by = make.case(), make.actor("reception", "clerk")
    assert materials.file(case, upload(b"%PDF-1.4 one"), kind="deliberation", by=by).secret_volume


def test_a_file_that_was_changed_or_is_gone_is_found():
    case, by = make.case(), make.actor("reception", "clerk")
    changed = materials.file(case, upload(b"%PDF-1.4 one"), kind="evidence", by=by)
    gone = materials.file(case, upload(b"%PDF-1.4 two"), kind="evidence", by=by)
    assert not [*invariants.damaged_files(), *invariants.files_are_there()]
    materials.path_of(changed.sha256).write_bytes(b"%PDF-1.4 ONE")
    materials.path_of(gone.sha256).unlink()
    (found,) = invariants.damaged_files()
    assert "内容被改动" in found.text
    assert found.url == f"/cases/{case.pk}/?tab=materials"
    assert [f"编号 {gone.pk}" in each.text for each in invariants.files_are_there()] == [True]


def test_the_bound_on_size_is_said_in_megabytes(settings):
    settings.FILE_MAX_BYTES = 1024 * 1024
    with pytest.raises(Refused, match="超过 1 MB"):
        materials.store(upload(b"%PDF-" + b"0" * 1024 * 1024))


def test_the_same_content_is_stored_once_and_a_new_version_keeps_the_old(folder):
    case, by = make.case(), make.actor("reception", "clerk")
    first = materials.file(case, upload(b"%PDF-1.4 one"), kind="evidence", by=by)
    again = materials.file(case, upload(b"%PDF-1.4 one"), kind="evidence", by=by)
    assert first.sha256 == again.sha256
    assert len([path for path in folder.glob("**/*") if path.is_file()]) == 1
    second = materials.file(case, upload(b"%PDF-1.4 two"), kind="evidence", by=by, replaces=first)
    assert (second.version, second.replaces) == (2, first)
    with pytest.raises(Refused, match="已有新版本"):
        materials.file(case, upload(b"%PDF-1.4 three"), kind="evidence", by=by, replaces=first)
    assert materials.open_file(first).read() == b"%PDF-1.4 one"


def test_voiding_needs_a_reason_happens_once_and_keeps_the_file():
    case, by = make.case(), make.actor("reception", "clerk")
    paper = materials.file(case, upload(b"%PDF-1.4 one"), kind="evidence", by=by)
    with pytest.raises(Refused, match="原因"):
        materials.void(paper, " ", by)
    materials.void(paper, "错页", by)
    with pytest.raises(Refused, match="已经作废"):
        materials.void(paper, "错页", by)
    assert materials.open_file(Material.objects.get(pk=paper.pk)).read()


def test_files_nobody_owns_are_swept_after_a_day_and_owned_ones_stay(folder):
    case, by = make.case(), make.actor("reception", "clerk")
    kept = materials.file(case, upload(b"%PDF-1.4 kept"), kind="evidence", by=by)
    lost, _, _ = materials.store(upload(b"%PDF-1.4 lost"))
    for moment, swept in ((clock.now().timestamp(), 0), (0, 1)):
        for sha256 in (kept.sha256, lost):
            os.utime(materials.path_of(sha256), (moment, moment))
        assert materials.sweep_orphans(timedelta(days=1)) == swept
    assert materials.path_of(kept.sha256).exists()
    assert not materials.path_of(lost).exists()
