"""Files in: by the plain form, in pieces that survive a cut, from a phone; bad ones are refused with a sentence and change nothing."""

import io
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases import clock, exceptions
from cases.models import Job, JournalEntry, Material
from cases.refusals import Refused
from documents.dossier import phone, placing, uploads
from documents.models import Rendition, Upload
from tests import make
from tests.cases.signing_helpers import fast_case
from tests.cases.test_materials import DOCX, locked, office
from tests.documents import dossier_helpers
from tests.documents.dossier_helpers import pdf, picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture
def case():
    return fast_case()


@pytest.fixture
def judge():
    return make.actor("fast-03", "judge")


@pytest.fixture
def client(judge) -> Client:
    made = Client()
    made.force_login(judge.user)
    return made


def begin(client, case, name="扫描.pdf", size=0, **more) -> dict:
    answer = client.post(
        f"/cases/{case.pk}/dossier/uploads/", json.dumps({"name": name, "size": size, **more}), "application/json"
    )
    return {"status": answer.status_code, **answer.json()}


def send(client, case, upload_id: str, at: int, piece: bytes) -> dict:
    answer = client.post(f"/cases/{case.pk}/dossier/uploads/{upload_id}/?at={at}", piece, "application/octet-stream")
    return {"status": answer.status_code, **answer.json()}


def files_in(folder) -> list[str]:
    return [path.name for path in folder.glob("**/*") if path.is_file()]


def bad_files() -> list[tuple[str, bytes]]:
    """Fifty that must not get in: disguised, broken, locked, with macros, bombs, too big on paper, empty."""
    huge = io.BytesIO()
    from PIL import Image

    Image.new("1", (20_000, 11_000)).save(huge, "PNG")
    seeds = [
        ("程序.pdf", b"MZ\x90\x00 this is no paper"), ("网页.pdf", b"<html><script>alert(1)</script>"),
        ("脚本.jpg", b"#!/bin/sh\nrm -rf /"), ("压缩.zip", b"PK\x03\x04 zip"), ("伪装.docx", b"PK\x03\x04 broken"),
        ("加密.pdf", dossier_helpers.locked(pdf("密"))), ("加密.docx", locked(DOCX)),
        ("宏.docx", office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("空.pdf", b""), ("巨图.png", huge.getvalue()),
    ]  # fmt: skip
    return [(f"{n}-{name}", content) for n in range(5) for name, content in seeds]


def test_fifty_bad_files_change_nothing_and_each_is_told(client, case, own_files):
    before = Material.objects.count(), JournalEntry.objects.count(), Job.objects.count()
    files = [SimpleUploadedFile(name, content) for name, content in bad_files()]
    assert len(files) == 50
    answer = client.post(f"/cases/{case.pk}/dossier/upload/", {"paper": files}, follow=True)
    assert (Material.objects.count(), JournalEntry.objects.count(), Job.objects.count()) == before
    assert Rendition.objects.count() == 0
    assert files_in(own_files) == []
    told = [str(message) for message in answer.context["messages"]]
    assert len(told) == 21
    assert all("「" in sentence for sentence in told[:20])


def test_fifty_bad_files_in_pieces_change_nothing_either(client, case, own_files):
    before = Material.objects.count(), JournalEntry.objects.count(), Job.objects.count()
    for name, content in bad_files():
        begun = begin(client, case, name, len(content))
        if begun["status"] == 200:
            begun = send(client, case, begun["id"], 0, content)
        assert begun["status"] == 422, name
        assert begun["refused"].startswith("「"), name
    assert (Material.objects.count(), JournalEntry.objects.count(), Job.objects.count()) == before
    assert Upload.objects.count() == 0
    assert files_in(own_files) == []


def test_a_bad_file_among_good_ones_keeps_none_of_them_out(client, case):
    files = [
        SimpleUploadedFile("一.pdf", pdf("一")),
        SimpleUploadedFile("坏.pdf", b"MZ"),
        SimpleUploadedFile("二.pdf", pdf("二")),
    ]
    client.post(f"/cases/{case.pk}/dossier/upload/", {"paper": files})
    assert sorted(Material.objects.values_list("title", flat=True)) == ["一", "二"]


def test_a_file_in_pieces_is_filed_with_the_last_one(client, case, judge, own_files):
    content = pdf("分片") + b"\n" * 3000
    begun = begin(client, case, "分片.pdf", len(content), number=30)
    first = send(client, case, begun["id"], 0, content[:2000])
    assert first["received"] == 2000
    assert Material.objects.count() == 0
    last = send(client, case, begun["id"], 2000, content[2000:])
    paper = Material.objects.get()
    assert (paper.title, paper.size, paper.by_id) == ("分片", len(content), judge.user_id)
    assert placing.places(case, [paper])[paper.pk].number == 30
    assert f"m={paper.pk}" in last["url"]
    assert Upload.objects.count() == 0
    assert files_in(own_files / "uploads") == []


def test_after_a_cut_the_same_file_goes_on_where_it_stopped(client, case):
    content = pdf("续传")
    begun = begin(client, case, "续传.pdf", len(content), mark="1700")
    send(client, case, begun["id"], 0, content[:500])
    again = begin(client, case, "续传.pdf", len(content), mark="1700")
    assert (again["id"], again["received"]) == (begun["id"], 500)
    assert begin(client, case, "续传.pdf", len(content), mark="another")["received"] == 0
    assert send(client, case, again["id"], 500, content[500:])["status"] == 200


def test_half_a_piece_left_by_a_cut_is_written_over(client, case):
    content = pdf("半片")
    begun = begin(client, case, "半片.pdf", len(content))
    send(client, case, begun["id"], 0, content[:500])
    row = Upload.objects.get()
    with uploads.path_of(row).open("ab") as out:
        out.write(b"garbage of a piece that did not end")
    assert send(client, case, begun["id"], 500, content[500:])["status"] == 200
    assert Material.objects.get().size == len(content)


def test_a_piece_twice_or_out_of_its_place_is_told_where_the_file_goes_on(client, case):
    content = pdf("错位")
    begun = begin(client, case, "错位.pdf", len(content))
    send(client, case, begun["id"], 0, content[:500])
    for at, piece in ((0, content[:500]), (900, b"x"), (500, content[500:] + b"more than it said")):
        assert send(client, case, begun["id"], at, piece) == {"status": 409, "received": 500}


def test_another_officer_does_not_go_on_with_my_file(client, case):
    content = pdf("他人")
    begun = begin(client, case, "他人.pdf", len(content))
    other = Client()
    other.force_login(make.actor("fast-03", "clerk").user)
    assert send(other, case, begun["id"], 0, content)["status"] == 409
    assert begin(other, case, "他人.pdf", len(content))["id"] != begun["id"]


def test_what_is_too_big_is_refused_before_a_byte_travels(client, case, settings):
    settings.FILE_MAX_BYTES = 1024 * 1024
    told = begin(client, case, "大.pdf", 2 * 1024 * 1024)
    assert (told["status"], told["refused"]) == (422, "「大.pdf」超过 1 MB，请拆分后再上传。")


def test_one_officer_cannot_fill_the_store_with_unfinished_files(case, judge, settings):
    settings.FILE_MAX_BYTES = 1000
    for n in range(uploads.UNFINISHED):
        uploads.begin(case, judge, name=f"{n}.pdf", size=1000)
    with pytest.raises(Refused, match="没有传完"):
        uploads.begin(case, judge, name="more.pdf", size=1000)


def test_yesterdays_unfinished_file_is_cleared_away(client, case, judge):
    begun = begin(client, case, "昨天.pdf", 100)
    Upload.objects.update(begun_at=clock.now() - timedelta(days=2))
    path = uploads.path_of(Upload.objects.get())
    begin(client, case, "今天.pdf", 100)
    assert not path.exists()
    assert not Upload.objects.filter(pk=begun["id"]).exists()


def test_a_cancelled_upload_leaves_nothing(client, case, own_files):
    begun = begin(client, case, "取消.pdf", 100)
    client.post(f"/cases/{case.pk}/dossier/uploads/{begun['id']}/?cancel=1")
    assert files_in(own_files) == []


def test_a_name_with_folders_is_only_a_name(client, case):
    content = pdf("路径")
    begun = begin(client, case, "../../etc/执行 依据.pdf", len(content))
    send(client, case, begun["id"], 0, content)
    assert Material.objects.get().title == "执行 依据"


def test_a_request_that_is_none_is_told_so(client, case):
    for body in ("", "no json", "[]", '{"name": "x"}'):
        answer = client.post(f"/cases/{case.pk}/dossier/uploads/", body, "application/json")
        assert (answer.status_code, "不完整" in answer.json()["refused"]) == (422, True)


# The phone


def code(client, case, judge) -> str:
    judge.user.session_token = client.session.get("token", "") or "t" * 32
    judge.user.save()
    session = client.session
    session["token"] = judge.user.session_token
    session.save()
    return phone.address(case, judge)


def test_the_phone_files_into_the_case_as_the_officer_and_shows_nothing_of_it(client, case, judge):
    address = code(client, case, judge)
    guest = Client()
    page = guest.get(address).content.decode()
    assert case.number in page
    assert case.parties.first().name not in page
    answer = guest.post(address, {"paper": SimpleUploadedFile("照片.jpg", picture())})
    assert "已入卷 1 件" in answer.content.decode()
    paper = Material.objects.get()
    assert (paper.case_id, paper.by_id, paper.secret_volume) == (case.pk, judge.user_id, False)
    refused = guest.post(address, {"paper": SimpleUploadedFile("坏.pdf", b"MZ")}).content.decode()
    assert "「坏.pdf」" in refused


def test_the_phone_opens_no_other_page(client, case, judge):
    guest = Client()
    guest.get(code(client, case, judge))
    assert guest.get(f"/cases/{case.pk}/dossier/").status_code == 302
    assert guest.get(f"/cases/{case.pk}/").status_code == 302


def test_the_code_ends_after_ten_minutes(client, case, judge):
    import time_machine

    address = code(client, case, judge)
    with time_machine.travel(clock.now() + timedelta(minutes=9)):
        assert Client().get(address).status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert Client().get(address).status_code == 410


def test_the_code_ends_with_the_log_in_that_made_it(client, case, judge):
    address = code(client, case, judge)
    judge.user.session_token = "another log-in"
    judge.user.save()
    assert Client().get(address).status_code == 410


def test_a_code_that_was_changed_by_one_letter_is_none(client, case, judge):
    address = code(client, case, judge)
    assert Client().get(address[:-3] + ("x" if address[-3] != "x" else "y") + address[-2:]).status_code == 410


def test_the_code_ends_when_the_officer_may_no_longer_file_into_the_case(client, case, judge):
    address = code(client, case, judge)
    exceptions.grant(case, judge.user_id, "recused_from_case", None, "近亲属", make.director())
    guest = Client()
    assert guest.get(address).status_code == 410
    assert guest.post(address, {"paper": SimpleUploadedFile("照片.jpg", picture())}).status_code == 410
    assert not Material.objects.exists()


def test_the_desk_shows_the_code_only_to_who_may_file(client, case, judge):
    code(client, case, judge)
    assert "<svg" in client.get(f"/cases/{case.pk}/dossier/phone/").content.decode()
    leader = Client()
    leader.force_login(make.actor("leadership", "vice_president").user)
    assert leader.get(f"/cases/{case.pk}/dossier/phone/").status_code == 403
