"""What changed in the staffing and who logged in: the audit administrator's, to read only."""

from datetime import date, datetime

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from teams.admin.base import ReadOnlyAdmin
from teams.hooks import acts_in_words
from teams.models import FailedLogIn, LogIn, User
from teams.reference import EVENTS

VERBS = {"insert": "新增", "update": "修改", "delete": "删除"}
# Of which person or thing a line speaks, when only something else changed.
SUBJECT = {
    "userevent": ("staff_number", "name"),
    "postingevent": ("person", "team", "post"),
    "pairedjudgeevent": ("team", "judge"),
    "dutyjudgeevent": ("from_on", "judge"),
    "dutybailiffevent": ("from_at", "person"),
    "leaveevent": ("person", "kind"),
    "actingevent": ("holder", "deputy", "post"),
    "courtsettingevent": ("key",),
    "calendaryearevent": ("year",),
    "restdayevent": ("day",),
}
UNTOLD = ("id", "created_at", "is_superuser", "pgh_id")


class VerbFilter(admin.SimpleListFilter):
    title = "变动"
    parameter_name = "verb"

    def lookups(self, request, model_admin):
        return list(VERBS.items())

    def queryset(self, request, rows):
        return rows.filter(pgh_label=self.value()) if self.value() in VERBS else rows


class EventList(ChangeList):
    """The page of events, each with the one before it of the same row: one more query a page."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        rows = self.model_admin.get_queryset(request).filter(
            pgh_obj__in={event.pgh_obj_id for event in self.result_list}
        )
        before: dict = {}
        latest: dict = {}
        for event in rows.order_by("pgh_id"):
            before[event.pgh_id], latest[event.pgh_obj_id] = latest.get(event.pgh_obj_id), event
        for event in self.result_list:
            event.before = before.get(event.pgh_id)


class EventAdmin(ReadOnlyAdmin):
    """When, who, of what, and what each value was before and is since."""

    list_display = ("when", "verb", "who", "subject", "change")
    list_display_links = None
    list_filter = (VerbFilter,)
    ordering = ("-pgh_id",)
    date_hierarchy = "pgh_created_at"
    list_select_related = ("pgh_context",)  # type: ignore[assignment]

    def get_changelist(self, request, **kwargs):
        return EventList

    def get_queryset(self, request):
        self.names = dict(User.objects.values_list("pk", "name"))
        own = [field.name for field in self.own_fields() if field.is_relation]
        return super().get_queryset(request).select_related("pgh_context", *own)

    def own_fields(self) -> list:
        return [f for f in self.opts.fields if f.name not in UNTOLD and not f.name.startswith("pgh_")]

    @admin.display(description="时间", ordering="pgh_created_at")
    def when(self, event) -> str:
        return f"{timezone.localtime(event.pgh_created_at):%Y-%m-%d %H:%M:%S}"

    @admin.display(description="变动")
    def verb(self, event) -> str:
        return VERBS.get(event.pgh_label, event.pgh_label)

    @admin.display(description="操作人")
    def who(self, event) -> str:
        facts = event.pgh_context.metadata if event.pgh_context else {}
        return self.names.get(facts.get("user"), "系统")

    @admin.display(description="对象")
    def subject(self, event) -> str:
        fields = {field.name: field for field in self.own_fields()}
        return "　".join(words(event, fields[name]) for name in SUBJECT[self.opts.model_name or ""] if name in fields)

    @admin.display(description="内容（原值 → 现值）")
    def change(self, event) -> str:
        lines = []
        for field in self.own_fields():
            now = words(event, field)
            was = words(event.before, field) if event.before else ""
            if event.pgh_label == "update" and event.before:
                if now != was:
                    lines.append((field.verbose_name, format_html("{} → <b>{}</b>", was or "（空）", now or "（空）")))
            elif now:
                lines.append((field.verbose_name, now))
        return format_html_join("；", "{} {}", lines) or "—"


def words(event, field) -> str:
    """One value as an administrator reads it."""
    value = getattr(event, field.name)
    if value is None or value == "":
        return ""
    if field.choices:
        return str(getattr(event, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return "、".join(acts_in_words(value)) if isinstance(value, list) else str(value)


for _name in EVENTS:
    admin.site.register(apps.get_model("teams", _name), EventAdmin)


@admin.register(LogIn)
class LogInAdmin(ReadOnlyAdmin):
    list_display = ("when", "ended", "number", "address", "browser")
    list_display_links = None
    search_fields = ("username", "ip_address")
    search_help_text = "工号、IP 地址"
    date_hierarchy = "attempt_time"
    ordering = ("-id",)
    list_select_related = False

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

    @admin.display(description="浏览器")
    def browser(self, row) -> str:
        return row.user_agent[:120]


@admin.register(FailedLogIn)
class FailedLogInAdmin(ReadOnlyAdmin):
    list_display = ("when", "number", "address", "failures")
    list_display_links = None
    search_fields = ("username", "ip_address")
    search_help_text = "工号、IP 地址"
    date_hierarchy = "attempt_time"
    ordering = ("-id",)
    list_select_related = False

    when, number, address = LogInAdmin.when, LogInAdmin.number, LogInAdmin.address

    @admin.display(description="失败次数")
    def failures(self, row) -> int:
        return row.failures_since_start
