"""A signed sheet is closed; what falls due later goes on another. Undone only while no day has two sheets."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_closed_time_excluded")]

    operations = [
        migrations.RemoveConstraint(model_name="escalation", name="sheet_once"),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision", "")), fields=("team", "rule", "day"), name="sheet_once"
            ),
        ),
    ]
