"""Addresses of bundles and their hand-over."""

from django.urls import path

from documents.views import custody

urlpatterns = [
    path("bundles/", custody.index, name="bundles"),
    path("bundles/scan/", custody.scan, name="scan_bundle"),
    path("bundles/list/", custody.custody_list, name="custody_list"),
    path("bundles/<int:bundle_id>/", custody.bundle, name="bundle"),
    path("bundles/<int:bundle_id>/cover/", custody.cover, name="bundle_cover"),
    path("bundles/<int:bundle_id>/recall/", custody.recall, name="recall_bundle"),
    path("bundles/<int:bundle_id>/count/", custody.recount, name="count_bundle"),
    path("cases/<int:case_id>/bundles/new/", custody.make, name="make_bundle"),
]
