"""Each copy with its mark (reference §15.1): the issued file as often as its kind has copies, to be printed.

The issued file itself is what was signed and hashed: the mark is laid over pages made for the printer, which are kept
nowhere.
"""

import io

import pikepdf

from cases import materials
from cases.present import present
from cases.refusals import Refused
from documents import drawing
from documents.drawing import sheet
from documents.kinds import KIND
from documents.models import Document


def names(document: Document) -> list[str]:
    """存根, 送达联: the copies of a paper that stands; none of a draft or a void one."""
    issued = document.state == Document.State.ISSUED
    return [name for name in KIND[document.kind].copies.split("、") if name] if issued else []


def copies(document: Document) -> bytes:
    """All copies in one file, each on sheets of its own when both sides are printed."""
    if not (marks := names(document)):
        raise Refused(f"「{document.title}」不分联，或者还没有制发、已经作废：请直接打印文书。")
    material = present(document.material)
    if material.content_type != "application/pdf":
        raise Refused("登记用印时上传的是图片，不能加印联次：请打印原件，或以 PDF 重新登记。")
    made = io.BytesIO()
    with pikepdf.new() as out:
        for mark in marks:
            if len(out.pages) % 2:
                out.add_blank_page(page_size=(sheet.PAGE_WIDTH, sheet.PAGE_HEIGHT))
            _append(out, materials.path_of(material.sha256), mark)
        out.save(made, deterministic_id=True)
    return made.getvalue()


def _append(out: pikepdf.Pdf, path, mark: str) -> None:
    """One copy; what lies over its pages (the seal's picture) becomes part of them, as on paper."""
    with pikepdf.open(path) as paper, pikepdf.open(io.BytesIO(drawing.marked(mark))) as over:
        paper.flatten_annotations("print")
        first = len(out.pages)
        out.pages.extend(paper.pages)
        for page in out.pages[first:]:
            page.add_overlay(over.pages[0], None)
