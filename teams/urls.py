from django.urls import path

from teams import views

app_name = "teams"
urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("password/", views.password, name="password"),
    path("posting/", views.posting, name="posting"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<int:pk>/", views.open_notice, name="open_notice"),
    path("acting/", views.acting, name="acting"),
    path("acting/<int:pk>/revoke/", views.revoke, name="revoke_acting"),
]
