"""Addresses of papers."""

from django.urls import path

from documents.views import papers, verify

app_name = "documents"

urlpatterns = [
    path("docs/", papers.index, name="index"),
    path("docs/issue/", papers.issue_many, name="issue_many"),
    path("docs/batch/<int:batch_id>/", papers.batch, name="batch"),
    path("docs/<int:document_id>/", papers.document, name="document"),
    path("docs/<int:document_id>/preview/", papers.preview, name="preview"),
    path("docs/<int:document_id>/save/", papers.save, name="save"),
    path("docs/<int:document_id>/drop/", papers.drop, name="drop"),
    path("docs/<int:document_id>/void/", papers.void, name="void"),
    path("cases/<int:case_id>/docs/new/", papers.begin, name="begin"),
    path("verify/", verify.verify, name="verify"),
]
