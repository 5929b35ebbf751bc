from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0011_previews_of_office_files")]

    operations = [
        migrations.AddField("document", "settled", models.JSONField(null=True, verbose_name="报请时的成文")),
    ]
