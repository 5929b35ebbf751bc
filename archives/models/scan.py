"""Scanned pages: a batch is one sitting of one person at the scanner; its pages keep the order of the paper.

The picture of a page is drawn from the file that was scanned (a `Material` without a case); what is decided about it
(turned, left out, where a paper begins and under which number of the index) stands in its row.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

USER = settings.AUTH_USER_MODEL


class ScanBatch(models.Model):
    """One sitting. A contractor sees the batches that are his, and nothing else of the archive."""

    class State(models.TextChoices):
        GIVEN = "given", "待扫描"
        READING = "reading", "识别中"
        OPEN = "open", "待编目"
        FILING = "filing", "入卷中"
        FILED = "filed", "已入卷"
        DROPPED = "dropped", "已弃用"

    bundle = models.ForeignKey("documents.Bundle", models.PROTECT, null=True, related_name="batches")
    holder = models.ForeignKey(USER, models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.GIVEN)
    problem = models.CharField("未能完成的原因", max_length=300, blank=True)
    duplex = models.BooleanField("先正面后背面", default=False)
    source = models.CharField(
        "来源", max_length=10, choices=(("upload", "上传"), ("folder", "扫描文件夹")), default="upload"
    )
    made_at = models.DateTimeField("开始")
    made_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    catalogued_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    filed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    filed_at = models.DateTimeField("入卷", null=True)
    files = models.ManyToManyField("cases.Material", related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["state", "id"], name="scan_state", condition=~Q(state__in=("filed", "dropped"))),
            models.Index(fields=["holder", "id"], name="scan_holder", condition=~Q(state__in=("filed", "dropped"))),
        ]


class ScanPage(models.Model):
    """One side of one sheet. `starts` begins a paper, which ends before the next that begins one."""

    batch = models.ForeignKey(ScanBatch, models.PROTECT, related_name="pages")
    bundle = models.ForeignKey("documents.Bundle", models.PROTECT, null=True, related_name="scans")
    number = models.PositiveIntegerField("序")
    source = models.ForeignKey("cases.Material", models.PROTECT, related_name="+")
    index = models.PositiveIntegerField("在文件中的页")
    turned = models.PositiveSmallIntegerField("旋转", default=0)
    blank = models.BooleanField("空白", default=False)
    dropped = models.BooleanField("不入卷", default=False)
    starts = models.BooleanField("新的一份", default=False)
    secret = models.BooleanField("副卷", default=False)
    place = models.PositiveSmallIntegerField("目录项", default=0)
    title = models.CharField("名称", max_length=200, blank=True)
    lines = models.JSONField("识别的文字", null=True)  # [[x0,y0,…,y3], text] of the upright picture at `ocr.DPI`
    material = models.ForeignKey("cases.Material", models.PROTECT, null=True, related_name="scan_pages")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="scan_page_order", fields=["batch", "number"]),
            models.UniqueConstraint(name="scan_page_once", fields=["batch", "source", "index"]),
            models.CheckConstraint(name="scan_page_upright", condition=Q(turned__in=(0, 90, 180, 270))),
            models.CheckConstraint(name="scan_dropped_not_filed", condition=Q(dropped=False) | Q(material=None)),
        ]
        indexes = [models.Index(fields=["batch", "number"], name="scan_unread", condition=Q(lines__isnull=True))]
