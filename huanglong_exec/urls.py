from django.contrib import admin
from django.urls import include, path

from huanglong_exec import views

urlpatterns = [
    path("", views.home, name="home"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("health/", views.health, name="health"),
    path("admin/", admin.site.urls),
    path("", include("teams.urls")),
    path("", include("cases.urls")),
    path("", include("documents.urls")),
    path("", include("archives.urls")),
    path("", include("assets.urls")),
    path("", include("reception.urls")),
    path("", include("quality.urls")),
]

handler400 = "huanglong_exec.views.bad_request"
handler403 = "huanglong_exec.views.forbidden"
handler404 = "huanglong_exec.views.not_found"
handler500 = "huanglong_exec.views.fault"
