"""退回移交: where the case should go instead, under which head of the plan, and why."""

from django import forms

from cases import context
from cases.approvals import ACT
from cases.models import Case
from cases.pages.loads import open_cases

GROUNDS = ("balance", "special")  # of a reassignment: the others are about persons


class ObjectionForm(forms.Form):
    """A case that came from a fast team may go back to it; one that a terminal team sent may go to a fast team or to
    another regular one. Where it is to go says what the director is asked: 变更分流 or 改派."""

    def __init__(self, case: Case, origin, data=None):
        super().__init__(data)
        self.case = case
        if origin is not None and origin.kind == "fast":
            teams: list = [(origin.id, f"退回 {origin.name}")]
            self.acts: tuple[str, ...] = ("retriage",)
        else:
            teams = [
                ("", "请选择"),
                ("变更分流至快执团队", self._others("fast", "变更分流至")),
                ("改派其他普执团队", self._others("regular", "改派")),
            ]
            self.acts = ("retriage", "reassignment")
        grounds = {act: self._grounds(act) for act in self.acts}
        heads = [(ACT[act].label, pairs) for act, pairs in grounds.items()]
        choices, label = (grounds["retriage"], "方案所列情形") if len(heads) == 1 else (heads, "情形")
        self.fields["team"] = forms.TypedChoiceField(label="去向", coerce=int, choices=teams)
        self.fields["ground"] = forms.ChoiceField(label=label, choices=[("", "请选择"), *choices])
        self.fields["reason"] = forms.CharField(
            label="退回原因", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
            help_text="报局长签批；决定之前案件仍由本团队办理，接收期限照计。",
        )  # fmt: skip

    @staticmethod
    def _grounds(act: str) -> list[tuple[str, str]]:
        ground = next(fact for fact in ACT[act].facts if fact.key == "ground")
        return [pair for pair in ground.choices if act == "retriage" or pair[0] in GROUNDS]

    def _others(self, kind: str, verb: str) -> list[tuple[int, str]]:
        """The teams of a kind but the case's own, least load first."""
        teams = [team for team in context.read().roster.teams_of(kind) if team.id != self.case.team_id]
        held = open_cases([team.id for team in teams])
        teams.sort(key=lambda team: (held.get(team.id, 0), team.code))
        return [(team.id, f"{verb} {team.name}（在办 {held.get(team.id, 0)}）") for team in teams]

    @property
    def act(self) -> str:
        """What is asked: known once the form is valid."""
        team = context.read().roster.team(self.cleaned_data["team"])
        return "retriage" if team is not None and team.kind == "fast" else "reassignment"

    def clean(self) -> dict:
        data = super().clean() or self.cleaned_data
        if "team" in data and "ground" in data:
            fitting = self._grounds(self.act)
            if data["ground"] not in dict(fitting):
                words = "、".join(label for _, label in fitting)
                self.add_error("ground", f"所选去向属{ACT[self.act].label}，情形应为：{words}。")
        return data

    def proposal(self) -> dict:
        return {key: self.cleaned_data[key] for key in ("team", "ground", "reason")}
