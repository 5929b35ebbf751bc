"""Accounts of people, teams and the establishment; the button 「离岗交接」."""

from datetime import date

from axes.utils import reset
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.html import format_html

from teams import moment, passwords, services
from teams.admin.base import StaffingAdmin
from teams.admin.handover import HandoverForm
from teams.models import EstablishmentLine, Posting, Team, User
from teams.queries import postings_of


class PersonForm(forms.ModelForm):
    new_password = forms.CharField(
        label="初始密码",
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="新人员必填；已有人员填写即重置，本人下次登录时须修改。",
    )

    class Meta:
        model = User
        fields = ("staff_number", "name", "phone", "is_active")

    def clean_new_password(self) -> str:
        password = self.cleaned_data["new_password"]
        if password:
            validate_password(password, self.instance)
        elif not self.instance.pk:
            raise ValidationError("请为新人员设置初始密码。")
        return password


@admin.register(User)
class PersonAdmin(StaffingAdmin):
    form = PersonForm
    list_display = ("staff_number", "name", "current", "phone", "is_active", "last_login", "handover_link")
    list_filter = ("is_active", "postings__team__kind")
    search_fields = ("staff_number", "name", "phone")
    search_help_text = "工号、姓名、办公电话"
    ordering = ("staff_number",)
    actions = ("unlock",)
    readonly_fields = ("last_login", "password_changed_at")

    def get_list_display(self, request: HttpRequest):
        """离岗交接 is the security administrator's: nobody else is shown the way to it."""
        may = request.user.has_perm("teams.change_posting")
        return self.list_display if may else self.list_display[:-1]

    def get_queryset(self, request: HttpRequest):
        rows = Posting.objects.on(moment.today()).select_related("team")
        return super().get_queryset(request).prefetch_related(Prefetch("postings", rows, to_attr="in_force"))

    @admin.display(description="现任")
    def current(self, person: User) -> str:
        return "、".join(posting.label for posting in person.in_force) or "—"

    @admin.display(description="离岗")
    def handover_link(self, person: User) -> str:
        if not person.in_force:
            return "—"
        return format_html('<a href="{}">离岗交接</a>', reverse("admin:teams_user_handover", args=[person.pk]))

    def get_fields(self, request, obj=None):
        fields = ["staff_number", "name", "phone", "is_active"]
        changes = self.has_change_permission(request, obj) if obj else True
        return fields + (["new_password"] if changes else []) + (["last_login", "password_changed_at"] if obj else [])

    def get_readonly_fields(self, request, obj=None):
        return (*self.readonly_fields, "staff_number") if obj else self.readonly_fields

    def save_model(self, request, person: User, form, change) -> None:
        password = form.cleaned_data.get("new_password")
        if not change:
            person.set_unusable_password()
        super().save_model(request, person, form, change)
        if password:
            passwords.change(person, password, must_change=True)

    def has_unlock_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    @admin.action(description="解除登录锁定", permissions=["unlock"])
    def unlock(self, request: HttpRequest, people) -> None:
        freed = sum(reset(username=person.staff_number) for person in people)
        self.message_user(request, f"已解除，清除失败记录 {freed} 条。", messages.SUCCESS)

    def get_urls(self) -> list:
        page = self.admin_site.admin_view(self.handover)
        return [path("<int:pk>/handover/", page, name="teams_user_handover"), *super().get_urls()]

    def handover(self, request: HttpRequest, pk: int) -> HttpResponse:
        """离岗交接: numbers and dates, a successor for each posting, one transaction, the summary."""
        if not request.user.has_perm("teams.change_posting"):
            raise PermissionDenied("离岗交接由安全管理员办理。")
        person = get_object_or_404(User, pk=pk)
        postings = postings_of(person, moment.today())
        form = HandoverForm(person, postings, request.POST or None)
        if request.method == "POST" and form.is_valid() and self._hand_over(request, person, form):
            return HttpResponseRedirect(request.path)
        done = request.session.pop("handed_over", None)
        counts = services.leaver_counts(person, request.actor) if postings else []
        context = {
            **self.admin_site.each_context(request),
            "title": f"离岗交接：{person.name}",
            "opts": self.model._meta,
            "person": person,
            "postings": postings,
            "counts": counts,
            "total": sum(line["count"] for line in counts),
            "done": done if done and done["person"] == person.pk else None,
            "form": form,
        }
        return render(request, "admin/teams/handover.html", context)

    def _hand_over(self, request: HttpRequest, person: User, form: HandoverForm) -> bool:
        last_day: date = form.cleaned_data["last_day"]
        successors = form.successors()
        try:
            moved = services.hand_over(person, successors, last_day, request.actor)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return False
        request.session["handed_over"] = {
            "person": person.pk,
            "last_day": f"{last_day:%Y-%m-%d}",
            "total": sum(line["count"] for line in moved),
            "lines": [{"label": line["label"], "count": line["count"]} for line in moved],
            "to": [
                {"label": p.label, "name": successors[p.pk].name, "led": p.leads, "team": p.team_id}
                for p in form.postings
            ],
        }
        return True


@admin.register(Team)
class TeamAdmin(StaffingAdmin):
    list_display = ("code", "name", "kind", "group", "phone", "active")
    list_filter = ("group", "kind")
    search_fields = ("code", "name")
    search_help_text = "代码、名称"
    ordering = ("id",)
    list_select_related = False

    def get_readonly_fields(self, request, obj=None):
        return ("code", "kind", "number") if obj else ()


@admin.register(EstablishmentLine)
class EstablishmentAdmin(StaffingAdmin):
    list_display = ("team_kind", "title", "number", "leads")
    list_filter = ("team_kind",)
    ordering = ("id",)
    list_select_related = False

    @admin.display(description="岗位")
    def title(self, line: EstablishmentLine) -> str:
        return line.title
