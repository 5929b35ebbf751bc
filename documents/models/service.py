"""送达: one row an attempt to serve one paper on one person, with its course and the day on which it takes effect."""

from django.conf import settings
from django.db import models
from django.db.models import Q

USER = settings.AUTH_USER_MODEL


class ServiceRun(models.Model):
    """Papers sent to the delivery platform together; what became of them is read from their services."""

    by = models.ForeignKey(USER, models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey("teams.Team", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField("提交时间")
    asked = models.JSONField("提交的送达", default=list)  # of service
    refused = models.JSONField("未提交", default=list)  # [[service, reason], …]


class Service(models.Model):
    """An attempt. The next one, in another way, `follows` the one that failed; nothing is written over."""

    class Way(models.TextChoices):
        DIRECT = "direct", "直接送达"
        LEFT = "left", "留置送达"
        POST = "post", "邮寄送达"
        ELECTRONIC = "electronic", "电子送达"
        DELEGATED = "delegated", "委托送达"
        PUBLICATION = "publication", "公告送达"

    class State(models.TextChoices):
        PLANNED = "planned", "待送达"
        SENT = "sent", "送达中"
        SERVED = "served", "已送达"
        FAILED = "failed", "未送达"
        WITHDRAWN = "withdrawn", "不再送达"

    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="services", db_index=False)
    party = models.ForeignKey("cases.Party", models.PROTECT, null=True, related_name="+", db_index=False)
    name = models.CharField("受送达人", max_length=200)
    to = models.CharField("送达地址", max_length=200, blank=True)
    way = models.CharField("送达方式", max_length=20, choices=Way.choices, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PLANNED)
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="followed_by")
    run = models.ForeignKey(ServiceRun, models.PROTECT, null=True, related_name="services")
    sent_on = models.DateField("发出日期", null=True)  # handed to the post, sent, posted up
    number = models.CharField("邮件号/委托函号", max_length=60, blank=True)
    served_on = models.DateField("送达日期", null=True)  # the day it took effect
    explained = models.JSONField("计算过程", default=list)
    course = models.JSONField("经过", default=list)  # [[moment, text], …]
    signer = models.CharField("签收人", max_length=60, blank=True)
    relation = models.CharField("与受送达人的关系", max_length=40, blank=True)
    servers = models.CharField("送达人", max_length=60, blank=True)
    reason = models.CharField("未送达的原因", max_length=200, blank=True)
    receipt = models.ForeignKey("cases.Material", models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="service_once", fields=["document", "party", "name"], condition=Q(state__in=("planned", "sent")),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="service_served_proved",
                condition=~Q(state="served") | Q(served_on__isnull=False, receipt__isnull=False),
            ),
            models.CheckConstraint(name="service_failed_reasoned", condition=~Q(state="failed") | ~Q(reason="")),
            models.CheckConstraint(name="service_has_way", condition=~Q(state__in=("sent", "served")) | ~Q(way="")),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["document", "id"], name="service_document"),
            models.Index(fields=["state", "id"], name="service_open", condition=~Q(state__in=("served", "withdrawn"))),
            models.Index(fields=["sent_on"], name="service_published", condition=Q(state="sent", way="publication")),
        ]

    def __str__(self) -> str:
        return f"{self.document.title}→{self.name}"
