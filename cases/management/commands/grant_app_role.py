"""Create the role of web and workers and give it what it needs: no UPDATE, DELETE or TRUNCATE on append-only tables."""

import os

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection

APPEND_ONLY = ("cases_journalentry", "cases_journalseal")


def append_only() -> list[str]:
    """The journal, its seals, every history table of pghistory, and what a room declares frozen (`append_only`)."""
    kept = (m for m in apps.get_models() if hasattr(m, "pgh_tracked_model") or getattr(m, "append_only", False))
    events = [m._meta.db_table for m in kept]
    return sorted({*APPEND_ONLY, *events})


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        role, password = settings.DB_APP_ROLE, os.environ.get("APP_DB_PASSWORD", "")
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE ROLE {role} LOGIN")
            if password:
                cursor.execute(f"ALTER ROLE {role} PASSWORD %s", [password])
            cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
            cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
            for table in append_only():
                cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}")
        self.stdout.write(f"{role}：{len(append_only())} 张只增表")
