"""Approval: a chain of signatures on one act; the act happens only when the last one signs."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KeyTextTransform

USER = settings.AUTH_USER_MODEL
MOVES = ("transfer_to_regular", "retriage", "reassignment")  # acts that give a case to another team


class Approval(models.Model):
    """审批. `facts` is what the signers read and, canonically, what `facts_hash` is the sha256 of."""

    class State(models.TextChoices):
        WAITING = "waiting", "待签"
        SIGNED = "signed", "已签"
        REJECTED = "rejected", "退回"
        STALE = "stale", "内容已变"
        WITHDRAWN = "withdrawn", "撤回"

    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="approvals", db_index=False)
    act = models.CharField("审批事项", max_length=40)
    chain = models.CharField(max_length=40)
    subject = models.CharField(max_length=60, blank=True)
    title = models.CharField("标题", max_length=120)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    maker = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="报签人", db_index=False)
    team = models.ForeignKey(
        "teams.Team", models.PROTECT, null=True, related_name="+", verbose_name="报签团队", db_index=False
    )
    asked_at = models.DateTimeField("报签时间")
    closed_at = models.DateTimeField(null=True)
    urgent = models.BooleanField(default=False)
    proposal = models.JSONField("报请内容", default=dict)  # the facts the step or record will be given
    facts = models.JSONField("签批所据", default=list)  # [[label, text], …] in order, as read by the signers
    facts_hash = models.CharField(max_length=64)
    changed = models.JSONField("变化", default=list)  # of a stale one: [[label, before, now], …]
    reason = models.CharField("退回原因", max_length=200, blank=True)
    current = models.PositiveSmallIntegerField(default=1)
    materials = models.ManyToManyField("cases.Material", related_name="approvals")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="approval_once",
                fields=["case", "act", "subject"],
                condition=Q(state="waiting"),
                nulls_distinct=False,
            )
        ]
        indexes = [
            models.Index(fields=["case", "-id"], name="approval_case"),
            models.Index(fields=["maker", "-id"], name="approval_maker"),
            models.Index(fields=["-id"], name="approval_moves", condition=Q(act__in=MOVES)),
            models.Index(
                KeyTextTransform("team", "proposal"),
                F("id").desc(),
                name="approval_moves_to",
                condition=Q(act__in=MOVES),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ApprovalPlace(models.Model):
    """One place of the chain: who is to sign now, who signed, for whom, with which opinion."""

    class State(models.TextChoices):
        PENDING = "pending", "未到"
        WAITING = "waiting", "待签"
        SIGNED = "signed", "同意"
        REJECTED = "rejected", "退回"
        DROPPED = "dropped", "未签"

    class Route(models.TextChoices):
        SCREEN = "screen", "系统签批"
        PAPER = "paper", "纸质签批"

    approval = models.ForeignKey(Approval, models.CASCADE, related_name="places", db_index=False)
    order = models.PositiveSmallIntegerField()
    place = models.CharField("签批位", max_length=30)  # the place's key in table 4
    label = models.CharField(max_length=60)
    own = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    signer = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)  # who is to sign
    on_behalf_of = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)  # 受委托
    instead_of = models.CharField("递补原因", max_length=100, blank=True)  # why the next post up signs
    signed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(null=True)
    reached_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)  # its signer has opened the sheet: from then on it is not withdrawn
    route = models.CharField(max_length=10, choices=Route.choices, default=Route.SCREEN)
    opinion = models.CharField("意见", max_length=500, blank=True)
    facts_hash = models.CharField(max_length=64, blank=True)
    sheet = models.ForeignKey("cases.Material", models.PROTECT, null=True, related_name="+", db_index=False)
    attached_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="place_once", fields=["approval", "order"]),
            models.CheckConstraint(
                name="place_signed_by",
                condition=~Q(state__in=("signed", "rejected")) | Q(signed_by__isnull=False, at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["signer", "reached_at", "id"], name="place_queue", condition=Q(state="waiting")),
            models.Index(fields=["signed_by", "-at"], name="place_signed"),
            models.Index(fields=["signer", "approval"], name="place_signer"),
        ]


class FilingSlip(models.Model):
    """移送立案表: asks 立案庭 for a number; `register` is taken, once, when the number arrives."""

    kind = models.CharField("申请案件类型", max_length=20)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="slips")
    approval = models.OneToOneField(Approval, models.PROTECT, null=True, related_name="slip")
    proposal = models.JSONField(default=dict)
    asked_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    number = models.CharField("案号", max_length=60, blank=True)
    answered_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    registered = models.OneToOneField("cases.Case", models.PROTECT, null=True, related_name="from_slip")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="slip_once", fields=["case", "kind"], condition=Q(answered_at__isnull=True)),
            models.CheckConstraint(
                name="slip_answered", condition=Q(answered_at__isnull=True) | Q(registered__isnull=False)
            ),
        ]
