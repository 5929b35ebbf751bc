"""From the page of a service to the paper its way needs; from an upload to its new version."""

import pytest
from django.test import Client

from cases import materials
from cases.models import Material
from documents.dossier import placing, uploads
from documents.models import Document, Service
from tests import make
from tests.cases.signing_helpers import fast_case, pdf
from tests.documents.dossier_helpers import file, upload
from tests.documents.dossier_helpers import pdf as pages
from tests.documents.helpers import issued

pytestmark = pytest.mark.django_db


def web(team: str, post: str = "") -> Client:
    client = Client()
    client.force_login(make.actor(team, post).user)
    return client


@pytest.fixture
def case():
    return fast_case()


@pytest.fixture
def clerk():
    return make.actor("fast-03", "clerk")


def service(case, clerk, kind: str = "execution_notice") -> Service:
    party = case.parties.get(role="debtor")
    return Service.objects.get(document=issued(case, kind, clerk, subject=party.subject))


# The papers of a way


@pytest.mark.parametrize(("kind", "label"), [("left_service", "留置送达笔录"), ("service_publication", "公告（送达）")])
def test_the_paper_a_way_needs_is_begun_from_the_service_with_what_it_says(case, clerk, kind, label):
    row, client = service(case, clerk), web("fast-03", "clerk")
    address = f"/service/{row.pk}/draft/{kind}/"
    page = client.get(f"/docs/{row.document_id}/service/").content.decode()
    assert address in page
    assert f"拟{label}" in page
    answer = client.post(address)
    made = Document.objects.get(case=case, kind=kind)
    assert answer.headers["Location"] == f"/docs/{made.pk}/"
    assert (made.subject, made.state) == (row.party.subject, "draft")
    assert made.asked["papers"].startswith("执行通知书")
    assert row.document.number in made.asked["papers"]
    assert client.get(f"/docs/{made.pk}/").status_code == 200


def test_only_the_two_papers_and_only_for_a_party_and_a_way_that_is_open(case, clerk):
    from documents import serving

    row, client = service(case, clerk), web("fast-03", "clerk")
    assert client.post(f"/service/{row.pk}/draft/terminal_ruling/").status_code == 404
    other = serving.add(row.document, "濮阳市建业公司", "", clerk)
    refused = client.post(f"/service/{other.pk}/draft/left_service/")
    assert (refused.status_code, "只对本案当事人" in refused.content.decode()) == (422, True)
    Document.objects.filter(pk=row.document_id).update(kind="compelled_attendance")
    assert "draft/" not in client.get(f"/docs/{row.document_id}/service/").content.decode()
    assert client.post(f"/service/{row.pk}/draft/left_service/").status_code == 422
    assert web("fast-05", "clerk").post(f"/service/{row.pk}/draft/left_service/").status_code in (403, 404)
    assert not Document.objects.filter(case=case, kind="left_service").exists()


# A new version of an upload


def test_a_team_replaces_its_own_upload_and_the_new_version_stands_in_its_place(case, clerk):
    first = uploads.filed(case, upload(pages("模糊"), "合同.pdf"), clerk, number=6)
    judge = web("fast-03", "judge")
    assert f"/dossier/{first.pk}/replace/" in judge.get(f"/cases/{case.pk}/dossier/?m={first.pk}").content.decode()
    answer = judge.post(f"/cases/{case.pk}/dossier/{first.pk}/replace/", {"paper": pdf("重扫.pdf")})
    made = Material.objects.get(replaces=first)
    assert answer.headers["Location"] == f"/cases/{case.pk}/dossier/?m={made.pk}"
    assert (made.title, made.version, made.kind) == ("合同", 2, "other")
    assert placing.places(case, [made])[made.pk].number == 6
    assert Material.objects.filter(pk=first.pk, voided_at=None).exists()
    again = judge.post(f"/cases/{case.pk}/dossier/{first.pk}/replace/", {"paper": pdf("再扫.pdf")})
    assert "已有新版本" in again.content.decode()
    assert Material.objects.filter(title="合同").count() == 2


def test_a_secret_upload_stays_in_its_volume(case, clerk):
    first = uploads.filed(case, upload(pages("评议"), "记录.pdf"), clerk, secret=True)
    assert uploads.replaced(first, pdf("重扫.pdf"), clerk).secret_volume


@pytest.mark.parametrize("kind", ["document", "receipt", "approval", "consent"])
def test_what_was_filed_as_the_proof_of_an_act_is_not_replaced(case, clerk, kind):
    paper = file(case, clerk, pages("凭证"), title="凭证", kind=kind)
    answer = web("fast-03", "clerk").post(f"/cases/{case.pk}/dossier/{paper.pk}/replace/", {"paper": pdf("新.pdf")})
    assert (answer.status_code, "只能替换上传的材料" in answer.content.decode()) == (422, True)


def test_neither_anothers_upload_nor_a_void_one_is_replaced(case, clerk):
    paper = uploads.filed(case, upload(pages("合同"), "合同.pdf"), make.actor("archives"))
    client = web("fast-03", "clerk")
    page = client.get(f"/cases/{case.pk}/dossier/?m={paper.pk}").content.decode()
    assert f"/dossier/{paper.pk}/replace/" not in page
    answer = client.post(f"/cases/{case.pk}/dossier/{paper.pk}/replace/", {"paper": pdf("新.pdf")})
    assert "只能由上传的团队替换" in answer.content.decode()
    mine = uploads.filed(case, upload(pages("合同"), "合同.pdf"), clerk)
    materials.void(mine, "重复", clerk)
    assert "已经作废" in uploads.unreplaceable(Material.objects.get(pk=mine.pk), clerk)
