"""Files and the exchange folder of each test are its own."""

import pytest

from documents import seals


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    settings.EXCHANGE_DIR = tmp_path / "exchange"


@pytest.fixture
def sealed_by(settings):
    """`sealed_by("Service")`: the court's e-seal service; `Place`: by hand."""

    def choose(name: str) -> None:
        settings.SEAL_PROVIDER = f"documents.seals.{name}"
        seals.provider.cache_clear()

    yield choose
    seals.provider.cache_clear()
