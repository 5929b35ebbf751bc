"""国家秘密: the case is a stub; no paper, file or bundle of it comes into this system, by whatever door (flow §7)."""

import pytest
from django.test import Client
from django.urls import reverse

from cases import materials
from cases.models import Case, Material
from cases.refusals import Refused
from documents import custody, drafting
from documents.dossier import uploads
from documents.models import Bundle, Document, Upload
from teams.models import Team
from tests import make
from tests.cases.signing_helpers import fresh_roster, paper, pdf

pytestmark = pytest.mark.django_db
FILE = "cases:add_material"


@pytest.fixture
def stub() -> Case:
    """A stub with the fast team, its judge the named holder."""
    fresh_roster()
    case = make.case(state_secret=True, parties=[], bases=[], claims=[], cause="")
    judge = make.actor("fast-03", "judge")
    Case.objects.filter(pk=case.pk).update(
        stage="fast", team=Team.objects.get(code="fast-03"), handler_id=judge.user_id
    )
    return Case.objects.get(pk=case.pk)


def test_no_file_is_stored_whoever_files_it(stub):
    with pytest.raises(Refused, match="国家秘密案件线下办理"):
        paper(stub, make.actor("fast-03", "judge"))
    assert not Material.objects.filter(case=stub).exists()


def test_no_document_is_drafted(stub):
    with pytest.raises(Refused, match="国家秘密案件线下办理"):
        drafting.begin(stub, "handler_notice", make.actor("fast-03", "judge"))
    assert not Document.objects.filter(case=stub).exists()


def test_no_bundle_is_registered(stub):
    with pytest.raises(Refused, match="国家秘密案件线下办理"):
        custody.make(stub, make.actor("fast-03", "judge"), kind="papers", title="笔录", pieces=1, pages=1)
    assert not Bundle.objects.filter(case=stub).exists()


def test_an_upload_is_refused_before_a_byte_has_travelled(stub):
    with pytest.raises(Refused, match="国家秘密案件线下办理"):
        uploads.begin(stub, make.actor("fast-03", "judge"), name="笔录.pdf", size=10)
    assert not Upload.objects.exists()


def test_its_pages_offer_none_of_it_and_the_addresses_refuse(stub):
    client = Client()
    client.force_login(make.actor("fast-03", "judge").user)
    said = "".join(
        client.get(f"/cases/{stub.pk}/?tab={tab}").content.decode() for tab in ("overview", "documents", "bundles")
    )
    assert "国家秘密案件" in said
    offers = [reverse(name, args=[stub.pk]) for name in ("documents:new_paper", "documents:make_bundle", FILE)]
    assert [address for address in offers if address in said] == []
    answer = client.post(reverse(FILE, args=[stub.pk]), {"kind": "record", "title": "笔录", "paper": pdf()})
    assert "国家秘密案件线下办理" in answer.content.decode()
    assert not Material.objects.filter(case=stub).exists()


def test_a_case_beside_it_takes_its_papers_as_ever():
    case = make.case()
    materials.file(case, pdf(), kind="evidence", by=make.actor("reception", "clerk"), title="笔录")
    assert Material.objects.filter(case=case, title="笔录").exists()
