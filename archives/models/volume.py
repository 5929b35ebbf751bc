"""案卷: a case's file as it is archived: checked, packed, on its shelf; and who has borrowed it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

USER = settings.AUTH_USER_MODEL


class Volume(models.Model):
    """One archived file of a case. After 撤销结案 the case gets a new one; the old stays as it was."""

    class State(models.TextChoices):
        CHECKING = "checking", "待质检"
        PASSED = "passed", "待系统归档"
        PACKING = "packing", "打包中"
        PACKED = "packed", "待上架"
        SHELVED = "shelved", "已入库"
        RETURNED = "returned", "退回整理"

    class Retention(models.TextChoices):
        PERMANENT = "permanent", "永久"
        LONG = "long", "长期（60 年）"
        SHORT = "short", "短期（20 年）"

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="volumes")
    state = models.CharField("状态", max_length=10, choices=State.choices)
    retention = models.CharField("保管期限", max_length=10, choices=Retention.choices)
    fonds = models.CharField("全宗号", max_length=20, blank=True)
    catalogue = models.CharField("目录号", max_length=20, blank=True)
    pages_main = models.PositiveIntegerField("正卷页数", default=0)
    pages_secret = models.PositiveIntegerField("副卷页数", default=0)
    papers = models.PositiveIntegerField("件数", default=0)
    facts_hash = models.CharField("核验时的内容", max_length=64)
    sampled = models.BooleanField("抽中质检", default=False)
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("提起归档")
    checked_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField("质检", null=True)
    check_note = models.CharField("质检意见", max_length=300, blank=True)
    package = models.CharField("归档包", max_length=120, blank=True)
    manifest_sha256 = models.CharField("清单校验", max_length=64, blank=True)
    packed_at = models.DateTimeField("系统归档", null=True)
    problem = models.CharField("未能打包的原因", max_length=300, blank=True)
    shelf = models.CharField("架位", max_length=60, blank=True)
    shelved_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    shelved_at = models.DateTimeField("入库", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="volume_second_person", condition=Q(checked_by=None) | ~Q(checked_by=F("asked_by"))),
            models.CheckConstraint(
                name="volume_checked",
                condition=Q(state__in=("checking", "returned")) | Q(sampled=False) | Q(checked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="volume_packed", condition=~Q(state__in=("packed", "shelved")) | ~Q(manifest_sha256="")
            ),
            models.CheckConstraint(
                name="volume_shelved", condition=~Q(state="shelved") | (~Q(shelf="") & Q(shelved_at__isnull=False))
            ),
            models.UniqueConstraint(
                name="volume_one_running", fields=["case"],
                condition=Q(state__in=("checking", "passed", "packing", "packed")),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["state", "id"], name="volume_state"),
            models.Index(fields=["case", "id"], name="volume_case"),
        ]


class Loan(models.Model):
    """借阅 on a signed sheet, or the file sent up to another court; out and back by scan."""

    class State(models.TextChoices):
        GRANTED = "granted", "待取卷"
        OUT = "out", "借出"
        BACK = "back", "已归还"
        CANCELLED = "cancelled", "已取消"

    class Kind(models.TextChoices):
        LOAN = "loan", "借阅"
        SENT_UP = "sent_up", "外送"

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="loans")
    volume = models.ForeignKey(Volume, models.PROTECT, null=True, related_name="loans")
    kind = models.CharField("方式", max_length=10, choices=Kind.choices)
    state = models.CharField("状态", max_length=10, choices=State.choices)
    approval = models.OneToOneField("cases.Approval", models.PROTECT, null=True, related_name="+")
    borrower = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey("teams.Team", models.PROTECT, null=True, related_name="+")
    court = models.CharField("外送法院", max_length=80, blank=True)
    reason = models.CharField("用途", max_length=200)
    secret = models.BooleanField("含副卷", default=False)
    until = models.DateField("归还期限", null=True)
    granted_at = models.DateTimeField("同意")
    lent_at = models.DateTimeField("出库", null=True)
    lent_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField("归还", null=True)
    returned_to = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    condition = models.CharField("归还时情况", max_length=200, blank=True)
    cancel_reason = models.CharField("取消原因", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="loan_one_out", fields=["volume"], condition=Q(state="out")),
            models.CheckConstraint(
                name="loan_out_and_back",
                condition=Q(state__in=("granted", "cancelled"), lent_at=None)
                | Q(state="out", lent_at__isnull=False, returned_at=None)
                | Q(state="back", lent_at__isnull=False, returned_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="loan_state"),
            models.Index(fields=["case", "id"], name="loan_case"),
        ]
