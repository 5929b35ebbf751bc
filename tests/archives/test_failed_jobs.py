"""What a worker cannot do for good is given back with its reason: a batch, a volume; nothing stays under way for ever."""

import os

import pytest

from archives import filing, packing, scanning, volumes
from archives.models import ScanBatch, Volume
from cases import jobs
from cases.models import Job, Material
from documents import ocr
from teams.actor import SYSTEM
from teams.models import Notice
from tests.archives.helpers import at_the_centre, browser, catalogued, clerk, scan, sheet, work_off
from tests.archives.test_volumes import asked, closed
from tests.cases.signing_helpers import fast_case, fresh_roster

pytestmark = pytest.mark.django_db


def fail(kind: str) -> None:
    """The job of this kind is tried as often as the house tries it, and fails each time."""
    job = Job.objects.get(kind=kind, state="waiting")
    for _ in range(jobs.ATTEMPTS):
        assert not jobs.run(job.pk)
    assert Job.objects.get(pk=job.pk).state == "failed"


def breaks(*args, **given):
    raise OSError("disk full")


def notices(officer) -> str:
    return "".join(Notice.objects.filter(person=officer.user_id).values_list("text", flat=True))


@pytest.fixture
def bundle():
    fresh_roster()
    return at_the_centre(fast_case("fast-03"))


def test_a_batch_that_could_not_be_read_takes_files_again(bundle, monkeypatch):
    batch = scanning.begin(clerk(), bundle=bundle)
    scanning.receive(batch, [scan(sheet("一"))], clerk())
    with monkeypatch.context() as broken:
        broken.setattr(scanning, "_pages", breaks)
        fail("archives.read")
    batch.refresh_from_db()
    assert (batch.state, batch.files.count()) == ("given", 0)
    assert "连续 5 次未能完成" in batch.problem
    assert f"批次 {batch.pk} 未能完成" in notices(clerk())
    scanning.receive(batch, [scan(sheet("一"))], clerk())
    work_off("archives.read")
    assert ScanBatch.objects.get(pk=batch.pk).state == "open"


def test_a_batch_that_could_not_be_filed_is_catalogued_again_and_nothing_is_in_the_file(bundle, monkeypatch):
    batch = catalogued(bundle)
    filing.ask(batch, clerk())
    before = Material.objects.filter(case=bundle.case).count()
    with monkeypatch.context() as broken:
        broken.setattr(filing, "bound", breaks)
        fail("archives.file")
    batch.refresh_from_db()
    assert batch.state == "open"
    assert "连续 5 次未能完成" in batch.problem
    assert Material.objects.filter(case=bundle.case).count() == before
    filing.ask(batch, clerk())
    work_off()
    assert ScanBatch.objects.get(pk=batch.pk).state == "filed"


def test_a_batch_whose_words_could_not_be_read_is_filed_without_them(bundle, monkeypatch):
    batch = catalogued(bundle)
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "read", breaks)
    filing.ask(batch, clerk())
    fail("ocr.scan")
    work_off("archives.file")
    assert ScanBatch.objects.get(pk=batch.pk).state == "filed"
    assert "未能识别文字" in notices(clerk())


def test_a_volume_that_could_not_be_packed_is_packed_again_or_returned(case, monkeypatch):
    volume = volumes.decide(asked(closed(case)), True, "", clerk(1))
    volumes.pack(volume, clerk())
    with monkeypatch.context() as broken:
        broken.setattr(packing, "write", breaks)
        fail("archives.pack")
    volume.refresh_from_db()
    assert volume.state == Volume.State.PASSED
    assert "未能系统归档" in notices(clerk())
    for address in ("/archive/?tab=shelve", f"/archive/case/{case.pk}/"):
        assert volume.problem in browser(clerk()).get(address).content.decode()
    volumes.pack(volume, clerk())
    work_off("archives.pack")
    volume.refresh_from_db()
    assert (volume.state, volume.problem) == (Volume.State.PACKED, "")


def put(folder, name: str, content: bytes) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    os.utime(folder / name, (1, 1))


def test_a_file_of_the_folder_whose_batch_was_dropped_comes_in_again(tmp_path, bundle):
    folder, content = tmp_path / "scans", scan(sheet("一")).read()
    put(folder, "一.pdf", content)
    scanning.collect(folder, SYSTEM)
    first = ScanBatch.objects.get(source="folder")
    scanning.drop(first, "歪斜", clerk())
    put(folder, "一.pdf", content)
    scanning.collect(folder, SYSTEM)
    second = ScanBatch.objects.filter(source="folder").latest("pk")
    assert (second.state, second.pk == first.pk) == ("reading", False)
    put(folder, "一.pdf", content)
    scanning.collect(folder, SYSTEM)
    assert ScanBatch.objects.filter(source="folder").count() == 2


def test_a_file_of_the_folder_that_did_not_open_comes_in_again(tmp_path, bundle):
    folder, content = tmp_path / "scans", scan(sheet("一")).read()
    put(folder, "一.pdf", content)
    scanning.collect(folder, SYSTEM)
    ScanBatch.objects.get().files.clear()
    ScanBatch.objects.update(state="given", problem="打不开")
    put(folder, "一.pdf", content)
    scanning.collect(folder, SYSTEM)
    assert ScanBatch.objects.filter(state="reading").count() == 1


def test_of_a_refused_file_the_leader_of_the_centre_is_told(tmp_path, bundle):
    put(tmp_path / "scans", "病毒.exe", b"MZ nothing")
    scanning.collect(tmp_path / "scans", SYSTEM)
    leader = Notice.objects.filter(text__contains="病毒.exe").get()
    assert "可入卷的格式" in leader.text
    assert leader.person_id == scanning._leader()
