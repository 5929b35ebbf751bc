"""The journal: who did what, when it happened and when it was entered; append-only, hash-chained, sealed."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class JournalEntry(models.Model):
    """流转记录. One chain per stream (`case:17`, `user:5`); the head of a case's chain stands on its row."""

    stream = models.CharField(max_length=40)
    no = models.PositiveIntegerField()
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="journal", db_index=False)
    what = models.CharField(max_length=20)  # step item event approval material right read hand note job
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    by_label = models.CharField(max_length=80)
    happened_at = models.DateTimeField("发生")
    entered_at = models.DateTimeField("录入")
    backdated = models.BooleanField("补录", default=False)
    facts = models.JSONField(default=dict)
    ip = models.CharField("IP 地址", max_length=45, blank=True, db_default="")  # empty: a worker, a command
    prev = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    xid = models.BigIntegerField()

    class Meta:
        default_permissions = ("view",)
        verbose_name = verbose_name_plural = "流转记录"
        constraints = [
            models.UniqueConstraint(name="journal_no", fields=["stream", "no"]),
            models.UniqueConstraint(name="journal_prev", fields=["stream", "prev"]),
        ]
        indexes = [
            models.Index(fields=["case", "-id"], name="journal_case", condition=Q(case__isnull=False)),
            models.Index(fields=["by", "-id"], name="journal_by"),
            models.Index(fields=["-entered_at", "-id"], name="journal_entered"),  # rows come in this order: cheap
            models.Index(fields=["ip", "-id"], name="journal_ip", condition=~Q(ip="")),
            models.Index(fields=["xid", "id"], name="journal_xid"),
        ]


class JournalHead(models.Model):
    """Head of a chain that belongs to no case (an officer's acts outside cases, reads of masked data)."""

    stream = models.CharField(primary_key=True, max_length=40)
    head = models.CharField(max_length=64, blank=True)
    entries = models.PositiveIntegerField(default=0)


class JournalSeal(models.Model):
    """Every ten minutes: sha256 over the hashes of all finished entries since the last seal, and over that seal."""

    at = models.DateTimeField()
    below_xid = models.BigIntegerField()
    count = models.PositiveIntegerField()
    last_id = models.BigIntegerField()
    prev = models.CharField(max_length=64, blank=True, unique=True)
    hash = models.CharField(max_length=64)


class Submission(models.Model):
    """One submitted form: a repeat of the same key answers with the first one's page."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    location = models.CharField(max_length=500, blank=True)
    message = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="submission_once", fields=["user", "key"])]
