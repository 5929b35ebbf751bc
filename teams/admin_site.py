"""The site for staffing, in Chinese: no case content, three administrators with disjoint rights, no superuser."""

from collections.abc import Callable

import pghistory
from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import urlencode

from teams import moment, vacancies, views
from teams.models import ADMINISTRATORS


class StaffingSite(AdminSite):
    site_header = site_title = "执行局人员与制度管理"
    index_title = "人员与制度"
    site_url = "/"
    index_template = "admin/teams/index.html"

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

    def get_urls(self) -> list:
        return [path("vacancies/", self.admin_view(self.vacancies), name="vacancies"), *super().get_urls()]

    def vacancies(self, request: HttpRequest) -> HttpResponse:
        """编制与空缺 at a glance."""
        if not request.user.has_perm("teams.view_establishmentline"):
            raise PermissionDenied("编制与空缺由系统管理员和安全管理员查看。")
        teams = vacancies.table(moment.today())
        context = {
            **self.each_context(request),
            "title": "编制与空缺",
            "teams": teams,
            "total": vacancies.total(teams),
            "day": moment.today(),
        }
        return render(request, "admin/teams/vacancies.html", context)

    def login(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        if request.user.is_authenticated:
            raise PermissionDenied("人员与制度管理只对系统、安全、审计管理员开放。")
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.GET.get('next', '/admin/')})}")

    def logout(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return views.logout(request)

    def password_change(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return redirect("teams:password")
