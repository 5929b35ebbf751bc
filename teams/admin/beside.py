"""Paired and duty judges, duty bailiffs, leave, and the authority granted (to read)."""

from django.contrib import admin

from teams.admin.base import ReadOnlyAdmin, Withdrawn, state_of
from teams.hooks import acts_in_words
from teams.models import Acting, DutyBailiff, DutyJudge, Leave, PairedJudge


class State:
    """The column that says whether the row holds today."""

    @admin.display(description="状态")
    def state(self, row) -> str:
        return state_of(row.from_on, row.to_on)


@admin.register(PairedJudge)
class PairedJudgeAdmin(State, Withdrawn):
    list_display = ("team", "judge", "from_on", "to_on", "state")
    list_filter = ("team__kind",)
    search_fields = ("team__name", "judge__name")
    search_help_text = "团队、法官姓名"
    ordering = ("team", "-from_on")
    autocomplete_fields = ("judge",)


@admin.register(DutyJudge)
class DutyJudgeAdmin(State, Withdrawn):
    list_display = ("from_on", "to_on", "judge", "state")
    search_fields = ("judge__name",)
    search_help_text = "法官姓名"
    date_hierarchy = "from_on"
    ordering = ("-from_on",)
    autocomplete_fields = ("judge",)


@admin.register(DutyBailiff)
class DutyBailiffAdmin(Withdrawn):
    begins = "from_at"
    list_display = ("from_at", "to_at", "person")
    search_fields = ("person__name",)
    search_help_text = "法警姓名"
    date_hierarchy = "from_at"
    ordering = ("-from_at", "id")
    autocomplete_fields = ("person",)


@admin.register(Leave)
class LeaveAdmin(State, Withdrawn):
    list_display = ("person", "kind", "from_on", "to_on", "stand_in", "state")
    list_filter = ("kind",)
    search_fields = ("person__name", "person__staff_number")
    search_help_text = "姓名、工号"
    date_hierarchy = "from_on"
    ordering = ("-from_on", "id")
    autocomplete_fields = ("person", "stand_in")


@admin.register(Acting)
class ActingAdmin(ReadOnlyAdmin):
    """Granted by the holder or the next post up on their own page, never by an administrator."""

    list_display = ("holder", "post", "deputy", "what", "from_on", "to_on", "reason", "granted_by", "state")
    list_filter = ("post",)
    search_fields = ("holder__name", "deputy__name")
    search_help_text = "权力人、受托人姓名"
    date_hierarchy = "from_on"
    ordering = ("-id",)
    fields = (
        "holder",
        "post",
        "deputy",
        "what",
        "from_on",
        "to_on",
        "reason",
        "granted_by",
        "granted_at",
        "revoked_on",
    )

    @admin.display(description="事项")
    def what(self, row: Acting) -> str:
        return "、".join(acts_in_words(row.acts))

    @admin.display(description="状态")
    def state(self, row: Acting) -> str:
        return state_of(row.from_on, row.to_on, row.revoked_on)
