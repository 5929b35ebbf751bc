"""Whether an issued paper bears its seal yet."""

from django.conf import settings
from django.db import models
from django.db.models import Q

USER = settings.AUTH_USER_MODEL


class Sealing(models.Model):
    """One row a paper that is sealed. Sealed elsewhere, the sealed file is a new version of the paper's material."""

    class State(models.TextChoices):
        WAITING = "waiting", "待用印"
        REFUSED = "refused", "用印被退"
        DONE = "done", "已用印"

    class How(models.TextChoices):
        HERE = "here", "演示章"
        PAPER = "paper", "实物章"
        SERVICE = "service", "电子签章"

    document = models.OneToOneField("documents.Document", models.PROTECT, related_name="sealing")
    how = models.CharField("用印方式", max_length=10, choices=How.choices)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    place = models.JSONField("用印位置", default=list)  # page from 1, x and y of its middle in points
    reason = models.CharField("退回原因", max_length=200, blank=True)
    at = models.DateTimeField("用印时间", null=True)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="sealing_done_has_time", condition=~Q(state="done") | Q(at__isnull=False)),
            models.CheckConstraint(name="sealing_refused_reasoned", condition=~Q(state="refused") | ~Q(reason="")),
        ]
        indexes = [models.Index(fields=["document"], name="sealing_open", condition=~Q(state="done"))]
