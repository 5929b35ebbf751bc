"""The e-dossier beside its papers: where each is bound, what is noted on it, files on their way in, copies made."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

USER = settings.AUTH_USER_MODEL


class Place(models.Model):
    """编目 by hand. A paper without a row stands where its kind belongs; a row without a number puts it to 待编目."""

    material = models.OneToOneField("cases.Material", models.PROTECT, related_name="place")
    number = models.PositiveSmallIntegerField("卷内目录序号", null=True)
    order = models.PositiveIntegerField("同一序号内的次序", default=0)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("编目时间")

    class Meta:
        constraints = [
            models.CheckConstraint(name="place_from_one", condition=Q(number__isnull=True) | Q(number__gte=1))
        ]


class Annotation(models.Model):
    """批注 on a page, or a 摘录 of its words; seen by whoever may see the paper."""

    material = models.ForeignKey("cases.Material", models.PROTECT, related_name="annotations", db_index=False)
    page = models.PositiveSmallIntegerField("页")
    quote = models.CharField("摘录", max_length=1000, blank=True)
    text = models.CharField("批注", max_length=500, blank=True)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        constraints = [models.CheckConstraint(name="annotation_said", condition=~Q(quote="") | ~Q(text=""))]
        indexes = [models.Index(fields=["material", "id"], name="annotation_material")]


class Upload(models.Model):
    """A file that comes in pieces. What has arrived stands in the file store; the paper is filed with the last piece."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(USER, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField("文件名", max_length=200)
    size = models.PositiveIntegerField("字节")
    received = models.PositiveIntegerField("已收到", default=0)
    mark = models.CharField("文件的修改时间等，用于续传", max_length=60, blank=True)
    number = models.PositiveSmallIntegerField("卷内目录序号", null=True)
    secret = models.BooleanField("副卷", default=False)
    begun_at = models.DateTimeField("开始")

    class Meta:
        constraints = [models.CheckConstraint(name="upload_not_over", condition=Q(received__lte=models.F("size")))]
        indexes = [models.Index(fields=["by", "case"], name="upload_own")]


class Copy(models.Model):
    """合并文件 of a volume, made by the worker and kept for a day; who took it and why stays."""

    class Volume(models.TextChoices):
        MAIN = "main", "正卷"
        SECRET = "secret", "副卷"
        PARTY = "party", "正卷（当事人阅卷）"

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+", db_index=False)
    volume = models.CharField("卷", max_length=10, choices=Volume.choices)
    reason = models.CharField("用途", max_length=200, blank=True)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    by_label = models.CharField("水印署名", max_length=80)
    asked_at = models.DateTimeField("提出时间")
    made_at = models.DateTimeField("生成时间", null=True)
    pages = models.PositiveIntegerField("页数", default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    problem = models.CharField("不能生成的原因", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="copy_secret_reasoned", condition=Q(volume="main") | ~Q(reason="")),
            models.CheckConstraint(name="copy_made", condition=Q(made_at__isnull=True) | ~Q(sha256="")),
        ]
        indexes = [models.Index(fields=["case", "-id"], name="copy_case")]
