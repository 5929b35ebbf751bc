"""The teams of the plan, those outside it, and how many people each kind has."""

from django.db import models

from teams.models.posting import Post, Special


class TeamKind(models.TextChoices):
    RECEPTION = "reception", "初次接待团队"
    QUALITY = "quality", "综合质效管理团队"
    ARCHIVES = "archives", "卷宗管理中心"
    PRESERVATION_REVIEW = "preservation_review", "执行保全审查团队"
    PRESERVATION_ENFORCEMENT = "preservation_enforcement", "执行保全实施团队"
    COERCION = "coercion", "执行强制事务团队"
    FAST = "fast", "快执团队"
    REGULAR = "regular", "普执团队"
    TERMINAL = "terminal", "终本管理团队"
    PETITIONS = "petitions", "执行信访和党建团队"
    LEADERSHIP = "leadership", "院局领导"
    ADJUDICATION = "adjudication", "执行裁判"
    ADMINISTRATION = "administration", "系统管理"


class TeamGroup(models.TextChoices):
    COMMAND_CENTER = "command_center", "执行指挥中心"
    IMPLEMENTATION = "implementation", "执行实施"
    PETITIONS = "petitions", "信访党建"
    OUTSIDE = "", "方案之外"


class Team(models.Model):
    code = models.CharField("代码", max_length=30, unique=True)
    kind = models.CharField("类型", max_length=30, choices=TeamKind.choices)
    number = models.PositiveSmallIntegerField("序号", null=True, blank=True)
    name = models.CharField("名称", max_length=40, unique=True)
    group = models.CharField("所属", max_length=20, choices=TeamGroup.choices, blank=True)
    phone = models.CharField("办公电话", max_length=40, blank=True)
    active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "团队"
        indexes = [models.Index(fields=["kind", "number"], name="team_kind_number")]

    def __str__(self) -> str:
        return self.name


class EstablishmentLine(models.Model):
    """编制: so many people of a post in each team of a kind; `alternative` is the post that may stand in its place."""

    team_kind = models.CharField("团队类型", max_length=30, choices=TeamKind.choices)
    post = models.CharField("岗位", max_length=30, choices=Post.choices)
    alternative = models.CharField("或", max_length=30, choices=Post.choices, blank=True)
    special = models.CharField("专岗", max_length=30, choices=Special.choices, blank=True)
    number = models.PositiveSmallIntegerField("人数")
    leads = models.BooleanField("负责人", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "编制"
        constraints = [
            models.UniqueConstraint(
                name="establishment_once",
                fields=["team_kind", "post", "special"],
                violation_error_message="该类团队的这一岗位已有编制。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_team_kind_display()} {self.title} {self.number}人"

    @property
    def title(self) -> str:
        """「员额法官或执行员」「书记员（文书送达）」"""
        words = self.get_post_display()
        if self.alternative:
            words += f"或{self.get_alternative_display()}"
        return f"{words}（{self.get_special_display()}）" if self.special else words
