"""不得处分: what blocks disposal, deduction, paying out and closing of one party's or one asset's part."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Hold(models.Model):
    class Ground(models.TextChoices):
        OUTSIDER = "outsider", "案外人异议"
        AUCTION_OUTSIDER = "auction_outsider", "网拍案外人异议"
        PARTY_CHANGE = "party_change", "变更追加复议、诉讼中"
        BANKRUPTCY = "bankruptcy", "破产受理"
        DEATH = "death", "死亡或终止"
        SETTLEMENT = "settlement", "执行和解"
        SECURITY = "security", "提供充分担保"
        PRIORITY = "priority", "其他法院首封或刑事查封在先"

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="holds")
    subject = models.CharField("对象", max_length=40, blank=True)  # party:5, asset:17; empty: the whole case
    ground = models.CharField("事由", max_length=20, choices=Ground.choices)
    material = models.ForeignKey("cases.Material", models.PROTECT, null=True, related_name="+")
    note = models.CharField("说明", max_length=200, blank=True)
    from_on = models.DateField("自")
    to_on = models.DateField("至", null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="hold_forward", condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")))
        ]
        indexes = [models.Index(fields=["case", "subject"], name="hold_running", condition=Q(to_on__isnull=True))]
