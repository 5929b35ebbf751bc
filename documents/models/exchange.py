"""What leaves through the exchange folder and what comes back: a row a package, so that nothing is lost or done twice."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

USER = settings.AUTH_USER_MODEL


class Outgoing(models.Model):
    """A package for another system. `files` names stored files by their hash: it can always be written again."""

    class State(models.TextChoices):
        WAITING = "waiting", "待发出"
        SENT = "sent", "已发出"
        ANSWERED = "answered", "已回执"
        WITHDRAWN = "withdrawn", "已撤回"

    class Kind(models.TextChoices):
        SEAL = "seal", "用印"
        DELIVERY = "delivery", "电子送达"
        QUERY = "query", "网络查询"
        FREEZE = "freeze", "网络冻结"
        UPLOAD = "upload", "上传执行系统"

    uuid = models.UUIDField("编号", default=uuid.uuid4, unique=True)
    kind = models.CharField("种类", max_length=20, choices=Kind.choices)
    key = models.CharField(max_length=60)  # what it is about: `sealing:5`, `service:7`
    case = models.ForeignKey(  # none: about several cases, as a query is
        "cases.Case", models.PROTECT, null=True, related_name="+", db_index=False
    )
    payload = models.JSONField(default=dict)
    files = models.JSONField(default=dict)  # name → sha256
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField("生成时间")
    sent_at = models.DateTimeField("发出时间", null=True)
    answered_at = models.DateTimeField("回执时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="outgoing_once", fields=["kind", "key"], condition=Q(state__in=("waiting", "sent"))
            ),
            models.CheckConstraint(
                name="outgoing_sent_has_time", condition=~Q(state="sent") | Q(sent_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="outgoing_state"),
            models.Index(fields=["kind", "key"], name="outgoing_about"),
        ]


class Receipt(models.Model):
    """A receipt that was read: its name once, whoever brings it how often. Of a query there may be corrections."""

    name = models.CharField("回执编号", max_length=100, unique=True)
    outgoing = models.ForeignKey(Outgoing, models.PROTECT, related_name="receipts")
    payload = models.JSONField(default=dict)
    read_at = models.DateTimeField("读入时间")


class Aside(models.Model):
    """A receipt that could not be used: it lies in `aside` with the reason, until an administrator has seen to it."""

    name = models.CharField("名称", max_length=200)
    reason = models.CharField("原因", max_length=300)
    at = models.DateTimeField("时间")
    settled_at = models.DateTimeField("处理时间", null=True)
    settled_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["-id"], name="aside_open", condition=Q(settled_at__isnull=True))]
