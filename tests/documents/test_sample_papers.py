"""Every kind is drawn, and what another program reads in it is what was meant."""

import re

import pikepdf
import pytest
from django.core.management import CommandError, call_command

from cases import steps
from documents import sample_papers
from documents.drawing import draw
from documents.kinds import KINDS
from documents.management.commands import print_samples
from tests import make
from tests.cases.signing_helpers import put
from tests.documents.test_drawing import texts
from tests.documents.test_words import COMPANY, LONG, PERSON, RARE

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(settings):
    """The names that break things: rare characters and forty of them."""
    settings.DEMO = True
    parties = [
        steps.PartyData("creditor", LONG, address="濮阳市", phone="0393-4412345", representative="王强", **COMPANY),
        steps.PartyData("debtor", RARE, address="濮阳市华龙区", phone="13900080329", **PERSON),
    ]
    return put(make.case(parties=parties), "fast", "fast-03")


def plain(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    "kinds", [KINDS[::9], pytest.param(KINDS, marks=pytest.mark.long)], ids=["every ninth", "every one"]
)
def test_kinds_are_drawn_and_read_back_whole(case, kinds):
    for kind in kinds:
        composed = sample_papers.compose(kind, case, across="")
        assert composed.missing == [], kind.key
        pages = [re.sub(r"—\d+—", "", page) for page in texts(draw(composed.paper).pdf)]
        read = "".join(pages)
        assert plain(kind.title) in read, kind.key
        for block in composed.paper.blocks:
            assert plain(block.text) in read, (kind.key, block.text)
            for row in block.rows:
                for cell in row:
                    assert set(plain(cell)) <= set(read), (kind.key, cell)


def test_the_command_writes_one_whole_file_for_each_kind(case, tmp_path, monkeypatch):
    monkeypatch.setattr(print_samples, "KINDS", KINDS[::20])
    call_command("print_samples", str(tmp_path), verbosity=0)
    files = sorted(tmp_path.glob("*.pdf"))
    assert [file.stem.partition("_")[2] for file in files] == [kind.key for kind in KINDS[::20]]
    for file in files:
        with pikepdf.open(file) as opened:
            assert opened.check_pdf_syntax() == []
        assert all("样张" in page for page in texts(file.read_bytes()))


def test_a_courts_cases_are_not_printed_as_samples(case, settings, tmp_path):
    settings.DEMO = False
    with pytest.raises(CommandError, match="演示"):
        call_command("print_samples", str(tmp_path))


def test_without_a_case_it_says_so(settings, tmp_path):
    settings.DEMO = True
    with pytest.raises(CommandError, match="seed_demo"):
        call_command("print_samples", str(tmp_path), case="（2026）豫0902执1号")
