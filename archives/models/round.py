"""收集轮次: one visit to one team for its papers."""

from django.conf import settings
from django.db import models


class CollectionRound(models.Model):
    """Open until the clerk closes it; what was handed over in it are the bundles received since it began."""

    team = models.ForeignKey("teams.Team", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("开始")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField("结束", null=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="round_one_open", fields=["team"], condition=models.Q(closed_at=None)),
        ]
        indexes = [models.Index(fields=["-id"], name="round_newest")]
