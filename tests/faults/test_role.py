"""The role of web and workers, at the other end of a connection of its own: it adds to the journal and no more."""

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection

from cases.management.commands.grant_app_role import append_only
from tests import make


@pytest.fixture
def app(transactional_db):
    """A connection as `exec_app` to the same database."""
    case = make.case()
    call_command("grant_app_role", verbosity=0)
    place = connection.get_connection_params()
    keys = {key: value for key, value in place.items() if key in ("dbname", "host", "port")}
    link = psycopg2.connect(user="exec_app", **keys)
    link.autocommit = True
    yield link.cursor(), case
    link.close()


@pytest.mark.django_db(transaction=True)
def test_exec_app_reads_and_adds_but_cannot_change_delete_or_empty_what_is_append_only(app):
    cursor, case = app
    cursor.execute("SELECT current_user")
    assert cursor.fetchone() == ("exec_app",)
    for table in append_only():
        cursor.execute(f"SELECT count(*) FROM {table}")
        column = "pgh_id" if table.endswith("event") else "id"  # of pghistory
        for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}", f"TRUNCATE {table}"):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute(statement)
    for statement in ("ALTER TABLE cases_journalentry DISABLE TRIGGER ALL", "DROP TABLE cases_journalseal"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute(statement)
    cursor.execute("UPDATE cases_case SET remark = '可改' WHERE id = %s", [case.pk])
    assert cursor.rowcount == 1
