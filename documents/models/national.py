"""What the national execution system says: its export files, and where it says otherwise than we do."""

from django.conf import settings
from django.db import models
from django.db.models import Q

USER = settings.AUTH_USER_MODEL


class NationalExport(models.Model):
    """One export that was taken in: an Excel file by its hash, or rows that a package brought."""

    class State(models.TextChoices):
        WAITING = "waiting", "正在导入"
        DONE = "done", "已导入"

    kind = models.CharField("种类", max_length=20)  # key of documents.national.kinds
    name = models.CharField("文件", max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    rows = models.JSONField("包内各行", default=list)  # of a package that brought rows and no file; emptied when done
    package = models.CharField("包编号", max_length=100, unique=True, null=True)  # read once, however often it comes
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField("收到")
    taken_at = models.DateTimeField(
        "导出时刻"
    )  # of what it says: the file, the manifest, or whoever brought it, says when
    done_at = models.DateTimeField("导入时间", null=True)
    total = models.PositiveIntegerField("行数", default=0)
    counts = models.JSONField(default=dict)  # outcome of rows, events, finished, new, ended → how many
    problems = models.JSONField("没有采用的行", default=list)  # [row, number, sentence], the first five hundred

    class Meta:
        constraints = [
            models.CheckConstraint(name="national_done_when", condition=~Q(state="done") | Q(done_at__isnull=False)),
        ]


class NationalWord(models.Model):
    """When the national system last spoke of each thing of a case: {field and subject: moment}. One row a case."""

    case = models.OneToOneField("cases.Case", models.PROTECT, primary_key=True, related_name="+")
    moments = models.JSONField(default=dict)


class Difference(models.Model):
    """One thing of a case that the two systems say differently. It ends by itself when they agree again."""

    class State(models.TextChoices):
        OPEN = "open", "待处理"
        THEIRS = "theirs", "对方待更正"
        EXPLAINED = "explained", "已说明"
        ENDED = "ended", "已消除"

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="differences", db_index=False)
    field = models.CharField("项目", max_length=40)  # key of documents.national.kinds.FIELDS, or `node:<key>`
    subject = models.CharField("对象", max_length=60, blank=True)  # of a node: whom or which payment
    ours = models.CharField("本程序", max_length=200, blank=True)
    theirs = models.CharField("执行系统", max_length=200)
    export = models.ForeignKey(NationalExport, models.PROTECT, related_name="differences", db_index=False)
    found_at = models.DateTimeField("发现")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    reason = models.CharField("原因", max_length=200, blank=True)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField("处理", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="difference_once", fields=["case", "field", "subject"], condition=~Q(state="ended")
            ),
            models.CheckConstraint(
                name="difference_reasoned", condition=Q(state__in=("open", "ended")) | ~Q(reason="")
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="difference_state"),
            models.Index(fields=["case", "-id"], name="difference_case"),
        ]


class Entered(models.Model):
    """已录入: a paper of ours stands in the national system, under the number it gave. Once, by whichever door came first."""

    class Door(models.TextChoices):
        CARD = "card", "录入卡"
        PACKAGE = "package", "交换目录"
        EXPORT = "export", "执行系统导出"

    document = models.OneToOneField("documents.Document", models.PROTECT, related_name="entered")
    number = models.CharField("回执号", max_length=60, blank=True)  # an export may give none
    door = models.CharField("方式", max_length=10, choices=Door.choices)
    at = models.DateTimeField("录入时间")
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="entered_number_once", fields=["number"], condition=~Q(number="")),
            models.CheckConstraint(name="entered_has_number", condition=Q(door="export") | ~Q(number="")),
        ]
