"""Files and packages of one test are its own; scans are read only where a test says so."""

import pytest


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.FILES_DIR, settings.ARCHIVE_DIR, settings.OCR = tmp_path / "files", tmp_path / "archive", False
