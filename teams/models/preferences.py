"""个人设置: how the screens look to one person."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Preferences(models.Model):
    class Density(models.TextChoices):
        STANDARD = "standard", "标准"
        COMPACT = "compact", "紧凑"

    class FontSize(models.TextChoices):
        STANDARD = "standard", "标准"
        LARGE = "large", "大字号"

    class StartPage(models.TextChoices):
        DEFAULT = "", "按岗位"
        WORKBENCH = "/workbench/", "工作台"
        CASES = "/cases/", "案件查询"
        SIGN = "/sign/", "审批签字"
        QUEUE = "/queue/", "团队事项"
        DEADLINES = "/deadlines/", "期限日历"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    density = models.CharField("密度", max_length=10, choices=Density.choices, default=Density.STANDARD)
    font_size = models.CharField("字号", max_length=10, choices=FontSize.choices, default=FontSize.STANDARD)
    single_keys = models.BooleanField("单键快捷键", default=True)
    start_page = models.CharField(
        "起始页", max_length=20, choices=StartPage.choices, default=StartPage.DEFAULT, blank=True
    )
    muted = ArrayField(models.CharField(max_length=10), verbose_name="静音的消息", default=list, blank=True)

    def __str__(self) -> str:
        return f"{self.user} 的设置"
