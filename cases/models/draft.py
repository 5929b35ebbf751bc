"""草稿: what somebody has typed into a form and not sent yet; his alone, gone when the form is sent."""

from django.conf import settings
from django.db import models


class Draft(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    path = models.CharField(max_length=200)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="draft_once", fields=["user", "path"])]
        indexes = [models.Index(fields=["at"], name="draft_old")]

    def __str__(self) -> str:
        return self.path
