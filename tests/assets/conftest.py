"""Files and the exchange folder of each test are its own; the clerk of reception is on the reported list."""

import pytest

from assets import operators
from cases import clock
from tests import make
from tests.cases.signing_helpers import fresh_roster


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    settings.EXCHANGE_DIR = tmp_path / "exchange"


@pytest.fixture
def clerk(db):
    fresh_roster()
    found = make.actor("reception", "clerk")
    operators.report(found.user, clock.today(), "豫高法执报备2026-1", make.director())
    return found
