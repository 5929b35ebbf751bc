"""Who reminds stands on the notice: so that reminders nobody has answered can be listed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('teams', '0002_preferences'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='sender',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('kind', 'nudge'), ('sender__isnull', False)), fields=['sender', '-id'], name='notice_sent'),
        ),
    ]
