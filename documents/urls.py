"""Addresses of papers."""

from django.urls import path

from documents.views import papers, verify

app_name = "documents"

urlpatterns = [
    path("docs/", papers.index, name="papers"),
    path("docs/issue/", papers.issue_many, name="issue_papers"),
    path("docs/batch/<int:batch_id>/", papers.batch, name="issued_together"),
    path("docs/<int:document_id>/", papers.document, name="paper"),
    path("docs/<int:document_id>/preview/", papers.preview, name="paper_preview"),
    path("docs/<int:document_id>/save/", papers.save, name="save_paper"),
    path("docs/<int:document_id>/drop/", papers.drop, name="drop_paper"),
    path("docs/<int:document_id>/void/", papers.void, name="void_paper"),
    path("cases/<int:case_id>/docs/new/", papers.begin, name="new_paper"),
    path("verify/", verify.verify, name="verify_paper"),
]
