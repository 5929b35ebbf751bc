"""质效通报: the figures of a month with the rows behind each, frozen; a correction is a new version with its reason."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

USER = settings.AUTH_USER_MODEL
FROZEN = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Bulletin(models.Model):
    """One version of a month's figures as they were when it was made: formulas, values, teams, nodes."""

    append_only = True

    month = models.DateField("月份")  # its first day
    version = models.PositiveSmallIntegerField("版次")
    reason = models.CharField("更正原因", max_length=300, blank=True)
    figures = models.JSONField("数据")
    hash = models.CharField("校验值", max_length=64)
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="生成")
    made_at = models.DateTimeField("生成时间")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="bulletin_version", fields=["month", "version"]),
            models.CheckConstraint(name="bulletin_reasoned", condition=Q(version=1) | ~Q(reason="")),
            models.CheckConstraint(name="bulletin_first_day", condition=Q(month__day=1)),
        ]
        triggers = [FROZEN]

    def __str__(self) -> str:
        return f"{self.month:%Y 年 %-m 月}质效通报" + (f"（第 {self.version} 版）" if self.version > 1 else "")


class BulletinList(models.Model):
    """The keys behind one number, each with the team it was counted for (0: none)."""

    append_only = True

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="lists")
    key = models.CharField("统计对象", max_length=120)
    rows = ArrayField(models.BigIntegerField())
    teams = ArrayField(models.BigIntegerField())

    class Meta:
        constraints = [models.UniqueConstraint(name="bulletin_list_once", fields=["bulletin", "key"])]
        triggers = [FROZEN]


class BulletinIssue(models.Model):
    """发布: what the quality team's leader wrote about the figures, and the paper as it went out."""

    append_only = True

    bulletin = models.OneToOneField(Bulletin, models.PROTECT, related_name="issue")
    findings = models.TextField("分析")
    problems = models.TextField("存在的问题", blank=True)
    measures = models.TextField("工作要求")
    issued_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="发布")
    issued_at = models.DateTimeField("发布时间")
    pdf = models.BinaryField("通报")
    sha256 = models.CharField("文件校验值", max_length=64)

    class Meta:
        triggers = [FROZEN]
