"""Addresses of papers."""

from django.urls import path

from documents import urls_custody, urls_dossier
from documents.views import cards, exchange, handler_notice, national, papers, service, verify

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
    path("docs/<int:document_id>/copies.pdf", papers.copies, name="paper_copies"),
    path("docs/<int:document_id>/card/", cards.card, name="entry_card"),
    path("docs/<int:document_id>/upload/", cards.upload, name="upload_paper"),
    path("items/<int:item_id>/enter/", cards.item, name="enter_item"),
    path("docs/serve/", service.serve_many, name="serve_many"),
    path("docs/serve/<int:run_id>/", service.service_run, name="service_run"),
    path("docs/<int:document_id>/service/", service.services, name="services"),
    path("docs/<int:document_id>/service/add/", service.add_service, name="add_service"),
    path("docs/<int:document_id>/sealed/", service.sealed, name="sealed"),
    path("docs/<int:document_id>/seal/", service.seal_again, name="seal_again"),
    path("service/<int:service_id>/send/", service.send, name="send_service"),
    path("service/<int:service_id>/served/", service.served, name="served"),
    path("service/<int:service_id>/failed/", service.failed, name="service_failed"),
    path("service/<int:service_id>/withdraw/", service.give_up, name="give_up_service"),
    path("service/<int:service_id>/receipt.pdf", service.receipt, name="service_receipt"),
    path("service/<int:service_id>/draft/<str:kind>/", service.draft_proof, name="draft_proof"),
    path("service/<int:service_id>/mail.pdf", service.mail_sheet, name="mail_sheet"),
    path("items/<int:item_id>/serve/", service.serve_again, name="serve_again"),
    path("docs/handler-notices/", handler_notice.index, name="handler_notices"),
    path("items/<int:item_id>/tell/", handler_notice.item, name="tell_handler"),
    path("exchange/", exchange.index, name="exchange"),
    path("exchange/<int:outgoing_id>/again/", exchange.again, name="exchange_again"),
    path("exchange/aside/<int:aside_id>/", exchange.settle, name="exchange_settle"),
    path("national/", national.index, name="national"),
    path("national/preview/", national.preview, name="national_preview"),
    path("national/<int:export_id>/", national.one, name="national_one"),
    path("differences/", national.listed, name="differences"),
    path("differences/export/", national.export_list, name="export_differences"),
    path("differences/<int:difference_id>/", national.difference, name="difference"),
    path("cases/<int:case_id>/docs/new/", papers.begin, name="new_paper"),
    path("verify/", verify.verify, name="verify_paper"),
    *urls_custody.urlpatterns,
    *urls_dossier.urlpatterns,
]
