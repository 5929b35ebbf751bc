import cases.names
import datetime
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.fields.json
import django.db.models.functions.comparison
import django.db.models.functions.text
import django_fsm
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


# Every two neighbouring characters of a text, by which names and pages are searched; a long text in one walk over it.
BIGRAMS = """
CREATE FUNCTION bigrams(t text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT CASE WHEN length(t) < 32 THEN (
SELECT coalesce(array_agg(DISTINCT substr(lower(t), i, 2)), '{}') FROM generate_series(1, length(t) - 1) i
) ELSE (
SELECT coalesce(array_agg(DISTINCT two), '{}') FROM (
  SELECT one || lead(one) OVER (ORDER BY n) AS two FROM unnest(string_to_array(lower(t), NULL)) WITH ORDINALITY u(one, n)
) pairs WHERE two IS NOT NULL
) END $$
"""
# Any change of the calendar, the settings or the staffing raises the number under which it is cached.
TABLES = {
    "calendar": ("cases_restday", "cases_calendaryear"),
    "settings": ("cases_courtsetting",),
    "staffing": (
        "teams_user",
        "teams_team",
        "teams_posting",
        "teams_pairedjudge",
        "teams_dutyjudge",
        "teams_leave",
        "teams_acting",
    ),
}
# A sequence is not rolled back: a number seen by an undone transaction never comes again with other contents.
VERSIONS = """
CREATE SEQUENCE cases_version_number START 2;
CREATE FUNCTION cases_raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cases_version (name, number) VALUES (TG_ARGV[0], nextval('cases_version_number'))
    ON CONFLICT (name) DO UPDATE SET number = EXCLUDED.number;
    RETURN NULL;
END $$;
"""


def columns(table: str) -> str:
    """Log-ins write the officer's row without changing the staffing."""
    return " OF name, phone, is_active" if table == "teams_user" else ""


FORWARD = VERSIONS + "".join(
    f"CREATE TRIGGER raise_version AFTER INSERT OR DELETE OR UPDATE{columns(table)} ON {table}"
    f" FOR EACH STATEMENT EXECUTE FUNCTION cases_raise_version('{name}');\n"
    for name, tables in TABLES.items()
    for table in tables
)
BACKWARD = (
    "".join(f"DROP TRIGGER raise_version ON {table};\n" for tables in TABLES.values() for table in tables)
    + "DROP FUNCTION cases_raise_version(); DROP SEQUENCE cases_version_number;"
)


class Migration(migrations.Migration):

    replaces = [('cases', '0001_initial'), ('cases', '0002_versions'), ('cases', '0003_grant_history'), ('cases', '0004_paused_queues'), ('cases', '0005_fewer_indexes'), ('cases', '0006_search'), ('cases', '0007_notes_and_views'), ('cases', '0008_drafts'), ('cases', '0009_asked_open'), ('cases', '0010_what_confirms_a_setting'), ('cases', '0011_journal_address'), ('cases', '0012_amendments'), ('cases', '0013_case_by_amount'), ('cases', '0014_moves'), ('cases', '0015_place_seen'), ('cases', '0016_closed_time_excluded'), ('cases', '0017_sheets_once_signed'), ('cases', '0018_audit_by_time_and_address'), ('cases', '0019_covered_for'), ('cases', '0020_cohorts'), ('cases', '0021_party_history_without_context'), ('cases', '0022_bigrams_of_long_texts'), ('cases', '0023_closed_by_date')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('teams', '0001_squashed_0006_reminders_answered'),
    ]

    operations = [
        migrations.RunSQL(
            sql=BIGRAMS,
            reverse_sql='DROP FUNCTION bigrams(text)',
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('path', models.CharField(max_length=200)),
                ('data', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='draft_old')],
                'constraints': [models.UniqueConstraint(fields=('user', 'path'), name='draft_once')],
            },
        ),
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=200, verbose_name='文件')),
                ('sha256', models.CharField(max_length=64)),
                ('sheet', models.CharField(blank=True, max_length=100)),
                ('at', models.DateTimeField(verbose_name='导入时间')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team')),
                ('counts', models.JSONField(default=dict)),
                ('undone_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['sha256'], name='import_file')],
            },
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('first', '首次执行'), ('resumed', '恢复执行'), ('preservation', '财产保全执行'), ('legacy', '历史遗留'), ('review', '保全审查'), ('assistance', '委托事项'), ('petition', '信访')], max_length=20, verbose_name='案件类型')),
                ('number', models.CharField(max_length=60, unique=True, verbose_name='案号')),
                ('year', models.PositiveSmallIntegerField(null=True, verbose_name='收案年度')),
                ('type_code', models.CharField(blank=True, max_length=10, verbose_name='类型代字')),
                ('serial', models.PositiveIntegerField(null=True, verbose_name='编号')),
                ('stage', django_fsm.FSMField(choices=[('reception', '初次接待'), ('preparation', '文书查控'), ('fast', '快执'), ('regular', '普执'), ('resumed', '恢复办理'), ('preserving', '保全实施'), ('suspended', '中止/暂缓'), ('closing', '报结审查'), ('terminal', '终本管理'), ('closed', '已结案待归档'), ('archived', '已归档'), ('reviewing', '保全审查'), ('assisting', '委托办理'), ('answering', '信访办理'), ('void', '已撤销登记')], default='reception', max_length=20, protected=True, verbose_name='阶段')),
                ('team', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team', verbose_name='承办团队')),
                ('handler', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='承办人')),
                ('clerk', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='书记员')),
                ('arrived_at', models.DateTimeField(verbose_name='到本团队')),
                ('received_on', models.DateField(null=True, verbose_name='收案日期')),
                ('filed_on', models.DateField(verbose_name='立案日期')),
                ('reached_at', models.DateTimeField(verbose_name='到局时间')),
                ('started_on', models.DateField(verbose_name='起算日')),
                ('cause', models.CharField(blank=True, max_length=100, verbose_name='案由')),
                ('sent_by', models.CharField(blank=True, max_length=100, verbose_name='移送部门')),
                ('amount', models.DecimalField(decimal_places=2, default=0, max_digits=15, verbose_name='申请标的')),
                ('recovered', models.DecimalField(decimal_places=2, default=0, max_digits=15, verbose_name='已到位')),
                ('clues', models.TextField(blank=True, verbose_name='财产线索')),
                ('remark', models.TextField(blank=True, verbose_name='备注')),
                ('livelihood', models.BooleanField(default=False, verbose_name='涉民生')),
                ('enterprise', models.BooleanField(default=False, verbose_name='涉企')),
                ('confidential', models.BooleanField(default=False, verbose_name='不公开/敏感')),
                ('state_secret', models.BooleanField(default=False, verbose_name='国家秘密（线下办理）')),
                ('suspended_from', models.CharField(blank=True, choices=[('reception', '初次接待'), ('preparation', '文书查控'), ('fast', '快执'), ('regular', '普执'), ('resumed', '恢复办理'), ('preserving', '保全实施'), ('suspended', '中止/暂缓'), ('closing', '报结审查'), ('terminal', '终本管理'), ('closed', '已结案待归档'), ('archived', '已归档'), ('reviewing', '保全审查'), ('assisting', '委托办理'), ('answering', '信访办理'), ('void', '已撤销登记')], max_length=20, verbose_name='中止前阶段')),
                ('closing_from', models.CharField(blank=True, choices=[('reception', '初次接待'), ('preparation', '文书查控'), ('fast', '快执'), ('regular', '普执'), ('resumed', '恢复办理'), ('preserving', '保全实施'), ('suspended', '中止/暂缓'), ('closing', '报结审查'), ('terminal', '终本管理'), ('closed', '已结案待归档'), ('archived', '已归档'), ('reviewing', '保全审查'), ('assisting', '委托办理'), ('answering', '信访办理'), ('void', '已撤销登记')], max_length=20, verbose_name='报结前阶段')),
                ('closed_from', models.CharField(blank=True, choices=[('reception', '初次接待'), ('preparation', '文书查控'), ('fast', '快执'), ('regular', '普执'), ('resumed', '恢复办理'), ('preserving', '保全实施'), ('suspended', '中止/暂缓'), ('closing', '报结审查'), ('terminal', '终本管理'), ('closed', '已结案待归档'), ('archived', '已归档'), ('reviewing', '保全审查'), ('assisting', '委托办理'), ('answering', '信访办理'), ('void', '已撤销登记')], max_length=20, verbose_name='结案前阶段')),
                ('closed_team', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team')),
                ('closing_mode', models.CharField(blank=True, choices=[('fully_enforced', '执行完毕'), ('terminal_closure', '终结本次执行程序'), ('termination', '终结执行'), ('withdrawn_from_docket', '销案'), ('non_enforcement', '不予执行'), ('application_rejected', '驳回申请'), ('preserved', '保全完毕'), ('partly_preserved', '部分保全'), ('nothing_to_preserve', '无标的物可实施保全'), ('preservation_withdrawn', '保全申请撤回')], max_length=30, verbose_name='结案方式')),
                ('closed_on', models.DateField(null=True, verbose_name='结案日期')),
                ('reported_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='报结人')),
                ('report', models.JSONField(default=dict, verbose_name='报结事项')),
                ('void_reason', models.CharField(blank=True, max_length=200, verbose_name='撤销登记原因')),
                ('imported_in', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='cases.importbatch')),
                ('head', models.CharField(blank=True, max_length=64, verbose_name='流转记录链首')),
                ('entries', models.PositiveIntegerField(default=0, verbose_name='流转记录条数')),
            ],
            options={
                'verbose_name': '案件',
                'verbose_name_plural': '案件',
                'permissions': [('work_on_case', '承办本案'), ('recused_from_case', '回避本案')],
                'default_permissions': ('view',),
                'indexes': [models.Index(fields=['team', '-id'], name='case_team'), models.Index(fields=['team', 'stage', '-id'], name='case_team_stage'), models.Index(fields=['stage', '-id'], name='case_stage'), models.Index(fields=['handler', '-id'], name='case_handler'), models.Index(fields=['filed_on', '-id'], name='case_filed'), models.Index(fields=['closed_on'], name='case_closed'), models.Index(fields=['amount', 'id'], name='case_amount_order'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Reverse(django.db.models.functions.comparison.Cast('serial', models.TextField())), name='text_pattern_ops'), condition=models.Q(('serial__isnull', False)), name='case_tail'), models.Index(condition=models.Q(('imported_in__isnull', False)), fields=['imported_in'], name='case_imported'), models.Index(condition=models.Q(('confidential', True), ('state_secret', True), _connector='OR'), fields=['id'], name='case_hidden')],
                'constraints': [models.CheckConstraint(condition=models.Q(('team__isnull', False), ('stage', 'void'), _connector='OR'), name='case_held', violation_error_message='无人承办'), models.CheckConstraint(condition=models.Q(('amount__gte', 0), ('recovered__gte', 0)), name='case_amount'), models.CheckConstraint(condition=models.Q(models.Q(('stage', 'suspended'), _negated=True), models.Q(('suspended_from', ''), _negated=True), _connector='OR'), name='case_suspended_from'), models.CheckConstraint(condition=models.Q(models.Q(('stage', 'closing'), _negated=True), models.Q(('closing_from', ''), _negated=True), _connector='OR'), name='case_closing_from'), models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ('closed', 'terminal', 'archived')), _negated=True), ('closed_on__isnull', False), ('kind', 'legacy'), _connector='OR'), name='case_closed_on'), models.UniqueConstraint(condition=models.Q(('serial__isnull', False)), fields=('type_code', 'year', 'serial'), name='case_serial')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name='CaseLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='cases.case')),
                ('kind', models.CharField(choices=[('origin', '恢复自'), ('previous', '前一案件'), ('preservation', '保全案件'), ('same_basis', '同一执行依据'), ('joint_lead', '合并执行主案'), ('joint_member', '合并执行从案'), ('reversal', '执行回转'), ('adjudication', '异议复议'), ('sanction', '司法制裁'), ('prosecution', '拒执')], max_length=20, verbose_name='关系')),
                ('other', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='linked_from', to='cases.case')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='对方案号')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'kind', 'other', 'number'), name='link_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('other__isnull', False), models.Q(('number', ''), _negated=True), _connector='OR'), name='link_names_a_case')],
            },
        ),
        migrations.CreateModel(
            name='Basis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bases', to='cases.case')),
                ('kind', models.CharField(choices=[('civil', '民事'), ('administrative', '行政非诉'), ('criminal', '刑事涉财产')], default='civil', max_length=20, verbose_name='依据类别')),
                ('number', models.CharField(blank=True, max_length=100, verbose_name='执行依据文号')),
                ('maker', models.CharField(blank=True, max_length=100, verbose_name='作出单位')),
                ('effective_on', models.DateField(null=True, verbose_name='生效日期')),
                ('performance_end_on', models.DateField(null=True, verbose_name='履行期限届满')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('number', ''), _negated=True), fields=['number'], name='basis_number')],
            },
        ),
        migrations.CreateModel(
            name='BasisEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.basis')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('kind', models.CharField(choices=[('civil', '民事'), ('administrative', '行政非诉'), ('criminal', '刑事涉财产')], default='civil', max_length=20, verbose_name='依据类别')),
                ('number', models.CharField(blank=True, max_length=100, verbose_name='执行依据文号')),
                ('maker', models.CharField(blank=True, max_length=100, verbose_name='作出单位')),
                ('effective_on', models.DateField(null=True, verbose_name='生效日期')),
                ('performance_end_on', models.DateField(null=True, verbose_name='履行期限届满')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='cases.case')),
                ('kind', models.CharField(choices=[('money', '金钱给付'), ('conduct', '行为'), ('thing', '交付特定物'), ('property_right', '财产权利')], default='money', max_length=20, verbose_name='种类')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=15, null=True, verbose_name='金额')),
                ('text', models.CharField(blank=True, max_length=500, verbose_name='内容')),
                ('fine', models.BooleanField(default=False, verbose_name='刑事罚金')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'money'), _negated=True), models.Q(('amount__gte', 0), ('amount__isnull', False)), _connector='OR'), name='claim_money_has_amount')],
            },
        ),
        migrations.CreateModel(
            name='ClaimEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.claim')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('kind', models.CharField(choices=[('money', '金钱给付'), ('conduct', '行为'), ('thing', '交付特定物'), ('property_right', '财产权利')], default='money', max_length=20, verbose_name='种类')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=15, null=True, verbose_name='金额')),
                ('text', models.CharField(blank=True, max_length=500, verbose_name='内容')),
                ('fine', models.BooleanField(default=False, verbose_name='刑事罚金')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='cases.importbatch')),
                ('row', models.PositiveIntegerField(verbose_name='行')),
                ('outcome', models.CharField(choices=[('imported', '已导入'), ('imported_with_warning', '已导入（有提示）'), ('rejected', '未导入'), ('duplicate', '重复')], max_length=30)),
                ('number', models.CharField(blank=True, max_length=60)),
                ('problems', models.JSONField(default=list)),
                ('values', models.JSONField(default=dict)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('batch', 'row'), name='import_row_once')],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=100)),
                ('payload', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('waiting', '待处理'), ('running', '处理中'), ('done', '已完成'), ('failed', '失败')], default='waiting', max_length=10)),
                ('total', models.PositiveIntegerField(default=0)),
                ('result', models.JSONField(default=dict)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('lease_until', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ('waiting', 'running'))), fields=['id'], name='job_unfinished')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('waiting', 'running'))), fields=('kind', 'key'), name='job_once')],
            },
        ),
        migrations.CreateModel(
            name='JournalEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stream', models.CharField(max_length=40)),
                ('no', models.PositiveIntegerField()),
                ('case', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='journal', to='cases.case')),
                ('what', models.CharField(max_length=20)),
                ('key', models.CharField(max_length=60)),
                ('label', models.CharField(max_length=200)),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by_label', models.CharField(max_length=80)),
                ('happened_at', models.DateTimeField(verbose_name='发生')),
                ('entered_at', models.DateTimeField(verbose_name='录入')),
                ('backdated', models.BooleanField(default=False, verbose_name='补录')),
                ('facts', models.JSONField(default=dict)),
                ('ip', models.CharField(blank=True, db_default='', max_length=45, verbose_name='IP 地址')),
                ('prev', models.CharField(blank=True, max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('xid', models.BigIntegerField()),
            ],
            options={
                'verbose_name': '流转记录',
                'verbose_name_plural': '流转记录',
                'default_permissions': ('view',),
                'indexes': [models.Index(condition=models.Q(('case__isnull', False)), fields=['case', '-id'], name='journal_case'), models.Index(fields=['by', '-id'], name='journal_by'), models.Index(fields=['-entered_at', '-id'], name='journal_entered'), models.Index(condition=models.Q(('ip', ''), _negated=True), fields=['ip', '-id'], name='journal_ip'), models.Index(fields=['xid', 'id'], name='journal_xid')],
                'constraints': [models.UniqueConstraint(fields=('stream', 'no'), name='journal_no'), models.UniqueConstraint(fields=('stream', 'prev'), name='journal_prev')],
            },
        ),
        migrations.CreateModel(
            name='JournalHead',
            fields=[
                ('stream', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('head', models.CharField(blank=True, max_length=64)),
                ('entries', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='JournalSeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('below_xid', models.BigIntegerField()),
                ('count', models.PositiveIntegerField()),
                ('last_id', models.BigIntegerField()),
                ('prev', models.CharField(blank=True, max_length=64, unique=True)),
                ('hash', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('key', models.CharField(max_length=64)),
                ('location', models.CharField(blank=True, max_length=500)),
                ('message', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='submission_once')],
            },
        ),
        migrations.CreateModel(
            name='CaseNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='cases.case')),
                ('text', models.CharField(max_length=500, verbose_name='备注')),
                ('shared', models.BooleanField(default=True, verbose_name='同事可见')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(verbose_name='时间')),
            ],
            options={
                'indexes': [models.Index(fields=['case', '-id'], name='note_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='note_said')],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('name', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='RestDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='日期')),
                ('is_workday', models.BooleanField(verbose_name='上班')),
                ('name', models.CharField(blank=True, max_length=40, verbose_name='名称')),
                ('source', models.CharField(blank=True, max_length=100, verbose_name='来源')),
            ],
            options={
                'verbose_name': '节假日与调休',
                'verbose_name_plural': '节假日与调休',
            },
        ),
        migrations.CreateModel(
            name='RestDayEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.restday')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('day', models.DateField(verbose_name='日期')),
                ('is_workday', models.BooleanField(verbose_name='上班')),
                ('name', models.CharField(blank=True, max_length=40, verbose_name='名称')),
                ('source', models.CharField(blank=True, max_length=100, verbose_name='来源')),
            ],
            options={
                'verbose_name': '节假日与调休变动',
                'verbose_name_plural': '节假日与调休变动',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CalendarYear',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False, verbose_name='年度')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='来源')),
            ],
            options={
                'verbose_name': '已公布年度',
                'verbose_name_plural': '已公布年度',
            },
        ),
        migrations.CreateModel(
            name='CalendarYearEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.calendaryear')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('year', models.PositiveSmallIntegerField(serialize=False, verbose_name='年度')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='来源')),
            ],
            options={
                'verbose_name': '已公布年度变动',
                'verbose_name_plural': '已公布年度变动',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CourtSetting',
            fields=[
                ('key', models.CharField(max_length=80, primary_key=True, serialize=False, verbose_name='项目')),
                ('value', models.CharField(max_length=200, verbose_name='取值')),
                ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='确认日期')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='确认人')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='依据')),
            ],
            options={
                'verbose_name': '院里确认事项',
                'verbose_name_plural': '院里确认事项',
            },
        ),
        migrations.CreateModel(
            name='CourtSettingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.courtsetting')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('key', models.CharField(max_length=80, serialize=False, verbose_name='项目')),
                ('value', models.CharField(max_length=200, verbose_name='取值')),
                ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='确认日期')),
                ('confirmed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='确认人')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='依据')),
            ],
            options={
                'verbose_name': '院里确认事项变动',
                'verbose_name_plural': '院里确认事项变动',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OwnSerial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('series', 'year'), name='serial_once')],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='teams.team')),
                ('name', models.CharField(max_length=30, verbose_name='名称')),
                ('query', models.CharField(max_length=500)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'name'), name='view_once')],
            },
        ),
        migrations.CreateModel(
            name='CaseSight',
            fields=[
                ('pk', models.CompositePrimaryKey('team_id', 'case_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('team', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='teams.team')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='sights', to='cases.case')),
                ('since_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'team'], name='sight_case')],
            },
        ),
        migrations.CreateModel(
            name='CaseGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='cases.case')),
                ('until', models.DateField(null=True, verbose_name='至')),
                ('reason', models.CharField(max_length=200, verbose_name='原因')),
                ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('granted_at', models.DateTimeField()),
            ],
            options={
                'unique_together': {('user', 'permission', 'content_object')},
                'abstract': False,
                'indexes': [models.Index(fields=['until'], name='grant_until')],
            },
        ),
        migrations.CreateModel(
            name='CaseGrantEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.casegrant')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('permission', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='auth.permission')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('content_object', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('until', models.DateField(null=True, verbose_name='至')),
                ('reason', models.CharField(max_length=200, verbose_name='原因')),
                ('granted_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('granted_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='cases.case')),
                ('act', models.CharField(max_length=40, verbose_name='审批事项')),
                ('chain', models.CharField(max_length=40)),
                ('subject', models.CharField(blank=True, max_length=60)),
                ('title', models.CharField(max_length=120, verbose_name='标题')),
                ('state', models.CharField(choices=[('waiting', '待签'), ('signed', '已签'), ('rejected', '退回'), ('stale', '内容已变'), ('withdrawn', '撤回')], default='waiting', max_length=10, verbose_name='状态')),
                ('maker', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='报签人')),
                ('team', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team', verbose_name='报签团队')),
                ('asked_at', models.DateTimeField(verbose_name='报签时间')),
                ('closed_at', models.DateTimeField(null=True)),
                ('urgent', models.BooleanField(default=False)),
                ('proposal', models.JSONField(default=dict, verbose_name='报请内容')),
                ('facts', models.JSONField(default=list, verbose_name='签批所据')),
                ('facts_hash', models.CharField(max_length=64)),
                ('changed', models.JSONField(default=list, verbose_name='变化')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='退回原因')),
                ('current', models.PositiveSmallIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='FilingSlip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='申请案件类型')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slips', to='cases.case')),
                ('approval', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='slip', to='cases.approval')),
                ('proposal', models.JSONField(default=dict)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_at', models.DateTimeField()),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='案号')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('answered_at', models.DateTimeField(null=True)),
                ('registered', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='from_slip', to='cases.case')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('case', 'kind'), name='slip_once'), models.CheckConstraint(condition=models.Q(('answered_at__isnull', True), ('registered__isnull', False), _connector='OR'), name='slip_answered')],
            },
        ),
        migrations.CreateModel(
            name='Escalation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team')),
                ('rule', models.CharField(max_length=60)),
                ('day', models.DateField(verbose_name='日期')),
                ('opened_at', models.DateTimeField()),
                ('explanation', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('explained_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('explained_at', models.DateTimeField(null=True)),
                ('approval', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='escalations', to='cases.approval')),
                ('decision', models.CharField(blank=True, choices=[('', '待签批'), ('excused', '予以谅解'), ('rectify', '限期整改')], max_length=10)),
                ('rectify_by', models.DateField(null=True, verbose_name='整改期限')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('decision', '')), fields=('team', 'rule', 'day'), name='sheet_once')],
            },
        ),
        migrations.CreateModel(
            name='WorkItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='cases.case')),
                ('rule', models.CharField(max_length=60, verbose_name='期限规则')),
                ('subject', models.CharField(blank=True, max_length=60, verbose_name='对象')),
                ('title', models.CharField(max_length=120, verbose_name='事项')),
                ('team', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team', verbose_name='承办团队')),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='承办人')),
                ('covered_for', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='代班')),
                ('source_team', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team')),
                ('asked_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发起人')),
                ('approval', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='cases.approval')),
                ('cause_item', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.workitem')),
                ('started_at', models.DateTimeField(verbose_name='起算')),
                ('opened_at', models.DateTimeField(verbose_name='到达')),
                ('variant', models.CharField(blank=True, max_length=20)),
                ('length', models.CharField(blank=True, max_length=20, verbose_name='期间')),
                ('extensions', models.JSONField(default=list, verbose_name='延长')),
                ('due_on', models.DateField(null=True, verbose_name='届满日')),
                ('due_at', models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.timezone.utc), verbose_name='届满')),
                ('warn_at', models.DateTimeField(null=True, verbose_name='提醒')),
                ('show_at', models.DateTimeField(null=True, verbose_name='进入队列')),
                ('provisional', models.BooleanField(default=False, verbose_name='暂定')),
                ('derivation', models.JSONField(default=list, verbose_name='计算过程')),
                ('rule_version', models.PositiveSmallIntegerField(default=1)),
                ('calendar_version', models.PositiveIntegerField(default=0)),
                ('open', models.BooleanField(default=True, verbose_name='在办')),
                ('outcome', models.CharField(blank=True, choices=[('', '在办'), ('done', '已办'), ('lapsed', '期满'), ('cancelled', '撤销')], max_length=10, verbose_name='结果')),
                ('paused', models.BooleanField(default=False, verbose_name='暂停计期')),
                ('wait_until', models.DateField(null=True, verbose_name='等待至')),
                ('wait_reason', models.CharField(blank=True, max_length=100, verbose_name='等待原因')),
                ('urgent', models.BooleanField(default=False, verbose_name='紧急')),
                ('follows_case', models.BooleanField(default=False)),
                ('finished_at', models.DateTimeField(null=True, verbose_name='办结（发生）')),
                ('entered_at', models.DateTimeField(null=True, verbose_name='办结（录入）')),
                ('finished_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='办理情况')),
                ('late_reason', models.CharField(blank=True, max_length=200, verbose_name='补录原因')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('open', True)), fields=['team', 'due_at', 'id'], name='item_team_queue'), models.Index(condition=models.Q(('open', True)), fields=['person', 'due_at', 'id'], name='item_person_queue'), models.Index(condition=models.Q(('open', True), ('paused', True)), fields=['team', 'due_at'], name='item_team_paused'), models.Index(condition=models.Q(('open', True), ('paused', True)), fields=['person', 'due_at'], name='item_person_paused'), models.Index(condition=models.Q(('open', True)), fields=['case', 'due_at'], name='item_case_open'), models.Index(condition=models.Q(('open', True), ('paused', False)), fields=['warn_at', 'id'], name='item_warn'), models.Index(condition=models.Q(('open', True), ('paused', False)), fields=['due_at', 'id'], name='item_due'), models.Index(condition=models.Q(('open', False)), fields=['due_on'], name='item_was_due'), models.Index(condition=models.Q(('open', True), ('wait_until__isnull', False)), fields=['wait_until'], name='item_wait'), models.Index(condition=models.Q(('open', True)), fields=['rule', 'team', 'due_at'], name='item_rule_team'), models.Index(condition=models.Q(('open', True)), fields=['asked_by', 'due_at', 'id'], name='item_asked_open'), models.Index(condition=models.Q(('open', False)), fields=['finished_by', '-entered_at'], name='item_finished'), models.Index(condition=models.Q(('covered_for__isnull', False), ('open', True)), fields=['covered_for'], name='item_covered'), models.Index(condition=models.Q(('approval__isnull', False)), fields=['approval'], name='item_approval')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('open', True)), fields=('case', 'rule', 'subject'), name='item_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('open', True), ('outcome', '')), models.Q(('open', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='item_closed'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'done'), _negated=True), models.Q(('entered_at__isnull', False), ('finished_at__isnull', False)), _connector='OR'), name='item_done_when')],
            },
        ),
        migrations.CreateModel(
            name='EscalationRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='cases.escalation')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.workitem')),
                ('due_at', models.DateTimeField()),
                ('proposed', models.CharField(choices=[('reached_late', '到局晚'), ('system_fault', '系统故障'), ('nobody', '无人在岗'), ('signature', '等签字'), ('other', '其他')], max_length=20, verbose_name='推定原因')),
                ('cause', models.CharField(blank=True, choices=[('reached_late', '到局晚'), ('system_fault', '系统故障'), ('nobody', '无人在岗'), ('signature', '等签字'), ('other', '其他')], max_length=20, verbose_name='原因')),
                ('explanation', models.CharField(blank=True, max_length=200, verbose_name='说明')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sheet', 'item', 'due_at'), name='row_once')],
            },
        ),
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='materials', to='cases.case')),
                ('kind', models.CharField(max_length=40, verbose_name='材料种类')),
                ('title', models.CharField(max_length=200, verbose_name='名称')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='版本')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='cases.material')),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField(verbose_name='字节')),
                ('content_type', models.CharField(max_length=100, verbose_name='格式')),
                ('original_name', models.CharField(blank=True, max_length=200, verbose_name='原文件名')),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='materials', to='cases.workitem')),
                ('secret_volume', models.BooleanField(default=False, verbose_name='副卷')),
                ('happened_at', models.DateTimeField(verbose_name='形成时间')),
                ('entered_at', models.DateTimeField(verbose_name='入卷时间')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('voided_at', models.DateTimeField(null=True, verbose_name='作废时间')),
                ('voided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('void_reason', models.CharField(blank=True, max_length=200, verbose_name='作废原因')),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'id'], name='material_case'), models.Index(fields=['sha256'], name='material_hash')],
                'constraints': [models.CheckConstraint(condition=models.Q(('voided_at__isnull', True), models.Q(models.Q(('void_reason', ''), _negated=True), ('voided_by__isnull', False)), _connector='OR'), name='void_reasoned')],
            },
        ),
        migrations.CreateModel(
            name='ApprovalPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('approval', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='places', to='cases.approval')),
                ('order', models.PositiveSmallIntegerField()),
                ('place', models.CharField(max_length=30, verbose_name='签批位')),
                ('label', models.CharField(max_length=60)),
                ('own', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('pending', '未到'), ('waiting', '待签'), ('signed', '同意'), ('rejected', '退回'), ('dropped', '未签')], default='pending', max_length=10)),
                ('signer', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('on_behalf_of', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('instead_of', models.CharField(blank=True, max_length=100, verbose_name='递补原因')),
                ('signed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(null=True)),
                ('reached_at', models.DateTimeField(null=True)),
                ('seen_at', models.DateTimeField(null=True)),
                ('route', models.CharField(choices=[('screen', '系统签批'), ('paper', '纸质签批')], default='screen', max_length=10)),
                ('opinion', models.CharField(blank=True, max_length=500, verbose_name='意见')),
                ('facts_hash', models.CharField(blank=True, max_length=64)),
                ('sheet', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.material')),
                ('attached_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['signer', 'reached_at', 'id'], name='place_queue'), models.Index(fields=['signed_by', '-at'], name='place_signed'), models.Index(fields=['signer', 'approval'], name='place_signer')],
                'constraints': [models.UniqueConstraint(fields=('approval', 'order'), name='place_once'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('signed', 'rejected')), _negated=True), models.Q(('at__isnull', False), ('signed_by__isnull', False)), _connector='OR'), name='place_signed_by')],
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='cases.case')),
                ('subject', models.CharField(blank=True, max_length=40, verbose_name='对象')),
                ('ground', models.CharField(choices=[('outsider', '案外人异议'), ('auction_outsider', '网拍案外人异议'), ('party_change', '变更追加复议、诉讼中'), ('bankruptcy', '破产受理'), ('death', '死亡或终止'), ('settlement', '执行和解'), ('security', '提供充分担保'), ('priority', '其他法院首封或刑事查封在先')], max_length=20, verbose_name='事由')),
                ('material', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.material')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='说明')),
                ('from_on', models.DateField(verbose_name='自')),
                ('to_on', models.DateField(null=True, verbose_name='至')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('to_on__isnull', True)), fields=['case', 'subject'], name='hold_running')],
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='hold_forward')],
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='cases.case')),
                ('role', models.CharField(choices=[('creditor', '申请执行人'), ('debtor', '被执行人'), ('outsider', '案外人'), ('interested_person', '利害关系人'), ('guarantor', '担保人')], max_length=20, verbose_name='地位')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='次序')),
                ('type', models.CharField(choices=[('natural_person', '自然人'), ('legal_person', '法人'), ('unincorporated_org', '非法人组织')], max_length=20, verbose_name='类型')),
                ('name', models.CharField(max_length=200, verbose_name='姓名/名称')),
                ('initials', models.CharField(blank=True, editable=False, max_length=200)),
                ('certificate', models.CharField(blank=True, choices=[('identity', '居民身份证'), ('credit_code', '统一社会信用代码'), ('old_identity', '旧版居民身份证'), ('passport', '护照'), ('other', '其他证件'), ('', '未提供')], max_length=20, verbose_name='证件类型')),
                ('certificate_number', models.CharField(blank=True, max_length=40, verbose_name='证件号码')),
                ('certificate_doubt', models.CharField(blank=True, max_length=100, verbose_name='证件疑点')),
                ('born_on', models.DateField(null=True, verbose_name='出生日期')),
                ('sex', models.CharField(blank=True, max_length=2, verbose_name='性别')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='电话')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='住址')),
                ('representative', models.CharField(blank=True, max_length=60, verbose_name='法定代表人/负责人')),
                ('e_service', models.BooleanField(default=False, verbose_name='同意电子送达')),
                ('e_service_to', models.CharField(blank=True, max_length=100, verbose_name='电子送达地址')),
                ('standing', models.CharField(choices=[('active', '在执'), ('suspended', '中止'), ('deceased', '死亡待承继'), ('terminated', '终结'), ('performed', '已履行其部分'), ('replaced', '已被变更')], default='active', max_length=20, verbose_name='执行地位')),
                ('standing_material', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.material')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('certificate_number', ''), _negated=True), fields=['certificate_number'], name='party_certificate'), models.Index(fields=['name'], name='party_name', opclasses=['text_pattern_ops']), django.contrib.postgres.indexes.GinIndex(cases.names.Bigrams('name'), name='party_name_bigrams'), django.contrib.postgres.indexes.GinIndex(cases.names.Bigrams('initials'), name='party_initials_bigrams'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Reverse('certificate_number'), name='text_pattern_ops'), condition=models.Q(('certificate_number', ''), _negated=True), name='party_certificate_tail')],
                'constraints': [models.UniqueConstraint(fields=('case', 'role', 'position'), name='party_position'), models.CheckConstraint(condition=models.Q(('role', 'debtor'), ('standing', 'active'), _connector='OR'), name='standing_is_a_debtors'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='party_named')],
            },
        ),
        migrations.CreateModel(
            name='PartyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.party')),
                ('id', models.BigIntegerField()),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('role', models.CharField(choices=[('creditor', '申请执行人'), ('debtor', '被执行人'), ('outsider', '案外人'), ('interested_person', '利害关系人'), ('guarantor', '担保人')], max_length=20, verbose_name='地位')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='次序')),
                ('type', models.CharField(choices=[('natural_person', '自然人'), ('legal_person', '法人'), ('unincorporated_org', '非法人组织')], max_length=20, verbose_name='类型')),
                ('name', models.CharField(max_length=200, verbose_name='姓名/名称')),
                ('certificate', models.CharField(blank=True, choices=[('identity', '居民身份证'), ('credit_code', '统一社会信用代码'), ('old_identity', '旧版居民身份证'), ('passport', '护照'), ('other', '其他证件'), ('', '未提供')], max_length=20, verbose_name='证件类型')),
                ('certificate_number', models.CharField(blank=True, max_length=40, verbose_name='证件号码')),
                ('certificate_doubt', models.CharField(blank=True, max_length=100, verbose_name='证件疑点')),
                ('born_on', models.DateField(null=True, verbose_name='出生日期')),
                ('sex', models.CharField(blank=True, max_length=2, verbose_name='性别')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='电话')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='住址')),
                ('representative', models.CharField(blank=True, max_length=60, verbose_name='法定代表人/负责人')),
                ('e_service', models.BooleanField(default=False, verbose_name='同意电子送达')),
                ('e_service_to', models.CharField(blank=True, max_length=100, verbose_name='电子送达地址')),
                ('standing', models.CharField(choices=[('active', '在执'), ('suspended', '中止'), ('deceased', '死亡待承继'), ('terminated', '终结'), ('performed', '已履行其部分'), ('replaced', '已被变更')], default='active', max_length=20, verbose_name='执行地位')),
                ('standing_material', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.material')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Agent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agents', to='cases.party')),
                ('name', models.CharField(max_length=60, verbose_name='姓名')),
                ('scope', models.CharField(choices=[('general', '一般授权'), ('special', '特别授权')], max_length=10, verbose_name='代理权限')),
                ('firm', models.CharField(blank=True, max_length=100, verbose_name='律师事务所/单位')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='电话')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='地址')),
                ('e_service', models.BooleanField(default=False, verbose_name='同意电子送达')),
                ('e_service_to', models.CharField(blank=True, max_length=100, verbose_name='电子送达地址')),
                ('ended_on', models.DateField(null=True, verbose_name='解除委托')),
            ],
        ),
        migrations.CreateModel(
            name='AgentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.agent')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.party')),
                ('name', models.CharField(max_length=60, verbose_name='姓名')),
                ('scope', models.CharField(choices=[('general', '一般授权'), ('special', '特别授权')], max_length=10, verbose_name='代理权限')),
                ('firm', models.CharField(blank=True, max_length=100, verbose_name='律师事务所/单位')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='电话')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='地址')),
                ('e_service', models.BooleanField(default=False, verbose_name='同意电子送达')),
                ('e_service_to', models.CharField(blank=True, max_length=100, verbose_name='电子送达地址')),
                ('ended_on', models.DateField(null=True, verbose_name='解除委托')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Tick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ticks', to='cases.workitem')),
                ('rule', models.CharField(max_length=60)),
                ('state', models.CharField(choices=[('done', '已办'), ('na', '不适用'), ('excused', '系统故障')], max_length=10)),
                ('happened_at', models.DateTimeField()),
                ('entered_at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('material', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.material')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'rule'), name='tick_once'), models.CheckConstraint(condition=models.Q(('state', 'done'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='tick_reasoned')],
            },
        ),
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='cases.case')),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='cases.workitem')),
                ('ground', models.CharField(choices=[('suspension', '中止执行'), ('deferral', '暂缓执行'), ('appraisal', '鉴定、评估、审计、清算'), ('sale', '拍卖、变卖'), ('publication', '公告'), ('jurisdiction', '管辖争议'), ('coordination', '执行争议协调'), ('settlement', '和解、担保后暂缓'), ('closed', '结案期间（结案后被撤销）')], max_length=20, verbose_name='事由')),
                ('from_on', models.DateField(verbose_name='自')),
                ('to_on', models.DateField(null=True, verbose_name='至')),
                ('material', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.material')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_at', models.DateTimeField()),
                ('backdated', models.BooleanField(default=False, verbose_name='补录')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='pause_forward'), models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('by')), _negated=True), _connector='OR'), name='pause_second_person')],
            },
        ),
        migrations.CreateModel(
            name='ItemSignal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signals', to='cases.workitem')),
                ('kind', models.CharField(choices=[('warn', '临期'), ('overdue', '超期'), ('lapsed', '期满'), ('ring', '立即提醒'), ('return', '等待期满')], max_length=10)),
                ('due_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'kind', 'due_at'), name='signal_once')],
            },
        ),
        migrations.AddField(
            model_name='Approval',
            name='materials',
            field=models.ManyToManyField(related_name='approvals', to='cases.material'),
        ),
        migrations.AddIndex(
            model_name='Approval',
            index=models.Index(fields=['case', '-id'], name='approval_case'),
        ),
        migrations.AddIndex(
            model_name='Approval',
            index=models.Index(fields=['maker', '-id'], name='approval_maker'),
        ),
        migrations.AddIndex(
            model_name='Approval',
            index=models.Index(condition=models.Q(('act__in', ('transfer_to_regular', 'retriage', 'reassignment'))), fields=['-id'], name='approval_moves'),
        ),
        migrations.AddIndex(
            model_name='Approval',
            index=models.Index(django.db.models.fields.json.KeyTextTransform('team', 'proposal'), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('act__in', ('transfer_to_regular', 'retriage', 'reassignment'))), name='approval_moves_to'),
        ),
        migrations.AddConstraint(
            model_name='Approval',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('case', 'act', 'subject'), name='approval_once', nulls_distinct=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='basis',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_basisevent" ("case_id", "effective_on", "id", "kind", "maker", "number", "performance_end_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."case_id", OLD."effective_on", OLD."id", OLD."kind", OLD."maker", OLD."number", OLD."performance_end_on", _pgh_attach_context(), NOW(), \'update\', OLD."id"); RETURN NULL;', hash='15f13d931dfc51e84cb5ceba77a9d19d39c3398c', operation='UPDATE', pgid='pgtrigger_update_update_12035', table='cases_basis', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='basisevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f4628d209544f9c5fd7e1f10acef10e7fd0f202b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_afcaa', table='cases_basisevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_claimevent" ("amount", "case_id", "fine", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (OLD."amount", OLD."case_id", OLD."fine", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."text"); RETURN NULL;', hash='c86c817d997016d6b9227aec5e01c03b08df0c57', operation='UPDATE', pgid='pgtrigger_update_update_3c7f0', table='cases_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='eedcfd3e2be1735e1921202c150c5696c0ef3524', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_da424', table='cases_claimevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='restday',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_restdayevent" ("day", "id", "is_workday", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."day", NEW."id", NEW."is_workday", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source"); RETURN NULL;', hash='e0c0677b105a6f26adc633dfdf5f9afe5419b497', operation='INSERT', pgid='pgtrigger_insert_insert_bce33', table='cases_restday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='restday',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_restdayevent" ("day", "id", "is_workday", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."day", NEW."id", NEW."is_workday", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source"); RETURN NULL;', hash='3ac4f29d3086dce4ffe68ba73d88c51e8f991a99', operation='UPDATE', pgid='pgtrigger_update_update_0f685', table='cases_restday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='restday',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_restdayevent" ("day", "id", "is_workday", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (OLD."day", OLD."id", OLD."is_workday", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source"); RETURN NULL;', hash='8471b2bdb11441c7cd5b5765c2a827034f6a52bc', operation='DELETE', pgid='pgtrigger_delete_delete_78a32', table='cases_restday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='restdayevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d07fb10a09ace1154f7583fd61123bdd83b5de17', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_52c7a', table='cases_restdayevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendaryear',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_calendaryearevent" ("pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") VALUES (_pgh_attach_context(), NOW(), \'insert\', NEW."year", NEW."source", NEW."year"); RETURN NULL;', hash='c236a1734d86ab1583b32205e1f5333ef3bfeaf8', operation='INSERT', pgid='pgtrigger_insert_insert_dd7ec', table='cases_calendaryear', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendaryear',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_calendaryearevent" ("pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") VALUES (_pgh_attach_context(), NOW(), \'update\', NEW."year", NEW."source", NEW."year"); RETURN NULL;', hash='d6e499bc07cf3658c7a94bbec674895e1f3ffb10', operation='UPDATE', pgid='pgtrigger_update_update_79aef', table='cases_calendaryear', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendaryear',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_calendaryearevent" ("pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") VALUES (_pgh_attach_context(), NOW(), \'delete\', OLD."year", OLD."source", OLD."year"); RETURN NULL;', hash='71685cb7ad44842f3e34e48498cc0626497f0fd0', operation='DELETE', pgid='pgtrigger_delete_delete_316bb', table='cases_calendaryear', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendaryearevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5859a7a75534c3078ac35b30aba5b395b934fb4c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2730a', table='cases_calendaryearevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courtsetting',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_courtsettingevent" ("confirmed_by_id", "confirmed_on", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "value") VALUES (NEW."confirmed_by_id", NEW."confirmed_on", NEW."key", _pgh_attach_context(), NOW(), \'insert\', NEW."key", NEW."source", NEW."value"); RETURN NULL;', hash='e2ee74a253b9ea302be24edb6532a89c7cf9729f', operation='INSERT', pgid='pgtrigger_insert_insert_d3bc1', table='cases_courtsetting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courtsetting',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_courtsettingevent" ("confirmed_by_id", "confirmed_on", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "value") VALUES (NEW."confirmed_by_id", NEW."confirmed_on", NEW."key", _pgh_attach_context(), NOW(), \'update\', NEW."key", NEW."source", NEW."value"); RETURN NULL;', hash='39de8633b53a70228c70616a6a3c85c83ff6e500', operation='UPDATE', pgid='pgtrigger_update_update_a1973', table='cases_courtsetting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courtsetting',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_courtsettingevent" ("confirmed_by_id", "confirmed_on", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "value") VALUES (OLD."confirmed_by_id", OLD."confirmed_on", OLD."key", _pgh_attach_context(), NOW(), \'delete\', OLD."key", OLD."source", OLD."value"); RETURN NULL;', hash='4cc9d3773ac384d88d05c41cb841e8ec5d08c8c3', operation='DELETE', pgid='pgtrigger_delete_delete_2e5ac', table='cases_courtsetting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courtsettingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d697ad6c7b2e3454df7aae17b8e82b46e2b69673', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_55470', table='cases_courtsettingevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='casegrant',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_casegrantevent" ("content_object_id", "granted_at", "granted_by_id", "id", "permission_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "until", "user_id") VALUES (NEW."content_object_id", NEW."granted_at", NEW."granted_by_id", NEW."id", NEW."permission_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."until", NEW."user_id"); RETURN NULL;', hash='4e192858f2506d0529a2fcc669799aeb706f8bbd', operation='INSERT', pgid='pgtrigger_insert_insert_d58e4', table='cases_casegrant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='casegrant',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_casegrantevent" ("content_object_id", "granted_at", "granted_by_id", "id", "permission_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "until", "user_id") VALUES (NEW."content_object_id", NEW."granted_at", NEW."granted_by_id", NEW."id", NEW."permission_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."until", NEW."user_id"); RETURN NULL;', hash='192fe3c1f00d64b7ec0b82ab9d51cbc5122e93b0', operation='UPDATE', pgid='pgtrigger_update_update_88baf', table='cases_casegrant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='casegrantevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='00338a9736dc6ba42d65e13d5992d992f73592e2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_eab08', table='cases_casegrantevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='party',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_partyevent" ("address", "born_on", "case_id", "certificate", "certificate_doubt", "certificate_number", "e_service", "e_service_to", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "representative", "role", "sex", "standing", "standing_material_id", "type") VALUES (NEW."address", NEW."born_on", NEW."case_id", NEW."certificate", NEW."certificate_doubt", NEW."certificate_number", NEW."e_service", NEW."e_service_to", NEW."id", NEW."name", NOW(), \'insert\', NEW."id", NEW."phone", NEW."position", NEW."representative", NEW."role", NEW."sex", NEW."standing", NEW."standing_material_id", NEW."type"); RETURN NULL;', hash='71187612bcca8df9614c6e383300ddb3e5ca07e6', operation='INSERT', pgid='pgtrigger_insert_insert_c5755', table='cases_party', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='party',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."born_on" IS DISTINCT FROM (NEW."born_on") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."certificate" IS DISTINCT FROM (NEW."certificate") OR OLD."certificate_doubt" IS DISTINCT FROM (NEW."certificate_doubt") OR OLD."certificate_number" IS DISTINCT FROM (NEW."certificate_number") OR OLD."e_service" IS DISTINCT FROM (NEW."e_service") OR OLD."e_service_to" IS DISTINCT FROM (NEW."e_service_to") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."representative" IS DISTINCT FROM (NEW."representative") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."sex" IS DISTINCT FROM (NEW."sex") OR OLD."standing" IS DISTINCT FROM (NEW."standing") OR OLD."standing_material_id" IS DISTINCT FROM (NEW."standing_material_id") OR OLD."type" IS DISTINCT FROM (NEW."type"))', func='INSERT INTO "cases_partyevent" ("address", "born_on", "case_id", "certificate", "certificate_doubt", "certificate_number", "e_service", "e_service_to", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "representative", "role", "sex", "standing", "standing_material_id", "type") VALUES (NEW."address", NEW."born_on", NEW."case_id", NEW."certificate", NEW."certificate_doubt", NEW."certificate_number", NEW."e_service", NEW."e_service_to", NEW."id", NEW."name", NOW(), \'update\', NEW."id", NEW."phone", NEW."position", NEW."representative", NEW."role", NEW."sex", NEW."standing", NEW."standing_material_id", NEW."type"); RETURN NULL;', hash='8173c70a3840e1e2ac0bc7d70468531712b3a9e4', operation='UPDATE', pgid='pgtrigger_update_update_c7844', table='cases_party', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5addd3dda7441033903ad493a7ee746c88952040', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bcd0b', table='cases_partyevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agent',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_agentevent" ("address", "e_service", "e_service_to", "ended_on", "firm", "id", "name", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "scope") VALUES (OLD."address", OLD."e_service", OLD."e_service_to", OLD."ended_on", OLD."firm", OLD."id", OLD."name", OLD."party_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."phone", OLD."scope"); RETURN NULL;', hash='beade2911bb6dc99aaa2ad2bd8f6fd23d881650d', operation='UPDATE', pgid='pgtrigger_update_update_3fb7e', table='cases_agent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agentevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='30c62435a225b334af328e57d22251525bb56026', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_92da6', table='cases_agentevent', when='BEFORE')),
        ),
        migrations.RunSQL(
            sql=FORWARD,
            reverse_sql=BACKWARD,
        ),
    ]
