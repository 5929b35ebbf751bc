"""Forms of the case page: the facts a step asks for, papers, standings, grants."""

from django import forms
from django.db.models import Count

from cases import conflicts, context
from cases.forms import SmartDate
from cases.models import Case, Party
from cases.workflow import ClosingMode, Stage, Step, modes_for


class StepForm(forms.Form):
    """Fields for the facts that table 1 names for the step, and no others."""

    def __init__(self, *args, row: Step, case: Case, maker_id: int | None = None, **options):
        super().__init__(*args, **options)
        self.maker_id = maker_id
        for fact in row.facts:
            if fact == "panel":
                self._panel()
            else:
                self.fields[fact] = self._field(fact, row, case)

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
            return forms.FileField(label="申请执行人书面同意（终本）", required=False)
        if fact == "shelf":
            return forms.CharField(label="架位", max_length=60)
        words = {"reason": "原因", "gap": "欠缺事项", "ground": "事由"}
        return forms.CharField(label=words.get(fact, fact), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def _panel(self) -> None:
        """三名法官, presiding first: needed for 终本 without the creditor's signed consent."""
        choices = [("", "—"), *((str(pk), name) for pk, name in judges())]
        for number, seat in enumerate(("审判长", "审判员", "审判员")):
            self.fields[f"panel_{number}"] = forms.ChoiceField(label=f"合议庭{seat}", choices=choices, required=False)

    def clean(self) -> dict:
        data = super().clean()
        if "panel_0" not in self.fields:
            return data
        data["panel"] = [int(pk) for n in range(3) if (pk := data.pop(f"panel_{n}", ""))]
        if data["panel"] and len(set(data["panel"])) != 3:
            self.add_error("panel_0", "合议庭须为三名不同的法官。")
        if self.maker_id in data["panel"]:
            self.add_error("panel_0", "报结人不能参加本案合议庭签署，请指定其他法官。")
        if data.get("mode") == ClosingMode.TERMINAL and not data["panel"] and not data.get("consent"):
            self.add_error("panel_0", "终本须指定合议庭，或附申请执行人签名的书面同意。")
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
    loads = loads_of([team.id for team in roster.teams_of(kind)])
    teams = sorted(roster.teams_of(kind), key=lambda team: (loads.get(team.id, 0), team.code))
    return [
        (team.id, f"{team.name}（{roster.name(roster.leader(team.id))}，在办 {loads.get(team.id, 0)}）")
        for team in teams
    ]


def loads_of(team_ids: list[int]) -> dict[int, int]:
    """Open cases of each team."""
    over = (Stage.CLOSED, Stage.TERMINAL, Stage.ARCHIVED, Stage.VOID)
    return dict(
        Case.objects.filter(team__in=team_ids).exclude(stage__in=over).values_list("team_id").annotate(Count("id"))
    )


def mode_choices(case: Case) -> list[tuple[str, str]]:
    return [(mode.value, mode.label) for mode in modes_for(case.kind, case.stage)]


def judges() -> list[tuple[int, str]]:
    roster = context.read().roster
    found = {
        m.user_id: m.name for members in roster.posted.values() for m in members if m.post in ("judge", "adjudicator")
    }
    return sorted(found.items(), key=lambda row: row[1])


class MaterialForm(forms.Form):
    KINDS = (
        ("application", "申请与立案材料"), ("reception", "接待笔录与说明"), ("document", "法律文书"), ("receipt", "送达回证与回执"),
        ("query", "查控反馈"), ("record", "笔录"),
        ("deliberation", "合议庭评议笔录（副卷）"), ("fund", "案款票据"), ("other", "其他"),
    )  # fmt: skip
    kind = forms.ChoiceField(label="种类", choices=KINDS)
    title = forms.CharField(label="名称", max_length=200, required=False, help_text="不写用文件名")
    paper = forms.FileField(label="文件")
    secret = forms.BooleanField(label="副卷（不公开）", required=False)


class StandingForm(conflicts.Merged, forms.Form):
    """One form for all debtors: the version carries each one's standing, the chosen one's is compared."""

    party = forms.TypedChoiceField(label="被执行人", coerce=int)
    standing = forms.ChoiceField(label="变更为", choices=[("", "请选择"), *Party.Standing.choices])
    paper = forms.FileField(label="文书", help_text="裁定书或证明")

    field_order = ["party", "standing", "paper"]

    def __init__(self, data=None, files=None, *, debtors=(), **options):
        self.standings = {str(party.pk): party.standing for party in debtors}
        chosen = self.standings.get((data or {}).get("party", ""))
        super().__init__(data, files, current={"standing": chosen} if chosen else {}, **options)
        self.fields["party"].choices = [(p.pk, f"{p.name}（{p.get_standing_display()}）") for p in debtors]

    def version(self) -> str:
        return ".".join(f"{pk}:{conflicts.mark(standing)}" for pk, standing in self.standings.items())

    def marked_as(self, name: str) -> str:
        return self.data.get("party", "")


class GrantForm(forms.Form):
    person = forms.TypedChoiceField(label="人员", coerce=int)
    permission = forms.ChoiceField(
        label="内容",
        choices=(("recused_from_case", "回避本案"), ("view_case", "可查看本案"), ("work_on_case", "可承办本案")),
    )
    until = SmartDate(label="至", required=False, help_text="不写为长期")
    reason = forms.CharField(label="原因", max_length=200)

    def __init__(self, *args, people=(), **options):
        super().__init__(*args, **options)
        self.fields["person"].choices = [(pk, name) for pk, (name, _) in people]
