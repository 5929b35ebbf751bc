"""材料包: papers of one case that travel under one bar code, and each hand-over of them. Two scans a hand-over: the
giver's makes the row, the receiver's completes it; a row is never removed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

USER = settings.AUTH_USER_MODEL


class Bundle(models.Model):
    """Papers of one case. It is with a team (`team`, `holder`), or on its way (an open hand-over), or on a shelf."""

    class Kind(models.TextChoices):
        ORIGINALS = "originals", "立案原件"
        PAPERS = "papers", "团队材料"

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="bundles")
    kind = models.CharField("种类", max_length=10, choices=Kind.choices)
    title = models.CharField("内容", max_length=200)
    pieces = models.PositiveSmallIntegerField("件数")
    pages_paper = models.PositiveSmallIntegerField("纸质页数")
    pages_scanned = models.PositiveSmallIntegerField("扫描页数", null=True)
    pages_filed = models.PositiveSmallIntegerField("入卷页数", null=True)
    difference = models.CharField("页数不一致的说明", max_length=200, blank=True)
    secret = models.BooleanField("副卷材料", default=False)
    duty = models.CharField("事项对象", max_length=60, blank=True)  # subject of the scanning item it meets
    team = models.ForeignKey("teams.Team", models.PROTECT, related_name="+")
    holder = models.ForeignKey(USER, models.PROTECT, related_name="+")
    shelf = models.CharField("架位", max_length=60, blank=True)
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("登记时间")
    received_at = models.DateTimeField("卷宗管理中心收到", null=True)
    filed_at = models.DateTimeField("扫描入卷", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="bundle_holds_something", condition=Q(pieces__gte=1, pages_paper__gte=1)),
            models.CheckConstraint(
                name="bundle_filed_counted",
                condition=Q(filed_at__isnull=True) | Q(pages_scanned__isnull=False, pages_filed__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "id"], name="bundle_case"),
            models.Index(fields=["team", "id"], name="bundle_team"),
            models.Index(fields=["received_at", "id"], name="bundle_to_scan", condition=Q(filed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.title


class Custody(models.Model):
    """One hand-over. What the receiver counted otherwise than was written stands in `counted`."""

    bundle = models.ForeignKey(Bundle, models.PROTECT, related_name="custody")
    from_team = models.ForeignKey("teams.Team", models.PROTECT, related_name="+")
    given_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    given_at = models.DateTimeField("交出")
    to_team = models.ForeignKey("teams.Team", models.PROTECT, related_name="+")
    taken_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField("收到", null=True)
    counted = models.PositiveSmallIntegerField("实收件数", null=True)
    recalled_at = models.DateTimeField("收回", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="custody_one_open", fields=["bundle"], condition=Q(taken_at__isnull=True, recalled_at__isnull=True)
            ),
            models.CheckConstraint(
                name="custody_two_scans",
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False, recalled_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["bundle", "id"], name="custody_bundle"),
            models.Index(fields=["to_team", "id"], name="custody_coming", condition=Q(taken_at__isnull=True)),
            models.Index(fields=["to_team", "taken_at", "id"], name="custody_taken"),
            models.Index(fields=["from_team", "given_at", "id"], name="custody_given"),
        ]
