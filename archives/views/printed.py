"""On paper: spine label, cover, index and 备考表 of a volume; separator sheets and shelf labels."""

from django.shortcuts import render

from archives.access import volume_view
from archives.pages import print_page
from cases.access import office_view
from cases.views.exports import own_style


@own_style
@volume_view
def volume(request, volume):
    return render(request, "archives/print_volume.html", print_page.volume(volume, request.actor))


@own_style
@office_view("archive_desk")
def sheets(request):
    """`?of=FY-M5` one separator sheet, `?shelf=A-03-12` labels of shelves; without either, all separator sheets."""
    return render(request, "archives/print_sheets.html", print_page.sheets(request.GET, request.actor))
