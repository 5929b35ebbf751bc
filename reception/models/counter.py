"""The counter: who has come and in which order, and whom one tried to reach."""

from django.conf import settings
from django.db import models
from django.db.models import Q

USER = settings.AUTH_USER_MODEL


class Arrival(models.Model):
    """到场取号: somebody of the case is here; numbers begin anew each day."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="arrivals")
    day = models.DateField("日期")
    number = models.PositiveSmallIntegerField("号")
    at = models.DateTimeField("取号")
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    served_at = models.DateTimeField("接待", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="arrival_number", fields=["day", "number"]),
            models.UniqueConstraint(name="arrival_waits_once", fields=["case"], condition=Q(served_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return f"A{self.number:02}"


class Contact(models.Model):
    """One attempt to reach the applicant, noted when it was made."""

    class Result(models.TextChoices):
        NO_ANSWER = "no_answer", "无人接听"
        OFF = "off", "停机、空号"
        COMING = "coming", "约定到院"
        AWAY = "away", "在外地"
        REFUSED = "refused", "拒绝到场"

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="contacts")
    at = models.DateTimeField("时间")
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    way = models.CharField("方式", max_length=60)  # 电话 13912345678, 短信
    result = models.CharField("结果", max_length=60)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="contact_case")]

    def __str__(self) -> str:
        return f"{self.way} {self.result}"
