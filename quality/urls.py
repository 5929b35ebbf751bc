"""Addresses of the quality room."""

from django.urls import path

from quality.views import day, triage

app_name = "quality"

urlpatterns = [
    path("triage/", triage.index, name="triage"),
    path("triage/register/", triage.register, name="triage_register"),
    path("triage/<int:case_id>/", triage.one, name="triage_one"),
    path("triage/<int:case_id>/route/", triage.route, name="triage_route"),
    path("items/<int:item_id>/triage/", triage.item, name="triage_item"),
    path("documents-of-day/", day.index, name="day"),
    path("documents-of-day/draft/", day.draft, name="draft_day"),
    path("documents-of-day/preview/", day.preview, name="day_preview"),
    path("items/<int:item_id>/day/", day.item, name="day_item"),
]
