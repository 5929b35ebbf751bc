"""Paired and duty judges, duty bailiffs, leave, and the authority granted (to read)."""

from django.contrib import admin

from teams.admin.base import ReadOnlyAdmin, StaffingAdmin
from teams.models import Acting, DutyBailiff, DutyJudge, Leave, PairedJudge


@admin.register(PairedJudge)
class PairedJudgeAdmin(StaffingAdmin):
    list_display = ("team", "judge", "from_on", "to_on")
    list_filter = ("team__kind",)
    search_fields = ("team__name", "judge__name")
    ordering = ("team", "-from_on")
    autocomplete_fields = ("judge",)


@admin.register(DutyJudge)
class DutyJudgeAdmin(StaffingAdmin):
    list_display = ("from_on", "to_on", "judge")
    search_fields = ("judge__name",)
    date_hierarchy = "from_on"
    ordering = ("-from_on",)
    autocomplete_fields = ("judge",)


@admin.register(DutyBailiff)
class DutyBailiffAdmin(StaffingAdmin):
    list_display = ("from_at", "to_at", "person")
    search_fields = ("person__name",)
    date_hierarchy = "from_at"
    ordering = ("-from_at", "id")
    autocomplete_fields = ("person",)


@admin.register(Leave)
class LeaveAdmin(StaffingAdmin):
    list_display = ("person", "kind", "from_on", "to_on", "stand_in")
    list_filter = ("kind",)
    search_fields = ("person__name", "person__staff_number")
    date_hierarchy = "from_on"
    ordering = ("-from_on", "id")
    autocomplete_fields = ("person", "stand_in")


@admin.register(Acting)
class ActingAdmin(ReadOnlyAdmin):
    """Granted by the holder or the next post up on their own page, never by an administrator."""

    list_display = ("holder", "post", "deputy", "from_on", "to_on", "reason", "granted_by", "revoked_on")
    search_fields = ("holder__name", "deputy__name")
    ordering = ("-id",)
