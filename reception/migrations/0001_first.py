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
            name='Arrival',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='arrivals', to='cases.case')),
                ('day', models.DateField(verbose_name='日期')),
                ('number', models.PositiveSmallIntegerField(verbose_name='号')),
                ('at', models.DateTimeField(verbose_name='取号')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('served_at', models.DateTimeField(null=True, verbose_name='接待')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('day', 'number'), name='arrival_number'), models.UniqueConstraint(condition=models.Q(('served_at__isnull', True)), fields=('case',), name='arrival_waits_once')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='cases.case')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('way', models.CharField(max_length=60, verbose_name='方式')),
                ('result', models.CharField(max_length=60, verbose_name='结果')),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'id'], name='contact_case')],
            },
        ),
        migrations.CreateModel(
            name='ReceptionRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receptions', to='cases.case')),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.workitem')),
                ('kind', models.CharField(choices=[('reception', '初次接待'), ('note', '未接待说明'), ('check', '移送核对'), ('later', '补接待')], max_length=10, verbose_name='类别')),
                ('mode', models.CharField(blank=True, choices=[('onsite', '现场'), ('phone', '电话'), ('video', '视频'), ('online', '网上')], max_length=10, verbose_name='接待方式')),
                ('visitor', models.CharField(blank=True, choices=[('party', '申请人本人'), ('agent', '委托代理人'), ('debtor', '被执行人'), ('other', '其他')], max_length=10, verbose_name='来访人')),
                ('visitor_name', models.CharField(blank=True, max_length=100, verbose_name='来访人姓名')),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.party')),
                ('began_at', models.DateTimeField(verbose_name='开始')),
                ('at', models.DateTimeField(verbose_name='登记')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('told', models.JSONField(default=dict, verbose_name='登记内容')),
                ('originals', models.PositiveSmallIntegerField(default=0, verbose_name='原件件数')),
                ('reason', models.CharField(blank=True, choices=[('no_answer', '电话不通'), ('away', '在外地，约期到院'), ('online', '已线上联系，另行补接待'), ('refused', '拒绝到场'), ('transferred', '移送执行，无申请执行人'), ('other', '其他')], max_length=20, verbose_name='未接待原因')),
                ('signing', models.CharField(blank=True, choices=[('screen', '屏幕签名'), ('paper', '打印签名后扫回'), ('remote', '非现场，不签名')], max_length=10, verbose_name='签名方式')),
                ('signed_at', models.DateTimeField(null=True, verbose_name='签名')),
                ('document', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reception', to='documents.document')),
                ('address', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reception_address', to='documents.document')),
                ('bundle', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receptions', to='documents.bundle')),
            ],
            options={
                'indexes': [models.Index(fields=['at', 'id'], name='reception_book'), models.Index(fields=['case', 'id'], name='reception_case'), models.Index(condition=models.Q(('signed_at__isnull', True), ('signing__in', ('screen', 'paper'))), fields=['id'], name='reception_unsigned')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('item__isnull', False)), fields=('item',), name='reception_once'), models.CheckConstraint(condition=models.Q(models.Q(('item', None), ('kind', 'later')), models.Q(('item__isnull', False), models.Q(('kind', 'later'), _negated=True)), _connector='OR'), name='reception_of_its_day'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'note'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='reception_note_reasoned'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('reception', 'later')), _negated=True), models.Q(('mode', ''), _negated=True), _connector='OR'), name='reception_has_a_mode')],
            },
        ),
        migrations.CreateModel(
            name='Clue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clues', to='reception.receptionrecord')),
                ('kind', models.CharField(max_length=10, verbose_name='类型')),
                ('owner', models.CharField(blank=True, max_length=200, verbose_name='权利人')),
                ('text', models.CharField(max_length=300, verbose_name='线索内容')),
                ('urgent', models.BooleanField(default=False, verbose_name='紧急')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='clue_says_something')],
            },
        ),
    ]
