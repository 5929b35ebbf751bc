"""Bundles of originals and of the teams' papers, and each hand-over of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("documents", "0002_service_and_exchange")]

    operations = [
        migrations.CreateModel(
            name='Bundle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('originals', '立案原件'), ('papers', '团队材料')], max_length=10, verbose_name='种类')),
                ('title', models.CharField(max_length=200, verbose_name='内容')),
                ('pieces', models.PositiveSmallIntegerField(verbose_name='件数')),
                ('pages_paper', models.PositiveSmallIntegerField(verbose_name='纸质页数')),
                ('pages_scanned', models.PositiveSmallIntegerField(null=True, verbose_name='扫描页数')),
                ('pages_filed', models.PositiveSmallIntegerField(null=True, verbose_name='入卷页数')),
                ('difference', models.CharField(blank=True, max_length=200, verbose_name='页数不一致的说明')),
                ('secret', models.BooleanField(default=False, verbose_name='副卷材料')),
                ('duty', models.CharField(blank=True, max_length=60, verbose_name='事项对象')),
                ('shelf', models.CharField(blank=True, max_length=60, verbose_name='架位')),
                ('made_at', models.DateTimeField(verbose_name='登记时间')),
                ('received_at', models.DateTimeField(null=True, verbose_name='卷宗管理中心收到')),
                ('filed_at', models.DateTimeField(null=True, verbose_name='扫描入卷')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bundles', to='cases.case')),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team')),
            ],
        ),
        migrations.CreateModel(
            name='Custody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given_at', models.DateTimeField(verbose_name='交出')),
                ('taken_at', models.DateTimeField(null=True, verbose_name='收到')),
                ('counted', models.PositiveSmallIntegerField(null=True, verbose_name='实收件数')),
                ('recalled_at', models.DateTimeField(null=True, verbose_name='收回')),
                ('bundle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='custody', to='documents.bundle')),
                ('from_team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team')),
            ],
        ),
        migrations.AddIndex(
            model_name='bundle',
            index=models.Index(fields=['case', 'id'], name='bundle_case'),
        ),
        migrations.AddIndex(
            model_name='bundle',
            index=models.Index(fields=['team', 'id'], name='bundle_team'),
        ),
        migrations.AddIndex(
            model_name='bundle',
            index=models.Index(condition=models.Q(('filed_at__isnull', True)), fields=['received_at', 'id'], name='bundle_to_scan'),
        ),
        migrations.AddConstraint(
            model_name='bundle',
            constraint=models.CheckConstraint(condition=models.Q(('pages_paper__gte', 1), ('pieces__gte', 1)), name='bundle_holds_something'),
        ),
        migrations.AddConstraint(
            model_name='bundle',
            constraint=models.CheckConstraint(condition=models.Q(('filed_at__isnull', True), models.Q(('pages_filed__isnull', False), ('pages_scanned__isnull', False)), _connector='OR'), name='bundle_filed_counted'),
        ),
        migrations.AddIndex(
            model_name='custody',
            index=models.Index(fields=['bundle', 'id'], name='custody_bundle'),
        ),
        migrations.AddIndex(
            model_name='custody',
            index=models.Index(condition=models.Q(('taken_at__isnull', True)), fields=['to_team', 'id'], name='custody_coming'),
        ),
        migrations.AddIndex(
            model_name='custody',
            index=models.Index(fields=['to_team', 'taken_at', 'id'], name='custody_taken'),
        ),
        migrations.AddIndex(
            model_name='custody',
            index=models.Index(fields=['from_team', 'given_at', 'id'], name='custody_given'),
        ),
        migrations.AddConstraint(
            model_name='custody',
            constraint=models.UniqueConstraint(condition=models.Q(('recalled_at__isnull', True), ('taken_at__isnull', True)), fields=('bundle',), name='custody_one_open'),
        ),
        migrations.AddConstraint(
            model_name='custody',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('taken_at__isnull', True), ('taken_by__isnull', True)), models.Q(('recalled_at__isnull', True), ('taken_at__isnull', False), ('taken_by__isnull', False)), _connector='OR'), name='custody_two_scans'),
        ),
    ]
