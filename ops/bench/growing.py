"""The bureau grows: copies of what is there by set-based SQL, and what first pages, search and idle sweep cost then."""

from django.db import connection


def multiply(to: int) -> None:
    """Copies of what is there, with their items and sights, until there are so many cases."""
    from cases.models import Case

    with connection.cursor() as cursor:
        have = Case.objects.count()
        if have >= to:
            return
        # Copies of rows that were checked when they were made: no trigger need look at them again.
        cursor.execute("SET session_replication_role = replica")
        columns = [
            f.column
            for f in Case._meta.concrete_fields
            if f.column not in ("id", "number", "serial", "head", "entries")
        ]
        names = ", ".join(columns)
        cursor.execute("SELECT min(id) FROM cases_case")
        (first,) = cursor.fetchone()
        cursor.execute(
            f"INSERT INTO cases_case (number, serial, head, entries, {names})"
            f" SELECT 'bench ' || nextval('cases_version_number'), NULL, '', 0, {names} FROM cases_case, generate_series(1, %s) WHERE id = %s",
            [to - have, first],
        )
        cursor.execute(
            "INSERT INTO cases_workitem (case_id, rule, subject, title, team_id, person_id, started_at, opened_at, variant, length, extensions,"
            " due_on, due_at, warn_at, provisional, derivation, rule_version, calendar_version, open, outcome, paused, wait_reason, urgent,"
            " follows_case, note, late_reason)"
            " SELECT c.id, i.rule, '', i.title, i.team_id, i.person_id, i.started_at, i.opened_at, '', '', '[]', i.due_on,"
            " i.due_at + (c.id %% 100000) * interval '1 minute', i.warn_at + (c.id %% 100000) * interval '1 minute', false, '[]', 1, i.calendar_version,"
            " true, '', false, '', false, i.follows_case, '', ''"
            " FROM cases_case c, cases_workitem i WHERE i.case_id = %s AND i.rule = 'reception.first_day' AND c.id <> %s"
            " AND NOT EXISTS (SELECT FROM cases_workitem w WHERE w.case_id = c.id AND w.rule = i.rule)",
            [first, first],
        )
        cursor.execute(
            "INSERT INTO cases_casesight (team_id, case_id, since_at) SELECT team_id, id, now() FROM cases_case WHERE team_id IS NOT NULL ON CONFLICT DO NOTHING"
        )
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")  # as after a night: what was copied in has been looked at once


NAMES = """
INSERT INTO cases_party (case_id, role, position, type, name, initials, certificate, certificate_number, certificate_doubt, sex, phone, address,
 representative, e_service, e_service_to, standing)
SELECT c.id, 'debtor', 1, 'natural_person', chr(19968 + (random() * 3000)::int) || chr(19968 + (random() * 3000)::int)
 || chr(19968 + (random() * 3000)::int), '', '', '', '', '', '', '', '', false, '', 'active'
FROM cases_case c WHERE NOT EXISTS (SELECT FROM cases_party p WHERE p.case_id = c.id)
"""


def name_debtors() -> None:
    """A random name of three characters for every case without parties."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(NAMES)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE cases_party")  # as after a night: nothing pending in its indexes
