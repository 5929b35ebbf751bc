"""Table 5: whole, agreeing with tables 2 and 4 and the indexes, and printed as it is."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

from cases.approvals import ACT
from documents import printing
from documents.index import ENFORCEMENT, SECRET
from documents.kinds import ABOUT, KIND, KINDS, LAYOUTS, SERIES, SIGNERS
from teams.models import TeamKind

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_every_row_uses_only_what_the_table_explains():
    assert len(KIND) == len(KINDS)
    for kind in KINDS:
        assert kind.series in SERIES, kind.key
        assert kind.signers in SIGNERS, kind.key
        assert kind.about in ABOUT, kind.key
        assert kind.layout in LAYOUTS, kind.key
        assert kind.title, kind.key
        assert kind.label, kind.key
        assert kind.law, kind.key
        assert kind.owners, kind.key
        assert set(kind.owners) <= {"holder", *TeamKind.values}, kind.key


def test_an_act_a_paper_waits_for_stands_in_table_four():
    assert {kind.act for kind in KINDS if kind.act} <= set(ACT)


def test_what_the_president_signs_waits_for_his_signature():
    for kind in KINDS:
        if kind.signers == "president":
            posts = {place.post for chain in ACT[kind.act].chains for place in chain.places}
            assert "court_president" in posts, kind.key


def test_a_ruling_is_signed_by_judges_and_sealed():
    for kind in KINDS:
        if kind.series == "ruling":
            assert kind.signers in ("judge", "panel"), kind.key
            assert kind.seal, kind.key
            assert kind.act or kind.owners == ("adjudication",), kind.key


def test_a_paper_stands_in_one_volume_only_and_its_place_exists():
    for kind in KINDS:
        assert 0 <= kind.main <= len(ENFORCEMENT), kind.key
        assert 0 <= kind.secret <= len(SECRET), kind.key
        assert not (kind.main and kind.secret), kind.key


def test_what_the_law_wants_handed_over_is_never_served_electronically():
    for key in ("compelled_attendance", "matured_claim", "search_order", "detention"):
        assert not KIND[key].e_service


def test_what_bears_a_number_is_sealed():
    for kind in KINDS:
        if kind.series:
            assert kind.seal, kind.key


def test_the_papers_of_the_flow_and_of_the_list_are_there():
    titles = {kind.title for kind in KINDS}
    for title in ("初次接待笔录", "送达地址确认书", "执行通知书", "报告财产令", "限制消费令", "执行裁定书", "协助冻结存款通知书", "民事裁定书",
                  "传票", "拘传票", "搜查令", "拘留决定书", "罚款决定书", "拍卖公告", "财产分配方案", "合议庭评议笔录", "案件移交审批表", "移送核对表",
                  "移送立案表", "承办人员告知书", "补录说明", "材料收集单", "送达回证", "卷内目录", "卷内备考表", "执行卷宗", "案卷借阅单"):  # fmt: skip
        assert title in titles


def test_the_printed_page_is_todays():
    out = StringIO()
    call_command("papers", stdout=out)
    assert (DOCS / "papers.md").read_text(encoding="utf-8") == out.getvalue(), "manage.py papers > docs/papers.md"
    assert len(printing.rows()) == len(KINDS)
