"""Papers a second, warm, beside bare reportlab setting the same words on the same page."""

import io

from ops.bench.figure import Figure, side_by_side

GOAL = 1 / 0.9  # at least 0.9 of what reportlab alone does


def drawing_figure(rounds: int) -> Figure:
    """Seconds of our drawing to those of reportlab with the words, fonts and styles ready."""
    from django.conf import settings
    from reportlab.pdfbase import pdfmetrics, ttfonts

    from documents.drawing import draw

    paper = _paper()
    draw(paper)  # fonts are read once a process
    for name in ("song", "song-bold"):
        pdfmetrics.registerFont(ttfonts.TTFont(f"bare-{name}", settings.FONTS_DIR / f"{name}.ttf"))
    ours, bare = side_by_side(lambda: draw(paper), lambda: _bare(paper), rounds)
    return Figure("a paper / the same by bare reportlab", ours / bare, GOAL, f"{1 / ours:.0f} a second, warm")


def _paper():
    from documents.blocks import Block
    from documents.drawing import Paper, Signature

    words = (
        "申请执行人吴春梅与被执行人张三民间借贷纠纷一案，本院作出的（2026）豫0902民初1234号民事判决书已经发生法律效力。"
        "因被执行人未履行生效法律文书确定的义务，申请执行人向本院申请强制执行，本院依法立案执行。"
    )
    blocks = [Block("flush", "张三："), *(Block("p", words) for _ in range(8))]
    return Paper(
        "执行通知书", blocks, court="濮阳市华龙区人民法院", number="（2026）豫0902执3127号之一",
        signatures=[Signature("审判员", "周明远"), Signature("书记员", "陈雨桐", True)],
        date="二〇二六年十一月二十七日", seal="place", check="23456789ABCD",
    )  # fmt: skip


def _bare(paper) -> None:
    """What nobody can do without: reportlab wrapping and writing these paragraphs, and the same QR code."""
    import segno
    from reportlab.lib.units import mm
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

    from documents.drawing import sheet

    def code(canvas, _) -> None:
        if canvas.getPageNumber() > 1:
            return
        rows = list(segno.make(paper.check, error="m", micro=False).matrix)
        dot = 16 * mm / len(rows)
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                if dark:
                    canvas.rect(sheet.LEFT + x * dot, sheet.BOTTOM - y * dot, dot, dot, stroke=0, fill=1)

    document = BaseDocTemplate(io.BytesIO(), pagesize=(sheet.PAGE_WIDTH, sheet.PAGE_HEIGHT), invariant=1)
    frame = Frame(sheet.LEFT, sheet.BOTTOM, sheet.WIDTH, sheet.HEIGHT)
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=code))
    body, title = (sheet.style("p", face=f"bare-{face}") for face in ("song", "song-bold"))
    lines = [paper.number, *(block.text for block in paper.blocks), paper.date]
    lines += [f"{line.title}　{line.name}" for line in paper.signatures]
    document.build(
        [*(Paragraph(line, title) for line in (paper.court, paper.title)), *(Paragraph(line, body) for line in lines)]
    )
