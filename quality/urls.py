"""Addresses of the quality room."""

from django.urls import path

from quality.stats_urls import patterns as stats_patterns
from quality.views import day, matters, offline, seals, supervision, triage

app_name = "quality"

urlpatterns = [
    path("triage/", triage.index, name="triage"),
    path("triage/register/", triage.register, name="triage_register"),
    path("triage/<int:case_id>/", triage.one, name="triage_one"),
    path("triage/<int:case_id>/route/", triage.route, name="triage_route"),
    path("items/<int:item_id>/triage/", triage.item, name="triage_item"),
    path("documents-of-day/", day.index, name="day"),
    path("documents-of-day/draft/", day.draft, name="draft_day"),
    path("documents-of-day/drafting/<int:job_id>/", day.drafting, name="drafting"),
    path("documents-of-day/preview/", day.preview, name="day_preview"),
    path("items/<int:item_id>/day/", day.item, name="day_item"),
    path("assets/offline/", offline.index, name="offline"),
    path("assets/offline/depart/", offline.depart, name="depart"),
    path("assets/offline/list/", offline.trip, name="trip"),
    path("assets/offline/letters.pdf", offline.letters_pdf, name="trip_letters"),
    path("assets/offline/<int:batch_id>/letters/", offline.write_letters, name="write_letters"),
    path("assets/offline/full/", offline.full, name="order_full"),
    path("assets/offline/<int:batch_id>/", offline.batch, name="offline_batch"),
    path("assets/offline/<int:batch_id>/paste/", offline.paste, name="paste_answers"),
    path("cases/<int:case_id>/offline/", offline.order, name="order_offline"),
    path("items/<int:item_id>/offline/", offline.item, name="offline_item"),
    path("cases/<int:case_id>/seal/", seals.order, name="order_seal"),
    path("cases/<int:case_id>/seal/<int:measure_id>/", seals.receipt, name="seal_receipt"),
    path("items/<int:item_id>/verify/", supervision.verify, name="verify_supervision"),
    path("matters/", matters.index, name="matters"),
    path("matters/new/", matters.new, name="matter_new"),
    path("matters/<int:matter_id>/", matters.one, name="matter"),
    path("items/<int:item_id>/matter/", matters.item, name="matter_item"),
    *stats_patterns,
]
