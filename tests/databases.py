"""The databases of the tests: one a process, copied from one template, and put back as it was after a test that commits."""

import hashlib
import json
import os
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg2.extensions import make_dsn

from cases import clock

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
# What stood in each table when the database was new, and how far its sequences were. A row written since has a younger
# transaction than `since`; a table with such a row, or with another number of rows, is filled anew.
KEEP = """
CREATE SCHEMA kept;
CREATE TABLE kept.tables (place regclass PRIMARY KEY, copy text, rows bigint NOT NULL);
CREATE TABLE kept.sequences AS SELECT schemaname, sequencename, last_value FROM pg_sequences WHERE schemaname = 'public';
CREATE TABLE kept.since (xid bigint NOT NULL);
DO $$
DECLARE place regclass; rows bigint; copy text;
BEGIN
    FOR place IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
        EXECUTE format('SELECT count(*) FROM %s', place) INTO rows;
        copy := CASE WHEN rows > 0 THEN format('kept.%I', 'of_' || place::oid) END;
        IF rows > 0 THEN EXECUTE format('CREATE TABLE %s AS TABLE %s', copy, place); END IF;
        INSERT INTO kept.tables VALUES (place, copy, rows);
    END LOOP;
END $$;
INSERT INTO kept.since VALUES (pg_current_xact_id()::text::bigint);
CREATE FUNCTION kept.put_back() RETURNS void LANGUAGE plpgsql AS $$
DECLARE kept record; touched boolean; columns text;
BEGIN
    PERFORM set_config('session_replication_role', 'replica', true);
    FOR kept IN SELECT * FROM kept.tables LOOP
        IF kept.rows = 0 THEN
            EXECUTE format('DELETE FROM %s', kept.place);
        ELSE
            EXECUTE format('SELECT count(*) <> %s OR bool_or(xmin::text::bigint > (SELECT xid FROM kept.since)) FROM %s',
                           kept.rows, kept.place) INTO touched;
            IF touched THEN
                SELECT string_agg(quote_ident(attname), ', ') INTO columns FROM pg_attribute
                 WHERE attrelid = kept.place AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
                EXECUTE format('DELETE FROM %s', kept.place);
                EXECUTE format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s',
                               kept.place, columns, columns, kept.copy);
            END IF;
        END IF;
    END LOOP;
    PERFORM setval(format('%I.%I', now.schemaname, now.sequencename)::regclass, coalesce(old.last_value, 1), old.last_value IS NOT NULL)
       FROM pg_sequences now JOIN kept.sequences old USING (schemaname, sequencename)
      WHERE now.last_value IS DISTINCT FROM old.last_value;
    UPDATE kept.since SET xid = pg_current_xact_id()::text::bigint;
END $$;
"""
GROWN = 40_000_000  # bytes: beyond this an old copy is thrown away, with what was deleted in it


def own(server, name: str) -> None:
    """Point this process at a database of its own, made from the template."""
    template = f"template_{fingerprint()}"
    templates.append(template)
    server.execute("SELECT pg_advisory_lock(hashtext('tests.template'))")
    server.execute("SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [template])
    if not server.fetchone():
        build(server, template)
    copy(server, template, name)
    server.execute("SELECT pg_advisory_unlock(hashtext('tests.template'))")
    point_at(name)


def build(server, template: str) -> None:
    """Migrate and load under another name first: what bears the template's name is complete."""
    server.execute('DROP DATABASE IF EXISTS "template_begun" WITH (FORCE)')
    server.execute('CREATE DATABASE "template_begun"')
    point_at("template_begun")
    call_command("migrate", verbosity=0)
    load()
    with connection.cursor() as cursor:
        cursor.execute(KEEP)
    connection.close()
    server.execute(f'ALTER DATABASE "template_begun" RENAME TO "{template}"')
    server.execute(f'ALTER DATABASE "{template}" IS_TEMPLATE true')


def load() -> None:
    """Reference data and people, as every test finds them."""
    from teams.demo import create_people

    call_command("load_reference", verbosity=0)
    create_people(PASSWORD)


def fingerprint() -> str:
    """Of all that a fresh database is made of: migrations, models, reference data, people, and the day."""
    files = [path for room in ROOMS for path in sorted((settings.BASE_DIR / room).rglob("*.py"))]
    files += [settings.BASE_DIR / "requirements.lock", Path(__file__)]
    contents = [path.read_bytes() for path in files]
    return hashlib.sha256(b"".join([*contents, str(clock.today()).encode()])).hexdigest()[:16]


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
        server.execute(  # a thread of the live server may not have closed its own yet
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        copy(server, name, kept)
        server.execute(f'COMMENT ON DATABASE "{kept}" IS %s', [json.dumps(told)])
        templates.append(kept)
    return told


def put_back(_case) -> None:
    """After a test that commits: what it wrote goes, whoever is still connected with it. Who will not let go, or has
    written too much, costs a new copy."""
    name = connection.settings_dict["NAME"]
    connections.close_all()
    if not emptied(name):
        with maintenance() as server:
            copy(server, templates[0], name)


def emptied(name: str) -> bool:
    with maintenance(name) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        server.execute("SELECT pg_database_size(current_database())")
        if server.fetchone()[0] > GROWN:
            return False
        server.execute("SET lock_timeout = '2s'")  # somebody may have come in since
        try:
            server.execute("SELECT kept.put_back()")
        except psycopg2.errors.LockNotAvailable:
            return False
        return True


def copy(server, source: str, name: str) -> None:
    connections.close_all()
    server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')


def point_at(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def dsn(name: str) -> str:
    place = connection.get_connection_params()
    return make_dsn(**{key: place[key] for key in ("host", "port", "user", "password") if place.get(key)}, dbname=name)


def template_dsn() -> str:
    return dsn(templates[0])


@contextmanager
def maintenance(name: str = "postgres"):
    """A cursor beside the connections of the tests; each statement by itself."""
    link = psycopg2.connect(dsn(name))
    link.autocommit = True
    try:
        with link.cursor() as cursor:
            yield cursor
    finally:
        link.close()
