"""A contractor sees the batch he holds and nothing else: no search, no download, no names, marked and written down."""

import io

import pytest
from PIL import Image, ImageChops

from archives import cataloguing, pictures, scanning
from archives.models import ScanBatch
from cases.models import JournalEntry, Material
from cases.refusals import Refused
from documents import custody
from tests import make
from tests.archives.helpers import at_the_centre, browser, clerk, scan, scanned, sheet, work_off
from tests.cases.signing_helpers import fast_case, fresh_roster
from tests.test_urls import ADDRESSES, PUBLIC

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine():
    """A batch that the contractor holds, open for cataloguing."""
    fresh_roster()
    return scanned(
        at_the_centre(fast_case("fast-03")), sheet("笔录一"), sheet("笔录二"), sheet("收据"), holder=contractor()
    )


def contractor(nth: int = 0):
    return make.actor("archives", "contractor", nth=nth)


def test_he_finds_his_batches_and_a_colleague_finds_nothing_of_them(mine):
    page = browser(contractor()).get("/archive/mine/").content.decode()
    assert f"/archive/batch/{mine.pk}/" in page
    assert f"/archive/batch/{mine.pk}/" not in browser(contractor(1)).get("/archive/mine/").content.decode()
    for path in ("", "page/1/image/"):
        assert browser(contractor()).get(f"/archive/batch/{mine.pk}/{path}").status_code == 200
        assert browser(contractor(1)).get(f"/archive/batch/{mine.pk}/{path}").status_code == 404
    assert browser(contractor(1)).post(f"/archive/batch/{mine.pk}/page/1/", {"do": "drop"}).status_code == 404


def test_neither_number_nor_names_nor_titles_of_the_case_are_on_his_pages(mine):
    case = mine.bundle.case
    said = browser(contractor()).get("/archive/mine/").content.decode()
    said += browser(contractor()).get(f"/archive/batch/{mine.pk}/").content.decode()
    hidden = [case.number, str(case.serial), mine.bundle.title, *case.parties.values_list("name", flat=True)]
    assert [text for text in hidden if text in said] == []
    assert custody.code_of(mine.bundle) in said


def picture(client, batch) -> Image.Image:
    answer = client.get(f"/archive/batch/{batch.pk}/page/1/image/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    return Image.open(io.BytesIO(answer.content)).convert("RGB")


def test_his_picture_bears_his_mark_and_each_look_is_written_down(mine):
    plain, marked = picture(browser(clerk()), mine), picture(browser(contractor()), mine)
    different = ImageChops.difference(plain, marked).convert("L").point(lambda value: 255 if value > 12 else 0)
    assert sum(different.histogram()[255:]) > 2000
    entry = JournalEntry.objects.filter(what="read", key="scan_page").latest("id")
    assert (entry.by_id, entry.facts) == (contractor().user_id, {"batch": mine.pk, "page": 1})
    assert JournalEntry.objects.filter(what="read", key="scan_page").count() == 1


def test_a_mark_lies_on_every_part_of_the_page():
    page = Image.new("RGB", (910, 1287), "white")
    marked = pictures.marked(page, "王敏 2309 2026-11-27 10:00")
    thirds = [marked.crop((0, y, 910, y + 429)) for y in (0, 429, 858)]
    assert all(part.convert("L").getextrema()[0] < 250 for part in thirds)


def test_handed_in_he_sees_nothing_of_it_any_more(mine):
    client = browser(contractor())
    for number in (1, 2, 3):
        client.post(f"/archive/batch/{mine.pk}/page/{number}/", {"do": "place", "place": str(10 + number)})
    assert client.post(f"/archive/batch/{mine.pk}/hand-in/").status_code == 302
    mine.refresh_from_db()
    assert mine.catalogued_by_id == contractor().user_id
    assert client.get(f"/archive/batch/{mine.pk}/").status_code == 404
    assert client.get(f"/archive/batch/{mine.pk}/page/1/image/").status_code == 404


def test_he_neither_files_nor_drops_nor_opens_a_file_nor_searches(mine):
    client = browser(contractor())
    raw = Material.objects.filter(kind="raw_scan").first()
    assert client.get(f"/materials/{raw.pk}/").status_code in (403, 404)
    assert client.post(f"/archive/batch/{mine.pk}/file/").status_code == 403
    assert client.post(f"/archive/batch/{mine.pk}/drop/", {"reason": "x"}).status_code == 403
    assert client.get("/search/?q=梁").status_code == 403
    assert client.get("/archive/").status_code == 403


def test_he_names_no_bundle_by_its_code_and_hangs_no_page_on_one(mine):
    """Pages without a cover: a code that he types, right or guessed, tells him nothing and changes nothing."""
    other = at_the_centre(fast_case("fast-04"))
    pile = scanning.begin(clerk(), holder_id=contractor().user_id)
    scanning.receive(pile, [scan(sheet("无封面"))], contractor())
    work_off("archives.read")
    client, address = browser(contractor()), f"/archive/batch/{pile.pk}/page/1/"
    for code in (custody.code_of(other), "CL00000001X", ""):
        answer = client.post(address, {"do": "belongs", "code": code}, follow=True)
        assert answer.status_code == 403, code
        assert other.title not in answer.content.decode()
    assert pile.pages.get(number=1).bundle is None
    assert client.post(f"/archive/batch/{pile.pk}/hand-in/").status_code == 302
    assert ScanBatch.objects.get(pk=pile.pk).holder_id == clerk().user_id
    cataloguing.belongs(ScanBatch.objects.get(pk=pile.pk), 1, custody.code_of(other), clerk())
    assert pile.pages.get(number=1).bundle == other


def test_what_an_absent_contractor_holds_goes_to_another_or_is_dropped_in_whatever_state_it_is(mine):
    given = scanning.begin(clerk(), bundle=at_the_centre(fast_case("fast-04")), holder_id=contractor().user_id)
    reading = scanning.begin(clerk(), holder_id=contractor().user_id)
    scanning.receive(reading, [scan(sheet("甲"))], contractor())
    client = browser(clerk(1))
    for batch in (given, reading, mine):
        said = client.get(f"/archive/batch/{batch.pk}/").content.decode()
        assert f"/archive/batch/{batch.pk}/hand/" in said
        assert f"/archive/batch/{batch.pk}/drop/" in said
        assert client.post(f"/archive/batch/{batch.pk}/hand/", {"holder": contractor(1).user_id}).status_code == 302
        assert browser(contractor()).get(f"/archive/batch/{batch.pk}/").status_code == 404
        assert browser(contractor(1)).get(f"/archive/batch/{batch.pk}/").status_code == 200
    assert client.post(f"/archive/batch/{given.pk}/drop/", {"reason": "人不在"}).status_code == 302
    assert scanning.begin(clerk(), bundle=given.bundle).state == "given"


def test_handed_on_it_goes_to_no_contractor_with_secret_papers_and_by_no_contractor(mine):
    officer = clerk(1)
    cataloguing.place(mine, 1, "S2", "", clerk())
    scanning.hand(mine, officer.user_id, clerk())
    with pytest.raises(Refused, match="不交外包"):
        scanning.hand(mine, contractor(1).user_id, officer)
    with pytest.raises(Refused, match="另一人"):
        scanning.hand(mine, officer.user_id, officer)
    with pytest.raises(Refused, match="只能交给本中心"):
        scanning.hand(mine, make.actor("fast-03", "judge").user_id, officer)
    theirs = scanning.begin(clerk(), holder_id=contractor().user_id)
    address = f"/archive/batch/{theirs.pk}/hand/"
    assert browser(contractor()).post(address, {"holder": contractor(1).user_id}).status_code == 403
    said = browser(contractor()).get(f"/archive/batch/{theirs.pk}/").content.decode()
    assert "改交他人" not in said
    assert "弃用" not in said


def test_secret_papers_and_cases_of_named_people_are_never_given_out(mine):
    secret = at_the_centre(fast_case("fast-04"), secret=True)
    with pytest.raises(Refused, match="不交外包"):
        scanning.begin(clerk(), bundle=secret, holder_id=contractor().user_id)
    with pytest.raises(Refused, match="不由外包编目"):
        cataloguing.place(mine, 1, "S2", "", contractor())
    pile = scanning.begin(clerk(), holder_id=contractor().user_id)
    scanning.receive(pile, [scan(sheet("封面", custody.code_of(secret)), sheet("评议笔录"))], contractor())
    work_off("archives.read")
    assert ScanBatch.objects.get(pk=pile.pk).pages.get(number=2).secret
    assert browser(contractor()).get(f"/archive/batch/{pile.pk}/page/2/image/").status_code == 404


def test_no_address_of_the_program_shows_him_a_paper_of_the_secret_volume(mine):
    """Every address, filled with what exists: none answers him with the words of the 副卷."""
    from re import sub

    from cases import materials
    from tests.cases.signing_helpers import pdf

    case = mine.bundle.case
    paper = materials.file(
        case, pdf("评议.pdf"), kind="deliberation", by=make.actor("fast-03", "judge"), title="评议笔录甲乙丙"
    )
    fill = {"case_id": case.pk, "material_id": paper.pk, "bundle_id": mine.bundle_id, "batch_id": mine.pk, "number": 1}
    client, wrong = browser(contractor()), []
    for address, _ in ADDRESSES:
        if address in PUBLIC or "logout" in address:
            continue
        path = "/" + sub(r"<int:(\w+)>", lambda found: str(fill.get(found[1], 1)), address)
        path = sub(r"<\w+:\w+>", "x", path)
        answer = client.get(path)
        if answer.status_code == 200 and "评议笔录甲乙丙" in answer.content.decode(errors="ignore"):
            wrong.append(path)
    assert wrong == []
