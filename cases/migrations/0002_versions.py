"""Any change of the calendar, the settings or the staffing raises the number under which it is cached."""

from django.db import migrations

TABLES = {
    "calendar": ("cases_restday", "cases_calendaryear"),
    "settings": ("cases_courtsetting",),
    "staffing": (
        "teams_user",
        "teams_team",
        "teams_posting",
        "teams_pairedjudge",
        "teams_dutyjudge",
        "teams_leave",
        "teams_acting",
    ),
}
# A sequence is not rolled back: a number seen by an undone transaction never comes again with other contents.
FUNCTION = """
CREATE SEQUENCE cases_version_number START 2;
CREATE FUNCTION cases_raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cases_version (name, number) VALUES (TG_ARGV[0], nextval('cases_version_number'))
    ON CONFLICT (name) DO UPDATE SET number = EXCLUDED.number;
    RETURN NULL;
END $$;
"""


def columns(table: str) -> str:
    """Log-ins write the officer's row without changing the staffing."""
    return " OF name, phone, is_active" if table == "teams_user" else ""


FORWARD = FUNCTION + "".join(
    f"CREATE TRIGGER raise_version AFTER INSERT OR DELETE OR UPDATE{columns(table)} ON {table}"
    f" FOR EACH STATEMENT EXECUTE FUNCTION cases_raise_version('{name}');\n"
    for name, tables in TABLES.items()
    for table in tables
)
BACKWARD = (
    "".join(f"DROP TRIGGER raise_version ON {table};\n" for tables in TABLES.values() for table in tables)
    + "DROP FUNCTION cases_raise_version(); DROP SEQUENCE cases_version_number;"
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("teams", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
