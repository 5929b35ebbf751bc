"""Page images and texts of stored files: made once a file by the worker, whatever papers show it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from cases.names import Bigrams


class Rendition(models.Model):
    """The pages of one file. Without pages it is one that has none to show (Word), or one that does not open."""

    class State(models.TextChoices):
        WAITING = "waiting", "生成中"
        READY = "ready", "已生成"
        FAILED = "failed", "不能生成"

    sha256 = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    pages = models.PositiveSmallIntegerField("页数", default=0)
    problem = models.CharField("不能生成的原因", max_length=200, blank=True)
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="rendition_reasoned", condition=~Q(state="failed") | ~Q(problem=""))]


class Page(models.Model):
    """One page: its image stands in the file store (`documents.dossier.images`); a damaged one has a reason instead."""

    rendition = models.ForeignKey(Rendition, models.CASCADE, related_name="each", db_index=False)
    number = models.PositiveSmallIntegerField("页")
    width = models.PositiveSmallIntegerField("宽（像素）")
    height = models.PositiveSmallIntegerField("高（像素）")
    blank = models.BooleanField("空白页", default=False)
    problem = models.CharField("不能显示的原因", max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="page_once", fields=["rendition", "number"])]


class PageText(models.Model):
    """What stands on a page, for searching: never a source of names (reference: every engine errs on rare ones).

    `lines` are [x, y, width, height, text] in thousandths of the upright page; `text` is all of them without blanks,
    so that a word is found across the end of a line.
    """

    class Source(models.TextChoices):
        LAYER = "layer", "文本层"
        OCR = "ocr", "文字识别"

    page = models.OneToOneField(Page, models.CASCADE, related_name="words")
    source = models.CharField(max_length=10, choices=Source.choices)
    text = models.TextField()
    lines = models.JSONField(default=list)
    failures = models.PositiveSmallIntegerField("识别失败", default=0)  # rounds in which it could not be read
    grams = models.GeneratedField(
        expression=Bigrams("text"), output_field=ArrayField(models.TextField()), db_persist=True
    )

    class Meta:
        indexes = [
            GinIndex(fields=["grams"], name="page_text_grams"),
            models.Index(fields=["failures", "id"], name="page_text_failed", condition=Q(failures__gt=0)),
        ]
