"""What administrators see here: settings and the calendar, changed on their own pages; their history. No cases."""

from django.apps import apps
from django.contrib import admin

from cases import settings_change
from cases.models import CalendarYear, CourtSetting, RestDay
from teams.admin.base import ReadOnlyAdmin
from teams.admin.history import EventAdmin


@admin.register(CourtSetting)
class CourtSettingAdmin(ReadOnlyAdmin):
    """Changed on the page 「待院里确认」, which shows first what moves."""

    list_display = ("label", "words", "confirmed_by", "confirmed_on", "source")
    list_display_links = None
    ordering = ("key",)

    @admin.display(description="项目")
    def label(self, row: CourtSetting) -> str:
        return settings_change.label(row.key) if settings_change.known(row.key) else row.key

    @admin.display(description="取值")
    def words(self, row: CourtSetting) -> str:
        return settings_change.in_words(row.key, row.value) if settings_change.known(row.key) else row.value


@admin.register(RestDay)
class RestDayAdmin(ReadOnlyAdmin):
    """Changed on the page 「节假日通知」."""

    list_display = ("day", "is_workday", "name", "source")
    list_display_links = None
    list_filter = ("is_workday",)
    ordering = ("-day",)
    date_hierarchy = "day"


@admin.register(CalendarYear)
class CalendarYearAdmin(ReadOnlyAdmin):
    list_display = ("year", "source")
    list_display_links = None
    ordering = ("-year",)


for _name in ("courtsettingevent", "calendaryearevent", "restdayevent"):
    admin.site.register(apps.get_model("cases", _name), EventAdmin)
