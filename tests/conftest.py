"""One database per test worker, with the reference data and the fictional people of the demo in it."""

import os
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command

from cases import clock

SHANGHAI = ZoneInfo("Asia/Shanghai")
PASSWORD = "Huanglong-2026"


def pytest_configure(config):
    """Each process of the run has a cache of its own, apart from the broker: clearing it takes nothing from others.

    TEST_NOW=2026-12-31T23:59 runs the suite as on that day: no test may depend on the day it runs on.
    """
    if moment := os.environ.get("TEST_NOW"):
        time_machine.travel(datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI), tick=True).start()
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) + 1
    cache = settings.CACHES["default"]
    if cache["LOCATION"].startswith("unix:"):
        cache["LOCATION"] += f"?db={number}"
    else:
        cache["LOCATION"] = f"{cache['LOCATION'].rpartition('/')[0]}/{number}"


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
