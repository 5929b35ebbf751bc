"""When the signer opened the sheet: until then its maker may take it back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_moves")]

    operations = [
        migrations.AddField(
            model_name="approvalplace", name="seen_at", field=models.DateTimeField(null=True)
        ),
    ]
