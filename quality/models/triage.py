"""分流: what the criteria proposed, what was decided, and by which figures the team was chosen."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

USER = settings.AUTH_USER_MODEL


class TriageDecision(models.Model):
    """One triage of one case, written with its step and never changed."""

    class Track(models.TextChoices):
        FAST = "fast", "快执"
        REGULAR = "regular", "普执"

    class How(models.TextChoices):
        LOAD = "load", "在办最少"
        DEBTOR = "debtor", "同一被执行人"
        HAND = "hand", "指定"

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="triages")
    proposed = models.CharField("规则建议", max_length=10, choices=Track.choices)
    criterion = models.CharField("分流标准", max_length=40)  # key of `quality.criteria`
    certain = models.BooleanField("确定")
    reasons = models.JSONField("理由", default=list)
    track = models.CharField("决定", max_length=10, choices=Track.choices)
    reason = models.CharField("改变建议的理由", max_length=200, blank=True)
    team = models.ForeignKey("teams.Team", models.PROTECT, related_name="+", verbose_name="承办团队", db_index=False)
    how = models.CharField("团队的确定", max_length=10, choices=How.choices)
    figures = models.JSONField("所依据的负荷", default=list)  # [{team, open, same, barred}] of every team of the track
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField("时间")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="triage_override_reasoned", condition=Q(track=F("proposed")) | ~Q(reason=""),
            ),
            models.CheckConstraint(name="triage_hand_reasoned", condition=~Q(how="hand") | ~Q(reason="")),
        ]  # fmt: skip
        indexes = [models.Index(fields=["-at", "-id"], name="triage_newest")]

    def __str__(self) -> str:
        return f"{self.case_id}→{self.get_track_display()}"
