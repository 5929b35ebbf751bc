"""Forms of the signer's desk. The password is asked again once in thirty minutes."""

from django import forms

from cases import dates, signing
from cases.approvals import REASONS


class SignForm(forms.Form):
    opinion = forms.CharField(
        label="审批意见", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    choice = forms.CharField(required=False, widget=forms.HiddenInput)
    place = forms.IntegerField(required=False, widget=forms.HiddenInput)
    password = forms.CharField(label="签批密码（登录密码）", required=False, strip=False, widget=forms.PasswordInput)

    def __init__(self, *args, request, act: str = "", **options):
        super().__init__(*args, **options)
        self.request, self.act = request, act

    def clean_choice(self):
        """The team of a hand-over as it is; the day until which a sheet must be put right, as a date."""
        chosen = self.cleaned_data["choice"].strip()
        if self.act != "escalation" or not chosen:
            return chosen
        try:
            return dates.read_date(chosen).isoformat()
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None

    def clean(self):
        data = super().clean()
        given = data.get("password") or ""
        if not signing.signing_unlocked(self.request) and not signing.confirm_password(self.request, given):
            self.add_error("password", "请输入登录密码确认签署；30 分钟内无需再次输入。")
        return data


class RejectForm(forms.Form):
    reason = forms.ChoiceField(label="退回原因", choices=list(REASONS.items()))
    opinion = forms.CharField(label="退回意见", required=False, max_length=500)
    place = forms.IntegerField(required=False, widget=forms.HiddenInput)


class SheetForm(forms.Form):
    paper = forms.FileField(label="签批扫描件")
