"""On leave: for whom a stand-in does an item. An empty column, its index built without locking the table."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("cases", "0018_audit_by_time_and_address"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AddField(
            "workitem",
            "covered_for",
            models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to=settings.AUTH_USER_MODEL, verbose_name="代班",
            ),
        ),
        AddIndexConcurrently(
            "workitem",
            models.Index(
                condition=models.Q(("covered_for__isnull", False), ("open", True)), fields=["covered_for"], name="item_covered"
            ),
        ),
    ]
