"""Ctrl K: every way people name a case finds it; what may not be located stays unseen."""

import random

import pytest

from cases import exceptions, search, steps
from cases.models import Case
from cases.names import initials
from teams.actor import SYSTEM
from tests import make
from tests.cases.signing_helpers import fast_case

pytestmark = pytest.mark.django_db


def party(role: str, name: str, number: str = "") -> steps.PartyData:
    kind = "identity" if number else ""
    return steps.PartyData(role, name, certificate=kind, certificate_number=number)


@pytest.fixture
def case():
    parties = [
        party("creditor", "濮阳市恒达建材有限公司"),
        party("debtor", "欧阳春梅", "410922197610249985"),
        party("debtor", "ABC Trading"),
    ]
    (made,) = steps.register([make.registration(parties=parties, number="（2026）豫0902执3127号")], SYSTEM)
    return made


def numbers_of(text: str, actor=None) -> list[str]:
    return [hit.full for hit in search.find(text, actor or make.actor("quality", "clerk"))]


@pytest.mark.parametrize(
    "text",
    [
        "（2026）豫0902执3127号", "(2026)豫0902执3127", "[2026] 豫0902执3127号", "〔2026〕豫0902执3127号", "执3127号", "执3127",
        "3127", "127", "恒达", "恒达建材", "建材", "达建材有限", "春梅", "欧阳", "欧", "hdjc", "HDJC", "oycm", "trading", "ABC",
        "9985", "410922197610249985",
    ],
)  # fmt: skip
def test_each_way_to_name_a_case_finds_it(case, text, at):
    with at("2026-11-27 10:00"):  # 执3127号 is one of this year
        assert numbers_of(text) == ["（2026）豫0902执3127号"]


@pytest.mark.parametrize("text", ["", " ", "达恒", "梅春", "zz", "5555", "%", "_", "恒_建", "'; --", "\\"])
def test_what_does_not_match_finds_nothing(case, text):
    assert numbers_of(text) == []


def test_two_characters_find_every_name_that_holds_them_wherever_they_stand():
    names = ["王小明", "小明商店", "濮阳小明物流有限公司", "明小", "小月明"]
    made = [
        steps.register([make.registration(parties=[party("creditor", "某某"), party("debtor", name)])], SYSTEM)[0]
        for name in names
    ]
    assert set(numbers_of("小明")) == {case.number for case in made[:3]}


def test_a_narrow_team_locates_with_telephone_but_has_no_link():
    case = fast_case("fast-03")
    name = case.parties.get(role="debtor").name
    (hit,) = search.find(name, make.actor("fast-05", "clerk"))
    assert hit.url == ""
    assert "快执三团队" in hit.holder
    assert "0393" in hit.holder
    (hit,) = search.find(name, make.actor("fast-03", "clerk"))
    assert hit.url == f"/cases/{case.pk}/"


def test_a_confidential_case_is_found_by_who_is_named_on_it_alone():
    case = fast_case("fast-03", confidential=True)
    name = case.parties.get(role="debtor").name
    assert numbers_of(name) == []
    assert numbers_of(case.number) == []
    assert numbers_of(name, make.actor("fast-05", "clerk")) == []
    holder = make.actor("fast-03", "judge")
    assert numbers_of(name, holder) == ([case.number] if case.handler_id == holder.user_id else [])


def test_the_case_list_reads_the_same_words(case, client):
    client.force_login(make.actor("quality", "clerk").user)
    for text in ("3127", "恒达", "hdjc", "执3127号", "欧", "9985"):
        assert "执3127号" in client.get("/cases/", {"q": text}).content.decode(), text
    assert "执3127号" not in client.get("/cases/", {"q": "达恒"}).content.decode()


def test_the_box_answers_with_rows_and_a_page_of_its_own_without_scripts(case, client):
    client.force_login(make.actor("fast-05", "clerk").user)
    page = client.get("/search/", {"q": "恒达"}).content.decode()
    assert "<h1>查找</h1>" in page
    assert "仅定位" in page
    rows = client.get("/search/", {"q": "恒达"}, headers={"HX-Request": "true"}).content.decode()
    assert "<h1>" not in rows
    assert "没有找到" in client.get("/search/", {"q": "不存在"}).content.decode()


def test_contractors_and_administrators_cannot_search(client):
    for team, post in (("administration", "system_admin"), ("administration", "security_admin")):
        client.force_login(make.actor(team, post).user)
        assert client.get("/search/", {"q": "王"}).status_code == 403


def test_the_statements_do_not_grow_with_the_hits(django_assert_max_num_queries):
    make.cases(30)
    actor = make.actor("quality", "clerk")
    with django_assert_max_num_queries(10):
        search.find("梁涵浩", actor)


def test_initials_keep_letters_and_digits():
    assert initials("濮阳市恒达建材有限公司") == "pyshdjcyxgs"
    assert initials("ABC贸易3") == "abcmy3"
    assert initials("O'Brien") == "obrien"


def test_pages_are_found_by_name_and_by_initials_as_far_as_they_may_be_opened():
    clerk = make.actor("reception", "clerk")
    for text in ("期限日历", "日历", "qxrl"):
        assert ("期限日历", "/deadlines/") in [(hit.title, hit.url) for hit in search.find(text, clerk)], text
    assert "/import/" in [hit.url for hit in search.find("立案导入", clerk)]
    assert "/import/" not in [hit.url for hit in search.find("立案导入", make.actor("fast-03", "clerk"))]
    assert search.find("期", clerk) == []


@pytest.fixture(params=[(200, 5000), (3, 5000), (3, 4)], ids=["rare", "common", "on every case"])
def widths(request, monkeypatch):
    """How far the two looks go: each word is rare, common, or too common to be counted."""
    scan, most = request.param
    monkeypatch.setattr(search, "SCAN", scan)
    monkeypatch.setattr(search.candidates, "__defaults__", (scan,))
    monkeypatch.setattr(search, "MOST", most)
    return most


@pytest.mark.parametrize("word", ["恒达", "恒", "hdmy", "0101"])
def test_the_newest_of_all_that_match_are_shown_however_common_the_word(widths, word):
    parties = [party("creditor", "某某"), party("debtor", "恒达贸易", "410922197610240101")]
    made = [steps.register([make.registration(parties=parties)], SYSTEM)[0] for _ in range(7)]
    hidden = steps.register([make.registration(parties=parties, confidential=True)], SYSTEM)
    recused = make.actor("quality", "clerk")
    exceptions.grant(made[6], recused.user_id, "recused_from_case", None, "近亲属", SYSTEM)
    wanted = [case.number for case in reversed(made)]
    shown = search.look(word, make.actor("fast-05", "clerk"), limit=4)
    assert [hit.full for hit in shown.hits] == wanted[:4]
    assert hidden[0].number not in wanted
    assert shown.total == (7 if widths > 4 else None)
    assert [hit.full for hit in search.look(word, recused, limit=4).hits] == wanted[1:5]
    assert search.look(word, recused, limit=4).total == (6 if widths > 4 else None)


def test_the_exact_number_stands_before_all_that_end_with_it(widths):
    (old,) = steps.register([make.registration(number="（2025）豫0902执27号")], SYSTEM)
    for n in range(1, 6):
        steps.register([make.registration(number=f"（2025）豫0902执{n}27号")], SYSTEM)
    shown = search.look("27", make.actor("quality", "clerk"), limit=4)
    assert shown.hits[0].full == old.number
    assert len(shown.hits) == 4


def test_a_word_with_more_cases_than_fit_says_how_many_there_are(client, monkeypatch):
    make.cases(4)
    client.force_login(make.actor("quality", "clerk").user)
    assert "只显示" not in client.get("/search/", {"q": "梁涵浩"}).content.decode()
    monkeypatch.setattr(search, "LIMIT", 3)
    monkeypatch.setattr(search.look, "__defaults__", (3,))
    page = client.get("/search/", {"q": "梁涵浩"}).content.decode()
    assert "共 4 件，只显示最新的 3 件" in page
    assert "在案件查询中继续" in page
    monkeypatch.setattr(search, "MOST", 2)
    monkeypatch.setattr(search.candidates, "__defaults__", (2,))
    assert "共 2 件以上，只显示最新的 3 件" in client.get("/search/", {"q": "梁涵浩"}).content.decode()


def test_the_case_list_finds_every_tail_of_a_number_and_of_a_certificate(monkeypatch):
    parties = [party("creditor", "某某"), party("debtor", "恒达贸易", "410922197610240101")]
    made = [
        steps.register([make.registration(parties=parties, number=f"（2025）豫0902执{n}27号")], SYSTEM)[0].pk
        for n in range(1, 6)
    ]
    monkeypatch.setattr(search, "SCAN", 3)
    for tail in ("27", "0101"):
        assert set(Case.objects.filter(search.matching(tail)).values_list("pk", flat=True)) == set(made), tail


def test_nothing_a_plain_scan_would_find_is_missed(client):
    """Recall 1.0: every two characters of every name, and pieces of three, against Python's own `in`."""
    letters = random.Random(7)
    names = [
        "".join(letters.choices("华龙区建材ABc1（有）(限) ", k=letters.randint(2, 7))).strip() or "华龙"
        for _ in range(24)
    ]
    made = steps.register(
        [make.registration(parties=[party("creditor", "某某"), party("debtor", name)]) for name in names], SYSTEM
    )
    kept = {case.pk: name for case, name in zip(made, names, strict=True)}
    pieces = {name[at : at + size] for name in names for size in (2, 3) for at in range(len(name) - size + 1)}
    for piece in letters.sample(sorted(each for each in pieces if each == each.strip()), 60):
        wanted = {pk for pk, name in kept.items() if piece.lower() in name.lower()}
        found = set(search.candidates(piece)[0]) & set(kept)
        listed = set(Case.objects.filter(search.matching(piece)).values_list("pk", flat=True)) & set(kept)
        assert wanted <= found, piece
        assert wanted <= listed, piece


@pytest.mark.parametrize(
    ("team", "post", "asks"), [("fast-03", "judge", True), ("leadership", "bureau_director", False)]
)
def test_the_way_to_ask_for_a_confidential_case_is_shown_to_whoever_may_go_it(client, team, post, asks):
    client.force_login(make.actor(team, post).user)
    for page in ("/search/?q=没有这个人", "/cases/?q=没有这个人"):
        shown = client.get(page).content.decode()
        assert "没有" in shown
        assert ('/access/"' in shown) == asks, page
    assert client.get("/access/").status_code == (200 if asks else 403)
