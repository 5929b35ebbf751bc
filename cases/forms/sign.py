"""Forms of the signer's desk. The password is asked at the signature, once in thirty minutes."""

from django import forms

from cases import context, dates, signing
from cases.approvals import ACT, REASONS
from cases.models import Approval
from cases.pages.signing_choices import choices


class Unlocking(forms.Form):
    """Whatever needs the password again when half an hour is over."""

    password = forms.CharField(
        label="签批密码",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, request, **options):
        super().__init__(*args, **options)
        self.request = request

    def clean(self):
        data = super().clean()
        given = data.get("password") or ""
        if signing.signing_unlocked(self.request):
            return data
        if not given:
            self.add_error("password", "请输入登录密码确认签署；30 分钟内无需再次输入。")
        elif not signing.confirm_password(self.request, given):
            self.add_error("password", "密码不正确，未签署；请重新输入登录密码。")
        return data


class SignForm(Unlocking):
    opinion = forms.CharField(label="审批意见", required=False, max_length=500)
    choice = forms.CharField(required=False)
    place = forms.IntegerField(required=False)

    def __init__(self, *args, approval: Approval | None = None, **options):
        super().__init__(*args, **options)
        self.approval = approval

    def clean_choice(self):
        """A team of those offered; the day until which a late team puts things right, as a date.

        Of a sheet that is closed already nothing is checked here: the signature says who was first.
        """
        chosen, approval = self.cleaned_data["choice"].strip(), self.approval
        if not chosen or approval is None or approval.state != Approval.State.WAITING or not ACT[approval.act].choice:
            return chosen
        if approval.act == "escalation":
            return self._day(chosen)
        offered = {str(team["id"]) for team in choices(context.read(), approval)["teams"]}
        if chosen not in offered:
            raise forms.ValidationError("所选团队不能承接本案，请重新选择。")
        return chosen

    def _day(self, text: str) -> str:
        try:
            day = dates.read_date(text)
        except ValueError as error:
            raise forms.ValidationError(f"整改期限：{error}") from None
        if day < context.read().today:
            raise forms.ValidationError("整改期限不能早于今天。")
        return day.isoformat()


class RejectForm(forms.Form):
    reason = forms.ChoiceField(
        label="退回原因", choices=list(REASONS.items()), error_messages={"required": "请选择退回原因。"}
    )
    opinion = forms.CharField(label="补正要求", required=False, max_length=500)
    place = forms.IntegerField(required=False)

    def clean(self):
        data = super().clean()
        if data.get("reason") == "other" and not data.get("opinion", "").strip():
            self.add_error("opinion", "选择「其他」的，请写明补正要求。")
        return data


class SheetForm(forms.Form):
    paper = forms.FileField(label="签批扫描件", help_text="手签后的审批表，PDF 或图片，50 MB 以内")
