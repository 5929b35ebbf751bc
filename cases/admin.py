"""What administrators edit here: the court's settings; the calendar through its own page. Cases are not registered."""

from django import forms
from django.contrib import admin

from cases import clock
from cases.deadlines import RULES
from cases.models import CalendarYear, CourtSetting, RestDay
from cases.settings_table import SETTING, SETTINGS


def keys() -> list[tuple[str, str]]:
    clocks = [(f"clock.{rule.key}", f"期限：{rule.label}") for rule in RULES if rule.confirm]
    return [*((setting.key, setting.label) for setting in SETTINGS), *clocks]


class SettingForm(forms.ModelForm):
    key = forms.ChoiceField(label="项目", choices=keys)

    class Meta:
        model = CourtSetting
        fields = ("key", "value", "confirmed_on", "confirmed_by")

    def clean(self):
        data = super().clean()
        key, value = data.get("key", ""), (data.get("value") or "").strip()
        kind = SETTING[key].kind if key in SETTING else "number"
        if kind == "number" and not value.isdigit():
            self.add_error("value", "应为整数。")
        if kind == "flag" and value not in ("0", "1"):
            self.add_error("value", "应为 1（是）或 0（否）。")
        if kind == "time":
            try:
                clock.now().replace(hour=int(value[:2]), minute=int(value[3:5]))
            except ValueError:
                self.add_error("value", "应为时间，如 16:30。")
        return data


@admin.register(CourtSetting)
class CourtSettingAdmin(admin.ModelAdmin):
    form = SettingForm
    list_display = ("label", "value", "confirmed_on", "confirmed_by")
    ordering = ("key",)

    @admin.display(description="项目")
    def label(self, row: CourtSetting) -> str:
        return dict(keys()).get(row.key, row.key)


class ReadOnly(admin.ModelAdmin):
    """Changed on the page 「节假日通知」, which shows first what moves."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(RestDay)
class RestDayAdmin(ReadOnly):
    list_display = ("day", "is_workday", "name", "source")
    list_filter = ("is_workday",)
    ordering = ("-day",)
    date_hierarchy = "day"


@admin.register(CalendarYear)
class CalendarYearAdmin(ReadOnly):
    list_display = ("year", "source")
    ordering = ("-year",)
