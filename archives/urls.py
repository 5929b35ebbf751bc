"""Addresses of the archive centre."""

from django.urls import path

from archives.views import desk, loans, printed, rescans, rounds, scans, volumes

app_name = "archives"

urlpatterns = [
    path("archive/", desk.index, name="archive"),
    path("archive/begin/<int:bundle_id>/", scans.begin, name="begin_scan"),
    path("archive/pile/", scans.pile, name="scan_pile"),
    path("archive/mine/", scans.mine, name="my_scans"),
    path("archive/batch/<int:batch_id>/", scans.batch, name="scan_batch"),
    path("archive/batch/<int:batch_id>/files/", scans.upload, name="scan_files"),
    path("archive/batch/<int:batch_id>/page/<int:number>/", scans.act, name="scan_act"),
    path("archive/batch/<int:batch_id>/page/<int:number>/image/", scans.image, name="scan_image"),
    path("archive/batch/<int:batch_id>/blanks/", scans.blanks, name="scan_blanks"),
    path("archive/batch/<int:batch_id>/hand-in/", scans.hand_in, name="scan_hand_in"),
    path("archive/batch/<int:batch_id>/file/", scans.file, name="file_scans"),
    path("archive/batch/<int:batch_id>/hand/", scans.hand, name="hand_scans"),
    path("archive/batch/<int:batch_id>/drop/", scans.drop, name="drop_scans"),
    path("archive/rescan/<int:item_id>/", rescans.rescan, name="rescan"),
    path("cases/<int:case_id>/dossier/<int:material_id>/rescan/", rescans.ask, name="ask_rescan"),
    path("archive/arrange/<int:item_id>/", volumes.arrange, name="arrange"),
    path("archive/item/<int:item_id>/", volumes.file_case, name="file_case"),
    path("archive/case/<int:case_id>/", volumes.case, name="archive_case"),
    path("archive/volume/<int:volume_id>/check/", volumes.decide, name="decide_volume"),
    path("archive/volume/<int:volume_id>/return/", volumes.withdraw, name="withdraw_volume"),
    path("archive/volume/<int:volume_id>/pack/", volumes.pack, name="pack_volume"),
    path("archive/volume/<int:volume_id>/verify/", volumes.verify, name="verify_package"),
    path("archive/volume/<int:volume_id>/print/", printed.volume, name="print_volume"),
    path("archive/shelve/", volumes.shelve, name="shelve"),
    path("archive/loans/scan/", loans.scan, name="scan_loan"),
    path("archive/send-up/<int:item_id>/", loans.send_up, name="send_up"),
    path("archive/loans/<int:loan_id>/lend/", loans.lend, name="lend"),
    path("archive/loans/<int:loan_id>/cancel/", loans.cancel, name="cancel_loan"),
    path("archive/loans/<int:loan_id>/back/", loans.back, name="loan_back"),
    path("archive/rounds/", rounds.index, name="rounds"),
    path("archive/rounds/<int:round_id>/", rounds.one, name="round"),
    path("archive/rounds/<int:round_id>/print/", rounds.sheet, name="print_round"),
    path("archive/sheets/", printed.sheets, name="archive_sheets"),
]
