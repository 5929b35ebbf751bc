"""What one asked of others is listed while it is open, by its due date. Built without locking the table."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("cases", "0008_drafts")]

    operations = [
        AddIndexConcurrently(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(open=True), fields=["asked_by", "due_at", "id"], name="item_asked_open"
            ),
        ),
        RemoveIndexConcurrently(model_name="workitem", name="item_asked"),
    ]
