"""Figures as they were computed, with their moment, so that a page of them costs the same however many cases there are."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class KeptFigures(models.Model):
    """What one page of `/stats/` shows for one period, case type and team."""

    key = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField("统计时刻")
    read_at = models.DateTimeField("最近查看")
    page = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        indexes = [models.Index(fields=["read_at"], name="figures_read")]
