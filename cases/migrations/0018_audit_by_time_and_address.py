"""The audit page by time and by address walks an index. Built without locking the journal."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("cases", "0017_sheets_once_signed")]

    operations = [
        AddIndexConcurrently("journalentry", models.Index(fields=["-entered_at", "-id"], name="journal_entered")),
        AddIndexConcurrently(
            "journalentry",
            models.Index(condition=models.Q(("ip", ""), _negated=True), fields=["ip", "-id"], name="journal_ip"),
        ),
    ]
