"""What the form of a leave says of the stand-in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('teams', '0004_muted_messages'),
    ]

    operations = [
        migrations.AlterField(
            model_name='leave',
            name='stand_in',
            field=models.ForeignKey(blank=True, help_text='请假期内届满的、紧急的和新到的事项由代班人办理，返岗后未办结的转回。', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='代班人'),
        ),
        migrations.AlterField(
            model_name='leaveevent',
            name='stand_in',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='请假期内届满的、紧急的和新到的事项由代班人办理，返岗后未办结的转回。', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='代班人'),
        ),
    ]
