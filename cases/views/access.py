"""报请查看不公开案件: for a case the officer cannot see, found by its exact number alone."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect

from cases import clock, numbers, rights, signing
from cases.access import office_view
from cases.forms import SmartDate
from cases.models import Case
from cases.submissions import once
from cases.views.acts import answer, on_form


class AccessForm(forms.Form):
    number = forms.CharField(label="案号", max_length=60, help_text="写全案号，如（2026）豫0902执12号")
    purpose = forms.CharField(label="目的", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    until = SmartDate(label="至", required=True, help_text="到期自动收回；可写 +30")

    def clean_number(self) -> Case:
        parsed = numbers.parse(self.cleaned_data["number"])
        if parsed is None:
            raise forms.ValidationError("案号格式不正确：请按「（2026）豫0902执12号」填写。")
        case = Case.objects.filter(number=str(parsed), confidential=True, state_secret=False).first()
        if case is None:
            raise forms.ValidationError("没有这个不公开案件：请核对案号；其他案件在「案件查询」中查找。")
        return case

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and until < clock.today():
            raise forms.ValidationError("截止日不能早于今日。")
        return until


@office_view("ask:confidential_access")
@once
def ask(request):
    form = AccessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            case = form.cleaned_data["number"]
            if rights.standings(request.actor, [case])[case.pk].view:
                messages.info(request, "您已可查看本案，无须报请。")
                return redirect("cases:detail", case.pk)
            facts = {"purpose": form.cleaned_data["purpose"], "until": str(form.cleaned_data["until"])}
            signing.ask(
                case, "confidential_access", request.actor, subject=f"user:{request.actor.user_id}", proposal=facts
            )
            messages.success(request, "已报请局长；同意后您会收到通知。")
            return redirect("cases:list")
    return answer(request, "cases/access.html", {"title": "报请查看不公开案件"}, form)
