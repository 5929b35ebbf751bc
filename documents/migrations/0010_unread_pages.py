"""Pages that could not be read are told from pages without a word; which of the old ones are which nobody knows, so the
night reads those without a word once more."""

from django.db import migrations, models
from django.db.models import Q


def once_more(apps, schema_editor):
    apps.get_model("documents", "PageText").objects.filter(source="ocr", text="").update(failures=1)


class Migration(migrations.Migration):
    dependencies = [("documents", "0009_runs_of_service")]

    operations = [
        migrations.AddField("pagetext", "failures", models.PositiveSmallIntegerField("识别失败", default=0)),
        migrations.RunPython(once_more, migrations.RunPython.noop),
        migrations.AddIndex(
            "pagetext", models.Index(fields=["failures", "id"], name="page_text_failed", condition=Q(failures__gt=0))
        ),
    ]
