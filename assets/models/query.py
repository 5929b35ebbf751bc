"""查询: who was asked about, through which counter, in which batch, and what became of it (flow §4.1, §4.2)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

USER = settings.AUTH_USER_MODEL


class Channel(models.TextChoices):
    NETWORK = "network", "网络查控"
    OFFLINE = "offline", "线下查控"


class Counter(models.TextChoices):
    """Where an offline query is made; a network query has none."""

    NONE = "", "网络查控系统"
    REAL_ESTATE = "real_estate", "不动产登记"
    VEHICLE = "vehicle", "车辆管理"
    HOUSING_FUND = "housing_fund", "公积金"


class Operator(models.Model):
    """查控专员 reported to the upper court: nobody else lets a query or a freeze leave (deny by default)."""

    user = models.ForeignKey(USER, models.PROTECT, related_name="query_operator", verbose_name="人员")
    reported_on = models.DateField("报备日期")
    until = models.DateField("截止", null=True, blank=True)
    note = models.CharField("报备文号或说明", max_length=100)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "查控专员（报备名单）"
        constraints = [
            models.UniqueConstraint(name="operator_once", fields=["user"], condition=Q(until__isnull=True)),
            models.CheckConstraint(
                name="operator_forward", condition=Q(until__isnull=True) | Q(until__gte=F("reported_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.reported_on}"


class QueryBatch(models.Model):
    """What was asked together: one package of the exchange folder, or one trip to one counter."""

    class State(models.TextChoices):
        OPEN = "open", "待发出"
        SENT = "sent", "已发出"
        ANSWERED = "answered", "已反馈"

    channel = models.CharField("方式", max_length=10, choices=Channel.choices)
    counter = models.CharField("窗口", max_length=20, choices=Counter.choices, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    team = models.ForeignKey("teams.Team", models.PROTECT, related_name="+")
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("生成")
    sent_at = models.DateTimeField("发出", null=True)
    answered_at = models.DateTimeField("反馈", null=True)
    note = models.CharField("说明", max_length=200, blank=True)
    fault = models.CharField("系统故障", max_length=200, blank=True)  # why it did not leave at once
    retry_at = models.DateTimeField("自动发出", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="query_batch_counter", condition=Q(channel="network", counter="") | (Q(channel="offline") & ~Q(counter=""))
            ),
            models.CheckConstraint(name="query_batch_sent", condition=Q(state="open") | Q(sent_at__isnull=False)),
            models.CheckConstraint(
                name="query_batch_answered", condition=~Q(state="answered") | Q(answered_at__isnull=False)
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["channel", "counter", "-id"], name="query_batch_newest"),
            models.Index(
                fields=["retry_at"], name="query_batch_held", condition=Q(state="open", retry_at__isnull=False)
            ),
        ]


class Query(models.Model):
    """One debtor asked about once at one counter. Without a batch it is ordered and waits for the next one."""

    class State(models.TextChoices):
        ORDERED = "ordered", "待查询"
        SENT = "sent", "待反馈"
        ANSWERED = "answered", "已反馈"
        NOTHING = "nothing", "查无财产"
        FAILED = "failed", "未能查询"
        WITHDRAWN = "withdrawn", "已撤回"

    class Reason(models.TextChoices):
        FIRST = "first", "首次查询"
        AGAIN = "again", "补充查询"
        FULL = "full", "终本前全面查询"
        RECHECK = "recheck", "终本定期查询"

    batch = models.ForeignKey(QueryBatch, models.PROTECT, null=True, related_name="queries")
    channel = models.CharField("方式", max_length=10, choices=Channel.choices)
    counter = models.CharField("窗口", max_length=20, choices=Counter.choices, blank=True)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="queries", db_index=False)
    party = models.ForeignKey("cases.Party", models.PROTECT, related_name="queries", db_index=False)
    reason = models.CharField("事由", max_length=10, choices=Reason.choices, default=Reason.FIRST)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ORDERED)
    asked_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)
    asked_at = models.DateTimeField("提出")
    sent_at = models.DateTimeField("发出", null=True)
    answered_at = models.DateTimeField("反馈", null=True)
    note = models.CharField("反馈说明", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="query_once", fields=["party", "channel", "counter"], condition=Q(state__in=("ordered", "sent"))
            ),
            models.CheckConstraint(
                name="query_counter", condition=Q(channel="network", counter="") | (Q(channel="offline") & ~Q(counter=""))
            ),
            models.CheckConstraint(
                name="query_answered",
                condition=~Q(state__in=("answered", "nothing")) | Q(answered_at__isnull=False, sent_at__isnull=False),
            ),
            models.CheckConstraint(name="query_sent_in_batch", condition=~Q(state="sent") | Q(batch__isnull=False)),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["channel", "counter", "state", "id"],
                name="query_waiting",
                condition=Q(state__in=("ordered", "sent")),
            ),
            models.Index(fields=["case", "-id"], name="query_case"),
            models.Index(fields=["party", "-id"], name="query_party"),
        ]
