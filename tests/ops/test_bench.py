"""The bench works: a small run gives every figure. What the figures are is for `make bench` to say."""

import pytest

from ops import bench


@pytest.mark.django_db(transaction=True)
def test_a_small_run_gives_every_figure(load_again):
    figures = list(bench.run(small=True))
    assert len(figures) == 16
    assert all(figure.value > 0 for figure in figures)
    assert "statements" in figures[0].note
