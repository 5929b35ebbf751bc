"""Addresses of the counter."""

from django.urls import path

from reception.views import book, desk, records

app_name = "reception"

urlpatterns = [
    path("reception/", desk.index, name="reception_desk"),
    path("reception/queue/", desk.queue, name="reception_queue"),
    path("reception/find/", desk.find, name="find_visitor"),
    path("reception/notes/", desk.notes, name="no_reception"),
    path("reception/notes/<int:run_id>/", desk.notes_run, name="notes_run"),
    path("reception/item/<int:item_id>/", desk.item, name="reception_item"),
    path("reception/upload/<int:item_id>/", desk.upload, name="upload_note"),
    path("reception/<int:case_id>/", desk.receive, name="receive"),
    path("reception/<int:case_id>/preview/", desk.preview, name="reception_preview"),
    path("reception/<int:case_id>/cover/", desk.cover, name="originals_cover"),
    path("reception/<int:case_id>/arrive/", desk.arrive, name="arrive"),
    path("reception/<int:case_id>/contact/", desk.contact, name="note_contact"),
    path("reception/<int:case_id>/carry/<int:other_id>/", desk.carry, name="carry_preservation"),
    path("reception/<int:case_id>/carry/<int:other_id>/back/", desk.carry_back, name="carry_back"),
    path("reception/records/<int:record_id>/", records.sign, name="reception_record"),
    path("reception/records/<int:record_id>/paper/", records.to_paper, name="to_paper"),
    path("reception/records/<int:record_id>/scan/", records.scan, name="scan_back"),
    path("reception/book/", book.index, name="reception_book"),
    path("reception/book/print/", book.print_day, name="print_book"),
    path("reception/book/export/", book.export, name="export_book"),
]
