"""回避与授权: exceptions of one case, given and taken back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from cases import exceptions
from cases.access import case_view
from cases.forms.access import GrantForm
from cases.models import CaseGrant
from cases.pages import item_page
from cases.submissions import once
from cases.views.access import people
from cases.views.plain import answer, on_form


@case_view("grant_exception")
@once
def grants(request, case):
    form = GrantForm(request.POST or None, people=people())
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            data = form.cleaned_data
            exceptions.grant(case, data["person"], data["permission"], data["until"], data["reason"], request.actor)
            messages.success(request, "已登记。")
            return redirect("cases:grants", case.pk)
    rows = (
        CaseGrant.objects.filter(content_object=case).select_related("user", "permission", "granted_by").order_by("id")
    )
    page = item_page.case_form_page(case, request.actor, "回避与授权")
    page["rows"] = [
        {"id": g.pk, "text": f"{g.user.name}：{g.permission.name}，{g.reason}" + (f"，至 {g.until}" if g.until else "")}
        for g in rows
    ]
    return answer(request, "cases/grants.html", page, form)


@require_POST
@case_view("grant_exception")
def revoke_grant(request, case, grant_id):
    exceptions.revoke(get_object_or_404(CaseGrant, pk=grant_id, content_object=case), request.actor)
    messages.success(request, "已撤销。")
    return redirect("cases:grants", case.pk)
