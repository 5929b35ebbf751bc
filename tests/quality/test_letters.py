"""协助查询函: one numbered, sealed letter a counter that names every 案号, in every file; nobody reads there of a case
that is not open to all; void it is void everywhere."""

import io
import os

import pypdfium2
import pytest

from cases import exceptions
from cases.models import Case, Material
from cases.refusals import Refused
from documents import issuing
from documents.models import Document
from quality import letters, offline
from quality.models import TripLetter
from tests import make
from tests.archives.helpers import browser
from tests.cases.signing_helpers import fresh_roster
from tests.documents.exchanging import round_trip, work_off
from tests.quality.triage_helpers import clerk, parties, passed_on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(settings, tmp_path):
    settings.FILES_DIR, settings.EXCHANGE_DIR = tmp_path / "files", tmp_path / "exchange"
    fresh_roster()


def depart(cases):
    return offline.depart({"vehicle": [case.parties.get(role="debtor").pk for case in cases]}, clerk())[0]


def in_the_file(case) -> list[str]:
    return list(
        Material.objects.filter(case=case, kind=letters.FILED_AS, voided_at=None).values_list("title", flat=True)
    )


def test_one_letter_names_every_case_and_lies_sealed_in_every_file():
    one, two = passed_on(2)
    three = passed_on(1, parties=parties("41"))[0]
    batch = depart([one, two, three])
    (row,) = TripLetter.objects.all()
    assert row.cases == [one.pk, two.pk, three.pk]
    page = browser(clerk()).get(f"/assets/offline/list/?batch={batch.pk}").content.decode()
    assert "制发中" in page
    assert browser(clerk()).get(f"/assets/offline/letters.pdf?batch={batch.pk}").status_code == 422
    round_trip()
    document = Document.objects.get(pk=row.document_id)
    assert (document.case_id, document.number) == (one.pk, one.number)
    assert letters.may_leave(document)
    assert in_the_file(two) == in_the_file(three) == [f"协助查询函（线下查控）（{one.number}）"]
    assert in_the_file(one) == [], "there it is the paper itself"
    answer = browser(clerk()).get(f"/assets/offline/letters.pdf?batch={batch.pk}")
    text = "".join(pypdfium2.PdfDocument(io.BytesIO(answer.content))[0].get_textpage().get_text_bounded().split())
    assert all(case.number in text for case in (one, two, three))
    if folder := os.environ.get("SHOTS"):
        pypdfium2.PdfDocument(io.BytesIO(answer.content))[0].render(scale=1.5).to_pil().save(f"{folder}/letter.png")
    with pytest.raises(Refused, match="已经制发"):
        letters.write(batch, clerk())


def test_a_void_letter_is_void_in_every_file_and_another_is_made_by_one_key():
    one, two = passed_on(2)
    batch = depart([one, two])
    round_trip()
    (document,) = Document.objects.filter(kind=letters.KIND)
    issuing.void(document, "查询对象有误", clerk())
    assert in_the_file(two) == []
    client = browser(clerk())
    assert "制发协助查询函" in client.get(f"/assets/offline/{batch.pk}/").content.decode()
    assert client.post(f"/assets/offline/{batch.pk}/letters/").status_code == 302
    work_off()
    assert Document.objects.get(kind=letters.KIND, state="issued").number == f"{one.number}之一"
    assert browser(make.actor("fast-03", "clerk")).post(f"/assets/offline/{batch.pk}/letters/").status_code == 403


def test_a_case_that_is_not_open_to_all_has_a_letter_of_its_own():
    one, two = passed_on(2)
    Case.objects.filter(pk=two.pk).update(confidential=True)
    exceptions.grant(two, clerk().user_id, "view_case", None, "办理线下查控", make.director())
    depart([one, two])
    assert [row.cases for row in TripLetter.objects.order_by("pk")] == [[one.pk], [two.pk]]
    first = Document.objects.get(kind=letters.KIND, case=one)
    assert two.number not in first.asked["people"]
