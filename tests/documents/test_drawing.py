"""A drawn paper says what was meant, on the official page, with every character or not at all."""

import io
import re

import pikepdf
import pypdfium2
import pytest

from documents.blocks import Block
from documents.drawing import NoGlyph, Paper, Signature, draw, fonts, lacking

NAMES = ("王䶮", "李㛃", "张𬭎", "欧阳" + "长" * 38, "濮阳市恒达建材有限公司")
LONG = Block("p", "本院在执行过程中查明被执行人名下有可供执行的财产，" * 90)


def texts(pdf: bytes) -> list[str]:
    """The text of each page as another program reads it, without blanks."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [re.sub(r"\s", "", page.get_textpage().get_text_bounded()) for page in document]


def paper(*blocks: Block, **given) -> Paper:
    given = {"title": "执行裁定书", "court": "濮阳市华龙区人民法院", "date": "二〇二六年十一月二十七日", **given}
    return Paper(blocks=blocks, **given)


def drawn(*blocks: Block, **given) -> bytes:
    return draw(paper(*blocks, **given)).pdf


@pytest.mark.parametrize("name", NAMES)
def test_what_is_read_back_is_what_was_meant(name):
    words = f"被执行人：{name}，住濮阳市华龙区开州路128号，欠款1,864,200.00元（大写：壹佰捌拾陆万肆仟贰佰元整）。"
    (page,) = texts(drawn(Block("flush", words), Block("p", words), number="（2026）豫0902执3127号之一"))
    assert page.count(words) == 2
    assert "濮阳市华龙区人民法院执行裁定书（2026）豫0902执3127号之一" in page
    assert "二〇二六年十一月二十七日" in page


def test_tables_records_and_headings_are_read_back_too():
    rows = (("序号", "财产"), ("1", "豫J12345重型货车"))
    blocks = [
        Block("heading", "一、财产"),
        Block("table", rows=rows, widths=(1, 4), head=True),
        Block("qa", "问：是否准确？"),
    ]
    (page,) = texts(drawn(*blocks, layout="record"))
    for text in ("一、财产", "豫J12345重型货车", "问：是否准确？"):
        assert text in page


RARE = "\U0002a6d6"
TABLE = Block("table", rows=(("序号", "财产"), ("1", f"张{RARE}")), widths=(1, 4), head=True)
HEAD = Block("table", rows=(("序号", f"张{RARE}"), ("1", "车")), widths=(1, 4), head=True)


@pytest.mark.parametrize("given", [
    {"title": RARE}, {"number": RARE}, {"date": RARE}, {"signatures": [Signature("审判员", RARE)]}, {"layout": "record"}, {}, {"layout": "form"},
])  # fmt: skip
def test_what_cannot_be_drawn_is_known_before_it_is_drawn(given):
    """Wherever it stands; and what can be drawn is not refused."""
    blocks = [Block("qa", f"问：{RARE}")] if given.get("layout") == "record" else [TABLE] if not given else [HEAD]
    blocks = [Block("p", "一\n二　⟦缺⟧")] if set(given) - {"layout"} else blocks
    one = paper(*blocks, **given)
    assert len(lacking(one)) == 1
    assert "U+2A6D6" in lacking(one)[0]
    with pytest.raises(NoGlyph):
        draw(one)
    mended = paper(Block("p", "一\n二　⟦缺⟧"), Block("heading", "王䶮"))
    assert lacking(mended) == []
    assert draw(mended).pdf


def test_a_character_that_no_font_has_stops_the_paper_and_is_named():
    with pytest.raises(NoGlyph, match="U\\+2A6D6"):
        drawn(Block("p", "被执行人：\U0002a6d6"))


def test_the_date_never_stands_on_a_page_without_text():
    for lines in range(14, 26):
        blocks = [Block("p", f"第{number}段内容。") for number in range(lines)]
        pages = texts(drawn(*blocks, signatures=[Signature("审判员", "周明远"), Signature("书记员", "陈雨桐", True)]))
        assert "段内容" in pages[-1]
        assert "二〇二六年十一月二十七日" in pages[-1]
        assert "陈雨桐" in pages[-1]


def test_pages_are_numbered_odd_right_even_left():
    pdf = drawn(LONG, LONG)
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) > 2
        middle = document[0].get_width() / 2
        for number, page in enumerate(document, 1):
            found = page.get_textpage().search(f"— {number} —").get_next()
            left = page.get_textpage().get_charbox(found[0])[0]
            assert (left > middle) == bool(number % 2), number


def test_the_same_paper_is_the_same_bytes_and_nothing_in_it_is_wrong(tmp_path):
    given = paper(LONG, seal="place", check="https://court/verify/ABC", across="样章 演示")
    first = draw(given).pdf
    assert first == draw(given).pdf
    with pikepdf.open(io.BytesIO(first)) as document:
        assert document.check_pdf_syntax() == []
        assert document.docinfo["/Title"] == "执行裁定书"


def test_a_site_without_its_own_fangsong_gets_song():
    fonts.ready()
    assert fonts.pick("fang", "䶮") in ("fang", "song", "kai")
    assert fonts.runs("张𠮷", "song") == [("song", "张"), ("kai", "𠮷")]
