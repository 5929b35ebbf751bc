"""What the person who was reminded answered, and when; what nobody has answered yet is found by its address."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('teams', '0005_what_a_stand_in_does'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='answer',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='notice',
            name='answered_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=Q(('answered_at__isnull', True), ('kind', 'nudge'), ('sender__isnull', False)), fields=['url'], name='notice_unanswered'),
        ),
    ]
