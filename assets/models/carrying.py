"""保全转接: which measures went from a preservation case to an enforcement case, and as what, so that it can be undone."""

from django.conf import settings
from django.db import models

USER = settings.AUTH_USER_MODEL


class CarryOver(models.Model):
    """One 转接; `back_at` when it was taken back."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="carried_from")
    other = models.ForeignKey("cases.Case", models.PROTECT, related_name="carried_to")
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField("转接")
    back_at = models.DateTimeField("撤回", null=True)
    back_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)


class CarriedMeasure(models.Model):
    """One measure of it: the asset it stood on, the one it stands on, and how it was then."""

    carry_over = models.ForeignKey(CarryOver, models.PROTECT, related_name="measures")
    measure = models.ForeignKey("assets.ControlMeasure", models.PROTECT, related_name="carried")
    came_from = models.ForeignKey("assets.Asset", models.PROTECT, related_name="+", db_index=False)
    made_asset = models.BooleanField(default=False)  # the new case knew of no such thing
    state = models.CharField(max_length=10)
    amount = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    ends_on = models.DateField(null=True)
    watched_by = models.CharField(max_length=100, blank=True)  # rules of the items that watched it in the old case

    class Meta:
        constraints = [models.UniqueConstraint(name="carried_once", fields=["carry_over", "measure"])]
