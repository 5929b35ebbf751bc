"""The list of operators reported to the upper court."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from assets import operators
from assets.forms import OperatorForm
from assets.models import Operator
from assets.pages import operators_page
from cases import rights
from cases.access import office_view
from cases.refusals import Forbidden
from cases.submissions import once
from cases.views.plain import answer, on_form
from teams.models import User


@office_view("assets")
@once
def index(request):
    form = OperatorForm(request.POST or None)
    if request.method == "POST":
        if not rights.may_office(request.actor, "query_operators"):
            raise Forbidden(rights.sentence(request.actor, "query_operators"))
        if form.is_valid():
            with on_form(form):
                data = form.cleaned_data
                person = get_object_or_404(User, pk=data["person"])
                operators.report(person, data["reported_on"], data["note"], request.actor)
                messages.success(request, f"已登记：{person.name}。")
                return redirect("assets:operators")
    return answer(request, "assets/operators.html", operators_page.page(request.actor), form)


@require_POST
@office_view("query_operators")
@once
def end(request, operator_id):
    row = get_object_or_404(Operator.objects.select_related("user"), pk=operator_id)
    operators.strike(row, request.actor)
    messages.success(request, f"已撤销：{row.user.name}。")
    return redirect("assets:operators")
