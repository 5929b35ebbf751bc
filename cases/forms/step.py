"""The form of a step: the facts that table 1 names for it."""

from django import forms

from cases import context
from cases.forms.fields import SmartDate
from cases.models import Case
from cases.pages.loads import open_cases
from cases.workflow import ClosingMode, Step, modes_for

SEATS = ("panel_0", "panel_1", "panel_2")
OF_TERMINAL = ("panel", "consent")


class StepForm(forms.Form):
    """Fields for the facts that table 1 names for the step, and no others."""

    def __init__(self, *args, row: Step, case: Case, maker_id: int | None = None, **options):
        super().__init__(*args, **options)
        self.maker_id = maker_id
        terminal = "mode" not in row.facts or ClosingMode.TERMINAL in modes_for(case.kind, case.stage)
        for fact in row.facts:
            if fact in OF_TERMINAL and not terminal:
                continue
            if fact == "panel":
                self._panel()
            else:
                self.fields[fact] = self._field(fact, row, case)
        if "panel_0" in self.fields:
            asked = [name for name in self.fields if name not in (*SEATS, "consent")]
            self.sections = (
                (row.label, asked),
                ("终本另须指定合议庭，或附书面同意；不予执行须指定合议庭", (*SEATS, "consent")),
            )

    @staticmethod
    def _field(fact: str, row: Step, case: Case) -> forms.Field:
        if fact == "team":
            return forms.TypedChoiceField(label="承办团队", coerce=int, choices=team_choices(row, case))
        if fact == "mode":
            return forms.ChoiceField(label="结案方式", choices=mode_choices(case))
        if fact in ("until", "closed_on", "review_on"):
            return SmartDate(
                label={"until": "至", "closed_on": "结案日期", "review_on": "复查日期"}[fact], required=False
            )
        if fact in ("material", "paper"):
            return forms.FileField(label="文书", required=False)
        if fact == "consent":
            return forms.FileField(label="申请执行人书面同意", required=False)
        if fact == "shelf":
            return forms.CharField(label="架位", max_length=60)
        words = {"reason": "原因", "gap": "欠缺事项", "ground": "事由"}
        return forms.CharField(label=words.get(fact, fact), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def _panel(self) -> None:
        """三名法官, presiding first: needed for 不予执行, and for 终本 without the creditor's signed consent."""
        choices = [("", "—"), *((str(pk), name) for pk, name in judges())]
        for name, seat in zip(SEATS, ("审判长", "审判员", "审判员（二）"), strict=True):
            self.fields[name] = forms.ChoiceField(label=seat, choices=choices, required=False)
            self.fields[name].width = "short"  # type: ignore[attr-defined]

    def clean(self) -> dict:
        super().clean()
        data = self.cleaned_data
        if "panel_0" not in self.fields:
            return data
        data["panel"] = [int(pk) for name in SEATS if (pk := data.pop(name, ""))]
        if data["panel"] and len(set(data["panel"])) != 3:
            self.add_error("panel_0", "合议庭须为三名不同的法官。")
        if self.maker_id in data["panel"]:
            self.add_error("panel_0", "报结人不能参加本案合议庭签署，请指定其他法官。")
        if data.get("mode") == ClosingMode.TERMINAL and not data["panel"] and not data.get("consent"):
            self.add_error("panel_0", "终本须指定合议庭，或附申请执行人签名的书面同意。")
        if data.get("mode") == ClosingMode.NON_ENFORCEMENT and not data["panel"]:
            self.add_error("panel_0", "不予执行须由合议庭裁定（民事诉讼法第248、249条），请指定合议庭。")
        return data

    def facts(self) -> dict:
        """What the step is given; papers are filed by the view."""
        files = ("material", "paper", "consent")
        return {
            key: value for key, value in self.cleaned_data.items() if key not in files and value not in (None, "", [])
        }


def team_choices(row: Step, case: Case) -> list[tuple[int, str]]:
    """Teams that may be chosen, least load first; the load stands beside the name."""
    roster = context.read().roster
    kind = row.holder.partition(":")[2]
    kind = roster.team(case.team_id).kind if kind == "same" else kind
    held = open_cases([team.id for team in roster.teams_of(kind)])
    teams = sorted(roster.teams_of(kind), key=lambda team: (held.get(team.id, 0), team.code))
    return [
        (team.id, f"{team.name}（{roster.name(roster.leader(team.id))}，在办 {held.get(team.id, 0)}）")
        for team in teams
    ]


def mode_choices(case: Case) -> list[tuple[str, str]]:
    return [(mode.value, mode.label) for mode in modes_for(case.kind, case.stage)]


def judges() -> list[tuple[int, str]]:
    roster = context.read().roster
    found = {
        m.user_id: m.name for members in roster.posted.values() for m in members if m.post in ("judge", "adjudicator")
    }
    return sorted(found.items(), key=lambda row: row[1])
