import cases.names
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('documents', '0001_papers'), ('documents', '0002_service_and_exchange'), ('documents', '0003_bundles'), ('documents', '0004_dossier'), ('documents', '0005_packages_about_several_cases'), ('documents', '0006_national_exports'), ('documents', '0007_entered_papers')]

    initial = True

    dependencies = [
        ('cases', '0001_squashed_0023_closed_by_date'),
        ('teams', '0001_squashed_0006_reminders_answered'),
    ]

    operations = [
        migrations.CreateModel(
            name='Bundle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bundles', to='cases.case')),
                ('kind', models.CharField(choices=[('originals', '立案原件'), ('papers', '团队材料')], max_length=10, verbose_name='种类')),
                ('title', models.CharField(max_length=200, verbose_name='内容')),
                ('pieces', models.PositiveSmallIntegerField(verbose_name='件数')),
                ('pages_paper', models.PositiveSmallIntegerField(verbose_name='纸质页数')),
                ('pages_scanned', models.PositiveSmallIntegerField(null=True, verbose_name='扫描页数')),
                ('pages_filed', models.PositiveSmallIntegerField(null=True, verbose_name='入卷页数')),
                ('difference', models.CharField(blank=True, max_length=200, verbose_name='页数不一致的说明')),
                ('secret', models.BooleanField(default=False, verbose_name='副卷材料')),
                ('duty', models.CharField(blank=True, max_length=60, verbose_name='事项对象')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team')),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('shelf', models.CharField(blank=True, max_length=60, verbose_name='架位')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_at', models.DateTimeField(verbose_name='登记时间')),
                ('received_at', models.DateTimeField(null=True, verbose_name='卷宗管理中心收到')),
                ('filed_at', models.DateTimeField(null=True, verbose_name='扫描入卷')),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'id'], name='bundle_case'), models.Index(fields=['team', 'id'], name='bundle_team'), models.Index(condition=models.Q(('filed_at__isnull', True)), fields=['received_at', 'id'], name='bundle_to_scan')],
                'constraints': [models.CheckConstraint(condition=models.Q(('pages_paper__gte', 1), ('pieces__gte', 1)), name='bundle_holds_something'), models.CheckConstraint(condition=models.Q(('filed_at__isnull', True), models.Q(('pages_filed__isnull', False), ('pages_scanned__isnull', False)), _connector='OR'), name='bundle_filed_counted')],
            },
        ),
        migrations.CreateModel(
            name='Custody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bundle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='custody', to='documents.bundle')),
                ('from_team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('given_at', models.DateTimeField(verbose_name='交出')),
                ('to_team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team')),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_at', models.DateTimeField(null=True, verbose_name='收到')),
                ('counted', models.PositiveSmallIntegerField(null=True, verbose_name='实收件数')),
                ('recalled_at', models.DateTimeField(null=True, verbose_name='收回')),
            ],
            options={
                'indexes': [models.Index(fields=['bundle', 'id'], name='custody_bundle'), models.Index(condition=models.Q(('taken_at__isnull', True)), fields=['to_team', 'id'], name='custody_coming'), models.Index(fields=['to_team', 'taken_at', 'id'], name='custody_taken'), models.Index(fields=['from_team', 'given_at', 'id'], name='custody_given')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('recalled_at__isnull', True), ('taken_at__isnull', True)), fields=('bundle',), name='custody_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('taken_at__isnull', True), ('taken_by__isnull', True)), models.Q(('recalled_at__isnull', True), ('taken_at__isnull', False), ('taken_by__isnull', False)), _connector='OR'), name='custody_two_scans')],
            },
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team')),
                ('at', models.DateTimeField(verbose_name='制发时间')),
            ],
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='cases.case')),
                ('kind', models.CharField(max_length=60, verbose_name='文书种类')),
                ('subject', models.CharField(blank=True, max_length=60, verbose_name='对象')),
                ('title', models.CharField(max_length=200, verbose_name='名称')),
                ('asked', models.JSONField(default=dict, verbose_name='填写内容')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('ready', '定稿待签'), ('drawing', '制发中'), ('issued', '已制发'), ('void', '已作废'), ('dropped', '已弃用')], default='draft', max_length=10, verbose_name='状态')),
                ('problem', models.CharField(blank=True, max_length=300, verbose_name='未能制发的原因')),
                ('series', models.CharField(blank=True, max_length=20, verbose_name='编号序列')),
                ('ordinal', models.PositiveSmallIntegerField(null=True, verbose_name='序号')),
                ('number', models.CharField(blank=True, max_length=80, verbose_name='文号')),
                ('approval', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='cases.approval')),
                ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='documents.batch')),
                ('material', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='document', to='cases.material')),
                ('check_code', models.CharField(max_length=20, null=True, unique=True, verbose_name='核验码')),
                ('posting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.posting')),
                ('made_at', models.DateTimeField(verbose_name='拟稿时间')),
                ('changed_at', models.DateTimeField(verbose_name='修改时间')),
                ('issued_at', models.DateTimeField(null=True, verbose_name='制发时间')),
                ('void_reason', models.CharField(blank=True, max_length=200, verbose_name='作废原因')),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'id'], name='document_case'), models.Index(condition=models.Q(('state__in', ('draft', 'ready', 'drawing'))), fields=['state', 'posting', 'id'], name='document_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ordinal__isnull', False)), fields=('case', 'series', 'ordinal'), name='document_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('issued', 'void')), _negated=True), models.Q(('issued_at__isnull', False), ('material__isnull', False)), _connector='OR'), name='document_issued_has_file'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'void'), _negated=True), models.Q(('void_reason', ''), _negated=True), _connector='OR'), name='document_void_reasoned')],
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('material', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='place', to='cases.material')),
                ('number', models.PositiveSmallIntegerField(null=True, verbose_name='卷内目录序号')),
                ('order', models.PositiveIntegerField(default=0, verbose_name='同一序号内的次序')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(verbose_name='编目时间')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('number__isnull', True), ('number__gte', 1), _connector='OR'), name='place_from_one')],
            },
        ),
        migrations.CreateModel(
            name='Annotation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('material', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='annotations', to='cases.material')),
                ('page', models.PositiveSmallIntegerField(verbose_name='页')),
                ('quote', models.CharField(blank=True, max_length=1000, verbose_name='摘录')),
                ('text', models.CharField(blank=True, max_length=500, verbose_name='批注')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(verbose_name='时间')),
            ],
            options={
                'indexes': [models.Index(fields=['material', 'id'], name='annotation_material')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('quote', ''), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='annotation_said')],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('name', models.CharField(max_length=200, verbose_name='文件名')),
                ('size', models.PositiveIntegerField(verbose_name='字节')),
                ('received', models.PositiveIntegerField(default=0, verbose_name='已收到')),
                ('mark', models.CharField(blank=True, max_length=60, verbose_name='文件的修改时间等，用于续传')),
                ('number', models.PositiveSmallIntegerField(null=True, verbose_name='卷内目录序号')),
                ('secret', models.BooleanField(default=False, verbose_name='副卷')),
                ('begun_at', models.DateTimeField(verbose_name='开始')),
            ],
            options={
                'indexes': [models.Index(fields=['by', 'case'], name='upload_own')],
                'constraints': [models.CheckConstraint(condition=models.Q(('received__lte', models.F('size'))), name='upload_not_over')],
            },
        ),
        migrations.CreateModel(
            name='Copy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('volume', models.CharField(choices=[('main', '正卷'), ('secret', '副卷'), ('party', '正卷（当事人阅卷）')], max_length=10, verbose_name='卷')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='用途')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by_label', models.CharField(max_length=80, verbose_name='水印署名')),
                ('asked_at', models.DateTimeField(verbose_name='提出时间')),
                ('made_at', models.DateTimeField(null=True, verbose_name='生成时间')),
                ('pages', models.PositiveIntegerField(default=0, verbose_name='页数')),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('problem', models.CharField(blank=True, max_length=200, verbose_name='不能生成的原因')),
            ],
            options={
                'indexes': [models.Index(fields=['case', '-id'], name='copy_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('volume', 'main'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='copy_secret_reasoned'), models.CheckConstraint(condition=models.Q(('made_at__isnull', True), models.Q(('sha256', ''), _negated=True), _connector='OR'), name='copy_made')],
            },
        ),
        migrations.CreateModel(
            name='Outgoing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, unique=True, verbose_name='编号')),
                ('kind', models.CharField(choices=[('seal', '用印'), ('delivery', '电子送达'), ('query', '网络查询'), ('freeze', '网络冻结'), ('upload', '上传执行系统')], max_length=20, verbose_name='种类')),
                ('key', models.CharField(max_length=60)),
                ('case', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('payload', models.JSONField(default=dict)),
                ('files', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('waiting', '待发出'), ('sent', '已发出'), ('answered', '已回执'), ('withdrawn', '已撤回')], default='waiting', max_length=10, verbose_name='状态')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(verbose_name='生成时间')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='发出时间')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='回执时间')),
            ],
            options={
                'indexes': [models.Index(fields=['state', '-id'], name='outgoing_state'), models.Index(fields=['kind', 'key'], name='outgoing_about')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('waiting', 'sent'))), fields=('kind', 'key'), name='outgoing_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='outgoing_sent_has_time')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='回执编号')),
                ('outgoing', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='receipt', to='documents.outgoing')),
                ('payload', models.JSONField(default=dict)),
                ('read_at', models.DateTimeField(verbose_name='读入时间')),
            ],
        ),
        migrations.CreateModel(
            name='Aside',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='名称')),
                ('reason', models.CharField(max_length=300, verbose_name='原因')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='处理时间')),
                ('settled_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('settled_at__isnull', True)), fields=['-id'], name='aside_open')],
            },
        ),
        migrations.CreateModel(
            name='NationalExport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='种类')),
                ('name', models.CharField(max_length=200, verbose_name='文件')),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('rows', models.JSONField(default=list, verbose_name='包内各行')),
                ('package', models.CharField(max_length=100, null=True, unique=True, verbose_name='包编号')),
                ('state', models.CharField(choices=[('waiting', '正在导入'), ('done', '已导入')], default='waiting', max_length=10, verbose_name='状态')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(verbose_name='收到')),
                ('done_at', models.DateTimeField(null=True, verbose_name='导入时间')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='行数')),
                ('counts', models.JSONField(default=dict)),
                ('problems', models.JSONField(default=list, verbose_name='没有采用的行')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('done_at__isnull', False), _connector='OR'), name='national_done_when')],
            },
        ),
        migrations.CreateModel(
            name='Difference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='differences', to='cases.case')),
                ('field', models.CharField(max_length=40, verbose_name='项目')),
                ('subject', models.CharField(blank=True, max_length=60, verbose_name='对象')),
                ('ours', models.CharField(blank=True, max_length=200, verbose_name='本程序')),
                ('theirs', models.CharField(max_length=200, verbose_name='执行系统')),
                ('export', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='differences', to='documents.nationalexport')),
                ('found_at', models.DateTimeField(verbose_name='发现')),
                ('state', models.CharField(choices=[('open', '待处理'), ('theirs', '对方待更正'), ('explained', '已说明'), ('ended', '已消除')], default='open', max_length=10, verbose_name='状态')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='原因')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(null=True, verbose_name='处理')),
            ],
            options={
                'indexes': [models.Index(fields=['state', '-id'], name='difference_state'), models.Index(fields=['case', '-id'], name='difference_case')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'ended'), _negated=True), fields=('case', 'field', 'subject'), name='difference_once'), models.CheckConstraint(condition=models.Q(('state__in', ('open', 'ended')), models.Q(('reason', ''), _negated=True), _connector='OR'), name='difference_reasoned')],
            },
        ),
        migrations.CreateModel(
            name='Entered',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='entered', to='documents.document')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='回执号')),
                ('door', models.CharField(choices=[('card', '录入卡'), ('package', '交换目录'), ('export', '执行系统导出')], max_length=10, verbose_name='方式')),
                ('at', models.DateTimeField(verbose_name='录入时间')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('number',), name='entered_number_once'), models.CheckConstraint(condition=models.Q(('door', 'export'), models.Q(('number', ''), _negated=True), _connector='OR'), name='entered_has_number')],
            },
        ),
        migrations.CreateModel(
            name='Rendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('state', models.CharField(choices=[('waiting', '生成中'), ('ready', '已生成'), ('failed', '不能生成')], default='waiting', max_length=10)),
                ('pages', models.PositiveSmallIntegerField(default=0, verbose_name='页数')),
                ('problem', models.CharField(blank=True, max_length=200, verbose_name='不能生成的原因')),
                ('made_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('problem', ''), _negated=True), _connector='OR'), name='rendition_reasoned')],
            },
        ),
        migrations.CreateModel(
            name='Page',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rendition', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='each', to='documents.rendition')),
                ('number', models.PositiveSmallIntegerField(verbose_name='页')),
                ('width', models.PositiveSmallIntegerField(verbose_name='宽（像素）')),
                ('height', models.PositiveSmallIntegerField(verbose_name='高（像素）')),
                ('blank', models.BooleanField(default=False, verbose_name='空白页')),
                ('problem', models.CharField(blank=True, max_length=200, verbose_name='不能显示的原因')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('rendition', 'number'), name='page_once')],
            },
        ),
        migrations.CreateModel(
            name='PageText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='documents.page')),
                ('source', models.CharField(choices=[('layer', '文本层'), ('ocr', '文字识别')], max_length=10)),
                ('text', models.TextField()),
                ('lines', models.JSONField(default=list)),
                ('grams', models.GeneratedField(db_persist=True, expression=cases.names.Bigrams('text'), output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None))),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['grams'], name='page_text_grams')],
            },
        ),
        migrations.CreateModel(
            name='Sealing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sealing', to='documents.document')),
                ('how', models.CharField(choices=[('here', '演示章'), ('paper', '实物章'), ('service', '电子签章')], max_length=10, verbose_name='用印方式')),
                ('state', models.CharField(choices=[('waiting', '待用印'), ('refused', '用印被退'), ('done', '已用印')], default='waiting', max_length=10, verbose_name='状态')),
                ('place', models.JSONField(default=list, verbose_name='用印位置')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='退回原因')),
                ('at', models.DateTimeField(null=True, verbose_name='用印时间')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'done'), _negated=True), fields=['document'], name='sealing_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('at__isnull', False), _connector='OR'), name='sealing_done_has_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='sealing_refused_reasoned')],
            },
        ),
        migrations.CreateModel(
            name='ServiceRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team')),
                ('at', models.DateTimeField(verbose_name='提交时间')),
                ('refused', models.JSONField(default=list, verbose_name='未提交')),
            ],
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='services', to='documents.document')),
                ('party', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.party')),
                ('name', models.CharField(max_length=200, verbose_name='受送达人')),
                ('to', models.CharField(blank=True, max_length=200, verbose_name='送达地址')),
                ('way', models.CharField(blank=True, choices=[('direct', '直接送达'), ('left', '留置送达'), ('post', '邮寄送达'), ('electronic', '电子送达'), ('delegated', '委托送达'), ('publication', '公告送达')], max_length=20, verbose_name='送达方式')),
                ('state', models.CharField(choices=[('planned', '待送达'), ('sent', '送达中'), ('served', '已送达'), ('failed', '未送达'), ('withdrawn', '不再送达')], default='planned', max_length=10, verbose_name='状态')),
                ('follows', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='documents.service')),
                ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='services', to='documents.servicerun')),
                ('sent_on', models.DateField(null=True, verbose_name='发出日期')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='邮件号/委托函号')),
                ('served_on', models.DateField(null=True, verbose_name='送达日期')),
                ('explained', models.JSONField(default=list, verbose_name='计算过程')),
                ('course', models.JSONField(default=list, verbose_name='经过')),
                ('signer', models.CharField(blank=True, max_length=60, verbose_name='签收人')),
                ('relation', models.CharField(blank=True, max_length=40, verbose_name='与受送达人的关系')),
                ('servers', models.CharField(blank=True, max_length=60, verbose_name='送达人')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='未送达的原因')),
                ('receipt', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.material')),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['document', 'id'], name='service_document'), models.Index(condition=models.Q(('state__in', ('served', 'withdrawn')), _negated=True), fields=['state', 'id'], name='service_open'), models.Index(condition=models.Q(('state', 'sent'), ('way', 'publication')), fields=['sent_on'], name='service_published')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('planned', 'sent'))), fields=('document', 'party', 'name'), name='service_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('state', 'served'), _negated=True), models.Q(('receipt__isnull', False), ('served_on__isnull', False)), _connector='OR'), name='service_served_proved'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='service_failed_reasoned'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('sent', 'served')), _negated=True), models.Q(('way', ''), _negated=True), _connector='OR'), name='service_has_way')],
            },
        ),
    ]
