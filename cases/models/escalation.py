"""超期说明单: one open sheet per team, rule and day, explained by the leader, signed by the director."""

from django.conf import settings
from django.db import models

USER = settings.AUTH_USER_MODEL


class Escalation(models.Model):
    class Decision(models.TextChoices):
        NONE = "", "待签批"
        EXCUSED = "excused", "予以谅解"
        RECTIFY = "rectify", "限期整改"

    team = models.ForeignKey("teams.Team", models.PROTECT, related_name="+")
    rule = models.CharField(max_length=60)
    day = models.DateField("日期")
    opened_at = models.DateTimeField()
    explanation = models.CharField("说明", max_length=500, blank=True)
    explained_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    explained_at = models.DateTimeField(null=True)
    approval = models.ForeignKey("cases.Approval", models.PROTECT, null=True, related_name="escalations")
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    rectify_by = models.DateField("整改期限", null=True)

    class Meta:
        # A signed sheet is closed: what falls due later for its day goes on another.
        constraints = [
            models.UniqueConstraint(name="sheet_once", fields=["team", "rule", "day"], condition=models.Q(decision=""))
        ]
        indexes = [models.Index(fields=["day", "id"], name="sheet_by_day")]


class EscalationRow(models.Model):
    class Cause(models.TextChoices):
        REACHED_LATE = "reached_late", "到局晚"
        SYSTEM_FAULT = "system_fault", "系统故障"
        NOBODY = "nobody", "无人在岗"
        SIGNATURE = "signature", "等签字"
        OTHER = "other", "其他"

    sheet = models.ForeignKey(Escalation, models.PROTECT, related_name="rows")
    item = models.ForeignKey("cases.WorkItem", models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    proposed = models.CharField("推定原因", max_length=20, choices=Cause.choices)
    cause = models.CharField("原因", max_length=20, choices=Cause.choices, blank=True)
    explanation = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="row_once", fields=["sheet", "item", "due_at"])]
