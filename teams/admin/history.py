"""What changed in the staffing and who logged in: the audit administrator's, to read only."""

from django.apps import apps
from django.contrib import admin

from teams.admin.base import ReadOnlyAdmin
from teams.models import FailedLogIn, LogIn, User
from teams.reference import EVENTS

VERBS = {"insert": "新增", "update": "修改", "delete": "删除"}


class EventAdmin(ReadOnlyAdmin):
    """Every value as it stood after the change; before a deletion, what was deleted."""

    ordering = ("-pgh_id",)
    date_hierarchy = "pgh_created_at"
    list_filter = ("pgh_label",)
    list_select_related = ("pgh_context",)  # type: ignore[assignment]

    def get_list_display(self, request):
        own = [f.name for f in self.opts.fields if f.name not in ("id", "created_at") and not f.name.startswith("pgh_")]
        return ("when", "verb", "who", *own)

    def get_queryset(self, request):
        self.names = dict(User.objects.values_list("pk", "name"))
        own = [f.name for f in self.opts.fields if f.is_relation and not f.name.startswith("pgh_")]
        return super().get_queryset(request).select_related("pgh_context", *own)

    @admin.display(description="时间", ordering="pgh_created_at")
    def when(self, event):
        return event.pgh_created_at

    @admin.display(description="变动")
    def verb(self, event) -> str:
        return VERBS.get(event.pgh_label, event.pgh_label)

    @admin.display(description="操作人")
    def who(self, event) -> str:
        facts = event.pgh_context.metadata if event.pgh_context else {}
        return self.names.get(facts.get("user"), "系统")


for _name in EVENTS:
    admin.site.register(apps.get_model("teams", _name), EventAdmin)


@admin.register(LogIn)
class LogInAdmin(ReadOnlyAdmin):
    list_display = ("when", "ended", "number", "address", "user_agent")
    search_fields = ("username", "ip_address")
    date_hierarchy = "attempt_time"
    ordering = ("-id",)
    list_select_related = False
    fields = ("when", "ended", "number", "address", "user_agent")

    @admin.display(description="登录时间", ordering="attempt_time")
    def when(self, row):
        return row.attempt_time

    @admin.display(description="退出时间")
    def ended(self, row):
        return row.logout_time

    @admin.display(description="工号", ordering="username")
    def number(self, row) -> str:
        return row.username

    @admin.display(description="IP 地址")
    def address(self, row) -> str:
        return row.ip_address


@admin.register(FailedLogIn)
class FailedLogInAdmin(ReadOnlyAdmin):
    list_display = ("when", "number", "address", "failures")
    search_fields = ("username", "ip_address")
    date_hierarchy = "attempt_time"
    ordering = ("-id",)
    list_select_related = False
    fields = ("when", "number", "address", "failures")

    when, number, address = LogInAdmin.when, LogInAdmin.number, LogInAdmin.address

    @admin.display(description="失败次数")
    def failures(self, row) -> int:
        return row.failures_since_start
