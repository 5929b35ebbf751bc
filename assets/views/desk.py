"""`/assets/` 财产查控: today's queries and freezes."""

from django.shortcuts import render

from assets.pages import desk
from cases.access import office_view


@office_view("assets")
def index(request):
    return render(request, "assets/desk.html", desk.index(request, request.actor))
