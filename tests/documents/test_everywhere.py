"""全文检索 over all cases: what is found, in which order, and that nobody finds what he may not open."""

import pytest
from django.db import connection
from django.test import Client

from cases import exceptions, materials, rights, search
from cases.models import Case, Material
from documents.dossier import everywhere
from documents.dossier import search as dossier_search
from teams.models import Posting
from tests import make
from tests.cases.signing_helpers import fast_case, put
from tests.documents.dossier_helpers import file, pdf

pytestmark = pytest.mark.django_db


def judge(team: str = "fast-03"):
    return make.actor(team, "judge")


def found(actor, text: str, **more) -> list[str]:
    return [row.paper.title for row in everywhere.find(actor, text, **more).rows]


def web(actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    session = client.session
    session["posting"] = actor.posting.pk
    session.save()
    return client


def said(actor, address: str) -> str:
    answer = web(actor).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("few", [everywhere.FEW, 0])
def test_a_word_is_found_in_every_case_one_sees_the_newest_first(monkeypatch, few):
    """Both ways: by the bigrams, and among the newest papers."""
    monkeypatch.setattr(everywhere, "FEW", few)
    mine, other = fast_case(), fast_case()
    file(mine, judge(), pdf("名下有一辆重型货车"), title="反馈")
    file(other, judge(), pdf("无车", "货车已过户"), title="答复")
    file(other, judge(), pdf("轿车"), title="无关")
    (second, first) = everywhere.find(judge(), "货车").rows
    assert [row.paper.title for row in (second, first)] == ["答复", "反馈"]
    assert second.pages == [everywhere.At(2, "", "货车", "已过户")]
    assert first.pages == [everywhere.At(1, "名下有一辆重型", "货车", "")]
    assert found(judge("fast-05"), "货车") == []
    assert found(make.actor("quality", "clerk"), "货车") == ["答复", "反馈"]


def test_words_are_found_without_blanks_and_in_any_letters():
    case = fast_case()
    file(case, judge(), pdf("车牌 豫J A1234"), title="车")
    for asked in ("豫JA1234", "豫 j a12", "ja1234"):
        assert found(judge(), asked) == ["车"], asked
    for asked in ("", "车", " ", "豫JA1235", "%车", "豫_A"):
        assert found(judge(), asked) == [], asked


def test_long_numbers_beside_what_is_found_are_masked_even_where_the_excerpt_cuts_them():
    page = f"被执行人梁涵浩，身份证号410922197610249985，开户行{'甲' * 14}6228480712345678901"
    assert dossier_search.around(page, "身份证号") == ("被执行人梁涵浩，", "身份证号", "410922********9985，开户行甲甲")
    assert dossier_search.around(page, "开户行")[2].endswith("622848****")


def test_old_versions_and_what_is_void_are_not_found():
    case = fast_case()
    old = file(case, judge(), pdf("房屋抵押登记"), title="旧")
    file(case, judge(), pdf("房屋抵押登记"), title="新", replaces=old)
    assert found(judge(), "抵押登记") == ["新"]
    materials.void(Material.objects.get(title="新"), "重复", judge())
    assert found(judge(), "抵押登记") == []


def test_the_secret_volume_is_found_by_whoever_may_open_it_and_its_words_are_read_in_the_dossier_alone():
    case = fast_case()
    file(case, judge(), pdf("合议庭少数意见"), title="评议", kind="deliberation")
    assert found(judge(), "少数意见") == ["评议"]
    assert found(make.actor("quality", "clerk"), "少数意见") == []
    assert found(make.actor("leadership", "bureau_director"), "少数意见") == ["评议"]
    page = said(judge(), "/dossier-search/?q=少数意见")
    assert "评议" in page
    assert "<mark>" not in page
    assert "合议庭少数" not in page
    outside = said(make.actor("quality", "clerk"), "/dossier-search/?q=少数意见")
    assert "评议" not in outside
    assert not [hit for hit in search.find("少数意见", make.actor("quality", "clerk")) if hit.kind == "卷宗正文"]


def test_hidden_cases_and_recused_officers():
    case, clerk = fast_case(), make.actor("fast-03", "clerk")
    file(case, judge(), pdf("抚养费案件细节"), title="记录")
    exceptions.grant(case, clerk.user_id, "recused_from_case", None, "近亲属", make.director())
    assert found(clerk, "案件细节") == []
    Case.objects.filter(pk=case.pk).update(confidential=True)
    assert found(make.actor("quality", "clerk"), "案件细节") == []


def test_the_filter_says_what_the_standing_says_of_every_post():
    """`rights.openable` is `rights.standings`, `material` and `may_secret`, as one condition."""
    rows = []
    for case in (
        fast_case(),
        fast_case("fast-05"),
        put(fast_case(), "closing", "fast-03", closing_from="fast"),
        make.case(),
    ):
        for title in ("正", "副"):
            by = judge() if case.team.code == "fast-03" else judge("fast-05")
            rows.append(file(case, by, pdf("同一句话"), title=title, secret=title == "副"))
    checked = 0
    for posting in Posting.objects.select_related("person", "team").order_by("team", "post").distinct("team", "post"):
        actor = rights.Actor.of(posting.person, posting, make.director().day)
        listed = rights.visible(actor)
        standings = rights.standings(actor, [row.case for row in rows])
        expected = {
            row.pk
            for row in rows
            if listed.filter(pk=row.case_id).exists()
            and rights.may(actor, standings[row.case_id], "material")
            and (not row.secret_volume or rights.may_secret(actor, standings[row.case_id]))
        }
        assert (
            set(
                rights.openable(actor, Material.objects.filter(pk__in=[r.pk for r in rows])).values_list(
                    "pk", flat=True
                )
            )
            == expected
        ), posting
        checked += bool(expected)
    assert checked > 10


def test_pages_follow_each_other_and_the_statements_do_not_grow(django_assert_num_queries):
    case = fast_case()
    content = pdf("一样的字句", "一样的字句", "一样的字句", "一样的字句")
    for number in range(5):
        file(case, judge(), content, title=f"{number}")
    seen, after = [], 0
    while True:
        answer = everywhere.find(judge(), "一样的字句", after, size=2)
        seen += [row.paper.title for row in answer.rows]
        after = answer.next
        if not after:
            break
    assert seen == ["4", "3", "2", "1", "0"]
    actor = judge()
    with django_assert_num_queries(4):
        rows = everywhere.find(actor, "一样的字句").rows
    assert all(len(row.pages) == everywhere.SHOWN and row.more for row in rows)


def test_the_page_leads_to_the_place_and_says_what_is_wrong_with_what_was_asked():
    case = fast_case()
    paper = file(case, judge(), pdf("第一页", "查封重型货车一辆"), title="反馈")
    page = said(judge(), "/dossier-search/?q=重型货车")
    assert "<mark>重型货车</mark>" in page
    at = f"/cases/{case.pk}/dossier/?m={paper.pk}&q=%E9%87%8D%E5%9E%8B%E8%B4%A7%E8%BD%A6&p=2"
    assert at.replace("&", "&amp;") + "#p2" in page
    assert 'class="found"' in said(judge(), at)
    assert "请至少输入两个字" in said(judge(), "/dossier-search/?q=车")
    assert "没有「游艇」" in said(judge(), "/dossier-search/?q=游艇")
    assert "只按前 50 个字" in said(judge(), f"/dossier-search/?q={'字' * 60}")
    assert "没有更多" in said(judge(), "/dossier-search/?q=重型货车&after=1")
    assert said(judge(), "/dossier-search/?q=重型货车&after=x<script>")


def test_the_one_search_box_shows_a_few_and_leads_on():
    case = fast_case()
    for number in range(5):
        file(case, judge(), pdf(f"抵押权人 第{number}号"), title=f"{number}")
    hits = [hit for hit in search.find("抵押权人", judge()) if hit.kind == "卷宗正文"]
    assert len(hits) == 4
    assert hits[0].text.startswith("4 第 1 页")
    assert hits[-1].url.startswith("/dossier-search/")
    assert not [hit for hit in search.find("12", judge()) if hit.kind == "卷宗正文"]
    assert web(make.actor("archives", "contractor")).get("/dossier-search/").status_code == 403


@pytest.mark.parametrize(
    "text", ["", "甲", "甲乙", "Ab甲乙甲乙", "a" * 40, "张三𠮷田" * 20, "一二三四五六七八九十" * 30, "甲 乙\n" * 20]
)
def test_bigrams_of_long_texts_are_those_of_short_ones(text):
    lower = text.lower()
    with connection.cursor() as cursor:
        cursor.execute("SELECT bigrams(%s)", [text])
        assert cursor.fetchone()[0] == sorted({lower[at : at + 2] for at in range(len(lower) - 1)})
