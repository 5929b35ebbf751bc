"""What is enforced, and on which instrument."""

import pghistory
from django.db import models
from django.db.models import Q


def amended():
    """What stood there before it was mended; registering costs nothing."""
    return pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), append_only=True)


@amended()
class Basis(models.Model):
    """执行依据: the effective instrument. Its kind decides which limit runs (civil, administrative, criminal)."""

    class Kind(models.TextChoices):
        CIVIL = "civil", "民事"
        ADMINISTRATIVE = "administrative", "行政非诉"
        CRIMINAL = "criminal", "刑事涉财产"

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="bases")
    kind = models.CharField("依据类别", max_length=20, choices=Kind.choices, default=Kind.CIVIL)
    number = models.CharField("执行依据文号", max_length=100, blank=True)
    maker = models.CharField("作出单位", max_length=100, blank=True)
    effective_on = models.DateField("生效日期", null=True)
    performance_end_on = models.DateField("履行期限届满", null=True)

    class Meta:
        indexes = [models.Index(fields=["number"], name="basis_number", condition=~Q(number=""))]


@amended()
class Claim(models.Model):
    """请求: money, conduct, a specific thing or a property right; several are possible."""

    class Kind(models.TextChoices):
        MONEY = "money", "金钱给付"
        CONDUCT = "conduct", "行为"
        THING = "thing", "交付特定物"
        RIGHT = "property_right", "财产权利"

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="claims")
    kind = models.CharField("种类", max_length=20, choices=Kind.choices, default=Kind.MONEY)
    amount = models.DecimalField("金额", max_digits=15, decimal_places=2, null=True)
    text = models.CharField("内容", max_length=500, blank=True)
    fine = models.BooleanField("刑事罚金", default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="claim_money_has_amount", condition=~Q(kind="money") | Q(amount__isnull=False, amount__gte=0)
            )
        ]
