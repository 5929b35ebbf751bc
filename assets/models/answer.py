"""反馈: one answer file that was read in; which of its rows fit nobody, or contradict. Amounts are not kept here."""

from django.conf import settings
from django.db import models


class AnswerImport(models.Model):
    """One file of answers. Whoever reads it in sees how the rows matched, never what they say (reference §17.2)."""

    class State(models.TextChoices):
        WAITING = "waiting", "待导入"
        DONE = "done", "已导入"
        FAILED = "failed", "未导入"

    batch = models.ForeignKey("assets.QueryBatch", models.PROTECT, related_name="imports")
    receipt = models.OneToOneField("documents.Receipt", models.PROTECT, null=True, related_name="+")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("收到")
    done_at = models.DateTimeField("导入", null=True)
    total = models.PositiveIntegerField("行数", default=0)
    matched = models.PositiveIntegerField("相符", default=0)
    unmatched = models.PositiveIntegerField("无此人案", default=0)
    contradictory = models.PositiveIntegerField("有矛盾", default=0)
    unchanged = models.PositiveIntegerField("与已有相同", default=0)

    class Meta:
        indexes = [models.Index(fields=["batch", "-id"], name="answer_import_batch")]


class AnswerProblem(models.Model):
    """A row that was not taken over: whom it says it is about, and why it is not."""

    class Kind(models.TextChoices):
        UNMATCHED = "unmatched", "无此人案"
        CONTRADICTORY = "contradictory", "有矛盾"

    answers = models.ForeignKey(AnswerImport, models.PROTECT, related_name="problems", db_index=False)
    row = models.PositiveIntegerField("行")
    kind = models.CharField("情形", max_length=20, choices=Kind.choices)
    case_number = models.CharField("案号", max_length=60)
    name = models.CharField("姓名/名称", max_length=200, blank=True)
    certificate_number = models.CharField("证件号码", max_length=40)
    what = models.CharField("财产类别", max_length=20, blank=True)
    reason = models.CharField("原因", max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(name="answer_problem_row", fields=["answers", "row"])]
