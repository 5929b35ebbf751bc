"""The bench works: a small run gives every figure. What the figures are is for `make bench` to say."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from ops.bench import course, recognising


@pytest.mark.django_db(transaction=True)
def test_a_small_run_gives_every_figure(transactional_db):
    figures = list(course.run(small=True))
    assert len(figures) == 27
    assert all(figure.value > 0 for figure in figures)
    assert "statements" in figures[1].note


@pytest.mark.long
@pytest.mark.skipif(find_spec("rapidocr") is None, reason="the group ocr is not installed")
def test_the_reading_of_a_page_is_measured():
    wrong, slow, *worn = recognising.recognising_figures(1)
    assert 0 < wrong.value < 3
    assert slow.value > 0
    assert len(worn) == 2


def test_the_command_begins_without_django():
    """Its package is imported before the settings are known."""
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", "import ops.bench"], cwd=root, env={}, check=True)
