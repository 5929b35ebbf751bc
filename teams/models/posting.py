"""A person at a post of a team, from one day to another."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from teams.history import track
from teams.models.dated import DatedQuerySet, in_order


class Post(models.TextChoices):
    COURT_PRESIDENT = "court_president", "院长"
    VICE_PRESIDENT = "vice_president", "分管副院长"
    BUREAU_DIRECTOR = "bureau_director", "执行局局长"
    BUREAU_COMMISSAR = "bureau_commissar", "执行局政委"
    JUDGE = "judge", "员额法官"
    ENFORCEMENT_OFFICER = "enforcement_officer", "执行员"
    REGULAR_OFFICER = "regular_officer", "正式干警"
    CLERK = "clerk", "书记员"
    BAILIFF = "bailiff", "司法警察"
    CONTRACTOR = "contractor", "外包扫描员"
    ADJUDICATOR = "adjudicator", "裁判法官"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


ADMINISTRATORS = (Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, Post.AUDIT_ADMIN)
LEADERS = (Post.COURT_PRESIDENT, Post.VICE_PRESIDENT, Post.BUREAU_DIRECTOR)


class Special(models.TextChoices):
    """Special posts of the quality team: they choose the first assignee, and bound the few rights of table 2 that name one."""

    DOCUMENTS = "documents", "文书送达"
    OFFLINE_TRIAGE = "offline_triage", "线下查控与繁简分流"
    QUALITY_PLATFORM = "quality_platform", "质效与指挥平台"
    FUNDS_RESTRICTIONS = "funds_restrictions", "案款及失信限消督导"
    AUCTION = "auction", "网拍辅助"


@track("任职变动")
class Posting(models.Model):
    person = models.ForeignKey("teams.User", models.PROTECT, related_name="postings", verbose_name="人员")
    team = models.ForeignKey("teams.Team", models.PROTECT, related_name="postings", verbose_name="团队")
    post = models.CharField("岗位", max_length=30, choices=Post.choices)
    special = models.CharField("专岗", max_length=30, choices=Special.choices, blank=True)
    leads = models.BooleanField("负责人", default=False)
    from_on = models.DateField("到岗")
    to_on = models.DateField("离岗", null=True, blank=True, help_text="最后一个工作日；空为在任。")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        constraints = [
            in_order("posting_dates"),
            models.UniqueConstraint(
                name="one_open_leader",
                fields=["team"],
                condition=Q(leads=True, to_on__isnull=True),
                violation_error_message="该团队已有负责人。",
            ),
            models.UniqueConstraint(
                name="one_open_administrator",
                fields=["person"],
                condition=Q(post__in=ADMINISTRATORS, to_on__isnull=True),
                violation_error_message="系统、安全、审计管理员须由三人分任。",
            ),
            models.UniqueConstraint(
                name="posting_once",
                fields=["person", "team", "post"],
                condition=Q(to_on__isnull=True),
                violation_error_message="此人已在该团队任此岗位。",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "from_on"], name="posting_person"),
            models.Index(fields=["team", "post", "from_on"], name="posting_team_post"),
        ]

    def __str__(self) -> str:
        return f"{self.person.name} {self.label}"

    @property
    def label(self) -> str:
        return f"{self.get_post_display()} | {self.team.name}"

    @property
    def title(self) -> str:
        words = self.get_post_display()
        return f"{words}（{self.get_special_display()}）" if self.special else words

    def clean(self) -> None:
        """Refuse a second leader at one time, a doubled posting, and administrators who are anything else."""
        if not (self.person_id and self.team_id and self.from_on):
            return
        others = Posting.objects.exclude(pk=self.pk).touching(self.from_on, self.to_on)
        if self.leads and (leader := others.filter(team=self.team_id, leads=True).select_related("person").first()):
            raise ValidationError({"leads": f"{leader.person.name}在这段时间负责该团队；请先结束其负责人任职。"})
        own = others.filter(person=self.person_id)
        if own.filter(team=self.team_id, post=self.post).exists():
            raise ValidationError("此人在这段时间已在该团队任此岗位。")
        administers = self.post in ADMINISTRATORS
        if administers != (self.team.kind == "administration"):
            raise ValidationError({"post": "管理员岗位只在「系统管理」，「系统管理」也只有管理员岗位。"})
        if administers and own.exists():
            raise ValidationError({"post": "管理员不得兼任其他管理员或办案岗位：三员分立。"})
        if own.filter(post__in=ADMINISTRATORS).exists():
            raise ValidationError({"person": "此人是系统管理的三员之一，不得兼任办案岗位。"})
