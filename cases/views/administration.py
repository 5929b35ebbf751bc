"""Pages of the administrators: the staffing, what the court must confirm, the yearly calendar."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render

from cases import calendar_change, settings_change
from cases.access import office_view
from cases.forms.office import CalendarForm, SettingForm
from cases.models import CourtSetting
from cases.pages import calendar_page, settings_page, staffing_page
from cases.refusals import Unseen
from cases.submissions import once
from cases.views.plain import answer, on_form


@office_view("staffing_view")
def staffing(request):
    """编制与空缺 at a glance, for leaders and for those who mend it."""
    return render(request, "teams/staffing.html", staffing_page.page(request))


@office_view("settings_view")
def settings(request):
    """待院里确认: every value marked ? with its default, what was set and when it was confirmed."""
    return render(request, "cases/settings.html", settings_page.page(request, request.actor))


@office_view("settings_edit")
@transaction.atomic
@once
def setting(request, key):
    """One value: what it does, which running due dates another one moves, who confirmed it."""
    if not settings_change.known(key):
        raise Unseen(key)
    if request.method == "POST":  # two senders come one after the other
        CourtSetting.objects.select_for_update().filter(pk=key).first()
    current, who = settings_page.stored(key), lambda: settings_page.last_change(key)
    form = SettingForm(request.POST or None, key=key, current=current, who=who)
    page = {"setting": settings_page.edit(key)}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        page["preview"] = shown = settings_page.preview(key, data["value"])
        if not shown["count"] or request.POST.get("seen") == shown["seen"]:
            with on_form(form):
                facts = {name: data[name] for name in ("confirmed_by", "confirmed_on", "source")}
                moved = settings_change.save(key, data["value"], request.actor, **facts)
                told = f"，{moved} 件事项的届满日随之变更" if moved else ""
                messages.success(request, f"{page['setting']['label']}已改为 {shown['value']}{told}。")
                return redirect("cases:settings")
        return render(request, "cases/setting.html", {**page, "form": form})
    return answer(request, "cases/setting.html", page, form)


@office_view("calendar_edit")
@once
def calendar(request):
    """Paste the yearly notice; see which running due dates move from what to what; then save just that."""
    form = CalendarForm(request.POST or None)
    page = {"years": calendar_page.years(), "verb": "节假日通知"}
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            change = calendar_change.read(form.cleaned_data["year"], form.cleaned_data["text"])
            page["preview"] = shown = calendar_page.preview(change)
            wanted = "publish" in request.POST
            if wanted and request.POST.get("seen") == shown["seen"]:
                moved = calendar_change.publish(change, request.actor, source=form.cleaned_data["source"])
                messages.success(request, f"已发布 {change.year} 年安排，{moved} 件事项的届满日随之变更。")
                return redirect("cases:calendar")
            page["changed"] = wanted
            return render(request, "cases/calendar.html", {**page, "form": form})
    return answer(request, "cases/calendar.html", page, form)
