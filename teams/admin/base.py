"""What every page of the staffing admin does alike."""

from datetime import date, datetime

import pghistory
from django.contrib import admin, messages
from django.db import models
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from teams import hooks, moment


def state_of(from_on: date, to_on: date | None, revoked_on: date | None = None) -> str:
    """「现行」「未开始」「已结束」: whether something dated holds today."""
    day = moment.today()
    if revoked_on:
        return format_html('<span class="over">{}</span>', "已撤回")
    if to_on and to_on < day:
        return format_html('<span class="over">{}</span>', "已结束")
    return "未开始" if from_on > day else "现行"


class StaffingAdmin(admin.ModelAdmin):
    """Nothing is deleted: postings end, people are switched off, and the history stays."""

    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions_selection_counter = False
    list_select_related = True

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": self.opts.verbose_name_plural, **(extra_context or {})})

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Dates are typed as on every other page: 11-23, 今天, +3; the calendar beside them stays."""
        if isinstance(db_field, models.DateTimeField):
            kwargs["form_class"] = hooks.moment_field
        elif isinstance(db_field, models.DateField):
            kwargs["form_class"] = hooks.date_field
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """People to choose from are those in use, by staff number."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field and field.queryset.model._meta.model_name == "user":
            field.queryset = field.queryset.filter(is_active=True).order_by("staff_number")
        return field


class Withdrawn(StaffingAdmin):
    """Entered by mistake, and without effect on a day that is over: taken back whole (撤销). The history keeps the row,
    who took it back and when; what has begun before today ends instead."""

    begins = "from_on"

    def has_delete_permission(self, request, obj=None) -> bool:
        if obj is None or not self.has_change_permission(request, obj):
            return False
        begin = getattr(obj, self.begins)
        return (timezone.localtime(begin).date() if isinstance(begin, datetime) else begin) >= moment.today()

    def delete_view(self, request, object_id, extra_context=None):
        return super().delete_view(request, object_id, {"title": "撤销", **(extra_context or {})})

    def response_delete(self, request, obj_display, obj_id):
        messages.success(request, f"已撤销：{obj_display}。")
        return HttpResponseRedirect(reverse(f"admin:teams_{self.opts.model_name}_changelist"))

    def delete_model(self, request, obj) -> None:
        with pghistory.context(user=request.actor.user_id, what="撤销"):
            super().delete_model(request, obj)


class ReadOnlyAdmin(StaffingAdmin):
    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False
