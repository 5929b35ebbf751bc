"""The desk of the centre: what comes, is scanned, catalogued, archived, checked, shelved and lent."""

from django.shortcuts import render

from archives.pages import desk
from cases.access import office_view
from documents.forms_custody import ScanForm


@office_view("archive_desk")
def index(request):
    page = desk.index(request, request.actor)
    return render(request, "archives/desk.html", {**page, "form": ScanForm(actor=request.actor)})
