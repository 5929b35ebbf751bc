"""Seals: the court's is a place and nothing more; the demonstration's is a signature that any change breaks."""

import pytest

from documents import demo_seal
from documents.blocks import Block
from documents.checks import no_demonstration_seal
from documents.drawing import Paper, draw
from documents.seals import Place

TOLD = Paper("执行裁定书", [Block("p", "冻结存款。")], court="濮阳市华龙区人民法院", date="二〇二六年十一月二十七日")


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return demo_seal.Demo().seal(draw(TOLD._replace(seal="mark", across="样章 演示")), "执行裁定书")


def test_the_demonstrations_seal_is_a_signature_that_stands(sealed):
    assert demo_seal.valid(sealed)


@pytest.mark.parametrize("part", [0.2, 0.5, 0.8])
def test_one_byte_changed_and_it_no_longer_stands(sealed, part):
    place = int(len(draw(TOLD).pdf) * part)
    forged = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
    assert forged != sealed
    assert not demo_seal.valid(forged)


def test_what_is_no_pdf_or_not_signed_does_not_stand(sealed):
    assert not demo_seal.valid(b"%PDF-1.7 nothing")
    assert not demo_seal.valid(draw(TOLD).pdf)


def test_the_courts_default_draws_no_seal_and_changes_nothing():
    drawn = draw(TOLD._replace(seal="place"))
    assert Place().seal(drawn, "执行裁定书") == drawn.pdf
    page, x, y = drawn.seal_at
    assert page == 1
    assert 250 < x < 520
    assert 400 < y < 700


def test_a_court_may_not_run_with_the_demonstrations_seal(settings):
    settings.SEAL_PROVIDER = "documents.demo_seal.Demo"
    assert [error.id for error in no_demonstration_seal(None)] == ["documents.E001"]
    settings.SEAL_PROVIDER = "documents.seals.Place"
    assert no_demonstration_seal(None) == []


def test_the_key_is_readable_by_its_owner_alone(sealed):
    key = demo_seal.folder() / "seal.key.pem"
    assert key.stat().st_mode & 0o077 == 0
