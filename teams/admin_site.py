"""The site for staffing, in Chinese: no case content, three administrators with disjoint rights, no superuser."""

from collections.abc import Callable

import pghistory
from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import urlencode

from teams import views
from teams.models import ADMINISTRATORS

# fmt: off
SECTIONS = (
    ("人员", (
        ("user", "账号、初始密码、停用、解除锁定、离岗交接"),
        ("posting", "谁在哪个团队、什么岗位、起止日期"),
        ("team", "名称、办公电话、停用"),
        ("establishmentline", "每类团队各岗位应有几人"),
    )),
    ("轮值与授权", (
        ("pairedjudge", "执行员任负责人的团队，裁定由其签发"),
        ("dutyjudge", "按周轮值，替初次接待、综合质效和缺位的配对法官签发"),
        ("dutybailiff", "夜间和休息日值班"),
        ("leave", "请假期间新事项先到代班人"),
        ("acting", "由权力人或其上一级授权，这里只能查看"),
    )),
    ("制度", (
        ("courtsetting", "已由院里设定或确认的取值，在「待院里确认」修改"),
        ("calendaryear", "已发布放假安排的年度，在「节假日通知」发布"),
        ("restday", "放假日和调休上班日"),
    )),
    ("变动记录", (
        ("userevent", "账号的新增、修改"),
        ("postingevent", "任职的开始、结束"),
        ("pairedjudgeevent", "配对法官"),
        ("dutyjudgeevent", "轮值法官"),
        ("dutybailiffevent", "值班法警"),
        ("leaveevent", "请假"),
        ("actingevent", "授权代签的给予、撤回"),
        ("courtsettingevent", "院里确认事项的前后取值"),
        ("calendaryearevent", "年度放假安排的发布"),
        ("restdayevent", "放假日、调休日"),
    )),
    ("登录", (
        ("login", "每次登录的时间、工号、地址"),
        ("failedlogin", "输错密码的工号、地址和次数"),
    )),
)
# fmt: on


class StaffingSite(AdminSite):
    site_header = site_title = "执行局人员与制度管理"
    index_title = "人员与制度"
    site_url = "/"
    enable_nav_sidebar = False  # the bureau's own navigation stands in its place

    def has_permission(self, request: HttpRequest) -> bool:
        """An administrator, acting at that posting today."""
        actor = getattr(request, "actor", None)
        return bool(request.user.is_active and request.user.is_staff and actor and actor.post in ADMINISTRATORS)

    def admin_view(self, view: Callable, cacheable: bool = False) -> Callable:
        """Others are told plainly that they may not; what changes is kept with the name of who did it."""
        inner = super().admin_view(view, cacheable)

        def outer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not self.has_permission(request):
                raise PermissionDenied("人员与制度管理只对系统、安全、审计管理员开放。")
            if request.method != "POST":
                return inner(request, *args, **kwargs)
            with pghistory.context(user=request.user.pk, url=request.path):
                return inner(request, *args, **kwargs)

        return outer

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list:
        """By what an administrator looks for, not by room; each with a line of what it is for."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {model["model"]._meta.model_name: model for app in apps for model in app["models"]}
        sections = []
        for name, lines in SECTIONS:
            found = [models[key] | {"what": what} for key, what in lines if key in models]
            if found:
                sections.append({"name": name, "app_label": "teams", "models": found})
        return sections

    def app_index(self, request: HttpRequest, app_label: str, extra_context=None) -> HttpResponse:
        """There is one index: rooms are no way to look for something."""
        return redirect("admin:index")

    def login(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        if request.user.is_authenticated:
            raise PermissionDenied("人员与制度管理只对系统、安全、审计管理员开放。")
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.GET.get('next', '/admin/')})}")

    def logout(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return views.logout(request)

    def password_change(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return redirect("teams:password")
