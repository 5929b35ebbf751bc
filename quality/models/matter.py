"""指挥平台事项: what an upper court or the platform has assigned: source, number, due, reply, evidence."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

USER = settings.AUTH_USER_MODEL


class PlatformMatter(models.Model):
    """One matter; its obligation is a work item without a case, its evidence the papers of that item."""

    class Source(models.TextChoices):
        SUPREME = "supreme", "最高人民法院执行指挥中心"
        HIGH = "high", "省高级人民法院执行指挥中心"
        INTERMEDIATE = "intermediate", "市中级人民法院执行指挥中心"
        PLATFORM = "platform", "执行指挥平台"
        OTHER = "other", "其他机关"

    item = models.OneToOneField("cases.WorkItem", models.PROTECT, related_name="matter")
    source = models.CharField("来源", max_length=20, choices=Source.choices)
    number = models.CharField("编号", max_length=60)
    title = models.CharField("事项", max_length=80)
    content = models.TextField("内容", max_length=2000, blank=True)
    received_on = models.DateField("收到日期")
    due_on = models.DateField("要求回复")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="matters")
    made_at = models.DateTimeField("登记")
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)
    reply = models.TextField("回复", max_length=2000, blank=True)
    receipt = models.CharField("平台回执号", max_length=60, blank=True)
    replied_at = models.DateTimeField("回复时间", null=True)
    replied_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="matter_once", fields=["source", "number"]),
            models.CheckConstraint(name="matter_due", condition=Q(due_on__gte=F("received_on"))),
            models.CheckConstraint(
                name="matter_replied",
                condition=Q(replied_at__isnull=True) | (~Q(reply="") & Q(replied_by__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="matter_open", condition=Q(replied_at__isnull=True)),
            models.Index(fields=["-replied_at", "-id"], name="matter_done", condition=Q(replied_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()}{self.number} {self.title}"
