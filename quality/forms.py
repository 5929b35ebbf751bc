"""Forms of the quality room."""

from django import forms

from quality import triage
from quality.criteria import TRACKS


class TriageForm(forms.Form):
    """One case looked at by itself: the track, the team by its figures or by hand."""

    track = forms.ChoiceField(label="决定", choices=list(TRACKS.items()), widget=forms.RadioSelect)
    team = forms.TypedChoiceField(label="承办团队", coerce=int, required=False, empty_value=0)
    reason = forms.CharField(
        label="理由", max_length=200, required=False, help_text="改变规则建议或指定团队的，须写明理由",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args, loads: dict[str, list[dict]], **options):
        super().__init__(*args, **options)
        groups = [
            (
                TRACKS[track],
                [(each["team_id"], f"{each['team']}（在办 {each['open']}）") for each in teams if not each["barred"]],
            )
            for track, teams in loads.items()
        ]
        self.fields["team"].choices = [("", "按负荷和同一被执行人自动确定"), *groups]


class RouteForm(forms.Form):
    """当日分流: a route that a person states."""

    ground = forms.ChoiceField(
        label="当日分流情形", choices=[(key, text) for key, text in triage.GROUNDS.items() if key != "controlled"]
    )
    note = forms.CharField(label="依据", max_length=200, help_text="何时、何人提出，或款项何时支付")
