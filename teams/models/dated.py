"""What holds from one day to another."""

from datetime import date

from django.db import models
from django.db.models import F, Q


class DatedQuerySet(models.QuerySet):
    def on(self, day: date):
        """The rows in force on a day."""
        return self.filter(Q(from_on__lte=day) & (Q(to_on__isnull=True) | Q(to_on__gte=day)))

    def touching(self, from_on: date, to_on: date | None):
        """The rows in force on any day of a span; `to_on` None means without end."""
        rows = self.filter(Q(to_on__isnull=True) | Q(to_on__gte=from_on))
        return rows.filter(from_on__lte=to_on) if to_on else rows


def in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
        violation_error_message="截止日期不能早于开始日期。",
    )
