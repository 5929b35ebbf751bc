"""◫: what a monthly cohort stands for leaves the queues. Not undone: the clock shows it again when it is recomputed."""

from django.db import migrations

HIDE = """
UPDATE cases_workitem SET show_at = '9999-12-31 00:00:00+00'
WHERE open AND case_id IS NOT NULL AND rule IN ('terminal.recheck', 'terminal.tell_creditor')
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0019_covered_for")]

    operations = [migrations.RunSQL(HIDE, migrations.RunSQL.noop)]
