"""Forms of the office pages."""

from django import forms

from cases.forms import CaseNumber
from cases.models import EscalationRow


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
    year = forms.IntegerField(label="年度", min_value=2020, max_value=2100)
    text = forms.CharField(label="通知全文", widget=forms.Textarea(attrs={"rows": 12}), max_length=20000)
    source = forms.CharField(label="文号", max_length=100, required=False)
