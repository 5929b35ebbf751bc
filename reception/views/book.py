"""接待登记簿 of a day: on the screen, on paper, as a file."""

from django.shortcuts import render

from cases import rights
from cases.access import office_view
from cases.views.exports import export as send
from cases.views.exports import own_style
from reception.pages import book_page


@office_view("reception_book")
def index(request):
    return render(request, "reception/book.html", book_page.page(request, request.actor))


@own_style
@office_view("reception_book")
def print_day(request):
    rights.require_office(request.actor, "print")
    return render(request, "reception/print_book.html", book_page.on_paper(request, request.actor))


@office_view("reception_book")
def export(request):
    return send(request, book_page.listing)
