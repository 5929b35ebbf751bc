"""退回移交: where the case should go instead, under which head of the plan, and why."""

from django import forms

from cases import context
from cases.approvals import ACT
from cases.models import Case
from cases.pages.loads import open_cases

GROUNDS = ("balance", "special")  # of a reassignment: the others are about persons


class ObjectionForm(forms.Form):
    """A case that came from a fast team may go back to it; one that a terminal team sent may go to another team."""

    def __init__(self, case: Case, origin, data=None):
        super().__init__(data)
        self.act = "retriage" if origin is not None and origin.kind == "fast" else "reassignment"
        teams = [(origin.id, f"退回 {origin.name}")] if self.act == "retriage" else self._others(case)
        ground = next(fact for fact in ACT[self.act].facts if fact.key == "ground")
        choices = [pair for pair in ground.choices if self.act == "retriage" or pair[0] in GROUNDS]
        self.fields["team"] = forms.TypedChoiceField(label="去向", coerce=int, choices=teams)
        self.fields["ground"] = forms.ChoiceField(label=ground.label, choices=[("", "请选择"), *choices])
        self.fields["reason"] = forms.CharField(
            label="退回原因", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
            help_text="报局长签批；决定之前案件仍由本团队办理，接收期限照计。",
        )  # fmt: skip

    @staticmethod
    def _others(case: Case) -> list[tuple[int, str]]:
        """The other regular teams, least load first."""
        teams = [team for team in context.read().roster.teams_of("regular") if team.id != case.team_id]
        held = open_cases([team.id for team in teams])
        teams.sort(key=lambda team: (held.get(team.id, 0), team.code))
        return [(team.id, f"改派 {team.name}（在办 {held.get(team.id, 0)}）") for team in teams]

    def proposal(self) -> dict:
        return {key: self.cleaned_data[key] for key in ("team", "ground", "reason")}
