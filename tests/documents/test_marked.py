"""Each copy of a paper with its mark, for the printer; the issued file stays as it was signed."""

import io

import pikepdf
import pypdfium2
import pytest
from django.test import Client

from cases import materials
from cases.models import JournalEntry
from cases.refusals import Refused
from documents import issuing, marked, sealing
from documents.kinds import KINDS
from documents.models import Document
from tests import make
from tests.cases.signing_helpers import fast_case
from tests.documents.dossier_helpers import picture, upload
from tests.documents.helpers import draft, issued
from tests.documents.test_drawing import texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return make.actor("fast-03", "clerk")


@pytest.fixture
def case():
    return fast_case()


def paper(case, clerk, kind: str = "execution_notice") -> Document:
    return issued(case, kind, clerk, subject=case.parties.get(role="debtor").subject)


def print_of(document) -> tuple[list[str], bytes]:
    content = marked.copies(document)
    return texts(content), content


def test_every_copy_of_the_table_is_named_once():
    for kind in KINDS:
        names = [name for name in kind.copies.split("、") if name]
        assert len(set(names)) == len(names) != 1, kind.key


def test_each_copy_bears_its_own_mark_on_every_page_and_begins_on_a_sheet_of_its_own(case, clerk):
    document = paper(case, clerk)
    before = materials.path_of(document.material.sha256).read_bytes()
    plain = texts(before)
    found, content = print_of(document)
    each = len(plain) + len(plain) % 2  # a blank back where the last sheet has one
    assert len(found) == each + len(plain)
    for start, own, other in ((0, "存根", "送达联"), (each, "送达联", "存根")):
        for number, page in enumerate(plain):
            text = found[start + number]
            assert own in text
            assert other not in text
            assert set(page) <= set(text), "the words of the paper are all there"
    with pikepdf.open(io.BytesIO(content)) as book:
        assert book.check_pdf_syntax() == []
    assert materials.path_of(document.material.sha256).read_bytes() == before


def test_the_seal_is_on_every_copy(case, clerk):
    """The demonstration's seal is an annotation: on the print it is part of the page."""
    document = paper(case, clerk)
    assert document.sealing.state == "done"
    _, content = print_of(document)
    plain = pypdfium2.PdfDocument(materials.path_of(document.material.sha256).read_bytes())
    book = pypdfium2.PdfDocument(content)
    pages = [number for number in range(len(book)) if book[number].get_textpage().count_chars()]
    reds = [_reds(book[number]) for number in pages]
    plain.init_forms()
    assert sum(reds[: len(plain)]) == sum(reds[len(plain) :]) > 200
    assert pytest.approx(sum(reds[: len(plain)]), rel=0.05) == sum(_reds(page) for page in plain)


def _reds(page) -> int:
    image = page.render(scale=1).to_pil().convert("RGB")
    return sum(red > 150 and green < 110 and blue < 110 for red, green, blue in image.getdata())


def test_a_draft_a_void_paper_and_one_without_copies_have_none(case, clerk):
    waiting = draft(case, "execution_notice", clerk, subject=case.parties.get(role="debtor").subject)
    document = paper(case, clerk)
    issuing.void(document, "案号有误", clerk)
    for each in (waiting, Document.objects.get(pk=document.pk), paper(case, clerk, "handler_notice")):
        assert marked.names(each) == []
        with pytest.raises(Refused, match="不分联"):
            marked.copies(each)


def test_a_seal_that_was_scanned_as_a_picture_cannot_be_marked_and_says_so(case, clerk, sealed_by):
    sealed_by("Place")
    document = paper(case, clerk)
    assert marked.copies(document), "printed for the seal room"
    sealing.scanned(document, upload(picture(), "盖章.jpg"), clerk)
    with pytest.raises(Refused, match="图片"):
        marked.copies(Document.objects.get(pk=document.pk))


def test_the_copies_are_printed_from_the_paper_and_from_its_service_and_the_print_is_told(case, clerk):
    document, client = paper(case, clerk), Client()
    client.force_login(clerk.user)
    address = f"/docs/{document.pk}/copies.pdf"
    for page in (f"/docs/{document.pk}/", f"/docs/{document.pk}/service/"):
        assert f'href="{address}"' in client.get(page).content.decode()
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert JournalEntry.objects.filter(what="read", key="print", facts__material=document.material_id).exists()
    other = Client()
    other.force_login(make.actor("fast-05", "clerk").user)
    assert other.get(address).status_code in (403, 404)
