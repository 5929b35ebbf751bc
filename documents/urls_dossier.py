"""Addresses of the e-dossier, of its uploads and copies."""

from django.urls import path

from documents.views import dossier, dossier_copies, dossier_uploads

urlpatterns = [
    path("dossier-search/", dossier.find, name="dossier_search"),
    path("cases/<int:case_id>/dossier/", dossier.dossier, name="dossier"),
    path("cases/<int:case_id>/dossier/catalogue/", dossier.catalogue, name="dossier_catalogue"),
    path("cases/<int:case_id>/dossier/sort/", dossier.sort, name="dossier_sort"),
    path("cases/<int:case_id>/dossier/copies/", dossier_copies.index, name="dossier_copies"),
    path("cases/<int:case_id>/dossier/copies/<int:copy_id>/", dossier_copies.fetch, name="dossier_copy"),
    path("cases/<int:case_id>/dossier/upload/", dossier_uploads.upload, name="dossier_upload"),
    path("cases/<int:case_id>/dossier/uploads/", dossier_uploads.begin, name="dossier_begin"),
    path("cases/<int:case_id>/dossier/uploads/<uuid:upload_id>/", dossier_uploads.piece, name="dossier_piece"),
    path("cases/<int:case_id>/dossier/phone/", dossier_uploads.phone_code, name="dossier_phone"),
    path("cases/<int:case_id>/dossier/<int:material_id>/page/<int:number>/", dossier.page_image, name="dossier_page"),
    path("cases/<int:case_id>/dossier/<int:material_id>/words/<int:number>/", dossier.words, name="dossier_words"),
    path("cases/<int:case_id>/dossier/<int:material_id>/place/", dossier.place, name="dossier_place"),
    path("cases/<int:case_id>/dossier/<int:material_id>/replace/", dossier_uploads.replace, name="dossier_replace"),
    path("cases/<int:case_id>/dossier/<int:material_id>/shift/", dossier.shift, name="dossier_shift"),
    path("cases/<int:case_id>/dossier/<int:material_id>/note/", dossier.note, name="dossier_note"),
    path(
        "cases/<int:case_id>/dossier/<int:material_id>/note/<int:annotation_id>/",
        dossier.delete_note,
        name="dossier_unnote",
    ),
    path("cases/<int:case_id>/dossier/<int:material_id>/print/", dossier.print_pages, name="dossier_print"),
    path("phone/<str:token>/", dossier_uploads.phone_page, name="phone"),
]
