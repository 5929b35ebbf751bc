"""What stands beside the teams, each with dates: paired and duty judges, duty bailiffs, leave, acting."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from teams import moment
from teams.history import track
from teams.models.dated import DatedQuerySet, in_order
from teams.models.posting import Post, Posting

USER = "teams.User"


def must_be_judge(person_id: int, day, field: str) -> None:
    if not Posting.objects.on(day).filter(person=person_id, post=Post.JUDGE).exists():
        raise ValidationError({field: "须为当日在任的员额法官。"})


@track("配对法官变动")
class PairedJudge(models.Model):
    """配对法官: signs the rulings of a team led by an 执行员."""

    team = models.ForeignKey("teams.Team", models.PROTECT, related_name="paired_judges", verbose_name="团队")
    judge = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="员额法官")
    from_on = models.DateField("自")
    to_on = models.DateField("至", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "配对法官"
        constraints = [
            in_order("paired_judge_dates"),
            models.UniqueConstraint(
                name="one_open_paired_judge",
                fields=["team"],
                condition=Q(to_on__isnull=True),
                violation_error_message="该团队已有配对法官。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team} 配对 {self.judge}"

    def clean(self) -> None:
        if not (self.team_id and self.judge_id and self.from_on):
            return
        must_be_judge(self.judge_id, self.from_on, "judge")
        if (
            PairedJudge.objects.exclude(pk=self.pk)
            .touching(self.from_on, self.to_on)
            .filter(team=self.team_id)
            .exists()
        ):
            raise ValidationError({"team": "这段时间该团队已有配对法官。"})


@track("轮值法官变动")
class DutyJudge(models.Model):
    """轮值员额法官, by week: signs for reception and quality, and for an absent paired judge."""

    judge = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="员额法官")
    from_on = models.DateField("自")
    to_on = models.DateField("至")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "轮值法官"
        constraints = [
            in_order("duty_judge_dates"),
            models.UniqueConstraint(
                name="duty_judge_once", fields=["from_on"], violation_error_message="该日起已有轮值法官。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_on}—{self.to_on} {self.judge}"

    def clean(self) -> None:
        if not (self.judge_id and self.from_on and self.to_on):
            return
        must_be_judge(self.judge_id, self.from_on, "judge")
        if DutyJudge.objects.exclude(pk=self.pk).touching(self.from_on, self.to_on).exists():
            raise ValidationError({"from_on": "与已排的轮值重叠。"})


@track("值班法警变动")
class DutyBailiff(models.Model):
    """值班法警: nights and rest days."""

    person = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="司法警察")
    from_at = models.DateTimeField("自")
    to_at = models.DateTimeField("至")

    class Meta:
        verbose_name = verbose_name_plural = "值班法警"
        constraints = [
            models.CheckConstraint(
                name="duty_bailiff_times",
                condition=Q(to_at__gt=F("from_at")),
                violation_error_message="结束时间须晚于开始时间。",
            )
        ]
        indexes = [models.Index(fields=["from_at", "to_at"], name="duty_bailiff_times")]

    def __str__(self) -> str:
        return f"{self.from_at:%Y-%m-%d %H:%M} {self.person}"

    def clean(self) -> None:
        if self.person_id and self.from_at:
            day = self.from_at.date()
            if not Posting.objects.on(day).filter(person=self.person_id, post=Post.BAILIFF).exists():
                raise ValidationError({"person": "须为当日在任的司法警察。"})


@track("请假变动")
class Leave(models.Model):
    class Kind(models.TextChoices):
        ANNUAL = "annual", "年休假"
        SICK = "sick", "病假"
        PERSONAL = "personal", "事假"
        AWAY = "away", "出差"
        TRAINING = "training", "培训"
        OTHER = "other", "其他"

    person = models.ForeignKey(USER, models.PROTECT, related_name="leaves", verbose_name="人员")
    kind = models.CharField("类别", max_length=20, choices=Kind.choices, default=Kind.ANNUAL)
    from_on = models.DateField("自")
    to_on = models.DateField("至")
    stand_in = models.ForeignKey(
        USER,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="代班人",
        help_text="请假期内届满的、紧急的和新到的事项由代班人办理，返岗后未办结的转回。",
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "请假"
        constraints = [
            in_order("leave_dates"),
            models.CheckConstraint(
                name="leave_stand_in",
                condition=Q(stand_in__isnull=True) | ~Q(stand_in=F("person")),
                violation_error_message="代班人不能是本人。",
            ),
        ]
        indexes = [models.Index(fields=["person", "from_on"], name="leave_person")]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()} {self.from_on}—{self.to_on}"

    def clean(self) -> None:
        if not (self.person_id and self.from_on and self.to_on):
            return
        others = Leave.objects.exclude(pk=self.pk).touching(self.from_on, self.to_on)
        if others.filter(person=self.person_id).exists():
            raise ValidationError({"from_on": "与已登记的请假重叠。"})
        if self.stand_in_id and others.filter(person=self.stand_in_id).exists():
            raise ValidationError({"stand_in": "代班人在这段时间也请假。"})


@track("授权代签变动")
class Acting(models.Model):
    """授权代签: the holder's power for named acts and days; no acts named means all that may be delegated."""

    holder = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="权力人")
    deputy = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="受托人")
    post = models.CharField("所代职务", max_length=30, choices=Post.choices)
    acts = ArrayField(models.CharField(max_length=40), verbose_name="事项", default=list, blank=True)
    from_on = models.DateField("自")
    to_on = models.DateField("至")
    reason = models.CharField("事由", max_length=200)
    granted_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="授权人")
    granted_at = models.DateTimeField("授权时间", default=moment.now)
    revoked_on = models.DateField("撤回日期", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "授权代签"
        constraints = [
            in_order("acting_dates"),
            models.CheckConstraint(
                name="acting_two_people",
                condition=~Q(holder=F("deputy")),
                violation_error_message="不能授权给本人。",
            ),
        ]
        indexes = [models.Index(fields=["holder", "from_on"], name="acting_holder")]

    def __str__(self) -> str:
        return f"{self.deputy} 代 {self.holder} {self.from_on}—{self.to_on}"
