"""财产: what a debtor has, as somebody said on a day. What is done with it are control measures."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q


# No context: see `cases.models.Party`; where an asset comes from stands on it.
@pghistory.track(append_only=True, context_field=None)  # type: ignore[arg-type]
class Asset(models.Model):
    """One thing of one debtor in one case. `key` tells it from his others: bank and account, plate, title number."""

    class Kind(models.TextChoices):
        DEPOSIT = "deposit", "银行存款"
        ONLINE = "online_balance", "网络资金"
        SECURITIES = "securities", "证券"
        VEHICLE = "vehicle", "车辆"
        REAL_ESTATE = "real_estate", "不动产"
        EQUITY = "equity", "股权"
        HOUSING_FUND = "housing_fund", "公积金"
        MOVABLE = "movable", "其他动产"
        RIGHT = "right", "其他财产权"

    class Source(models.TextChoices):
        NETWORK = "network", "网络查控"
        OFFLINE = "offline", "线下查控"
        CLUE = "clue", "申请人线索"
        DECLARED = "declared", "被执行人申报"
        PRESERVATION = "preservation", "保全转入"
        LEGACY = "legacy", "历史遗留导入"
        FOUND = "found", "办案发现"

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="assets", db_index=False)
    party = models.ForeignKey("cases.Party", models.PROTECT, related_name="assets", db_index=False)
    kind = models.CharField("类别", max_length=20, choices=Kind.choices)
    key = models.CharField("识别号", max_length=120)
    title = models.CharField("名称", max_length=200)
    body = models.CharField("协助单位", max_length=100, blank=True)
    amount = models.DecimalField("余额或价值", max_digits=15, decimal_places=2, null=True)
    facts = models.JSONField("详情", default=dict)  # label → text, as the answer gave them
    protected = models.CharField("不得控制的原因", max_length=100, blank=True)  # living costs, protected account
    source = models.CharField("来源", max_length=20, choices=Source.choices)
    query = models.ForeignKey("assets.Query", models.PROTECT, null=True, related_name="assets", db_index=False)
    as_of = models.DateTimeField("截至")
    entered_at = models.DateTimeField("录入")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="asset_once", fields=["case", "party", "kind", "key"]),
            models.CheckConstraint(name="asset_amount", condition=Q(amount__isnull=True) | Q(amount__gte=0)),
            models.CheckConstraint(name="asset_named", condition=~Q(key="") & ~Q(title="")),
        ]
        indexes = [
            models.Index(fields=["party", "kind"], name="asset_party"),
            models.Index(fields=["key"], name="asset_key"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        return f"asset:{self.pk}"

    @property
    def is_money(self) -> bool:
        return self.kind in (self.Kind.DEPOSIT, self.Kind.ONLINE)
