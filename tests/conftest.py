"""One database per test worker, copied from one template with the reference data and the people of the demo in it."""

import hashlib
import json
import os
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg2
import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase
from psycopg2.extensions import make_dsn

from cases import clock

SHANGHAI = ZoneInfo("Asia/Shanghai")
PASSWORD = "Huanglong-2026"
templates: list[str] = []
ROOMS = (
    "cases/migrations",
    "cases/models",
    "cases/management",
    "documents/migrations",
    "archives/migrations",
    "assets/migrations",
    "reception/migrations",
    "quality/migrations",
    "teams",
)


def pytest_configure(config):
    """Each process of the run has a cache of its own, apart from the broker: clearing it takes nothing from others.

    Passwords are hashed the quick way: what is tested is who is let in, not how long guessing takes.

    TEST_NOW=2026-12-31T23:59 runs the suite as on that day: no test may depend on the day it runs on.
    """
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if moment := os.environ.get("TEST_NOW"):
        time_machine.travel(datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI), tick=True).start()
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) + 1
    cache: dict[str, Any] = settings.CACHES["default"]
    if cache["LOCATION"].startswith("unix:"):
        cache["LOCATION"] += f"?db={number}"
    else:
        cache["LOCATION"] = f"{cache['LOCATION'].rpartition('/')[0]}/{number}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_modify_db_settings, django_db_blocker):
    """The template is built once per state of the files it is made of; a copy takes a fraction of a second."""
    names = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    with django_db_blocker.unblock(), maintenance() as server:
        template = f"template_{fingerprint()}"
        templates.append(template)
        server.execute("SELECT pg_advisory_lock(hashtext('tests.template'))")
        server.execute("SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [template])
        if not server.fetchone():
            build(server, template)
        copy(server, template, names[1])
        server.execute("SELECT pg_advisory_unlock(hashtext('tests.template'))")
        point_at(names[1])
    yield
    with django_db_blocker.unblock(), maintenance() as server:
        point_at(names[0])
        for name in (names[1], *templates[1:]):
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def build(server, template: str) -> None:
    """Migrate and load under another name first: what bears the template's name is complete."""
    server.execute('DROP DATABASE IF EXISTS "template_begun" WITH (FORCE)')
    server.execute('CREATE DATABASE "template_begun"')
    point_at("template_begun")
    call_command("migrate", verbosity=0)
    load()
    connection.close()
    server.execute(f'ALTER DATABASE "template_begun" RENAME TO "{template}"')
    server.execute(f'ALTER DATABASE "{template}" IS_TEMPLATE true')


def made_once(make) -> dict:
    """What `make` tells of what it has put into the database: made once in a run, copied for whoever asks again.

    For tests that commit, at their beginning; they make no further cases, whose numbers might be taken.
    """
    run, name = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid())), connection.settings_dict["NAME"]
    kept = f"{make.__name__}_{run}"
    with maintenance() as server:
        server.execute("SELECT pg_advisory_lock(hashtext(%s))", [kept])
        server.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [kept])
        if row := server.fetchone():
            copy(server, kept, name)
            return json.loads(row[0])
        told = make()
        copy(server, name, kept)
        server.execute(f'COMMENT ON DATABASE "{kept}" IS %s', [json.dumps(told)])
        templates.append(kept)
    return told


def point_at(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


@contextmanager
def maintenance():
    """A cursor outside the databases of the tests; each statement by itself."""
    place = connection.get_connection_params()
    link = psycopg2.connect(
        make_dsn(
            **{key: place[key] for key in ("host", "port", "user", "password") if place.get(key)}, dbname="postgres"
        )
    )
    link.autocommit = True
    try:
        with link.cursor() as cursor:
            yield cursor
    finally:
        link.close()


def fingerprint() -> str:
    """Of all that a fresh database is made of: migrations, models, reference data, people, and the day."""
    files = [path for room in ROOMS for path in sorted((settings.BASE_DIR / room).rglob("*.py"))]
    files += [settings.BASE_DIR / "requirements.lock", Path(__file__)]
    contents = [path.read_bytes() for path in files]
    return hashlib.sha256(b"".join([*contents, str(clock.today()).encode()])).hexdigest()[:16]


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


def fresh_copy(_case) -> None:
    """After a test that commits: a new copy of the template, which costs less than emptying the tables and filling them."""
    name = connection.settings_dict["NAME"]
    with maintenance() as server:
        copy(server, templates[0], name)


def copy(server, source: str, name: str) -> None:
    connections.close_all()
    server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')


TransactionTestCase._fixture_teardown = fresh_copy  # type: ignore[attr-defined]
