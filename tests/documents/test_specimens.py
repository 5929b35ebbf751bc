"""Every paper of table 5 for every sort of party: opened by other programs and read back exactly as it was meant."""

import io
import re

import pikepdf
import pypdfium2
import pytest

from documents import sample_papers
from documents.drawing import Paper, draw
from documents.kinds import KINDS
from tests.cases.signing_helpers import put
from tests.documents.test_words import SORTS, case_with

pytestmark = pytest.mark.django_db
ACROSS, CHECK = "样张", "23456789ABCD"
FURNITURE = re.compile(rf"—\d+—(扫码核验本件)?{ACROSS}")  # drawn first on each page, so it is read first


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def read_back(pdf: bytes) -> str:
    """All that stands on the pages, without what stands on every page."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [squeezed(page.get_textpage().get_text_bounded()) for page in document]
    return "".join(FURNITURE.sub("", page, count=1) for page in pages)


def meant(paper: Paper) -> list[str]:
    """Every line of the paper, and of a table every line of every cell."""
    lines = [paper.court, paper.title, paper.number, paper.date]
    for block in paper.blocks:
        lines += [block.text, *(part for row in block.rows for cell in row for part in cell.splitlines())]
    lines += [text for line in paper.signatures for text in (line.title, line.name)]
    return [squeezed(line) for line in lines if squeezed(line)]


def lost(paper: Paper, pdf: bytes) -> list[str]:
    found = read_back(pdf)
    return [line for line in meant(paper) if line not in found]


def share(nth: int) -> list:
    """Each kind once, each sort with a fifth of them; the whole matrix runs with `make test-long`."""
    return [pytest.param(nth, KINDS[nth :: len(SORTS)]), pytest.param(nth, KINDS, marks=pytest.mark.long)]


@pytest.mark.parametrize(("nth", "kinds"), [each for nth in range(len(SORTS)) for each in share(nth)])
def test_every_paper_is_read_back_as_it_was_meant_and_nothing_in_its_file_is_wrong(nth, kinds, settings):
    settings.DEMO = True
    case = put(case_with(*list(SORTS.values())[nth]), "fast", "fast-03")
    for kind in kinds:
        composed = sample_papers.compose(kind, case)
        assert composed.missing == [], kind.key
        pdf = draw(composed.paper._replace(check=CHECK)).pdf
        assert lost(composed.paper, pdf) == [], kind.key
        with pikepdf.open(io.BytesIO(pdf)) as document:
            assert document.check_pdf_syntax() == [], kind.key


def test_a_line_that_was_not_drawn_would_be_found_out(settings):
    settings.DEMO = True
    case = put(case_with(*SORTS["a company"]), "fast", "fast-03")
    paper = sample_papers.compose(KINDS[0], case).paper
    pdf = draw(paper._replace(blocks=paper.blocks[1:])).pdf
    assert lost(paper, pdf) == [squeezed(paper.blocks[0].text)]
