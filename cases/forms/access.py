"""Forms of who may see or work on a case beside the rule: on the case itself, and by its number alone."""

from django import forms

from cases import clock, exceptions, numbers
from cases.forms.fields import SmartDate
from cases.models import Case


class GrantForm(forms.Form):
    """An exception for one person on one case. `people`: (id, name with team)."""

    person = forms.TypedChoiceField(label="人员", coerce=int, widget=forms.Select(attrs={"data-find": "人员"}))
    permission = forms.ChoiceField(label="内容", choices=tuple(exceptions.LABELS.items()))
    until = SmartDate(label="至", required=False, help_text="不写为长期；可写 +30")
    reason = forms.CharField(label="原因", max_length=200)

    def __init__(self, *args, people=(), **options):
        super().__init__(*args, **options)
        self.fields["person"].choices = [("", "请选择"), *people]


class NumberForm(forms.Form):
    """A confidential case, by its exact number alone."""

    number = forms.CharField(label="案号", max_length=60, help_text="写全案号，如（2026）豫0902执12号")

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


class AccessForm(NumberForm):
    purpose = forms.CharField(label="目的", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    until = SmartDate(label="至", required=True, help_text="到期自动收回；可写 +30")


class NameForm(NumberForm, GrantForm):
    field_order = ("number", "person", "permission", "until", "reason")
