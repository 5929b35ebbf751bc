"""A paper as a Word file, from the same blocks as its PDF: for whoever has to go on writing in it."""

import io
import re
from collections.abc import Sequence

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from documents.blocks import Block

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDTH = 156  # mm between the margins of GB/T 9704
MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
ALIGN = {"center": CENTER, "title": CENTER, "right": RIGHT, "date": RIGHT}
FACE = {"title": "方正小标宋简体", "heading": "黑体", "head": "黑体", "cell": "宋体"}
SIZE = {"title": 22, "cell": 12, "head": 12}  # points; 三号 elsewhere
INDENTED, IN_TABLE = ("p", "heading"), ("cell", "head")


def word(titles: Sequence[str], blocks: Sequence[Block], date: str) -> bytes:
    """The file: titles in the middle, the blocks in their order, the date at the right."""
    document = Document()
    document.core_properties.title, document.core_properties.author = titles[-1], titles[0]
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    for side, width in MARGINS.items():
        setattr(page, side, Mm(width))
    for title in titles:
        _fill(document.add_paragraph(), title, "title")
    for block in blocks:
        if block.style == "break":
            document.add_page_break()
        elif block.style == "table":
            _table(document, block)
        else:
            _fill(document.add_paragraph(), block.text, block.style)
    _fill(document.add_paragraph(), date, "date")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _fill(paragraph: Paragraph, text: str, style: str) -> None:
    face, size = FACE.get(style, "仿宋"), SIZE.get(style, 16)
    run = paragraph.add_run(UNSAFE.sub("", text))
    run.font.name, run.font.size = face, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    if style in ALIGN:
        paragraph.alignment = ALIGN[style]
    if style in INDENTED:
        layout.first_line_indent = Pt(2 * size)
    if style not in IN_TABLE:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28)


def _table(document, block: Block) -> None:
    """A head that is repeated on each page, rows that are not divided."""
    table = document.add_table(len(block.rows), len(block.widths), style="Table Grid")
    table.autofit = False
    widths = [Mm(WIDTH * each / sum(block.widths)) for each in block.widths]
    for n, (row, texts) in enumerate(zip(table.rows, block.rows, strict=True)):
        head = block.head and n == 0
        for mark in ("w:cantSplit", "w:tblHeader")[: 2 if head else 1]:
            row._tr.get_or_add_trPr().append(OxmlElement(mark))
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = width
            _fill(cell.paragraphs[0], text, "head" if head else "cell")
