"""Files and packages of one test are its own; scans are read only where a test says so."""

import pytest

from tests.archives.helpers import at_the_centre, catalogued, filed, rendered
from tests.cases.signing_helpers import fast_case, fresh_roster


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.FILES_DIR, settings.ARCHIVE_DIR, settings.OCR = tmp_path / "files", tmp_path / "archive", False


@pytest.fixture
def case():
    """A case of fast-03 with one scanned bundle in its file."""
    fresh_roster()
    case = fast_case("fast-03")
    filed(catalogued(at_the_centre(case)))
    rendered(case)
    return case
