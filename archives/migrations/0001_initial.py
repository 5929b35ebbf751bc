import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_squashed_0023_closed_by_date'),
        ('documents', '0001_squashed_0007_entered_papers'),
        ('teams', '0001_squashed_0006_reminders_answered'),
    ]

    operations = [
        migrations.CreateModel(
            name='CollectionRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team')),
                ('opened_at', models.DateTimeField(verbose_name='开始')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_at', models.DateTimeField(null=True, verbose_name='结束')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='说明')),
            ],
            options={
                'indexes': [models.Index(fields=['-id'], name='round_newest')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('team',), name='round_one_open')],
            },
        ),
        migrations.CreateModel(
            name='ScanBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bundle', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='documents.bundle')),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('state', models.CharField(choices=[('given', '待扫描'), ('reading', '识别中'), ('open', '待编目'), ('filing', '入卷中'), ('filed', '已入卷'), ('dropped', '已弃用')], default='given', max_length=10, verbose_name='状态')),
                ('problem', models.CharField(blank=True, max_length=300, verbose_name='未能完成的原因')),
                ('duplex', models.BooleanField(default=False, verbose_name='先正面后背面')),
                ('source', models.CharField(choices=[('upload', '上传'), ('folder', '扫描文件夹')], default='upload', max_length=10, verbose_name='来源')),
                ('made_at', models.DateTimeField(verbose_name='开始')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('catalogued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('filed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('filed_at', models.DateTimeField(null=True, verbose_name='入卷')),
                ('files', models.ManyToManyField(related_name='+', to='cases.material')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ('filed', 'dropped')), _negated=True), fields=['state', 'id'], name='scan_state'), models.Index(condition=models.Q(('state__in', ('filed', 'dropped')), _negated=True), fields=['holder', 'id'], name='scan_holder')],
            },
        ),
        migrations.CreateModel(
            name='ScanPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pages', to='archives.scanbatch')),
                ('bundle', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='documents.bundle')),
                ('number', models.PositiveIntegerField(verbose_name='序')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.material')),
                ('index', models.PositiveIntegerField(verbose_name='在文件中的页')),
                ('turned', models.PositiveSmallIntegerField(default=0, verbose_name='旋转')),
                ('blank', models.BooleanField(default=False, verbose_name='空白')),
                ('dropped', models.BooleanField(default=False, verbose_name='不入卷')),
                ('starts', models.BooleanField(default=False, verbose_name='新的一份')),
                ('secret', models.BooleanField(default=False, verbose_name='副卷')),
                ('place', models.PositiveSmallIntegerField(default=0, verbose_name='目录项')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='名称')),
                ('lines', models.JSONField(null=True, verbose_name='识别的文字')),
                ('material', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='scan_pages', to='cases.material')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('lines__isnull', True)), fields=['batch', 'number'], name='scan_unread')],
                'constraints': [models.UniqueConstraint(fields=('batch', 'number'), name='scan_page_order'), models.UniqueConstraint(fields=('batch', 'source', 'index'), name='scan_page_once'), models.CheckConstraint(condition=models.Q(('turned__in', (0, 90, 180, 270))), name='scan_page_upright'), models.CheckConstraint(condition=models.Q(('dropped', False), ('material', None), _connector='OR'), name='scan_dropped_not_filed')],
            },
        ),
        migrations.CreateModel(
            name='Volume',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='volumes', to='cases.case')),
                ('state', models.CharField(choices=[('checking', '待质检'), ('passed', '待系统归档'), ('packing', '打包中'), ('packed', '待上架'), ('shelved', '已入库'), ('returned', '退回整理')], max_length=10, verbose_name='状态')),
                ('retention', models.CharField(choices=[('permanent', '永久'), ('long', '长期（60 年）'), ('short', '短期（20 年）')], max_length=10, verbose_name='保管期限')),
                ('fonds', models.CharField(blank=True, max_length=20, verbose_name='全宗号')),
                ('catalogue', models.CharField(blank=True, max_length=20, verbose_name='目录号')),
                ('pages_main', models.PositiveIntegerField(default=0, verbose_name='正卷页数')),
                ('pages_secret', models.PositiveIntegerField(default=0, verbose_name='副卷页数')),
                ('papers', models.PositiveIntegerField(default=0, verbose_name='件数')),
                ('facts_hash', models.CharField(max_length=64, verbose_name='核验时的内容')),
                ('sampled', models.BooleanField(default=False, verbose_name='抽中质检')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_at', models.DateTimeField(verbose_name='提起归档')),
                ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('checked_at', models.DateTimeField(null=True, verbose_name='质检')),
                ('check_note', models.CharField(blank=True, max_length=300, verbose_name='质检意见')),
                ('package', models.CharField(blank=True, max_length=120, verbose_name='归档包')),
                ('manifest_sha256', models.CharField(blank=True, max_length=64, verbose_name='清单校验')),
                ('packed_at', models.DateTimeField(null=True, verbose_name='系统归档')),
                ('shelf', models.CharField(blank=True, max_length=60, verbose_name='架位')),
                ('shelved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('shelved_at', models.DateTimeField(null=True, verbose_name='入库')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'id'], name='volume_state'), models.Index(fields=['case', 'id'], name='volume_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('checked_by', None), models.Q(('checked_by', models.F('asked_by')), _negated=True), _connector='OR'), name='volume_second_person'), models.CheckConstraint(condition=models.Q(('state__in', ('checking', 'returned')), ('sampled', False), ('checked_by__isnull', False), _connector='OR'), name='volume_checked'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('packed', 'shelved')), _negated=True), models.Q(('manifest_sha256', ''), _negated=True), _connector='OR'), name='volume_packed'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'shelved'), _negated=True), models.Q(models.Q(('shelf', ''), _negated=True), ('shelved_at__isnull', False)), _connector='OR'), name='volume_shelved'), models.UniqueConstraint(condition=models.Q(('state__in', ('checking', 'passed', 'packing', 'packed'))), fields=('case',), name='volume_one_running')],
            },
        ),
        migrations.CreateModel(
            name='Loan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='loans', to='cases.case')),
                ('volume', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='loans', to='archives.volume')),
                ('kind', models.CharField(choices=[('loan', '借阅'), ('sent_up', '外送')], max_length=10, verbose_name='方式')),
                ('state', models.CharField(choices=[('granted', '待取卷'), ('out', '借出'), ('back', '已归还')], max_length=10, verbose_name='状态')),
                ('approval', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.approval')),
                ('borrower', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team')),
                ('court', models.CharField(blank=True, max_length=80, verbose_name='外送法院')),
                ('reason', models.CharField(max_length=200, verbose_name='用途')),
                ('secret', models.BooleanField(default=False, verbose_name='含副卷')),
                ('until', models.DateField(null=True, verbose_name='归还期限')),
                ('granted_at', models.DateTimeField(verbose_name='同意')),
                ('lent_at', models.DateTimeField(null=True, verbose_name='出库')),
                ('lent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('returned_at', models.DateTimeField(null=True, verbose_name='归还')),
                ('returned_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('condition', models.CharField(blank=True, max_length=200, verbose_name='归还时情况')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'id'], name='loan_state'), models.Index(fields=['case', 'id'], name='loan_case')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'out')), fields=('volume',), name='loan_one_out'), models.CheckConstraint(condition=models.Q(models.Q(('lent_at', None), ('state', 'granted')), models.Q(('lent_at__isnull', False), ('returned_at', None), ('state', 'out')), models.Q(('lent_at__isnull', False), ('returned_at__isnull', False), ('state', 'back')), _connector='OR'), name='loan_out_and_back')],
            },
        ),
    ]
