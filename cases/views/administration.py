"""Pages of the administrators: the staffing, what the court must confirm, the yearly calendar, the audit of the journal."""

from django.contrib import messages
from django.shortcuts import redirect, render

from cases import calendar_change
from cases.access import office_view
from cases.forms_office import CalendarForm
from cases.pages import audit_page, calendar_page, settings_page, staffing_page
from cases.submissions import once
from cases.views.acts import answer, on_form


@office_view("staffing_view")
def staffing(request):
    """编制与空缺 at a glance, for leaders and for those who mend it."""
    return render(request, "teams/staffing.html", staffing_page.page(request))


@office_view("settings_view")
def settings(request):
    """待院里确认: every value marked ? with its default, what was set and when it was confirmed."""
    return render(request, "cases/settings.html", settings_page.settings(request.actor))


@office_view("calendar_edit")
@once
def calendar(request):
    """Paste the yearly notice; see which running due dates move from what to what; then save."""
    form = CalendarForm(request.POST or None)
    page = {"years": calendar_page.years(), "verb": "节假日通知"}
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            change = calendar_change.read(form.cleaned_data["year"], form.cleaned_data["text"])
            if request.POST.get("save"):
                moved = calendar_change.publish(change, request.actor, source=form.cleaned_data["source"])
                messages.success(request, f"已发布 {change.year} 年安排，{moved} 件事项的届满日随之变更。")
                return redirect("cases:calendar")
            page["preview"] = calendar_page.preview(change)
            return render(request, "cases/calendar.html", {**page, "form": form})
    return answer(request, "cases/calendar.html", page, form)


@office_view("audit")
def audit(request):
    """The journal as the audit administrator reads it: who, what, when, which case number; no contents."""
    return render(request, "cases/audit.html", audit_page.audit(request))
