"""One PostgreSQL and one Redis for all tests that stop, restart or kill something."""

import pytest

from tests.faults.servers import Servers


@pytest.fixture(scope="session")
def servers(django_db_setup):
    own = Servers()
    yield own
    own.close()
