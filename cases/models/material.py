"""Material: one paper of the case; the file stands once under its hash and is never overwritten."""

from django.conf import settings
from django.db import models
from django.db.models import Q

USER = settings.AUTH_USER_MODEL


class Material(models.Model):
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="materials")
    kind = models.CharField("材料种类", max_length=40)
    title = models.CharField("名称", max_length=200)
    version = models.PositiveSmallIntegerField("版本", default=1)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField("字节")
    content_type = models.CharField("格式", max_length=100)
    original_name = models.CharField("原文件名", max_length=200, blank=True)
    item = models.ForeignKey("cases.WorkItem", models.PROTECT, null=True, related_name="materials")
    secret_volume = models.BooleanField("副卷", default=False)
    happened_at = models.DateTimeField("形成时间")
    entered_at = models.DateTimeField("入卷时间")
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField("作废时间", null=True)
    voided_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="void_reasoned",
                condition=Q(voided_at__isnull=True) | (~Q(void_reason="") & Q(voided_by__isnull=False)),
            )
        ]
        indexes = [
            models.Index(fields=["case", "id"], name="material_case"),
            models.Index(fields=["sha256"], name="material_hash"),
        ]

    def __str__(self) -> str:
        return self.title
