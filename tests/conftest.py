"""One database per test worker, with the reference data and the fictional people of the demo in it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from cases import clock

SHANGHAI = ZoneInfo("Asia/Shanghai")
PASSWORD = "Huanglong-2026"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        load()


def load() -> None:
    """Reference data and people, as every test finds them."""
    from teams.demo import create_people

    call_command("load_reference", verbosity=0)
    create_people(PASSWORD)


@pytest.fixture
def at():
    """`with at("2026-11-23 09:10"):` the program's clock stands there."""

    def travel(text: str):
        return clock.at(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI))

    return travel


@pytest.fixture(autouse=True)
def _nothing_cached():
    """A rolled-back test takes its version numbers back too: what is cached under them must not outlive it."""
    from django.core.cache import cache

    from cases import context

    context._built.clear()
    cache.clear()


@pytest.fixture
def load_again(transactional_db):
    """For tests that commit: the one before has emptied the database, so what all others find is put back."""
    load()
