"""常用筛选 of the case list: a name and its filters, for oneself or for the team."""

from django.conf import settings
from django.db import models


class SavedView(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    team = models.ForeignKey("teams.Team", models.CASCADE, null=True, related_name="+")  # shared with the team
    name = models.CharField("名称", max_length=30)
    query = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(name="view_once", fields=["user", "name"])]

    def __str__(self) -> str:
        return self.name
