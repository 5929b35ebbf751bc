"""Forms of the office pages."""

from django import forms

from cases import clock, conflicts, settings_change
from cases.forms.fields import CaseNumber, SmartDate
from cases.models import EscalationRow
from cases.refusals import Refused
from cases.settings_table import FLAGS, SETTING
from teams.models import Posting, User


class ExplainForm(forms.Form):
    text = forms.CharField(label="说明", widget=forms.Textarea(attrs={"rows": 3}), max_length=500)

    def __init__(self, *args, rows=(), **options):
        super().__init__(*args, **options)
        self.rows = list(rows)
        for row in self.rows:
            self.fields[f"cause_{row.pk}"] = forms.ChoiceField(
                label="原因", choices=EscalationRow.Cause.choices, initial=row.cause or row.proposed, required=False
            )
            self.fields[f"why_{row.pk}"] = forms.CharField(
                label="补充说明", required=False, max_length=200, initial=row.explanation
            )

    def rows_given(self) -> dict[int, tuple[str, str]]:
        data = self.cleaned_data
        return {row.pk: (data[f"cause_{row.pk}"] or row.proposed, data[f"why_{row.pk}"]) for row in self.rows}

    def row_fields(self) -> list[tuple]:
        return [(row, self[f"cause_{row.pk}"], self[f"why_{row.pk}"]) for row in self.rows]


class SlipForm(forms.Form):
    number = CaseNumber(label="案号", max_length=60, help_text="立案庭给出的案号，括号样式不限")


class CalendarForm(forms.Form):
    year = forms.IntegerField(
        label="年度",
        min_value=2020,
        max_value=2100,
        error_messages={"min_value": "年度应在 2020 至 2100 之间。", "max_value": "年度应在 2020 至 2100 之间。"},
    )
    source = forms.CharField(label="文号", max_length=100, required=False, help_text="如 国办发明电〔2026〕1号")
    text = forms.CharField(
        label="通知正文",
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=20000,
        help_text="从「一、元旦」到「七、国庆节」整段粘贴；换行、空格不影响",
    )


class SettingForm(conflicts.Merged, forms.Form):
    """One value of 「待院里确认」, and who confirmed it, when, by which paper."""

    confirmed_by = forms.ModelChoiceField(User.objects.none(), label="确认人", required=False, empty_label="尚未确认")
    confirmed_on = SmartDate(label="确认日期", required=False)
    source = forms.CharField(label="依据", max_length=200, required=False, help_text="如院长办公会纪要、内部规定的文号")
    field_order = ("value", "confirmed_by", "confirmed_on", "source")

    def __init__(self, *args, key: str, **options):
        super().__init__(*args, **options)
        self.key = key
        kind = SETTING[key].kind if key in SETTING else "number"
        hint = settings_change.in_words(key, settings_change.default(key))
        if kind in ("flag", "auto"):
            choices = [(value, words) for value, words in FLAGS.items() if value or kind == "auto"]
            field: forms.Field = forms.ChoiceField(label="取值", choices=choices, required=kind == "flag")
        else:
            most = settings_change.TEXT if kind == "text" else 20
            field = forms.CharField(label="取值", max_length=most, help_text=f"默认 {hint}")
        self.fields["value"] = field
        self.order_fields(self.field_order)
        leaders = Posting.objects.on(clock.today()).filter(team__kind="leadership").values("person")
        people = User.objects.filter(pk__in=leaders).order_by("staff_number")
        self.fields["confirmed_by"].queryset = people  # type: ignore[attr-defined]
        self.fields["confirmed_by"].label_from_instance = lambda person: person.name  # type: ignore[attr-defined]

    def clean_value(self):
        try:
            return settings_change.read(self.key, self.cleaned_data["value"])
        except Refused as refusal:
            raise forms.ValidationError(refusal.reasons[0].text) from refusal

    def clean(self):
        data = super().clean()
        who, day = data.get("confirmed_by"), data.get("confirmed_on")
        if who and not day and "confirmed_on" not in self.errors:
            self.add_error("confirmed_on", "选了确认人，请写确认日期。")
        if day and not who:
            self.add_error("confirmed_by", "写了确认日期，请选确认人。")
        if day and day > clock.today():
            self.add_error("confirmed_on", "确认日期不能晚于今天。")
        return data
