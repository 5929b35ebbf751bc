"""When the signer opened the sheet: until then its maker may take it back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_asked_open")]

    operations = [
        migrations.AddField(
            model_name="approvalplace", name="seen_at", field=models.DateTimeField(null=True)
        ),
    ]
