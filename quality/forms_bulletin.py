"""What the quality team types about a bulletin: which month, why again, and what the figures show."""

from typing import cast

from django import forms

from quality import bulletin, spans

LONG = 4000


class MakeForm(forms.Form):
    month = forms.ChoiceField(label="月份")
    reason = forms.CharField(
        label="更正原因", required=False, max_length=bulletin.REASON, help_text="该月已有通报时必填；原版本保留"
    )

    def __init__(self, *args, months: list[spans.Span], **options):
        super().__init__(*args, **options)
        month = cast(forms.ChoiceField, self.fields["month"])
        month.choices = [(each.key, each.label) for each in months]


class IssueForm(forms.Form):
    findings = forms.CharField(label="分析", max_length=LONG, widget=forms.Textarea(attrs={"rows": 5}))
    problems = forms.CharField(
        label="存在的问题", required=False, max_length=LONG, widget=forms.Textarea(attrs={"rows": 4})
    )
    measures = forms.CharField(label="工作要求", max_length=LONG, widget=forms.Textarea(attrs={"rows": 4}))
