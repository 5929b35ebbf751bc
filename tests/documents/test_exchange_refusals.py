"""What comes through the exchange folder and cannot stand, and what must not leave through it any more."""

import json

import pytest
from django.conf import settings

from cases import jobs, work
from cases.models import Job, Party, WorkItem
from documents import delivering, delivery_runs, issuing, serving
from documents.exchange import manifest, receiving
from documents.exchange.manifest import Broken
from documents.models import Aside, Outgoing, Service
from documents.service_rules import Way
from documents.serving import Proof
from teams.models import Notice
from tests import make
from tests.cases.signing_helpers import fast_case, pdf
from tests.documents.exchanging import boxes, peer, round_trip, work_off
from tests.documents.helpers import issued
from tests.documents.test_exchange import NOW, receipt

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return make.actor("fast-03", "clerk")


def agreed(case) -> Party:
    party = case.parties.get(role="debtor")
    Party.objects.filter(pk=party.pk).update(e_service=True, e_service_to="13800138000")
    return party


@pytest.fixture
def service(clerk) -> Service:
    """A paper whose debtor consented."""
    case = fast_case()
    return Service.objects.get(document=issued(case, "report_order", clerk, subject=agreed(case).subject))


def submitted(service: Service, clerk) -> str:
    """On its way to the platform: the package's number."""
    delivering.serve_electronically(service, clerk)
    work_off()
    return str(Outgoing.objects.get(kind="delivery").uuid)


# The platform's day


@pytest.mark.parametrize(("at", "why"), [("2030-01-01T09:00:00+08:00", "不能晚于今天"), ("2020-01-01T09:00:00+08:00", "早于文书制发")])  # fmt: skip
def test_a_day_that_an_officer_may_not_state_the_platform_may_not_either(service, clerk, at, why):
    number = submitted(service, clerk)
    receipt(number, kind="delivery.receipt", payload={"status": "delivered", "at": at})
    assert receiving.read_all() == 0
    assert why in Aside.objects.get().reason
    service.refresh_from_db()
    assert (service.state, service.served_on) == ("sent", None)
    assert Outgoing.objects.get(kind="delivery").state == "sent", "the right receipt is still welcome"


# What no database can keep


def raw(name: str, payload: str, answers: str = "") -> None:
    """A package whose payload is written as it stands."""
    path = manifest.write(
        settings.EXCHANGE_DIR / "in", "delivery.receipt", {}, {}, id=name, created=NOW, answers=answers
    )
    (path / "payload.json").write_text(payload)
    told = json.loads((path / "manifest.json").read_text())
    content = (path / "payload.json").read_bytes()
    told["files"] = [{"name": "payload.json", "sha256": _sha(content), "size": len(content)}]
    (path / "manifest.json").write_text(json.dumps(told))


def _sha(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("value", [r'"a\u0000b"', r'"\ud800"', "1e999", "NaN", r'["\u0000"]', r'{"\u0000": 1}'])
def test_a_receipt_that_cannot_be_stored_is_put_aside_and_not_tried_for_ever(service, clerk, value):
    number = submitted(service, clerk)
    raw("R-1", f'{{"status": "failed", "at": "2026-11-27T09:00:00+08:00", "reason": "空号", "more": {value}}}', number)
    assert receiving.read_all() == 0
    assert (boxes()["in"], boxes()["aside"]) == (0, 1)
    assert "不能保存的字符或数字" in Aside.objects.get().reason


def test_a_folder_whose_name_is_no_text_is_put_aside_under_a_readable_one(service):
    import os

    (settings.EXCHANGE_DIR / "in").mkdir(parents=True)
    os.mkdir(os.fsencode(settings.EXCHANGE_DIR / "in") + b"/\xb8\xb1\xbe\xed")
    assert receiving.read_all() == 0
    assert boxes()["in"] == 0
    assert Aside.objects.get().name == "????"
    assert Notice.objects.filter(text__contains="交换目录").exists()


def test_a_sound_payload_is_read_whatever_it_says(tmp_path):
    told = {"a": ["\\u0000", 1.5, None, {"b": True}], "名": "𠮷"}
    path = manifest.write(tmp_path, "seal", told, {}, id="a-1", created=NOW)
    assert manifest.read(path).payload == told
    (path / "payload.json").write_text("{")
    with pytest.raises(Broken):
        manifest.read(path)


# Withdrawn


def test_the_package_of_a_voided_paper_is_taken_out_of_the_folder(service, clerk):
    submitted(service, clerk)
    assert boxes()["out"] == 1
    issuing.void(service.document, "案号有误", clerk)
    work_off()
    assert (boxes()["out"], peer().answer_all()) == (0, 0)
    assert not list((settings.EXCHANGE_DIR / "out").iterdir()), "nothing hidden stays either"


def test_a_package_that_was_withdrawn_before_it_was_written_is_never_written(service, clerk):
    delivering.serve_electronically(service, clerk)
    row = Service.objects.get(pk=service.pk)
    serving.served(row, Way.DIRECT, Proof(row.sent_on, upload=pdf("回证.pdf")), clerk)
    work_off()
    assert boxes()["out"] == 0


def test_one_that_was_withdrawn_while_the_other_side_took_it_is_left_to_it(service, clerk):
    submitted(service, clerk)
    peer().answer_all()
    issuing.void(service.document, "案号有误", clerk)
    (job,) = Job.objects.filter(kind="exchange.send", state="waiting")
    assert jobs.run(job.pk)
    assert receiving.read_all() == 0
    assert "已撤回" in Aside.objects.get().reason


# The duty to serve electronically


def owed():
    """A case at quality with two papers for a debtor who consented, and its duty."""
    quality = make.actor("quality")
    case = make.case()
    item = work.open(case, "documents.e_service", quality)
    party = agreed(case)
    papers = [issued(case, kind, quality, subject=party.subject) for kind in ("report_order", "execution_notice")]
    return quality, item, [Service.objects.get(document=each) for each in papers]


def is_open(item) -> bool:
    return WorkItem.objects.get(pk=item.pk).open


def test_the_duty_is_not_met_while_a_paper_waits_that_could_still_go():
    quality, item, (first, second) = owed()
    delivery_runs.begin([first], quality)
    assert round_trip() == 1
    assert is_open(item)
    delivery_runs.begin([second], quality)
    assert round_trip() == 1
    assert not is_open(item)


def test_the_duty_is_met_when_the_last_paper_goes_another_way_or_not_at_all():
    for last in ("post", "give_up"):
        quality, item, (first, second) = owed()
        delivery_runs.begin([first], quality)
        round_trip()
        if last == "post":
            serving.send(second, Way.POST, second.document.issued_at.date(), quality, to="濮阳市开州路128号")
        else:
            serving.give_up(second, "重复制发", quality)
        assert not is_open(item), last


# Nobody signed


@pytest.mark.parametrize("way", [Way.DIRECT, Way.LEFT, Way.DELEGATED])
def test_refused_service_needs_its_witnesses_or_pictures_whatever_it_is_called(service, clerk, way):
    from cases.refusals import Refused
    from documents.service_rules import REFUSED

    today = service.made_at.date()
    with pytest.raises(Refused, match="拍照、录像"):
        serving.served(service, way, Proof(today, relation=REFUSED, note=" ", upload=pdf("回证.pdf")), clerk)
    row = serving.served(
        service, way, Proof(today, relation=REFUSED, note="见证人李四在场", upload=pdf("回证.pdf")), clerk
    )
    assert row.state == "served"


def test_left_service_is_signed_by_nobody(client, clerk, service):
    client.force_login(clerk.user)
    page = client.get(f"/service/{service.pk}/served/").content.decode()
    given = {"way": "left", "on": "今天", "relation": "self", "signer": "", "servers": "陈雨桐", "note": "", "paper": pdf("照片.pdf")}  # fmt: skip
    assert "拒绝签收" in page
    refused = client.post(f"/service/{service.pk}/served/", given)
    assert "留置送达请写明见证人" in refused.content.decode()
    given |= {"note": "见证人李四在场，已录像", "paper": pdf("照片.pdf")}
    assert client.post(f"/service/{service.pk}/served/", given).status_code == 302
    service.refresh_from_db()
    assert (service.state, service.signer, service.relation) == ("served", "", "拒绝签收")
