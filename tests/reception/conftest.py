"""Files of one test are its own; people as the reference data has them."""

import pytest

from tests.cases.signing_helpers import fresh_roster


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture(autouse=True)
def _roster(request):
    if "django_db_setup" in request.fixturenames:
        fresh_roster()
