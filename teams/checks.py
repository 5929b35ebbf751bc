"""`check --deploy`: what the court's installation must not be."""

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import DatabaseError, connection

OWNER = """
SELECT r.rolsuper OR t.tableowner = current_user
FROM pg_roles r, pg_tables t WHERE r.rolname = current_user AND t.schemaname = 'public' AND t.tablename = 'teams_user'
"""


@register(Tags.security, deploy=True)
def settings_of_a_court(app_configs, **kwargs) -> list:
    found = []
    if settings.DEBUG:
        found.append(Error("DEBUG is on.", id="teams.E001"))
    if settings.DEMO:
        found.append(Error("EXEC_MODE is demo: demo accounts would be on the log-in page.", id="teams.E002"))
    if len(settings.SECRET_KEY) < 50 or settings.SECRET_KEY.startswith("demo-only-"):
        found.append(Error("SECRET_KEY is missing, short, or the demo's.", id="teams.E003"))
    return found


@register(Tags.security, deploy=True)
def nobody_above_the_rules(app_configs, **kwargs) -> list:
    """No superuser in daily use; the web is not the owner of its tables."""
    from teams.models import User

    found = []
    try:
        numbers = list(User.objects.filter(is_superuser=True).values_list("staff_number", flat=True))
        with connection.cursor() as cursor:
            cursor.execute(OWNER)
            owner = (cursor.fetchone() or (False,))[0]
    except DatabaseError as error:
        return [Warning(f"The database could not be asked about superusers and its role: {error}", id="teams.W001")]
    if numbers:
        found.append(Error(f"Superusers exist: {', '.join(numbers)}.", id="teams.E004"))
    if owner:
        found.append(Error("The program connects as owner of its tables or as a database superuser.", id="teams.E005"))
    return found
