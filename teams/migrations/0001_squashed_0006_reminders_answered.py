import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import teams.moment
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('teams', '0001_initial'), ('teams', '0002_preferences'), ('teams', '0003_notice_sender'), ('teams', '0004_muted_messages'), ('teams', '0005_what_a_stand_in_does'), ('teams', '0006_reminders_answered')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('axes', '0010_accessattemptexpiration'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=30, unique=True, verbose_name='代码')),
                ('kind', models.CharField(choices=[('reception', '初次接待团队'), ('quality', '综合质效管理团队'), ('archives', '卷宗管理中心'), ('preservation_review', '执行保全审查团队'), ('preservation_enforcement', '执行保全实施团队'), ('coercion', '执行强制事务团队'), ('fast', '快执团队'), ('regular', '普执团队'), ('terminal', '终本管理团队'), ('petitions', '执行信访和党建团队'), ('leadership', '院局领导'), ('adjudication', '执行裁判'), ('administration', '系统管理')], max_length=30, verbose_name='类型')),
                ('number', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='序号')),
                ('name', models.CharField(max_length=40, unique=True, verbose_name='名称')),
                ('group', models.CharField(blank=True, choices=[('command_center', '执行指挥中心'), ('implementation', '执行实施'), ('petitions', '信访党建'), ('', '方案之外')], max_length=20, verbose_name='所属')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='办公电话')),
                ('active', models.BooleanField(default=True, verbose_name='在用')),
            ],
            options={
                'verbose_name': '团队',
                'verbose_name_plural': '团队',
                'indexes': [models.Index(fields=['kind', 'number'], name='team_kind_number')],
            },
        ),
        migrations.CreateModel(
            name='EstablishmentLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('team_kind', models.CharField(choices=[('reception', '初次接待团队'), ('quality', '综合质效管理团队'), ('archives', '卷宗管理中心'), ('preservation_review', '执行保全审查团队'), ('preservation_enforcement', '执行保全实施团队'), ('coercion', '执行强制事务团队'), ('fast', '快执团队'), ('regular', '普执团队'), ('terminal', '终本管理团队'), ('petitions', '执行信访和党建团队'), ('leadership', '院局领导'), ('adjudication', '执行裁判'), ('administration', '系统管理')], max_length=30, verbose_name='团队类型')),
                ('post', models.CharField(choices=[('court_president', '院长'), ('vice_president', '分管副院长'), ('bureau_director', '执行局局长'), ('bureau_commissar', '执行局政委'), ('judge', '员额法官'), ('enforcement_officer', '执行员'), ('regular_officer', '正式干警'), ('clerk', '书记员'), ('bailiff', '司法警察'), ('contractor', '外包扫描员'), ('adjudicator', '裁判法官'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('audit_admin', '审计管理员')], max_length=30, verbose_name='岗位')),
                ('alternative', models.CharField(blank=True, choices=[('court_president', '院长'), ('vice_president', '分管副院长'), ('bureau_director', '执行局局长'), ('bureau_commissar', '执行局政委'), ('judge', '员额法官'), ('enforcement_officer', '执行员'), ('regular_officer', '正式干警'), ('clerk', '书记员'), ('bailiff', '司法警察'), ('contractor', '外包扫描员'), ('adjudicator', '裁判法官'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('audit_admin', '审计管理员')], max_length=30, verbose_name='或')),
                ('special', models.CharField(blank=True, choices=[('documents', '文书送达'), ('offline_triage', '线下查控与繁简分流'), ('quality_platform', '质效与指挥平台'), ('funds_restrictions', '案款及失信限消督导'), ('auction', '网拍辅助')], max_length=30, verbose_name='专岗')),
                ('number', models.PositiveSmallIntegerField(verbose_name='人数')),
                ('leads', models.BooleanField(default=False, verbose_name='负责人')),
            ],
            options={
                'verbose_name': '编制',
                'verbose_name_plural': '编制',
                'constraints': [models.UniqueConstraint(fields=('team_kind', 'post', 'special'), name='establishment_once', violation_error_message='该类团队的这一岗位已有编制。')],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('staff_number', models.CharField(max_length=20, unique=True, verbose_name='工号')),
                ('name', models.CharField(max_length=40, verbose_name='姓名')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='办公电话')),
                ('is_active', models.BooleanField(default=True, help_text='停用后不能登录；人员不删除。', verbose_name='在用')),
                ('is_staff', models.BooleanField(default=False, verbose_name='可进入人员管理')),
                ('must_change', models.BooleanField(default=False, verbose_name='须改密码')),
                ('password_changed_at', models.DateTimeField(default=teams.moment.now, verbose_name='密码修改时间')),
                ('created_at', models.DateTimeField(default=teams.moment.now, verbose_name='建立时间')),
                ('session_token', models.CharField(blank=True, editable=False, max_length=32)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': '人员',
                'verbose_name_plural': '人员',
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='teams.team', verbose_name='团队')),
                ('post', models.CharField(choices=[('court_president', '院长'), ('vice_president', '分管副院长'), ('bureau_director', '执行局局长'), ('bureau_commissar', '执行局政委'), ('judge', '员额法官'), ('enforcement_officer', '执行员'), ('regular_officer', '正式干警'), ('clerk', '书记员'), ('bailiff', '司法警察'), ('contractor', '外包扫描员'), ('adjudicator', '裁判法官'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('audit_admin', '审计管理员')], max_length=30, verbose_name='岗位')),
                ('special', models.CharField(blank=True, choices=[('documents', '文书送达'), ('offline_triage', '线下查控与繁简分流'), ('quality_platform', '质效与指挥平台'), ('funds_restrictions', '案款及失信限消督导'), ('auction', '网拍辅助')], max_length=30, verbose_name='专岗')),
                ('leads', models.BooleanField(default=False, verbose_name='负责人')),
                ('from_on', models.DateField(verbose_name='到岗')),
                ('to_on', models.DateField(blank=True, help_text='最后一个工作日；空为在任。', null=True, verbose_name='离岗')),
            ],
            options={
                'verbose_name': '任职',
                'verbose_name_plural': '任职',
                'indexes': [models.Index(fields=['person', 'from_on'], name='posting_person'), models.Index(fields=['team', 'post', 'from_on'], name='posting_team_post')],
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='posting_dates', violation_error_message='截止日期不能早于开始日期。'), models.UniqueConstraint(condition=models.Q(('leads', True), ('to_on__isnull', True)), fields=('team',), name='one_open_leader', violation_error_message='该团队已有负责人。'), models.UniqueConstraint(condition=models.Q(('post__in', ('system_admin', 'security_admin', 'audit_admin')), ('to_on__isnull', True)), fields=('person',), name='one_open_administrator', violation_error_message='系统、安全、审计管理员须由三人分任。'), models.UniqueConstraint(condition=models.Q(('to_on__isnull', True)), fields=('person', 'team', 'post'), name='posting_once', violation_error_message='此人已在该团队任此岗位。')],
            },
        ),
        migrations.CreateModel(
            name='PostingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='teams.posting')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
                ('team', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='teams.team', verbose_name='团队')),
                ('post', models.CharField(choices=[('court_president', '院长'), ('vice_president', '分管副院长'), ('bureau_director', '执行局局长'), ('bureau_commissar', '执行局政委'), ('judge', '员额法官'), ('enforcement_officer', '执行员'), ('regular_officer', '正式干警'), ('clerk', '书记员'), ('bailiff', '司法警察'), ('contractor', '外包扫描员'), ('adjudicator', '裁判法官'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('audit_admin', '审计管理员')], max_length=30, verbose_name='岗位')),
                ('special', models.CharField(blank=True, choices=[('documents', '文书送达'), ('offline_triage', '线下查控与繁简分流'), ('quality_platform', '质效与指挥平台'), ('funds_restrictions', '案款及失信限消督导'), ('auction', '网拍辅助')], max_length=30, verbose_name='专岗')),
                ('leads', models.BooleanField(default=False, verbose_name='负责人')),
                ('from_on', models.DateField(verbose_name='到岗')),
                ('to_on', models.DateField(blank=True, help_text='最后一个工作日；空为在任。', null=True, verbose_name='离岗')),
            ],
            options={
                'verbose_name': '任职变动',
                'verbose_name_plural': '任职变动',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PairedJudge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paired_judges', to='teams.team', verbose_name='团队')),
                ('judge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='员额法官')),
                ('from_on', models.DateField(verbose_name='自')),
                ('to_on', models.DateField(blank=True, null=True, verbose_name='至')),
            ],
            options={
                'verbose_name': '配对法官',
                'verbose_name_plural': '配对法官',
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='paired_judge_dates', violation_error_message='截止日期不能早于开始日期。'), models.UniqueConstraint(condition=models.Q(('to_on__isnull', True)), fields=('team',), name='one_open_paired_judge', violation_error_message='该团队已有配对法官。')],
            },
        ),
        migrations.CreateModel(
            name='PairedJudgeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='teams.pairedjudge')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('team', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='teams.team', verbose_name='团队')),
                ('judge', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='员额法官')),
                ('from_on', models.DateField(verbose_name='自')),
                ('to_on', models.DateField(blank=True, null=True, verbose_name='至')),
            ],
            options={
                'verbose_name': '配对法官变动',
                'verbose_name_plural': '配对法官变动',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DutyJudge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('judge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='员额法官')),
                ('from_on', models.DateField(verbose_name='自')),
                ('to_on', models.DateField(verbose_name='至')),
            ],
            options={
                'verbose_name': '轮值法官',
                'verbose_name_plural': '轮值法官',
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='duty_judge_dates', violation_error_message='截止日期不能早于开始日期。'), models.UniqueConstraint(fields=('from_on',), name='duty_judge_once', violation_error_message='该日起已有轮值法官。')],
            },
        ),
        migrations.CreateModel(
            name='DutyJudgeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='teams.dutyjudge')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('judge', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='员额法官')),
                ('from_on', models.DateField(verbose_name='自')),
                ('to_on', models.DateField(verbose_name='至')),
            ],
            options={
                'verbose_name': '轮值法官变动',
                'verbose_name_plural': '轮值法官变动',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DutyBailiff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='司法警察')),
                ('from_at', models.DateTimeField(verbose_name='自')),
                ('to_at', models.DateTimeField(verbose_name='至')),
            ],
            options={
                'verbose_name': '值班法警',
                'verbose_name_plural': '值班法警',
                'indexes': [models.Index(fields=['from_at', 'to_at'], name='duty_bailiff_times')],
                'constraints': [models.CheckConstraint(condition=models.Q(('to_at__gt', models.F('from_at'))), name='duty_bailiff_times', violation_error_message='结束时间须晚于开始时间。')],
            },
        ),
        migrations.CreateModel(
            name='DutyBailiffEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='teams.dutybailiff')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='司法警察')),
                ('from_at', models.DateTimeField(verbose_name='自')),
                ('to_at', models.DateTimeField(verbose_name='至')),
            ],
            options={
                'verbose_name': '值班法警变动',
                'verbose_name_plural': '值班法警变动',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Leave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leaves', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
                ('kind', models.CharField(choices=[('annual', '年休假'), ('sick', '病假'), ('personal', '事假'), ('away', '出差'), ('training', '培训'), ('other', '其他')], default='annual', max_length=20, verbose_name='类别')),
                ('from_on', models.DateField(verbose_name='自')),
                ('to_on', models.DateField(verbose_name='至')),
                ('stand_in', models.ForeignKey(blank=True, help_text='请假期内届满的、紧急的和新到的事项由代班人办理，返岗后未办结的转回。', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='代班人')),
            ],
            options={
                'verbose_name': '请假',
                'verbose_name_plural': '请假',
                'indexes': [models.Index(fields=['person', 'from_on'], name='leave_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='leave_dates', violation_error_message='截止日期不能早于开始日期。'), models.CheckConstraint(condition=models.Q(('stand_in__isnull', True), models.Q(('stand_in', models.F('person')), _negated=True), _connector='OR'), name='leave_stand_in', violation_error_message='代班人不能是本人。')],
            },
        ),
        migrations.CreateModel(
            name='LeaveEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='teams.leave')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
                ('kind', models.CharField(choices=[('annual', '年休假'), ('sick', '病假'), ('personal', '事假'), ('away', '出差'), ('training', '培训'), ('other', '其他')], default='annual', max_length=20, verbose_name='类别')),
                ('from_on', models.DateField(verbose_name='自')),
                ('to_on', models.DateField(verbose_name='至')),
                ('stand_in', models.ForeignKey(blank=True, db_constraint=False, help_text='请假期内届满的、紧急的和新到的事项由代班人办理，返岗后未办结的转回。', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='代班人')),
            ],
            options={
                'verbose_name': '请假变动',
                'verbose_name_plural': '请假变动',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Acting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='权力人')),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='受托人')),
                ('post', models.CharField(choices=[('court_president', '院长'), ('vice_president', '分管副院长'), ('bureau_director', '执行局局长'), ('bureau_commissar', '执行局政委'), ('judge', '员额法官'), ('enforcement_officer', '执行员'), ('regular_officer', '正式干警'), ('clerk', '书记员'), ('bailiff', '司法警察'), ('contractor', '外包扫描员'), ('adjudicator', '裁判法官'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('audit_admin', '审计管理员')], max_length=30, verbose_name='所代职务')),
                ('acts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='事项')),
                ('from_on', models.DateField(verbose_name='自')),
                ('to_on', models.DateField(verbose_name='至')),
                ('reason', models.CharField(max_length=200, verbose_name='事由')),
                ('granted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='授权人')),
                ('granted_at', models.DateTimeField(default=teams.moment.now, verbose_name='授权时间')),
                ('revoked_on', models.DateField(blank=True, null=True, verbose_name='撤回日期')),
            ],
            options={
                'verbose_name': '授权代签',
                'verbose_name_plural': '授权代签',
                'indexes': [models.Index(fields=['holder', 'from_on'], name='acting_holder')],
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='acting_dates', violation_error_message='截止日期不能早于开始日期。'), models.CheckConstraint(condition=models.Q(('holder', models.F('deputy')), _negated=True), name='acting_two_people', violation_error_message='不能授权给本人。')],
            },
        ),
        migrations.CreateModel(
            name='ActingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='teams.acting')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('holder', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='权力人')),
                ('deputy', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='受托人')),
                ('post', models.CharField(choices=[('court_president', '院长'), ('vice_president', '分管副院长'), ('bureau_director', '执行局局长'), ('bureau_commissar', '执行局政委'), ('judge', '员额法官'), ('enforcement_officer', '执行员'), ('regular_officer', '正式干警'), ('clerk', '书记员'), ('bailiff', '司法警察'), ('contractor', '外包扫描员'), ('adjudicator', '裁判法官'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('audit_admin', '审计管理员')], max_length=30, verbose_name='所代职务')),
                ('acts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='事项')),
                ('from_on', models.DateField(verbose_name='自')),
                ('to_on', models.DateField(verbose_name='至')),
                ('reason', models.CharField(max_length=200, verbose_name='事由')),
                ('granted_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='授权人')),
                ('granted_at', models.DateTimeField(default=teams.moment.now, verbose_name='授权时间')),
                ('revoked_on', models.DateField(blank=True, null=True, verbose_name='撤回日期')),
            ],
            options={
                'verbose_name': '授权代签变动',
                'verbose_name_plural': '授权代签变动',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
                ('kind', models.CharField(choices=[('notice', '通知'), ('nudge', '催办'), ('ring', '急办'), ('list', '清单'), ('result', '结果')], default='notice', max_length=10)),
                ('sender', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('text', models.CharField(max_length=300)),
                ('url', models.CharField(blank=True, max_length=300)),
                ('key', models.CharField(blank=True, max_length=120)),
                ('created_at', models.DateTimeField(default=teams.moment.now)),
                ('read_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, max_length=200)),
                ('answered_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': '通知',
                'verbose_name_plural': '通知',
                'indexes': [models.Index(fields=['person', '-id'], name='notice_person'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['person'], name='notice_unread'), models.Index(fields=['created_at'], name='notice_created'), models.Index(condition=models.Q(('answered_at__isnull', True), ('kind', 'nudge'), ('sender__isnull', False)), fields=['url'], name='notice_unanswered'), models.Index(condition=models.Q(('kind', 'nudge'), ('sender__isnull', False)), fields=['sender', '-id'], name='notice_sent')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('person', 'key'), name='notice_once')],
            },
        ),
        migrations.CreateModel(
            name='Preferences',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('density', models.CharField(choices=[('standard', '标准'), ('compact', '紧凑')], default='standard', max_length=10, verbose_name='密度')),
                ('font_size', models.CharField(choices=[('standard', '标准'), ('large', '大字号')], default='standard', max_length=10, verbose_name='字号')),
                ('single_keys', models.BooleanField(default=True, verbose_name='单键快捷键')),
                ('start_page', models.CharField(blank=True, choices=[('', '按岗位'), ('/workbench/', '工作台'), ('/cases/', '案件查询'), ('/sign/', '审批签字'), ('/queue/', '团队事项'), ('/deadlines/', '期限日历')], default='', max_length=20, verbose_name='起始页')),
                ('muted', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, size=None, verbose_name='静音的消息')),
            ],
        ),
        migrations.CreateModel(
            name='UserEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('staff_number', models.CharField(max_length=20, verbose_name='工号')),
                ('name', models.CharField(max_length=40, verbose_name='姓名')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='办公电话')),
                ('is_active', models.BooleanField(default=True, help_text='停用后不能登录；人员不删除。', verbose_name='在用')),
                ('is_staff', models.BooleanField(default=False, verbose_name='可进入人员管理')),
                ('must_change', models.BooleanField(default=False, verbose_name='须改密码')),
                ('password_changed_at', models.DateTimeField(default=teams.moment.now, verbose_name='密码修改时间')),
                ('created_at', models.DateTimeField(default=teams.moment.now, verbose_name='建立时间')),
            ],
            options={
                'verbose_name': '人员变动',
                'verbose_name_plural': '人员变动',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PasswordHash',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='password_hashes', to=settings.AUTH_USER_MODEL)),
                ('hash', models.CharField(max_length=256)),
                ('set_at', models.DateTimeField(default=teams.moment.now)),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-id'], name='password_hash_person')],
            },
        ),
        migrations.CreateModel(
            name='LogIn',
            fields=[
            ],
            options={
                'verbose_name': '登录记录',
                'verbose_name_plural': '登录记录',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('axes.accesslog',),
        ),
        migrations.CreateModel(
            name='FailedLogIn',
            fields=[
            ],
            options={
                'verbose_name': '登录失败记录',
                'verbose_name_plural': '登录失败记录',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('axes.accessattempt',),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "teams_userevent" ("created_at", "id", "is_active", "is_staff", "is_superuser", "must_change", "name", "password_changed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "staff_number") VALUES (NEW."created_at", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."must_change", NEW."name", NEW."password_changed_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."staff_number"); RETURN NULL;', hash='dd515bf99242d616e382735f337f9dc1023505c6', operation='INSERT', pgid='pgtrigger_insert_insert_640a3', table='teams_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."must_change" IS DISTINCT FROM (NEW."must_change") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."password_changed_at" IS DISTINCT FROM (NEW."password_changed_at") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."staff_number" IS DISTINCT FROM (NEW."staff_number"))', func='INSERT INTO "teams_userevent" ("created_at", "id", "is_active", "is_staff", "is_superuser", "must_change", "name", "password_changed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "staff_number") VALUES (NEW."created_at", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."must_change", NEW."name", NEW."password_changed_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."staff_number"); RETURN NULL;', hash='7b2dc871d4be0292b3c8a18c47ee082b839f3660', operation='UPDATE', pgid='pgtrigger_update_update_5a40a', table='teams_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "teams_userevent" ("created_at", "id", "is_active", "is_staff", "is_superuser", "must_change", "name", "password_changed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "staff_number") VALUES (OLD."created_at", OLD."id", OLD."is_active", OLD."is_staff", OLD."is_superuser", OLD."must_change", OLD."name", OLD."password_changed_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."staff_number"); RETURN NULL;', hash='6213b1ca7839ee71a74558de171e007d2bb4ba92', operation='DELETE', pgid='pgtrigger_delete_delete_2c6e6', table='teams_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posting',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "teams_postingevent" ("from_on", "id", "leads", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "special", "team_id", "to_on") VALUES (NEW."from_on", NEW."id", NEW."leads", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."post", NEW."special", NEW."team_id", NEW."to_on"); RETURN NULL;', hash='17c3201735c3d35f9aa9f92c959bd88b8ab3869e', operation='INSERT', pgid='pgtrigger_insert_insert_d650a', table='teams_posting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posting',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "teams_postingevent" ("from_on", "id", "leads", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "special", "team_id", "to_on") VALUES (NEW."from_on", NEW."id", NEW."leads", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."post", NEW."special", NEW."team_id", NEW."to_on"); RETURN NULL;', hash='f1de642b039c98ce7fc36dcfde6ca910d45ca61b', operation='UPDATE', pgid='pgtrigger_update_update_2a38b', table='teams_posting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posting',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "teams_postingevent" ("from_on", "id", "leads", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "special", "team_id", "to_on") VALUES (OLD."from_on", OLD."id", OLD."leads", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."post", OLD."special", OLD."team_id", OLD."to_on"); RETURN NULL;', hash='619faa896a63947dc6e5d8dbc781f08e84cd6dde', operation='DELETE', pgid='pgtrigger_delete_delete_a02da', table='teams_posting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='postingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e7e484342c3c2965328d07c15c38dfa0017babf6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4d2f6', table='teams_postingevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pairedjudge',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "teams_pairedjudgeevent" ("from_on", "id", "judge_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "to_on") VALUES (NEW."from_on", NEW."id", NEW."judge_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."team_id", NEW."to_on"); RETURN NULL;', hash='92c387f2d16d48dd49715a5c7227f916d5b08746', operation='INSERT', pgid='pgtrigger_insert_insert_0ea58', table='teams_pairedjudge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pairedjudge',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "teams_pairedjudgeevent" ("from_on", "id", "judge_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "to_on") VALUES (NEW."from_on", NEW."id", NEW."judge_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."team_id", NEW."to_on"); RETURN NULL;', hash='c01597390d9ee5632be4233f1951182adbf5cd6b', operation='UPDATE', pgid='pgtrigger_update_update_e97fe', table='teams_pairedjudge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pairedjudge',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "teams_pairedjudgeevent" ("from_on", "id", "judge_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "to_on") VALUES (OLD."from_on", OLD."id", OLD."judge_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."team_id", OLD."to_on"); RETURN NULL;', hash='f491f7d6693d677218f32251c4fcb64a214a786c', operation='DELETE', pgid='pgtrigger_delete_delete_81ee0', table='teams_pairedjudge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pairedjudgeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a7a0ecbe1d26680974b99bce0b5a0b0ef6a43318', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_02832', table='teams_pairedjudgeevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dutyjudge',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "teams_dutyjudgeevent" ("from_on", "id", "judge_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_on") VALUES (NEW."from_on", NEW."id", NEW."judge_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."to_on"); RETURN NULL;', hash='2fbfc8916837eb877032324f6c96d34ae936f1c1', operation='INSERT', pgid='pgtrigger_insert_insert_f8771', table='teams_dutyjudge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dutyjudge',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "teams_dutyjudgeevent" ("from_on", "id", "judge_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_on") VALUES (NEW."from_on", NEW."id", NEW."judge_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."to_on"); RETURN NULL;', hash='d2e5cef7aef145caba751791ad35a8c1b568d437', operation='UPDATE', pgid='pgtrigger_update_update_1b791', table='teams_dutyjudge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dutyjudge',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "teams_dutyjudgeevent" ("from_on", "id", "judge_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_on") VALUES (OLD."from_on", OLD."id", OLD."judge_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."to_on"); RETURN NULL;', hash='93999bc0e8b60d5ca399e3055e7f188dda4e4576', operation='DELETE', pgid='pgtrigger_delete_delete_11558', table='teams_dutyjudge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dutyjudgeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='262d73973fa4b70e39f12df605257aa83188f3e4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_67121', table='teams_dutyjudgeevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dutybailiff',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "teams_dutybailiffevent" ("from_at", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_at") VALUES (NEW."from_at", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."to_at"); RETURN NULL;', hash='3db4b87b86a294c04f79d0977258255c976190c8', operation='INSERT', pgid='pgtrigger_insert_insert_db5c3', table='teams_dutybailiff', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dutybailiff',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "teams_dutybailiffevent" ("from_at", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_at") VALUES (NEW."from_at", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."to_at"); RETURN NULL;', hash='4530c0435cb9e7645086c782e23584f56cfcdfad', operation='UPDATE', pgid='pgtrigger_update_update_ae076', table='teams_dutybailiff', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dutybailiff',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "teams_dutybailiffevent" ("from_at", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_at") VALUES (OLD."from_at", OLD."id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."to_at"); RETURN NULL;', hash='74ea0c555d65c916e17494d0f09c12bfc035ecac', operation='DELETE', pgid='pgtrigger_delete_delete_8f277', table='teams_dutybailiff', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dutybailiffevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='caf25cee57e354d98a4de0f474b825b876ab665b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_132eb', table='teams_dutybailiffevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leave',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "teams_leaveevent" ("from_on", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stand_in_id", "to_on") VALUES (NEW."from_on", NEW."id", NEW."kind", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."stand_in_id", NEW."to_on"); RETURN NULL;', hash='0c9665ef26b268bf12f69210164c539d4c5a4744', operation='INSERT', pgid='pgtrigger_insert_insert_61304', table='teams_leave', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leave',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "teams_leaveevent" ("from_on", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stand_in_id", "to_on") VALUES (NEW."from_on", NEW."id", NEW."kind", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."stand_in_id", NEW."to_on"); RETURN NULL;', hash='63e3dc6854af3ce97885bdebef74e093adee26fb', operation='UPDATE', pgid='pgtrigger_update_update_6ff57', table='teams_leave', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leave',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "teams_leaveevent" ("from_on", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stand_in_id", "to_on") VALUES (OLD."from_on", OLD."id", OLD."kind", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."stand_in_id", OLD."to_on"); RETURN NULL;', hash='4d329d3bc09cf326eb52f2062824a4cb6df6662a', operation='DELETE', pgid='pgtrigger_delete_delete_37064', table='teams_leave', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leaveevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f0d0a8d635255c94bc4caa48d209f47d5fd7cd8c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_29605', table='teams_leaveevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='acting',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "teams_actingevent" ("acts", "deputy_id", "from_on", "granted_at", "granted_by_id", "holder_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "reason", "revoked_on", "to_on") VALUES (NEW."acts", NEW."deputy_id", NEW."from_on", NEW."granted_at", NEW."granted_by_id", NEW."holder_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."post", NEW."reason", NEW."revoked_on", NEW."to_on"); RETURN NULL;', hash='c09616b4a4c10bd553256281a83d150d7bf2534d', operation='INSERT', pgid='pgtrigger_insert_insert_2c1c6', table='teams_acting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='acting',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "teams_actingevent" ("acts", "deputy_id", "from_on", "granted_at", "granted_by_id", "holder_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "reason", "revoked_on", "to_on") VALUES (NEW."acts", NEW."deputy_id", NEW."from_on", NEW."granted_at", NEW."granted_by_id", NEW."holder_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."post", NEW."reason", NEW."revoked_on", NEW."to_on"); RETURN NULL;', hash='18a634c2ff8c7dc1ea6accc93c489e217a663d42', operation='UPDATE', pgid='pgtrigger_update_update_02195', table='teams_acting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='acting',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "teams_actingevent" ("acts", "deputy_id", "from_on", "granted_at", "granted_by_id", "holder_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "reason", "revoked_on", "to_on") VALUES (OLD."acts", OLD."deputy_id", OLD."from_on", OLD."granted_at", OLD."granted_by_id", OLD."holder_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."post", OLD."reason", OLD."revoked_on", OLD."to_on"); RETURN NULL;', hash='35590ba6e627e4a83f7591ee02f987aa08bcb352', operation='DELETE', pgid='pgtrigger_delete_delete_4031b', table='teams_acting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a363cbe2b3b49c17397fe72b38d84095a19a07e9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_74991', table='teams_actingevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='userevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='99536b94ae044468df887d37a84cb837554cd45b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ddad6', table='teams_userevent', when='BEFORE')),
        ),
    ]
