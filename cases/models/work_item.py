"""WorkItem: what, on which case, whose, by when, under which rule; and what belongs to it."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

USER = settings.AUTH_USER_MODEL
RUNNING = Q(open=True, paused=False)
NEVER = datetime(9999, 12, 31, tzinfo=UTC)  # stands for "no due date", so that queues have one order

SIGNATURES = (
    "ruling.sign",
    "approval.sign",
)  # one signer's own: they follow the staffing, and show nobody else the case
PERSONAL = (*SIGNATURES, "escalation.explain")  # no stand-in does these: a team's leader answers for it himself


class WorkItem(models.Model):
    """事项. `due_at` is exclusive (overdue from that moment on) and always what recomputation would give."""

    class Outcome(models.TextChoices):
        OPEN = "", "在办"
        DONE = "done", "已办"
        LAPSED = "lapsed", "期满"
        CANCELLED = "cancelled", "撤销"

    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="items")
    rule = models.CharField("期限规则", max_length=60)
    subject = models.CharField("对象", max_length=60, blank=True)
    title = models.CharField("事项", max_length=120)
    team = models.ForeignKey("teams.Team", models.PROTECT, related_name="+", verbose_name="承办团队", db_index=False)
    person = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="承办人", db_index=False)
    covered_for = models.ForeignKey(  # on leave: whose it is again when he is back
        USER, models.PROTECT, null=True, related_name="+", verbose_name="代班", db_index=False
    )
    source_team = models.ForeignKey("teams.Team", models.PROTECT, null=True, related_name="+", db_index=False)
    asked_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name="发起人", db_index=False
    )
    approval = models.ForeignKey("cases.Approval", models.PROTECT, null=True, related_name="items", db_index=False)
    cause_item = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)

    started_at = models.DateTimeField("起算")  # the moment it happened
    opened_at = models.DateTimeField("到达")  # the moment it was entered
    variant = models.CharField(max_length=20, blank=True)
    length = models.CharField("期间", max_length=20, blank=True)  # for rules "as set": a number or a date
    extensions = models.JSONField("延长", default=list)
    due_on = models.DateField("届满日", null=True)
    due_at = models.DateTimeField("届满", default=NEVER)
    warn_at = models.DateTimeField("提醒", null=True)
    warned_for = models.DateTimeField(null=True)  # the due moment of which the sweep has warned,
    fallen_for = models.DateTimeField(null=True)  # … and the one that it has seen pass: a new one is told anew
    show_at = models.DateTimeField("进入队列", null=True)  # long clocks enter queues from their lead only
    provisional = models.BooleanField("暂定", default=False)
    derivation = models.JSONField("计算过程", default=list)
    rule_version = models.PositiveSmallIntegerField(default=1)
    calendar_version = models.PositiveIntegerField(default=0)

    open = models.BooleanField("在办", default=True)
    outcome = models.CharField("结果", max_length=10, choices=Outcome.choices, blank=True)
    paused = models.BooleanField("暂停计期", default=False)
    wait_until = models.DateField("等待至", null=True)
    wait_reason = models.CharField("等待原因", max_length=100, blank=True)
    urgent = models.BooleanField("紧急", default=False)
    follows_case = models.BooleanField(default=False)
    finished_at = models.DateTimeField("办结（发生）", null=True)
    entered_at = models.DateTimeField("办结（录入）", null=True)
    finished_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)
    note = models.CharField("办理情况", max_length=500, blank=True)
    late_reason = models.CharField("补录原因", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="item_once", fields=["case", "rule", "subject"], condition=Q(open=True), nulls_distinct=False
            ),
            models.CheckConstraint(
                name="item_closed", condition=Q(open=True, outcome="") | (Q(open=False) & ~Q(outcome=""))
            ),
            models.CheckConstraint(
                name="item_done_when",
                condition=~Q(outcome="done") | Q(finished_at__isnull=False, entered_at__isnull=False),
            ),
        ]
        # Each index is paid for by every step: foreign keys without `db_index` are served by one of these, or by none.
        indexes = [
            models.Index(fields=["team", "due_at", "id"], name="item_team_queue", condition=Q(open=True)),
            models.Index(fields=["person", "due_at", "id"], name="item_person_queue", condition=Q(open=True)),
            models.Index(fields=["team", "due_at"], name="item_team_paused", condition=Q(open=True, paused=True)),
            models.Index(fields=["person", "due_at"], name="item_person_paused", condition=Q(open=True, paused=True)),
            models.Index(fields=["case", "due_at"], name="item_case_open", condition=Q(open=True)),
            models.Index(
                fields=["warn_at", "id"], name="item_unwarned", condition=RUNNING & ~Q(warned_for=F("due_at"))
            ),
            models.Index(fields=["due_at", "id"], name="item_unfallen", condition=RUNNING & ~Q(fallen_for=F("due_at"))),
            models.Index(fields=["due_on"], name="item_was_due", condition=Q(open=False)),  # the figures
            models.Index(fields=["wait_until"], name="item_wait", condition=Q(open=True, wait_until__isnull=False)),
            models.Index(fields=["rule", "team", "due_at"], name="item_rule_team", condition=Q(open=True)),
            models.Index(fields=["asked_by", "due_at", "id"], name="item_asked_open", condition=Q(open=True)),
            models.Index(fields=["finished_by", "-entered_at"], name="item_finished", condition=Q(open=False)),
            models.Index(
                fields=["covered_for"], name="item_covered", condition=Q(open=True, covered_for__isnull=False)
            ),
            models.Index(fields=["approval"], name="item_approval", condition=Q(approval__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title


class Tick(models.Model):
    """One part of an item: done, 不适用, or excused until it turns green by itself."""

    class State(models.TextChoices):
        DONE = "done", "已办"
        NOT_APPLICABLE = "na", "不适用"
        EXCUSED = "excused", "系统故障"

    item = models.ForeignKey(WorkItem, models.PROTECT, related_name="ticks")
    rule = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State.choices)
    happened_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    material = models.ForeignKey("cases.Material", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="tick_once", fields=["item", "rule"]),
            models.CheckConstraint(name="tick_reasoned", condition=Q(state="done") | ~Q(reason="")),
        ]


class Pause(models.Model):
    """暂停计期: stops the case's pausable items, or one item; `to_on` itself counts again."""

    class Ground(models.TextChoices):
        SUSPENSION = "suspension", "中止执行"
        DEFERRAL = "deferral", "暂缓执行"
        APPRAISAL = "appraisal", "鉴定、评估、审计、清算"
        SALE = "sale", "拍卖、变卖"
        PUBLICATION = "publication", "公告"
        JURISDICTION = "jurisdiction", "管辖争议"
        COORDINATION = "coordination", "执行争议协调"
        SETTLEMENT = "settlement", "和解、担保后暂缓"
        CLOSED = "closed", "结案期间（结案后被撤销）"

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="pauses")
    item = models.ForeignKey(WorkItem, models.PROTECT, null=True, related_name="pauses")
    ground = models.CharField("事由", max_length=20, choices=Ground.choices)
    from_on = models.DateField("自")
    to_on = models.DateField("至", null=True)
    material = models.ForeignKey("cases.Material", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()
    backdated = models.BooleanField("补录", default=False)
    confirmed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="pause_forward", condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on"))),
            models.CheckConstraint(
                name="pause_second_person", condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("by"))
            ),
        ]


class ItemSignal(models.Model):
    """What the sweep has said about an item: once per kind and due moment, however often it runs."""

    class Kind(models.TextChoices):
        WARN = "warn", "临期"
        OVERDUE = "overdue", "超期"
        LAPSED = "lapsed", "期满"
        RING = "ring", "立即提醒"
        RETURN = "return", "等待期满"

    item = models.ForeignKey(WorkItem, models.PROTECT, related_name="signals")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    due_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="signal_once", fields=["item", "kind", "due_at"])]
