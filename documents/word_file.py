"""A paper as a Word file, from the same blocks as its PDF: for whoever has to go on writing in it.

Only what WordprocessingML needs: paragraphs, tables, one page size. Text is text; nothing in the file can run.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from documents.blocks import Block

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDTH = 8844  # 156 mm in twentieths of a point
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
TYPES = (
    f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{TYPE}.main+xml"/></Types>'
)
RELATIONS = (
    f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" '
    'w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
)
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
ALIGN = {"center": "center", "title": "center", "right": "right", "date": "right"}
FACE = {"title": "方正小标宋简体", "heading": "黑体", "head": "黑体", "cell": "宋体"}
HALVES = {"title": 44, "cell": 24, "head": 24}  # sizes in half points; 三号 elsewhere
INDENTED = ("p", "heading")


def word(titles: Sequence[str], blocks: Sequence[Block], date: str) -> bytes:
    """The file: titles in the middle, the blocks in their order, the date at the right."""
    parts = [*(_paragraph(title, "title") for title in titles), *map(_block, blocks), _paragraph(date, "date")]
    body = f'{HEAD}<w:document xmlns:w="{MAIN}"><w:body>{"".join(parts)}{PAGE}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in (("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", body)):
            file.writestr(name, text)
    return out.getvalue()


def _block(block: Block) -> str:
    if block.style == "break":
        return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    if block.style == "table":
        return _table(block)
    return _paragraph(block.text, block.style)


def _paragraph(text: str, style: str) -> str:
    face, size = FACE.get(style, "仿宋"), HALVES.get(style, 32)
    place = f'<w:jc w:val="{ALIGN[style]}"/>' if style in ALIGN else ""
    indent = f'<w:ind w:firstLineChars="200" w:firstLine="{size * 20}"/>' if style in INDENTED else ""
    spacing = "" if style in ("cell", "head") else '<w:spacing w:line="560" w:lineRule="exact"/>'
    font = f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    return (
        f"<w:p><w:pPr>{spacing}{indent}{place}</w:pPr><w:r><w:rPr>{font}</w:rPr>"
        f'<w:t xml:space="preserve">{escape(UNSAFE.sub("", text))}</w:t></w:r></w:p>'
    )


def _table(block: Block) -> str:
    """A head that is repeated on each page, rows that are not divided."""
    widths = [round(WIDTH * each / sum(block.widths)) for each in block.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_row(row, widths, block.head and n == 0) for n, row in enumerate(block.rows))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblBorders>{BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _row(row: tuple[str, ...], widths: list[int], head: bool) -> str:
    marks = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>"
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(text, "head" if head else "cell")}</w:tc>'
        for text, width in zip(row, widths, strict=True)
    )
    return f"<w:tr>{marks}{cells}</w:tr>"
