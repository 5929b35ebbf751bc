"""How reception joins the spine: the page that sets its ticks, what follows an issued paper, its line on the case page."""

from cases.hooks import job, page, panel, part, tells
from documents.hooks import issued, upload
from documents.national import uploading
from reception import day, not_received, noting, originals
from reception.models import ReceptionRecord

for rule in (*day.COVERED, day.RECORD):
    page(rule, "reception:reception_item")
page(day.RULE, "reception:reception_item")
page(day.UPLOAD, "reception:upload_note")
upload(day.UPLOAD, "note_uploaded", "note:")
page("later_visit", "reception:receive")
part(day.ORIGINALS)(originals.by_scan)
tells("reception", "接待", {"signed": "笔录签名"})


@job(noting.JOB)
def make_notes(row):
    noting.make(row)


@issued("no_reception_note")
def to_be_uploaded(document):
    not_received.issued(document, document.drafter)
    uploading.offer(document, document.drafter)


@issued("reception_record", "no_reception_note", "transfer_check")
def stands_in_the_file(document):
    """The tick of the record: the paper is in the case's file (plan 一(一)2)."""
    record = ReceptionRecord.objects.select_related("item").filter(document=document, item__open=True).first()
    if record and record.item:
        day.tick(record.item, document.drafter, (day.RECORD,))


@panel("reception", "接待记录", "view", 5)
def receptions(case, actor):
    from reception.pages import case_panel

    return case_panel.panel(case, actor)
