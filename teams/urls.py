from django.urls import path

from teams import views, views_me

app_name = "teams"
urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("password/", views.password, name="password"),
    path("posting/", views.posting, name="posting"),
    path("me/", views_me.me, name="me"),
    path("help/", views_me.help_index, name="help"),
    path("help/<slug:role>/", views_me.help_page, name="help_role"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<int:pk>/", views.open_notice, name="open_notice"),
    path("acting/", views.acting, name="acting"),
    path("acting/<int:pk>/revoke/", views.revoke, name="revoke_acting"),
]
