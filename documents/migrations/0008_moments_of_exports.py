"""An export has a moment of its own; those that were taken in before are as of the day they came."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F


def as_of_the_import(apps, schema_editor):
    apps.get_model("documents", "NationalExport").objects.update(taken_at=F("at"))


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_squashed_0023_closed_by_date"),
        ("documents", "0001_squashed_0007_entered_papers"),
    ]

    operations = [
        migrations.AddField("nationalexport", "taken_at", models.DateTimeField("导出时刻", null=True)),
        migrations.RunPython(as_of_the_import, migrations.RunPython.noop),
        migrations.AlterField("nationalexport", "taken_at", models.DateTimeField("导出时刻")),
        migrations.CreateModel(
            name="NationalWord",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="+",
                        serialize=False, to="cases.case",
                    ),
                ),
                ("moments", models.JSONField(default=dict)),
            ],
        ),
    ]  # fmt: skip
