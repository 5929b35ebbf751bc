"""Originals and papers travel under a bar code: two scans a hand-over, and where a bundle is is always known."""

import pytest
from django.test import Client
from PIL import Image

from cases import search
from cases.models import JournalEntry, Tick
from cases.refusals import Forbidden, Refused
from documents import barcodes, codes, custody
from documents.models import Bundle, Custody
from tests import make
from tests.cases.signing_helpers import fast_case, fresh_roster

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _roster():
    fresh_roster()


def team(code: str) -> int:
    return make.actor(code).team_id


def originals(case=None, pieces: int = 7):
    case = case or make.case()
    clerk = make.actor("reception", "clerk")
    return custody.make(case, clerk, kind="originals", title="申请材料原件", pieces=pieces, pages=23), clerk


def test_a_code_is_read_however_it_is_typed_and_one_wrong_digit_is_found():
    code = codes.of(codes.BUNDLE, 42)
    assert codes.read(f" {code.lower()} ").key == 42
    for place in range(2, len(code)):
        wrong = code[:place] + str((int(code[place]) + 1) % 10) + code[place + 1 :]
        assert codes.read(wrong) is None, wrong
    assert codes.read("JW-A-03-12").text == "A-03-12"
    assert codes.read(codes.separator(True, 2))[3:] == (True, 2)
    assert codes.read("410922197610249985") is None


@pytest.mark.parametrize("turned", [0, 90, 180])
def test_a_printed_code_is_read_back_from_a_picture_of_the_page(turned):
    import zxingcpp

    drawn = zxingcpp.create_barcode(codes.of(codes.BUNDLE, 7), zxingcpp.BarcodeFormat.Code128)
    bars = Image.fromarray(drawn.to_image(scale=3))
    page = Image.new("L", (1240, 1754), 255)
    page.paste(bars, (200, 200))
    assert [code.key for code in barcodes.on_page(page.rotate(turned, expand=True))] == [7]


def test_the_first_scan_gives_and_the_second_takes_and_starts_the_same_day_scan():
    bundle, clerk = originals()
    archives = make.actor("archives", "clerk")
    assert custody.where(bundle) == f"在初次接待团队（{clerk.name}）"
    given = custody.scan(custody.code_of(bundle), clerk, archives.team_id)
    assert given.verb == "交出"
    assert "待卷宗管理中心扫码接收" in custody.where(bundle)
    assert not bundle.case.items.filter(rule="archives.scan_originals").exists()
    taken = custody.scan(custody.code_of(bundle), archives)
    assert taken.verb == "收到"
    bundle.refresh_from_db()
    assert (bundle.team.code, bundle.holder_id) == ("archives", archives.user_id)
    item = bundle.case.items.get(rule="archives.scan_originals", open=True)
    assert item.subject == bundle.duty == f"bundle:{bundle.pk}"
    said = JournalEntry.objects.filter(case=bundle.case, what="custody").order_by("id")
    assert list(said.values_list("key", flat=True)) == ["make", "give", "take"]


def test_originals_that_reception_gives_set_their_tick():
    bundle, clerk = originals()
    custody.give(bundle, team("archives"), clerk)
    tick = Tick.objects.get(item__case=bundle.case, rule="reception.originals")
    assert (tick.state, tick.by_id) == ("done", clerk.user_id)


def test_a_visit_that_asked_for_the_scan_and_its_bundle_are_one_duty():
    from cases import clock, later_visit

    case, clerk = fast_case(), make.actor("reception", "clerk")
    later_visit.record(case, clerk, note="补交原件", originals=2, happened_at=clock.now())
    bundle, _ = originals(case, pieces=2) if case.team_id == clerk.team_id else (None, None)
    if bundle is None:
        bundle = custody.make(case, make.actor("fast-03", "clerk"), kind="originals", title="补交", pieces=2, pages=4)
        clerk = make.actor("fast-03", "clerk")
    custody.give(bundle, team("archives"), clerk)
    custody.take(bundle, make.actor("archives", "clerk"))
    (item,) = case.items.filter(rule="archives.scan_originals", open=True)
    bundle.refresh_from_db()
    assert bundle.duty == item.subject == "visit:1"


def test_nobody_else_can_take_it_and_the_refusal_says_where_it_is():
    bundle, clerk = originals()
    with pytest.raises(Refused, match="在初次接待团队"):
        custody.scan(custody.code_of(bundle), make.actor("archives", "clerk"))
    custody.give(bundle, team("archives"), clerk)
    with pytest.raises(Refused, match="待卷宗管理中心扫码接收"):
        custody.scan(custody.code_of(bundle), make.actor("quality", "clerk"))
    with pytest.raises(Refused, match="有一位录错"):
        custody.scan(custody.code_of(bundle)[:-1] + "X", clerk)


def test_what_was_given_by_mistake_is_recalled_until_it_is_taken():
    bundle, clerk = originals()
    custody.give(bundle, team("archives"), clerk)
    with pytest.raises(Forbidden):
        custody.recall(bundle, make.actor("archives", "clerk"))
    custody.recall(bundle, clerk)
    assert "初次接待" in custody.where(bundle)
    custody.give(bundle, team("archives"), clerk)
    custody.take(bundle, make.actor("archives", "clerk"))
    with pytest.raises(Exception, match="不能收回"):
        custody.recall(bundle, clerk)
    assert Custody.objects.filter(bundle=bundle).count() == 2


def test_a_count_that_differs_is_told_to_the_giver_at_once():
    bundle, clerk = originals()
    custody.give(bundle, team("archives"), clerk)
    row = custody.take(bundle, make.actor("archives", "clerk"))
    row = Custody.objects.select_related("bundle__case").get(pk=row.pk)
    custody.recount(row, 6, make.actor("archives", "clerk"))
    notice = clerk.user.notices.latest("id") if hasattr(clerk.user, "notices") else None
    from teams.models import Notice

    notice = notice or Notice.objects.filter(person=clerk.user_id).latest("id")
    assert "应 7 件，实收 6 件" in notice.text


def browser(actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def test_over_the_pages_the_scanner_gives_and_takes_and_the_one_search_says_where():
    bundle, clerk = originals()
    archives = make.actor("archives", "clerk")
    answer = browser(clerk).post(
        "/bundles/scan/", {"code": custody.code_of(bundle), "to_team": archives.team_id}, follow=True
    )
    assert "交出：" in answer.content.decode()
    answer = browser(archives).post("/bundles/scan/", {"code": custody.code_of(bundle)}, follow=True)
    assert "收到：" in answer.content.decode()
    (hit,) = [hit for hit in search.find(custody.code_of(bundle), clerk) if hit.kind == "材料包"]
    assert "在卷宗管理中心" in hit.text
    for path in (f"/bundles/{bundle.pk}/", f"/bundles/{bundle.pk}/cover/", "/bundles/list/", "/bundles/?tab=given"):
        assert browser(clerk).get(path).status_code == 200, path
    page = browser(clerk).get("/bundles/list/").content.decode()
    assert "申请材料原件" in page
    assert custody.code_of(bundle) in page


def test_a_team_that_neither_sees_the_case_nor_handles_the_bundle_finds_nothing():
    case = fast_case("fast-03")
    bundle = custody.make(case, make.actor("fast-03", "clerk"), kind="papers", title="调解笔录", pieces=1, pages=3)
    stranger = make.actor("fast-05", "clerk")
    assert browser(stranger).get(f"/bundles/{bundle.pk}/").status_code == 404
    assert not [hit for hit in search.find(custody.code_of(bundle), stranger) if hit.kind == "材料包"]
    assert browser(make.actor("archives", "contractor")).get("/bundles/").status_code == 403


def test_the_database_holds_one_open_hand_over_a_bundle():
    from django.db import IntegrityError, transaction

    bundle, clerk = originals()
    row = custody.give(bundle, team("archives"), clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Custody.objects.create(
            bundle=bundle, from_team_id=bundle.team_id, given_by_id=clerk.user_id, given_at=row.given_at,
            to_team_id=team("quality"),
        )  # fmt: skip
    assert Bundle.objects.get(pk=bundle.pk).custody.count() == 1
