from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """The figures read closings and finished duties by their dates; built beside the running program."""

    atomic = False
    dependencies = [("cases", "0022_bigrams_of_long_texts")]
    operations = [
        AddIndexConcurrently("case", models.Index(fields=["closed_on"], name="case_closed")),
        AddIndexConcurrently(
            "workitem", models.Index(condition=models.Q(("open", False)), fields=["due_on"], name="item_was_due")
        ),
    ]
