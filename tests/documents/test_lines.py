"""Lines of a paper end where Chinese lines may end."""

from itertools import pairwise

import pytest
from reportlab.lib.styles import ParagraphStyle

from documents.blocks import Block
from documents.drawing import fonts, paper, sheet
from documents.drawing.lines import NEVER_FIRST, NEVER_LAST, Text, may_end
from tests.documents.test_drawing import drawn, texts

SENTENCE = "依照《中华人民共和国民事诉讼法》第二百五十三条的规定，冻结存款1,864,200.00元（大写：壹佰捌拾陆万元整），期限自2026年11月20日起；逾期“不予延长”。"


def lines(text: str, width: float) -> list[str]:
    fonts.ready()
    paragraph = Text(fonts.markup(text, "song"), ParagraphStyle("x", fontName="song", fontSize=10, wordWrap="CJK"))
    paragraph.wrap(width, 10_000)
    return ["".join(words(line)) for line in paragraph.blPara.lines]


def words(line) -> list[str]:
    """reportlab keeps lines of one font as (what is left, words), others as an object."""
    return line[1] if isinstance(line, tuple) else [word.text for word in line.words]


@pytest.mark.parametrize("width", range(100, 300, 7))
def test_no_line_begins_or_ends_with_the_wrong_mark_and_nothing_is_lost(width):
    found = lines(SENTENCE * 3, width)
    assert "".join(found) == SENTENCE * 3
    for before, after in pairwise(found):
        assert after[0] not in NEVER_FIRST
        assert before[-1] not in NEVER_LAST
        assert may_end(before[-1], after[0])
    for whole in ("1,864,200.00元", "2026年", "11月", "20日"):
        assert not any(line.endswith(whole[:-1]) for line in found)


def test_no_line_is_wider_than_the_page_allows():
    fonts.ready()
    for line in lines(SENTENCE * 3, 155):
        assert fonts.width(line, "song", 10) <= 155.001


def test_lines_of_one_font_and_of_several_end_at_the_same_places():
    fonts.ready()
    mixed = Text(
        f'{SENTENCE}<font name="kai">𠮷</font>', ParagraphStyle("x", fontName="song", fontSize=10, wordWrap="CJK")
    )
    mixed.wrap(155, 10_000)
    found = ["".join(words(line)) for line in mixed.blPara.lines]
    assert found[:-1] == lines(SENTENCE + "一", 155)[: len(found) - 1]


def test_a_word_without_end_is_cut():
    assert len(lines("A" * 200, 100)) > 10


def test_what_is_typed_on_two_lines_stands_on_two():
    assert lines("第一行\n第二行", 200) == ["第一行", "第二行"]
    rows = (("项目", "内容"), ("理由", "第一\n第二"))
    (page,) = texts(drawn(Block("table", rows=rows, widths=(1, 3), head=True)))
    assert "第一第二" in page


def test_a_long_paragraph_goes_on_over_the_page_without_loss():
    pages = texts(drawn(Block("p", SENTENCE * 40)))
    assert len(pages) > 2
    assert "".join(pages).count("不予延长") == 40


@pytest.mark.parametrize("height", range(20, 120, 4))
def test_a_short_row_of_a_table_is_never_torn_over_two_pages(height):
    fonts.ready()
    rows = (("序号", "财产"), *((str(number), f"第{number}项财产") for number in range(60)))
    drawn_table = paper.table(Block("table", rows=rows, widths=(1, 4), head=True))
    drawn_table.wrap(sheet.WIDTH, 10_000)
    parts = drawn_table.split(sheet.WIDTH, height)  # nothing: the whole table goes over
    assert sum(part._nrows for part in parts) in (0, len(rows) + 1)  # the head once more


def test_a_row_longer_than_a_page_is_drawn_whole():
    pages = texts(drawn(Block("table", rows=(("项目", "内容"), ("理由", SENTENCE * 60)), widths=(1, 3), head=True)))
    assert "".join(pages).count("不予延长") == 60


def test_a_draft_shows_what_is_missing_in_it():
    (page,) = texts(drawn(Block("p", "冻结存款⟦冻结金额⟧")))
    assert "冻结存款【冻结金额】" in page
