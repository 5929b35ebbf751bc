"""What the court decides and edits: the working calendar, its settings, and the version under which both are cached."""

from django.conf import settings
from django.db import models

from teams.history import track


class Version(models.Model):
    """Number of the calendar, of the settings and of the staffing; raised by triggers whenever a row changes."""

    name = models.CharField(primary_key=True, max_length=20)  # calendar, settings, staffing
    number = models.PositiveIntegerField(default=1)


@track("节假日与调休变动")
class RestDay(models.Model):
    """A day that is not what its weekday says: a statutory rest day, or a make-up workday.

    The notice of a year may name a day of the year before or after; both notices may say something of it.
    """

    day = models.DateField("日期")
    notice_year = models.PositiveSmallIntegerField("通知年度", null=True)  # where it is not the year of the day
    is_workday = models.BooleanField("上班")
    name = models.CharField("名称", max_length=40, blank=True)
    source = models.CharField("来源", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "节假日与调休"
        constraints = [
            models.UniqueConstraint(name="rest_day_once", fields=["day", "notice_year"], nulls_distinct=False)
        ]


@track("已公布年度变动")
class CalendarYear(models.Model):
    """A year whose official notice is in the table; other years give provisional dates."""

    year = models.PositiveSmallIntegerField("年度", primary_key=True)
    source = models.CharField("来源", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "已公布年度"


@track("院里确认事项变动")
class CourtSetting(models.Model):
    """A value that the court may set or must confirm; absent rows mean the program's default."""

    key = models.CharField("项目", max_length=80, primary_key=True)
    value = models.CharField("取值", max_length=200)
    confirmed_on = models.DateField("确认日期", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    source = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "院里确认事项"


class OwnSerial(models.Model):
    """The next number of a series the bureau keeps itself (保审, 委, 访; 执恢 and 执保 where set to own)."""

    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="serial_once", fields=["series", "year"])]
