"""控制措施: freezes, seals and seizures with rank, amount and the printed end, which is the truth (reference §4)."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

USER = settings.AUTH_USER_MODEL
COUNTED = ("draft", "ordered", "sent", "effective")  # money that is being or is frozen
WITHIN_THE_CLAIM = """
    PERFORM 1 FROM cases_case WHERE id = NEW.case_id FOR NO KEY UPDATE;
    IF (SELECT COALESCE(SUM(m.amount), 0) FROM assets_controlmeasure m
        WHERE m.case_id = NEW.case_id AND m.kind = 'freeze' AND m.id IS DISTINCT FROM NEW.id
          AND m.state IN ('draft', 'ordered', 'sent', 'effective')) + NEW.amount
       > (SELECT GREATEST(c.amount - c.recovered, 0) FROM cases_case c WHERE c.id = NEW.case_id) THEN
        RAISE EXCEPTION 'over-freezing of case %', NEW.case_id USING ERRCODE = 'check_violation',
            CONSTRAINT = 'measure_within_claim';
    END IF;
    RETURN NEW;
"""


class FreezeBatch(models.Model):
    """冻结批次: the freezes one officer proposed together. How far it is, is counted from its measures."""

    team = models.ForeignKey("teams.Team", models.PROTECT, related_name="+")
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("生成")

    class Meta:
        indexes = [models.Index(fields=["-id"], name="freeze_batch_newest")]


@pghistory.track(append_only=True, context_field=None)  # type: ignore[arg-type]
class ControlMeasure(models.Model):
    """One measure on one asset for one case. Money frozen never exceeds what the case still claims: the database
    counts behind the lock of the case, whoever writes."""

    class Kind(models.TextChoices):
        FREEZE = "freeze", "冻结存款"
        FREEZE_RIGHT = "freeze_right", "冻结其他财产权"
        SEAL = "seal", "查封不动产"
        SEIZE = "seize", "查封、扣押动产"

    class State(models.TextChoices):
        DRAFT = "draft", "待签发"
        ORDERED = "ordered", "已裁定"
        SENT = "sent", "已发出"
        EFFECTIVE = "effective", "生效中"
        WAITING = "waiting", "轮候"
        REFUSED = "refused", "未予协助"
        RELEASED = "released", "已解除"
        LAPSED = "lapsed", "已失效"
        DROPPED = "dropped", "未采取"

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="measures", db_index=False)
    asset = models.ForeignKey("assets.Asset", models.PROTECT, related_name="measures", db_index=False)
    kind = models.CharField("措施", max_length=20, choices=Kind.choices)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    amount = models.DecimalField("裁定金额", max_digits=15, decimal_places=2, null=True)
    controlled = models.DecimalField("实际控制", max_digits=15, decimal_places=2, null=True)
    rank = models.PositiveSmallIntegerField("顺位", null=True)  # 1 first; above it 轮候
    ordered_on = models.DateField("裁定日期", null=True)
    starts_on = models.DateField("自", null=True)
    effective_on = models.DateField("生效日期", null=True)
    ends_on = models.DateField("届满日", null=True)  # as printed; never rolls
    body = models.CharField("协助单位", max_length=100, blank=True)
    reference = models.CharField("回执编号", max_length=100, blank=True)
    reason = models.CharField("未予协助的原因", max_length=200, blank=True)
    paper_only = models.BooleanField("仅登记，未实际扣押", default=False)
    batch = models.ForeignKey(FreezeBatch, models.PROTECT, null=True, related_name="measures")
    approval = models.ForeignKey("cases.Approval", models.PROTECT, null=True, related_name="measures")
    ruling = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    notice = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="measures")
    made_at = models.DateTimeField("录入")
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="measure_once", fields=["asset", "kind"], condition=Q(state__in=(*COUNTED, "waiting"))
            ),
            models.CheckConstraint(
                name="measure_in_force_dated",
                condition=~Q(state="effective") | Q(effective_on__isnull=False, ends_on__isnull=False),
            ),
            models.CheckConstraint(
                name="measure_forward", condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="freeze_has_amount", condition=~Q(kind="freeze") | Q(amount__isnull=False, amount__gt=0)
            ),
            models.CheckConstraint(name="measure_refused_why", condition=~Q(state="refused") | ~Q(reason="")),
            models.CheckConstraint(name="measure_waiting_rank", condition=~Q(state="waiting") | Q(rank__gt=1)),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["case", "state"], name="measure_case"),
            models.Index(fields=["ends_on", "id"], name="measure_ending", condition=Q(state="effective")),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="within_claim", when=pgtrigger.Before, operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__kind="freeze", new__state__in=COUNTED), func=WITHIN_THE_CLAIM,
            ),
            pgtrigger.Trigger(
                name="within_claim_again", when=pgtrigger.Before, operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__kind="freeze", new__state__in=COUNTED)
                & (pgtrigger.Q(new__amount__gt=pgtrigger.F("old__amount")) | pgtrigger.Q(old__state__in=("refused", "released", "lapsed", "dropped"))),
                func=WITHIN_THE_CLAIM,
            ),
        ]  # fmt: skip

    @property
    def subject(self) -> str:
        return f"measure:{self.pk}"

    @property
    def money(self) -> bool:
        return self.kind == self.Kind.FREEZE
