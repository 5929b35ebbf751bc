"""A test that is rolled back takes its version numbers back too: what is cached under them must not outlive it."""

import pytest

from cases import context


@pytest.fixture(autouse=True)
def nothing_cached():
    context._built.clear()
