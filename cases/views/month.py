"""期限日历."""

from django.shortcuts import render

from cases.access import office_view
from cases.pages import month_page


@office_view("workbench")
def index(request):
    return render(request, "cases/month.html", month_page.page(request, request.actor))
