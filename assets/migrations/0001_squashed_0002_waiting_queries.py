import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('assets', '0001_first_assets'), ('assets', '0002_waiting_queries')]

    initial = True

    dependencies = [
        ('cases', '0001_squashed_0023_closed_by_date'),
        ('documents', '0001_squashed_0007_entered_papers'),
        ('teams', '0001_squashed_0006_reminders_answered'),
    ]

    operations = [
        migrations.CreateModel(
            name='FreezeBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_at', models.DateTimeField(verbose_name='生成')),
            ],
            options={
                'indexes': [models.Index(fields=['-id'], name='freeze_batch_newest')],
            },
        ),
        migrations.CreateModel(
            name='Operator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='query_operator', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
                ('reported_on', models.DateField(verbose_name='报备日期')),
                ('until', models.DateField(blank=True, null=True, verbose_name='截止')),
                ('note', models.CharField(max_length=100, verbose_name='报备文号或说明')),
                ('by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '查控专员（报备名单）',
                'verbose_name_plural': '查控专员（报备名单）',
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('user',), name='operator_once'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('reported_on')), _connector='OR'), name='operator_forward')],
            },
        ),
        migrations.CreateModel(
            name='QueryBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('network', '网络查控'), ('offline', '线下查控')], max_length=10, verbose_name='方式')),
                ('counter', models.CharField(blank=True, choices=[('', '网络查控系统'), ('real_estate', '不动产登记'), ('vehicle', '车辆管理'), ('housing_fund', '公积金')], max_length=20, verbose_name='窗口')),
                ('state', models.CharField(choices=[('open', '待发出'), ('sent', '已发出'), ('answered', '已反馈')], default='open', max_length=10, verbose_name='状态')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_at', models.DateTimeField(verbose_name='生成')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='发出')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='反馈')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='说明')),
                ('fault', models.CharField(blank=True, max_length=200, verbose_name='系统故障')),
                ('retry_at', models.DateTimeField(null=True, verbose_name='自动发出')),
            ],
            options={
                'indexes': [models.Index(fields=['channel', 'counter', '-id'], name='query_batch_newest'), models.Index(condition=models.Q(('retry_at__isnull', False), ('state', 'open')), fields=['retry_at'], name='query_batch_held')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('channel', 'network'), ('counter', '')), models.Q(('channel', 'offline'), models.Q(('counter', ''), _negated=True)), _connector='OR'), name='query_batch_counter'), models.CheckConstraint(condition=models.Q(('state', 'open'), ('sent_at__isnull', False), _connector='OR'), name='query_batch_sent'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), _negated=True), ('answered_at__isnull', False), _connector='OR'), name='query_batch_answered')],
            },
        ),
        migrations.CreateModel(
            name='AnswerImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='assets.querybatch')),
                ('receipt', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.receipt')),
                ('state', models.CharField(choices=[('waiting', '待导入'), ('done', '已导入'), ('failed', '未导入')], default='waiting', max_length=10, verbose_name='状态')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(verbose_name='收到')),
                ('done_at', models.DateTimeField(null=True, verbose_name='导入')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='行数')),
                ('matched', models.PositiveIntegerField(default=0, verbose_name='相符')),
                ('unmatched', models.PositiveIntegerField(default=0, verbose_name='无此人案')),
                ('contradictory', models.PositiveIntegerField(default=0, verbose_name='有矛盾')),
                ('unchanged', models.PositiveIntegerField(default=0, verbose_name='与已有相同')),
            ],
            options={
                'indexes': [models.Index(fields=['batch', '-id'], name='answer_import_batch')],
            },
        ),
        migrations.CreateModel(
            name='AnswerProblem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answers', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='problems', to='assets.answerimport')),
                ('row', models.PositiveIntegerField(verbose_name='行')),
                ('kind', models.CharField(choices=[('unmatched', '无此人案'), ('contradictory', '有矛盾')], max_length=20, verbose_name='情形')),
                ('case_number', models.CharField(max_length=60, verbose_name='案号')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='姓名/名称')),
                ('certificate_number', models.CharField(max_length=40, verbose_name='证件号码')),
                ('what', models.CharField(blank=True, max_length=20, verbose_name='财产类别')),
                ('reason', models.CharField(max_length=200, verbose_name='原因')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('answers', 'row'), name='answer_problem_row')],
            },
        ),
        migrations.CreateModel(
            name='Query',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='queries', to='assets.querybatch')),
                ('channel', models.CharField(choices=[('network', '网络查控'), ('offline', '线下查控')], max_length=10, verbose_name='方式')),
                ('counter', models.CharField(blank=True, choices=[('', '网络查控系统'), ('real_estate', '不动产登记'), ('vehicle', '车辆管理'), ('housing_fund', '公积金')], max_length=20, verbose_name='窗口')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='queries', to='cases.case')),
                ('party', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='queries', to='cases.party')),
                ('reason', models.CharField(choices=[('first', '首次查询'), ('again', '补充查询'), ('full', '终本前全面查询'), ('recheck', '终本定期查询')], default='first', max_length=10, verbose_name='事由')),
                ('state', models.CharField(choices=[('ordered', '待查询'), ('sent', '待反馈'), ('answered', '已反馈'), ('nothing', '查无财产'), ('failed', '未能查询'), ('withdrawn', '已撤回')], default='ordered', max_length=10, verbose_name='状态')),
                ('asked_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_at', models.DateTimeField(verbose_name='提出')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='发出')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='反馈')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='反馈说明')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ('ordered', 'sent'))), fields=['channel', 'counter', 'state', 'id'], name='query_waiting'), models.Index(fields=['case', '-id'], name='query_case'), models.Index(fields=['party', '-id'], name='query_party')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('ordered', 'sent'))), fields=('party', 'channel', 'counter'), name='query_once'), models.CheckConstraint(condition=models.Q(models.Q(('channel', 'network'), ('counter', '')), models.Q(('channel', 'offline'), models.Q(('counter', ''), _negated=True)), _connector='OR'), name='query_counter'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('answered', 'nothing')), _negated=True), models.Q(('answered_at__isnull', False), ('sent_at__isnull', False)), _connector='OR'), name='query_answered'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('batch__isnull', False), _connector='OR'), name='query_sent_in_batch')],
            },
        ),
        migrations.CreateModel(
            name='Asset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='cases.case')),
                ('party', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='cases.party')),
                ('kind', models.CharField(choices=[('deposit', '银行存款'), ('online_balance', '网络资金'), ('securities', '证券'), ('vehicle', '车辆'), ('real_estate', '不动产'), ('equity', '股权'), ('housing_fund', '公积金'), ('movable', '其他动产'), ('right', '其他财产权')], max_length=20, verbose_name='类别')),
                ('key', models.CharField(max_length=120, verbose_name='识别号')),
                ('title', models.CharField(max_length=200, verbose_name='名称')),
                ('body', models.CharField(blank=True, max_length=100, verbose_name='协助单位')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=15, null=True, verbose_name='余额或价值')),
                ('facts', models.JSONField(default=dict, verbose_name='详情')),
                ('protected', models.CharField(blank=True, max_length=100, verbose_name='不得控制的原因')),
                ('source', models.CharField(choices=[('network', '网络查控'), ('offline', '线下查控'), ('clue', '申请人线索'), ('declared', '被执行人申报'), ('preservation', '保全转入'), ('legacy', '历史遗留导入'), ('found', '办案发现')], max_length=20, verbose_name='来源')),
                ('query', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='assets.query')),
                ('as_of', models.DateTimeField(verbose_name='截至')),
                ('entered_at', models.DateTimeField(verbose_name='录入')),
                ('entered_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['party', 'kind'], name='asset_party')],
                'constraints': [models.UniqueConstraint(fields=('case', 'party', 'kind', 'key'), name='asset_once'), models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('amount__gte', 0), _connector='OR'), name='asset_amount'), models.CheckConstraint(condition=models.Q(models.Q(('key', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='asset_named')],
            },
        ),
        migrations.CreateModel(
            name='AssetEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='assets.asset')),
                ('id', models.BigIntegerField()),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.party')),
                ('kind', models.CharField(choices=[('deposit', '银行存款'), ('online_balance', '网络资金'), ('securities', '证券'), ('vehicle', '车辆'), ('real_estate', '不动产'), ('equity', '股权'), ('housing_fund', '公积金'), ('movable', '其他动产'), ('right', '其他财产权')], max_length=20, verbose_name='类别')),
                ('key', models.CharField(max_length=120, verbose_name='识别号')),
                ('title', models.CharField(max_length=200, verbose_name='名称')),
                ('body', models.CharField(blank=True, max_length=100, verbose_name='协助单位')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=15, null=True, verbose_name='余额或价值')),
                ('facts', models.JSONField(default=dict, verbose_name='详情')),
                ('protected', models.CharField(blank=True, max_length=100, verbose_name='不得控制的原因')),
                ('source', models.CharField(choices=[('network', '网络查控'), ('offline', '线下查控'), ('clue', '申请人线索'), ('declared', '被执行人申报'), ('preservation', '保全转入'), ('legacy', '历史遗留导入'), ('found', '办案发现')], max_length=20, verbose_name='来源')),
                ('query', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assets.query')),
                ('as_of', models.DateTimeField(verbose_name='截至')),
                ('entered_at', models.DateTimeField(verbose_name='录入')),
                ('entered_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ControlMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='cases.case')),
                ('asset', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='assets.asset')),
                ('kind', models.CharField(choices=[('freeze', '冻结存款'), ('freeze_right', '冻结其他财产权'), ('seal', '查封不动产'), ('seize', '查封、扣押动产')], max_length=20, verbose_name='措施')),
                ('state', models.CharField(choices=[('draft', '待签发'), ('ordered', '已裁定'), ('sent', '已发出'), ('effective', '生效中'), ('waiting', '轮候'), ('refused', '未予协助'), ('released', '已解除'), ('lapsed', '已失效'), ('dropped', '未采取')], default='draft', max_length=10, verbose_name='状态')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=15, null=True, verbose_name='裁定金额')),
                ('controlled', models.DecimalField(decimal_places=2, max_digits=15, null=True, verbose_name='实际控制')),
                ('rank', models.PositiveSmallIntegerField(null=True, verbose_name='顺位')),
                ('ordered_on', models.DateField(null=True, verbose_name='裁定日期')),
                ('starts_on', models.DateField(null=True, verbose_name='自')),
                ('effective_on', models.DateField(null=True, verbose_name='生效日期')),
                ('ends_on', models.DateField(null=True, verbose_name='届满日')),
                ('body', models.CharField(blank=True, max_length=100, verbose_name='协助单位')),
                ('reference', models.CharField(blank=True, max_length=100, verbose_name='回执编号')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='未予协助的原因')),
                ('paper_only', models.BooleanField(default=False, verbose_name='仅登记，未实际扣押')),
                ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='assets.freezebatch')),
                ('approval', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='cases.approval')),
                ('ruling', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('notice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='documents.document')),
                ('made_at', models.DateTimeField(verbose_name='录入')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'state'], name='measure_case'), models.Index(condition=models.Q(('state', 'effective')), fields=['ends_on', 'id'], name='measure_ending')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'ordered', 'sent', 'effective', 'waiting'))), fields=('asset', 'kind'), name='measure_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'effective'), _negated=True), models.Q(('effective_on__isnull', False), ('ends_on__isnull', False)), _connector='OR'), name='measure_in_force_dated'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('starts_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='measure_forward'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'freeze'), _negated=True), models.Q(('amount__gt', 0), ('amount__isnull', False)), _connector='OR'), name='freeze_has_amount'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='measure_refused_why'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'waiting'), _negated=True), ('rank__gt', 1), _connector='OR'), name='measure_waiting_rank')],
            },
        ),
        migrations.CreateModel(
            name='ControlMeasureEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='assets.controlmeasure')),
                ('id', models.BigIntegerField()),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('asset', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assets.asset')),
                ('kind', models.CharField(choices=[('freeze', '冻结存款'), ('freeze_right', '冻结其他财产权'), ('seal', '查封不动产'), ('seize', '查封、扣押动产')], max_length=20, verbose_name='措施')),
                ('state', models.CharField(choices=[('draft', '待签发'), ('ordered', '已裁定'), ('sent', '已发出'), ('effective', '生效中'), ('waiting', '轮候'), ('refused', '未予协助'), ('released', '已解除'), ('lapsed', '已失效'), ('dropped', '未采取')], default='draft', max_length=10, verbose_name='状态')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=15, null=True, verbose_name='裁定金额')),
                ('controlled', models.DecimalField(decimal_places=2, max_digits=15, null=True, verbose_name='实际控制')),
                ('rank', models.PositiveSmallIntegerField(null=True, verbose_name='顺位')),
                ('ordered_on', models.DateField(null=True, verbose_name='裁定日期')),
                ('starts_on', models.DateField(null=True, verbose_name='自')),
                ('effective_on', models.DateField(null=True, verbose_name='生效日期')),
                ('ends_on', models.DateField(null=True, verbose_name='届满日')),
                ('body', models.CharField(blank=True, max_length=100, verbose_name='协助单位')),
                ('reference', models.CharField(blank=True, max_length=100, verbose_name='回执编号')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='未予协助的原因')),
                ('paper_only', models.BooleanField(default=False, verbose_name='仅登记，未实际扣押')),
                ('batch', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assets.freezebatch')),
                ('approval', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.approval')),
                ('ruling', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.document')),
                ('notice', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.document')),
                ('made_at', models.DateTimeField(verbose_name='录入')),
                ('by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='asset',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assets_assetevent" ("amount", "as_of", "body", "case_id", "entered_at", "entered_by_id", "facts", "id", "key", "kind", "party_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protected", "query_id", "source", "title") VALUES (NEW."amount", NEW."as_of", NEW."body", NEW."case_id", NEW."entered_at", NEW."entered_by_id", NEW."facts", NEW."id", NEW."key", NEW."kind", NEW."party_id", NOW(), \'insert\', NEW."id", NEW."protected", NEW."query_id", NEW."source", NEW."title"); RETURN NULL;', hash='d390449142f2fa00f5a13838b2c5d9f78cde621d', operation='INSERT', pgid='pgtrigger_insert_insert_db54a', table='assets_asset', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='asset',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assets_assetevent" ("amount", "as_of", "body", "case_id", "entered_at", "entered_by_id", "facts", "id", "key", "kind", "party_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protected", "query_id", "source", "title") VALUES (NEW."amount", NEW."as_of", NEW."body", NEW."case_id", NEW."entered_at", NEW."entered_by_id", NEW."facts", NEW."id", NEW."key", NEW."kind", NEW."party_id", NOW(), \'update\', NEW."id", NEW."protected", NEW."query_id", NEW."source", NEW."title"); RETURN NULL;', hash='5da51b344d0fc202545f7e57284ef268f205ae83', operation='UPDATE', pgid='pgtrigger_update_update_4a336', table='assets_asset', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assetevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='22d926ce264ae34201ef70beaca6d0289a0c84d2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bd9cc', table='assets_assetevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='controlmeasure',
            trigger=pgtrigger.compiler.Trigger(name='within_claim', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."kind" = \'freeze\' AND NEW."state" IN (\'draft\', \'ordered\', \'sent\', \'effective\'))', func="\n    PERFORM 1 FROM cases_case WHERE id = NEW.case_id FOR NO KEY UPDATE;\n    IF (SELECT COALESCE(SUM(m.amount), 0) FROM assets_controlmeasure m\n        WHERE m.case_id = NEW.case_id AND m.kind = 'freeze' AND m.id IS DISTINCT FROM NEW.id\n          AND m.state IN ('draft', 'ordered', 'sent', 'effective')) + NEW.amount\n       > (SELECT GREATEST(c.amount - c.recovered, 0) FROM cases_case c WHERE c.id = NEW.case_id) THEN\n        RAISE EXCEPTION 'over-freezing of case %', NEW.case_id USING ERRCODE = 'check_violation',\n            CONSTRAINT = 'measure_within_claim';\n    END IF;\n    RETURN NEW;\n", hash='385988cfae34281e3b076d3414e6a9e29e3f9c17', operation='INSERT', pgid='pgtrigger_within_claim_c2475', table='assets_controlmeasure', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='controlmeasure',
            trigger=pgtrigger.compiler.Trigger(name='within_claim_again', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."kind" = \'freeze\' AND NEW."state" IN (\'draft\', \'ordered\', \'sent\', \'effective\') AND (NEW."amount" > (OLD."amount") OR OLD."state" IN (\'refused\', \'released\', \'lapsed\', \'dropped\')))', func="\n    PERFORM 1 FROM cases_case WHERE id = NEW.case_id FOR NO KEY UPDATE;\n    IF (SELECT COALESCE(SUM(m.amount), 0) FROM assets_controlmeasure m\n        WHERE m.case_id = NEW.case_id AND m.kind = 'freeze' AND m.id IS DISTINCT FROM NEW.id\n          AND m.state IN ('draft', 'ordered', 'sent', 'effective')) + NEW.amount\n       > (SELECT GREATEST(c.amount - c.recovered, 0) FROM cases_case c WHERE c.id = NEW.case_id) THEN\n        RAISE EXCEPTION 'over-freezing of case %', NEW.case_id USING ERRCODE = 'check_violation',\n            CONSTRAINT = 'measure_within_claim';\n    END IF;\n    RETURN NEW;\n", hash='8f0143330a560fb82cfbd63c118fbf066775f274', operation='UPDATE', pgid='pgtrigger_within_claim_again_00a91', table='assets_controlmeasure', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='controlmeasure',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assets_controlmeasureevent" ("amount", "approval_id", "asset_id", "batch_id", "body", "by_id", "case_id", "controlled", "effective_on", "ends_on", "id", "kind", "made_at", "notice_id", "ordered_on", "paper_only", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "reason", "reference", "ruling_id", "starts_on", "state") VALUES (NEW."amount", NEW."approval_id", NEW."asset_id", NEW."batch_id", NEW."body", NEW."by_id", NEW."case_id", NEW."controlled", NEW."effective_on", NEW."ends_on", NEW."id", NEW."kind", NEW."made_at", NEW."notice_id", NEW."ordered_on", NEW."paper_only", NOW(), \'insert\', NEW."id", NEW."rank", NEW."reason", NEW."reference", NEW."ruling_id", NEW."starts_on", NEW."state"); RETURN NULL;', hash='b74a3a97e835894a31b668b5454e0f982b927c4b', operation='INSERT', pgid='pgtrigger_insert_insert_c2dea', table='assets_controlmeasure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='controlmeasure',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assets_controlmeasureevent" ("amount", "approval_id", "asset_id", "batch_id", "body", "by_id", "case_id", "controlled", "effective_on", "ends_on", "id", "kind", "made_at", "notice_id", "ordered_on", "paper_only", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "reason", "reference", "ruling_id", "starts_on", "state") VALUES (NEW."amount", NEW."approval_id", NEW."asset_id", NEW."batch_id", NEW."body", NEW."by_id", NEW."case_id", NEW."controlled", NEW."effective_on", NEW."ends_on", NEW."id", NEW."kind", NEW."made_at", NEW."notice_id", NEW."ordered_on", NEW."paper_only", NOW(), \'update\', NEW."id", NEW."rank", NEW."reason", NEW."reference", NEW."ruling_id", NEW."starts_on", NEW."state"); RETURN NULL;', hash='04a9756da50b7be6e8f33cd5c5cc66e72f454549', operation='UPDATE', pgid='pgtrigger_update_update_fd264', table='assets_controlmeasure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='controlmeasureevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='efe11a05b4d80c9e10529a3d8abea93e1f6f9f1d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bde8e', table='assets_controlmeasureevent', when='BEFORE')),
        ),
    ]
