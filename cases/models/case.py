"""The case: one file of the bureau, at one stage, in one team's hands."""

from collections.abc import Collection

import django_fsm as fsm
from django.conf import settings
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Reverse

from cases.periods import local
from cases.workflow import OVER, STEP, ClosingMode, Kind, Stage

USER = settings.AUTH_USER_MODEL


def step(method):
    """Make the method the step of the same name; sources and target stand in table 1.

    The method changes the instance only, never the database, and returns the stage where table 1 leaves it
    open (`same`, `suspended_from`, …). It is called from `cases.steps` alone.
    """
    row = STEP[method.__name__]
    target = row.target if row.target in Stage.values else fsm.RETURN_VALUE(*Stage.values)
    return fsm.transition(field="stage", source=list(row.sources), target=target)(method)


class Case(fsm.FSMModelMixin, models.Model):
    """案件. `head` is the hash of the last journal entry and, with `entries`, the version of the row."""

    kind = models.CharField("案件类型", max_length=20, choices=Kind.choices)
    number = models.CharField("案号", max_length=60, unique=True)
    year = models.PositiveSmallIntegerField("收案年度", null=True)
    type_code = models.CharField("类型代字", max_length=10, blank=True)
    serial = models.PositiveIntegerField("编号", null=True)
    stage = fsm.FSMField("阶段", max_length=20, choices=Stage.choices, default=Stage.RECEPTION, protected=True)
    team = models.ForeignKey(
        "teams.Team", models.PROTECT, null=True, related_name="+", verbose_name="承办团队", db_index=False
    )
    handler = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name="承办人", db_index=False
    )
    clerk = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="书记员")
    arrived_at = models.DateTimeField("到本团队")

    received_on = models.DateField("收案日期", null=True)
    filed_on = models.DateField("立案日期")
    reached_at = models.DateTimeField("到局时间")
    started_on = models.DateField("起算日")
    cause = models.CharField("案由", max_length=100, blank=True)
    sent_by = models.CharField("移送部门", max_length=100, blank=True)
    amount = models.DecimalField("申请标的", max_digits=15, decimal_places=2, default=0)
    recovered = models.DecimalField("已到位", max_digits=15, decimal_places=2, default=0)
    clues = models.TextField("财产线索", blank=True)
    remark = models.TextField("备注", blank=True)

    livelihood = models.BooleanField("涉民生", default=False)
    enterprise = models.BooleanField("涉企", default=False)
    confidential = models.BooleanField("不公开/敏感", default=False)
    state_secret = models.BooleanField("国家秘密（线下办理）", default=False)

    suspended_from = models.CharField("中止前阶段", max_length=20, blank=True, choices=Stage.choices)
    closing_from = models.CharField("报结前阶段", max_length=20, blank=True, choices=Stage.choices)
    closed_from = models.CharField("结案前阶段", max_length=20, blank=True, choices=Stage.choices)
    closed_team = models.ForeignKey("teams.Team", models.PROTECT, null=True, related_name="+", db_index=False)
    closing_mode = models.CharField("结案方式", max_length=30, blank=True, choices=ClosingMode.choices)
    closed_on = models.DateField("结案日期", null=True)
    reported_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name="报结人", db_index=False
    )
    report = models.JSONField("报结事项", default=dict)  # panel (three judges, presiding first), consent (material)
    void_reason = models.CharField("撤销登记原因", max_length=200, blank=True)
    imported_in = models.ForeignKey(
        "cases.ImportBatch", models.PROTECT, null=True, related_name="cases", db_index=False
    )

    head = models.CharField("流转记录链首", max_length=64, blank=True)
    entries = models.PositiveIntegerField("流转记录条数", default=0)

    recused_ids: Collection[int] | None = None  # who may have nothing to do with it; known of a locked case only

    class Meta:
        verbose_name = verbose_name_plural = "案件"
        default_permissions = ("view",)
        permissions = [("work_on_case", "承办本案"), ("recused_from_case", "回避本案")]
        constraints = [
            models.CheckConstraint(
                name="case_held",
                condition=Q(team__isnull=False) | Q(stage=Stage.VOID),
                violation_error_message="无人承办",
            ),
            models.CheckConstraint(name="case_amount", condition=Q(amount__gte=0) & Q(recovered__gte=0)),
            models.CheckConstraint(
                name="case_suspended_from", condition=~Q(stage=Stage.SUSPENDED) | ~Q(suspended_from="")
            ),
            models.CheckConstraint(name="case_closing_from", condition=~Q(stage=Stage.CLOSING) | ~Q(closing_from="")),
            models.CheckConstraint(
                name="case_closed_on",
                condition=~Q(stage__in=(Stage.CLOSED, Stage.TERMINAL, Stage.ARCHIVED))
                | Q(closed_on__isnull=False)
                | Q(kind=Kind.LEGACY),
            ),
            models.UniqueConstraint(
                name="case_serial", fields=["type_code", "year", "serial"], condition=Q(serial__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["team", "-id"], name="case_team"),
            models.Index(fields=["team", "stage", "-id"], name="case_team_stage"),
            models.Index(fields=["stage", "-id"], name="case_stage"),
            models.Index(fields=["handler", "-id"], name="case_handler"),
            models.Index(fields=["filed_on", "-id"], name="case_filed"),
            models.Index(
                fields=["closed_on"], name="case_closed"
            ),  # the figures; what is open stands together at its end
            models.Index(fields=["amount", "id"], name="case_amount_order"),
            models.Index(
                OpClass(Reverse(Cast("serial", models.TextField())), name="text_pattern_ops"),
                name="case_tail",
                condition=Q(serial__isnull=False),
            ),
            models.Index(fields=["imported_in"], name="case_imported", condition=Q(imported_in__isnull=False)),
            models.Index(fields=["id"], name="case_hidden", condition=Q(confidential=True) | Q(state_secret=True)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def stream(self) -> str:
        return f"case:{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.stage not in OVER

    # The steps, one method per row of table 1. Each says only what changes on the case besides stage and holder.
    # `facts` are those of the row, already checked by `cases.steps`.

    @step
    def pass_on(self, at, **facts): ...

    @step
    def return_to_reception(self, at, **facts): ...

    @step
    def triage_fast(self, at, **facts): ...

    @step
    def triage_regular(self, at, **facts): ...

    @step
    def retriage(self, at, **facts):
        return Stage.REGULAR if self.stage == Stage.FAST else Stage.FAST

    @step
    def transfer_to_regular(self, at, **facts): ...

    @step
    def reassign(self, at, **facts):
        return self.stage

    @step
    def suspend(self, at, **facts):
        self.suspended_from = self.stage

    @step
    def resume(self, at, **facts):
        return self.suspended_from

    @step
    def report_closing(self, at, mode, by_id=None, panel=(), consent=None, **facts):
        self.closing_from = self.stage
        self.closing_mode = mode
        self.reported_by_id = by_id
        self.report = {"panel": list(panel), "consent": consent}

    @step
    def return_closing(self, at, **facts):
        self.closing_mode = ""
        return self.closing_from

    @step
    def close(self, at, closed_on=None, **facts):
        self._close(at, closed_on)

    @step
    def close_terminal(self, at, closed_on=None, **facts):
        self._close(at, closed_on)

    @step
    def conclude(self, at, **facts):
        self.closing_from = self.stage
        self._close(at, None)

    @step
    def archive(self, at, **facts): ...

    @step
    def annul_closing(self, at, **facts):
        self.closed_on = None
        self.closing_mode = ""
        return self.closed_from

    @step
    def void(self, at, reason="", **facts):
        self.void_reason = reason
        self.team_id = self.handler_id = self.clerk_id = None

    def _close(self, at, closed_on):
        self.closed_from = self.closing_from
        self.closed_team_id = self.team_id
        self.closed_on = closed_on or local(at).date()


class CaseLink(models.Model):
    """How two cases belong together; `number` names a case of another court or one not held here."""

    class Kind(models.TextChoices):
        ORIGIN = "origin", "恢复自"
        PREVIOUS = "previous", "前一案件"
        PRESERVATION = "preservation", "保全案件"
        SAME_BASIS = "same_basis", "同一执行依据"
        JOINT_LEAD = "joint_lead", "合并执行主案"
        JOINT_MEMBER = "joint_member", "合并执行从案"
        REVERSAL = "reversal", "执行回转"
        ADJUDICATION = "adjudication", "异议复议"
        SANCTION = "sanction", "司法制裁"
        PROSECUTION = "prosecution", "拒执"

    case = models.ForeignKey(Case, models.PROTECT, related_name="links")
    kind = models.CharField("关系", max_length=20, choices=Kind.choices)
    other = models.ForeignKey(Case, models.PROTECT, null=True, related_name="linked_from")
    number = models.CharField("对方案号", max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="link_once", fields=["case", "kind", "other", "number"], nulls_distinct=False),
            models.CheckConstraint(name="link_names_a_case", condition=Q(other__isnull=False) | ~Q(number="")),
        ]
