import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('quality', '0001_triage_decision'), ('quality', '0002_platform_matter'), ('quality', '0003_bulletins')]

    initial = True

    dependencies = [
        ('cases', '0001_squashed_0023_closed_by_date'),
        ('teams', '0001_squashed_0006_reminders_answered'),
    ]

    operations = [
        migrations.CreateModel(
            name='Bulletin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='月份')),
                ('version', models.PositiveSmallIntegerField(verbose_name='版次')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='更正原因')),
                ('figures', models.JSONField(verbose_name='数据')),
                ('hash', models.CharField(max_length=64, verbose_name='校验值')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='生成')),
                ('made_at', models.DateTimeField(verbose_name='生成时间')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('month', 'version'), name='bulletin_version'), models.CheckConstraint(condition=models.Q(('version', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='bulletin_reasoned'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='bulletin_first_day')],
            },
        ),
        migrations.CreateModel(
            name='BulletinList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bulletin', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lists', to='quality.bulletin')),
                ('key', models.CharField(max_length=120, verbose_name='统计对象')),
                ('rows', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('teams', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('bulletin', 'key'), name='bulletin_list_once')],
            },
        ),
        migrations.CreateModel(
            name='BulletinIssue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bulletin', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='issue', to='quality.bulletin')),
                ('findings', models.TextField(verbose_name='分析')),
                ('problems', models.TextField(blank=True, verbose_name='存在的问题')),
                ('measures', models.TextField(verbose_name='工作要求')),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发布')),
                ('issued_at', models.DateTimeField(verbose_name='发布时间')),
                ('pdf', models.BinaryField(verbose_name='通报')),
                ('sha256', models.CharField(max_length=64, verbose_name='文件校验值')),
            ],
        ),
        migrations.CreateModel(
            name='PlatformMatter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='matter', to='cases.workitem')),
                ('source', models.CharField(choices=[('supreme', '最高人民法院执行指挥中心'), ('high', '省高级人民法院执行指挥中心'), ('intermediate', '市中级人民法院执行指挥中心'), ('platform', '执行指挥平台'), ('other', '其他机关')], max_length=20, verbose_name='来源')),
                ('number', models.CharField(max_length=60, verbose_name='编号')),
                ('title', models.CharField(max_length=80, verbose_name='事项')),
                ('content', models.TextField(blank=True, max_length=2000, verbose_name='内容')),
                ('received_on', models.DateField(verbose_name='收到日期')),
                ('due_on', models.DateField(verbose_name='要求回复')),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='matters', to='cases.case')),
                ('made_at', models.DateTimeField(verbose_name='登记')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reply', models.TextField(blank=True, max_length=2000, verbose_name='回复')),
                ('receipt', models.CharField(blank=True, max_length=60, verbose_name='平台回执号')),
                ('replied_at', models.DateTimeField(null=True, verbose_name='回复时间')),
                ('replied_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('replied_at__isnull', True)), fields=['due_on', 'id'], name='matter_open'), models.Index(condition=models.Q(('replied_at__isnull', False)), fields=['-replied_at', '-id'], name='matter_done')],
                'constraints': [models.UniqueConstraint(fields=('source', 'number'), name='matter_once'), models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('received_on'))), name='matter_due'), models.CheckConstraint(condition=models.Q(('replied_at__isnull', True), models.Q(models.Q(('reply', ''), _negated=True), ('replied_by__isnull', False)), _connector='OR'), name='matter_replied')],
            },
        ),
        migrations.CreateModel(
            name='TriageDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='triages', to='cases.case')),
                ('proposed', models.CharField(choices=[('fast', '快执'), ('regular', '普执')], max_length=10, verbose_name='规则建议')),
                ('criterion', models.CharField(max_length=40, verbose_name='分流标准')),
                ('certain', models.BooleanField(verbose_name='确定')),
                ('reasons', models.JSONField(default=list, verbose_name='理由')),
                ('track', models.CharField(choices=[('fast', '快执'), ('regular', '普执')], max_length=10, verbose_name='决定')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='改变建议的理由')),
                ('team', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team', verbose_name='承办团队')),
                ('how', models.CharField(choices=[('load', '在办最少'), ('debtor', '同一被执行人'), ('hand', '指定')], max_length=10, verbose_name='团队的确定')),
                ('figures', models.JSONField(default=list, verbose_name='所依据的负荷')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(verbose_name='时间')),
            ],
            options={
                'indexes': [models.Index(fields=['-at', '-id'], name='triage_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('track', models.F('proposed')), models.Q(('reason', ''), _negated=True), _connector='OR'), name='triage_override_reasoned'), models.CheckConstraint(condition=models.Q(models.Q(('how', 'hand'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='triage_hand_reasoned')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bulletin',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6e90fc44961ead89de70007330bdd8d81c93bbcf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_36194', table='quality_bulletin', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bulletinlist',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='47441c63e73ec64e06229553ce304efdafa13882', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bc90a', table='quality_bulletinlist', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bulletinissue',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5d384db6ce6553cf191b4f32e6b951678612008d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_36d82', table='quality_bulletinissue', when='BEFORE')),
        ),
    ]
