"""The exchange folder: whole packages or none, each receipt once, what is broken or foreign aside with its reason."""

import json
import shutil
from datetime import UTC, datetime

import pytest
from django.conf import settings

from cases import jobs, materials
from cases.models import Job
from cases.refusals import Refused
from documents import demo_seal, issuing, sealing
from documents.exchange import manifest, receiving, sending
from documents.exchange.manifest import Broken
from documents.models import Aside, Outgoing, Receipt, Sealing, Service
from teams.models import Notice
from tests import make
from tests.cases.signing_helpers import fast_case
from tests.documents.exchanging import boxes, peer, round_trip, work_off
from tests.documents.helpers import draft, issued

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


@pytest.fixture
def clerk():
    return make.actor("fast-03", "clerk")


@pytest.fixture
def paper(clerk, sealed_by):
    """A paper that waits for the e-seal service."""
    sealed_by("Service")
    case = fast_case()
    return issued(case, "handler_notice", clerk, subject=case.parties.get(role="debtor").subject)


# One package


def test_a_package_is_read_as_it_was_written(tmp_path):
    path = manifest.write(tmp_path, "seal", {"标题": "裁定"}, {"paper.pdf": b"%PDF-"}, id="a-1", created=NOW)
    package = manifest.read(path)
    assert (package.id, package.kind, package.payload, package.files) == (
        "a-1",
        "seal",
        {"标题": "裁定"},
        {"paper.pdf": b"%PDF-"},
    )
    assert manifest.write(tmp_path, "seal", {}, {}, id="a-1", created=NOW) == path, (
        "the same package is not written twice"
    )
    assert [each.name for each in tmp_path.iterdir()] == ["seal-a-1"]


def test_a_package_that_is_still_being_written_is_not_seen(tmp_path):
    (tmp_path / ".half").mkdir()
    assert manifest.waiting(tmp_path) == []
    assert manifest.waiting(tmp_path / "nothing") == []


def damaged(path, how: str) -> None:
    told = json.loads((path / "manifest.json").read_text())
    if how == "no manifest":
        (path / "manifest.json").unlink()
    elif how == "no json":
        (path / "manifest.json").write_text("{")
    elif how == "a list":
        (path / "manifest.json").write_text("[]")
    elif how == "deep":
        (path / "manifest.json").write_text("[" * 100_000)
    elif how == "content":
        (path / "paper.pdf").write_bytes(b"%PDF!")
    elif how == "size":
        (path / "paper.pdf").write_bytes(b"%PDF-1")
    elif how == "missing":
        (path / "paper.pdf").unlink()
    elif how == "more":
        (path / "extra.exe").write_bytes(b"MZ")
    elif how == "a link":
        (path / "paper.pdf").unlink()
        (path / "paper.pdf").symlink_to("/etc/hostname")
    else:
        {
            "schema": lambda: told.update(schema=2),
            "id": lambda: told.update(id="../up"),
            "kind": lambda: told.pop("kind"),
            "outside": lambda: told["files"][1].update(name="../../etc/passwd"),
            "twice itself": lambda: told["files"][1].update(name="manifest.json"),
            "hash": lambda: told["files"][1].update(sha256="xyz"),
            "huge": lambda: told["files"][1].update(size=10**12),
            "no files": lambda: told.update(files=[]),
            "no payload": lambda: told["files"].pop(0) and (path / "payload.json").unlink(),
        }[how]()
        (path / "manifest.json").write_text(json.dumps(told))


DAMAGES = (
    "no manifest", "no json", "a list", "deep", "content", "size", "missing", "more", "a link", "schema", "id", "kind",
    "outside", "twice itself", "hash", "huge", "no files", "no payload",
)  # fmt: skip


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_package_is_refused_with_a_sentence(tmp_path, how):
    path = manifest.write(tmp_path, "seal", {"a": 1}, {"paper.pdf": b"%PDF-"}, id="a-1", created=NOW)
    damaged(path, how)
    with pytest.raises(Broken, match=r"。$"):
        manifest.read(path)


# The seal, there and back


def test_a_paper_goes_to_the_seal_service_and_comes_back_as_a_new_version(paper):
    assert paper.sealing.state == Sealing.State.WAITING
    plain = paper.material
    assert round_trip() == 1
    paper.refresh_from_db()
    assert (paper.sealing.state, paper.material.version, paper.material.replaces) == ("done", 2, plain)
    assert demo_seal.valid(materials.path_of(paper.material.sha256).read_bytes())
    assert Outgoing.objects.get().state == Outgoing.State.ANSWERED
    assert boxes() == {"out": 0, "in": 0, "read": 1, "aside": 0}


def test_the_package_tells_the_service_where_the_seal_goes(paper):
    work_off()
    package = manifest.read(next((settings.EXCHANGE_DIR / "out").iterdir()))
    assert package.payload["number"] == paper.number
    place = package.payload["seal"]
    assert (place["page"], place["diameter_mm"]) == (1, 42.0)
    assert 90 < place["x_mm"] < 190
    assert 30 < place["y_mm"] < 260


def test_a_receipt_that_comes_three_times_is_used_once(paper):
    assert round_trip(repeat=3) == 1
    paper.refresh_from_db()
    assert (paper.material.version, Receipt.objects.count()) == (2, 1)
    assert boxes()["read"] == 3
    assert receiving.read_all() == 0


def test_a_package_sent_again_is_the_same_and_is_answered_once(paper, clerk):
    work_off()
    sending.again(Outgoing.objects.get(), clerk)
    assert round_trip() == 1
    shutil.copytree(settings.EXCHANGE_DIR / "peer" / "taken" / f"seal-{Outgoing.objects.get().uuid}",
                    settings.EXCHANGE_DIR / "out" / "seal-again")  # fmt: skip
    peer().answer_all()
    assert receiving.read_all() == 0
    paper.refresh_from_db()
    assert paper.material.version == 2
    with pytest.raises(Refused, match="不必重发"):
        sending.again(Outgoing.objects.get(), clerk)


def test_an_answer_that_is_delayed_leaves_the_package_where_it_is(paper):
    assert round_trip(delay=3600) == 0
    assert boxes()["out"] == 1


def test_a_refused_seal_is_told_to_the_drafter_and_can_be_asked_again(paper, clerk):
    round_trip(refuse=frozenset({"seal"}))
    row = Sealing.objects.get(document=paper)
    assert (row.state, row.reason) == ("refused", "参考对端按要求退回")
    assert Notice.objects.filter(person=clerk.user, text__contains="用印被退").exists()
    with pytest.raises(Refused, match="用印后才能送达"):
        sealing.refuse_unsealed(paper)
    sealing.again(paper, clerk)
    assert round_trip() == 1
    assert Sealing.objects.get(document=paper).state == "done"


def test_a_paper_voided_meanwhile_is_not_sealed(paper, clerk):
    work_off()
    peer().answer_all()
    issuing.void(paper, "案号有误", clerk)
    assert receiving.read_all() == 0
    assert "已撤回" in Aside.objects.get().reason
    paper.refresh_from_db()
    assert paper.material.version == 1
    assert not Service.objects.filter(document=paper).exclude(state="withdrawn").exists()


def test_stamped_by_hand_the_scan_is_the_new_version(clerk, sealed_by):
    from tests.cases.signing_helpers import pdf

    sealed_by("Place")
    case = fast_case()
    document = issued(case, "handler_notice", clerk, subject=case.parties.get(role="debtor").subject)
    assert not Outgoing.objects.exists()
    sealing.scanned(document, pdf("盖章件.pdf"), clerk)
    document.refresh_from_db()
    assert (document.sealing.state, document.sealing.how, document.material.version) == ("done", "paper", 2)


# What cannot be used


def receipt(answers: str, *, id="R-1", kind="seal.receipt", payload=None, files=None):
    payload = {"status": "sealed", "at": "2026-11-27T09:00:00+08:00"} if payload is None else payload
    return manifest.write(settings.EXCHANGE_DIR / "in", kind, payload, files or {}, id=id, created=NOW, answers=answers)


def test_foreign_and_broken_receipts_are_put_aside_with_their_reason_and_told_to_the_administrators(paper):
    work_off()
    mine = str(Outgoing.objects.get().uuid)
    sealed = {"sealed.pdf": b"%PDF-1.7"}
    receipt("", id="R-1")
    receipt("11111111-1111-4111-8111-111111111111", id="R-2")
    receipt(mine, id="R-3", kind="delivery.receipt")
    receipt(mine, id="R-4", payload={"status": "maybe", "at": "2026-11-27T09:00:00+08:00"}, files=sealed)
    receipt(mine, id="R-5", payload={"status": "sealed", "at": "yesterday"}, files=sealed)
    receipt(mine, id="R-6", payload={"status": "refused", "at": "2026-11-27T09:00:00+08:00"})
    receipt(mine, id="R-7")
    receipt(mine, id="R-8", files={"sealed.pdf": b"MZ"})
    receipt(mine, id="R-9", payload=[])
    (settings.EXCHANGE_DIR / "in" / "note.txt").write_text("hello")
    assert receiving.read_all() == 0
    assert boxes()["in"] == 0
    assert Aside.objects.count() == 10
    for folder in (each for each in (settings.EXCHANGE_DIR / "aside").iterdir() if each.is_dir()):
        assert (folder / "reason.txt").read_text().endswith("。")
    assert Notice.objects.filter(text__contains="交换目录", url="/exchange/").count() == 10
    assert not Receipt.objects.exists()
    assert Outgoing.objects.get().state == "sent"
    assert Sealing.objects.get().state == "waiting"
    assert round_trip() == 1, "and the right one is still welcome"


def test_a_second_answer_to_one_package_is_put_aside(paper):
    round_trip()
    receipt(str(Outgoing.objects.get().uuid), id="R-other", files={"sealed.pdf": b"%PDF-1.7"})
    assert receiving.read_all() == 0
    assert "又来了回执" in Aside.objects.get().reason


def test_a_fault_of_ours_leaves_the_receipt_for_the_next_reading(paper, monkeypatch):
    work_off()
    peer().answer_all()
    with monkeypatch.context() as patch:
        patch.setattr(sealing, "store", lambda *given: 1 / 0)
        assert receiving.read_all() == 0
    assert boxes()["in"] == 1
    assert not Receipt.objects.exists()
    assert receiving.read_all() == 1


def test_a_reading_that_was_killed_before_it_moved_the_folder_away_does_nothing_twice(paper, monkeypatch):
    work_off()
    peer().answer_all()
    with monkeypatch.context() as patch:
        patch.setattr(receiving, "move", lambda *given: None)
        assert receiving.read_all() == 1
    assert receiving.read_all() == 0
    assert boxes()["in"] == 0
    paper.refresh_from_db()
    assert paper.material.version == 2


# Nothing leaves without its signature


def test_a_paper_without_its_signature_does_not_leave(clerk):
    case = fast_case()
    document = draft(case, "consumption_order", clerk, subject=case.parties.get(role="debtor").subject)
    with pytest.raises(Refused, match="不能发出"):
        sending.send("seal", "sealing:1", document, {}, {}, clerk)
    document.state, document.material = "issued", materials.file(case, _pdf(), kind="document", by=clerk)
    with pytest.raises(Refused, match="没有签批"):
        sending.send("seal", "sealing:1", document, {}, {}, clerk)
    assert not Outgoing.objects.exists()


def _pdf():
    from tests.cases.signing_helpers import pdf

    return pdf("决定书.pdf")


def test_a_worker_that_dies_after_writing_writes_the_same_package_again(paper, monkeypatch):
    job = Job.objects.get(kind="exchange.send")
    with monkeypatch.context() as patch:
        patch.setattr(Outgoing, "save", lambda *given, **more: 1 / 0)
        jobs.run(job.pk)
    assert Outgoing.objects.get().state == "waiting"
    assert boxes()["out"] == 1
    assert round_trip() == 1


def test_lists_say_whether_a_paper_bears_its_seal(paper, clerk):
    from documents.pages import case_papers

    def shown() -> str:
        return case_papers.panel(paper.case, clerk)["papers"][0]["seal"]

    assert shown() == "待用印"
    round_trip()
    assert shown() == "已用印"
