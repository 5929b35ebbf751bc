"""备注: what officers tell each other, or themselves, about a case; never a record of the file."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class CaseNote(models.Model):
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="notes", db_index=False)
    text = models.CharField("备注", max_length=500)
    shared = models.BooleanField("同事可见", default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField("时间")

    class Meta:
        constraints = [models.CheckConstraint(name="note_said", condition=~Q(text=""))]
        indexes = [models.Index(fields=["case", "-id"], name="note_case")]

    def __str__(self) -> str:
        return self.text
