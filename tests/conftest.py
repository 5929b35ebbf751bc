"""What every test stands on: a database of its own with the reference data and the people of the demo, a cache, a clock."""

import os
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from cases import clock
from huanglong_exec import garbage
from tests import databases

SHANGHAI = ZoneInfo("Asia/Shanghai")
TransactionTestCase._fixture_teardown = databases.put_back  # type: ignore[attr-defined]


def pytest_configure(config):
    """Each process of the run has a cache of its own, apart from the broker: clearing it takes nothing from others.

    Passwords are hashed the quick way: what is tested is who is let in, not how long guessing takes. Static files are
    looked for when one is asked: each client of a test would else list them all first.

    TEST_NOW=2026-12-31T23:59 runs the suite as on that day: no test may depend on the day it runs on.
    """
    settings.FIGURES_KEPT = 0  # what a test has changed is counted at once
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True
    if moment := os.environ.get("TEST_NOW"):
        time_machine.travel(datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI), tick=True).start()
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) + 1
    cache: dict[str, Any] = settings.CACHES["default"]
    if cache["LOCATION"].startswith("unix:"):
        cache["LOCATION"] += f"?db={number}"
    else:
        cache["LOCATION"] = f"{cache['LOCATION'].rpartition('/')[0]}/{number}"


def pytest_collection_finish(session):
    garbage.spare()


@pytest.fixture(scope="session")
def django_db_setup(django_db_modify_db_settings, django_db_blocker):
    """The template is built once per state of the files it is made of; a copy takes a fraction of a second."""
    names = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    with django_db_blocker.unblock(), databases.maintenance() as server:
        databases.own(server, names[1])
    yield
    with django_db_blocker.unblock(), databases.maintenance() as server:
        databases.point_at(names[0])
        for name in (names[1], *databases.templates[1:]):
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


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
