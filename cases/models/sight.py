"""Who sees a case beyond the rule: teams that held it, and the exceptions granted to one person."""

import pghistory
from django.conf import settings
from django.db import models
from guardian.models import UserObjectPermissionBase


class CaseSight(models.Model):
    """A narrow team sees this case, because it holds or held it, or had an item on it."""

    pk = models.CompositePrimaryKey("team_id", "case_id")
    team = models.ForeignKey("teams.Team", models.CASCADE, related_name="+", db_index=False)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="sights", db_index=False)
    since_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "team"], name="sight_case")]


@pghistory.track(append_only=True)
class CaseGrant(UserObjectPermissionBase):
    """view_case, work_on_case or recused_from_case for one person on one case, until a day, with its reason."""

    content_object = models.ForeignKey("cases.Case", models.CASCADE, related_name="grants")
    until = models.DateField("至", null=True)
    reason = models.CharField("原因", max_length=200)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField()

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
        indexes = [models.Index(fields=["until"], name="grant_until")]
