"""Filing lists brought in: one batch a file, one row a line of its sheet."""

from django.conf import settings
from django.db import models


class ImportBatch(models.Model):
    file_name = models.CharField("文件", max_length=200)
    sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField("导入时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey("teams.Team", models.PROTECT, null=True, related_name="+")
    counts = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="import_file")]


class ImportRow(models.Model):
    class Outcome(models.TextChoices):
        IMPORTED = "imported", "已导入"
        WARNING = "imported_with_warning", "已导入（有提示）"
        REJECTED = "rejected", "未导入"
        DUPLICATE = "duplicate", "重复"

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField("行")
    outcome = models.CharField(max_length=30, choices=Outcome.choices)
    number = models.CharField(max_length=60, blank=True)
    problems = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="import_row_once", fields=["batch", "row"])]
