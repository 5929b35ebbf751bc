"""Postings: who is where, from when to when; the security administrator's."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from teams import moment, services
from teams.actor import Actor
from teams.admin.base import StaffingAdmin, state_of
from teams.models import Posting


class PostingForm(forms.ModelForm):
    """A posting ends with 离岗交接; by its last day alone only where nothing is left in its name."""

    by: Actor

    def clean_to_on(self):
        day, before = self.cleaned_data["to_on"], self.initial.get("to_on")
        shorter = day is not None and (before is None or day < before)
        if not (self.instance.pk and shorter) or (self.instance.to_on and self.instance.to_on < moment.today()):
            return day
        if count := services.left_by(self.instance, self.by):
            person = self.instance.person
            raise forms.ValidationError(
                format_html(
                    '{}名下还有 {} 项未办，不能只结束任职：请在离岗当日办理<a href="{}">离岗交接</a>，任职随之结束。',
                    person.name,
                    count,
                    reverse("admin:teams_user_handover", args=[person.pk]),
                )
            )
        return day


class InForce(admin.SimpleListFilter):
    title = "状态"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("now", "在任"), ("ended", "已离岗"), ("coming", "未到岗")]

    def queryset(self, request, rows):
        day = moment.today()
        if self.value() == "now":
            return rows.on(day)
        if self.value() == "ended":
            return rows.filter(to_on__lt=day)
        return rows.filter(from_on__gt=day) if self.value() == "coming" else rows


@admin.register(Posting)
class PostingAdmin(StaffingAdmin):
    list_display = ("person", "team", "title", "lead", "from_on", "to_on", "state")
    list_filter = (InForce, "post", "team")
    search_fields = ("person__name", "person__staff_number", "team__name")
    search_help_text = "姓名、工号、团队名称"
    autocomplete_fields = ("person",)
    date_hierarchy = "from_on"
    ordering = ("team", "-leads", "id")

    @admin.display(description="岗位", ordering="post")
    def title(self, posting: Posting) -> str:
        return posting.title

    @admin.display(description="负责人", ordering="leads")
    def lead(self, posting: Posting) -> str:
        return format_html('<span class="lead">{}</span>', "负责人") if posting.leads else ""

    @admin.display(description="状态")
    def state(self, posting: Posting) -> str:
        return state_of(posting.from_on, posting.to_on)

    form = PostingForm

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        return type("PostingForm", (form,), {"by": request.actor})

    def get_readonly_fields(self, request, obj=None):
        """A posting that began is not rewritten: it ends, and another begins."""
        return ("person", "team", "post") if obj else ()

    def save_model(self, request, posting, form, change) -> None:
        super().save_model(request, posting, form, change)
        services.sync_administrator(posting.person)
