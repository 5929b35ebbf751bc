"""What the program tells a person: text and an address, read or not."""

from django.db import models
from django.db.models import Q

from teams import moment


class Notice(models.Model):
    class Kind(models.TextChoices):
        NOTICE = "notice", "通知"
        NUDGE = "nudge", "催办"
        RING = "ring", "急办"
        LIST = "list", "清单"
        RESULT = "result", "结果"

    URGENT = (Kind.NUDGE, Kind.RING)  # these nobody can mute

    person = models.ForeignKey("teams.User", models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.NOTICE)
    sender = models.ForeignKey("teams.User", models.SET_NULL, null=True, related_name="+", db_index=False)
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=120, blank=True)  # the same key reaches a person once
    created_at = models.DateTimeField(default=moment.now)
    read_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)  # of who was reminded, to who reminded him
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        constraints = [models.UniqueConstraint(name="notice_once", fields=["person", "key"], condition=~Q(key=""))]
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_person"),
            models.Index(fields=["person"], name="notice_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["created_at"], name="notice_created"),
            models.Index(
                fields=["url"], name="notice_unanswered",
                condition=Q(kind="nudge", sender__isnull=False, answered_at__isnull=True),
            ),
            models.Index(
                fields=["person", "-id"], name="notice_waiting",
                condition=Q(kind="nudge", sender__isnull=False, key="", answered_at__isnull=True),
            ),
            models.Index(fields=["sender", "-id"], name="notice_sent", condition=Q(kind="nudge", sender__isnull=False)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.text
