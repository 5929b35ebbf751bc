"""报请: the plain form of an act, built from the facts that table 4 names for it."""

from django import forms

from cases import context
from cases.approvals import Act, Fact
from cases.context import Context
from cases.forms.fields import Money, SmartDate
from cases.forms.step import team_choices
from cases.models import Approval, Case, Party
from cases.pages.loads import open_cases
from cases.workflow import STEP
from teams.actor import Actor
from teams.models import Post

SEATS = (("panel_1", "审判长"), ("panel_2", "审判员"), ("panel_3", "审判员"))


class ManyFiles(forms.FileField):
    """Several papers in one field."""

    widget = forms.ClearableFileInput

    def __init__(self, **options):
        widget = forms.ClearableFileInput()
        widget.allow_multiple_selected = True
        widget.attrs["multiple"] = True
        super().__init__(widget=widget, **options)

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            return [super().clean(None, initial)] if self.required else []
        return [super(ManyFiles, self).clean(each, initial) for each in files]


class AskForm(forms.Form):
    """Reason, period, party, amount, team: what the act's signers are to read, and the papers."""

    def __init__(self, act: Act, case: Case, actor: Actor, data=None, files=None, before=None, **options):
        super().__init__(data, files, **options)
        self.act, self.case, self.actor = act, case, actor
        ctx = context.read()
        for fact in act.facts:
            self.fields[fact.key] = field(ctx, fact, act, case)
        if any(place.post == "creditor_consent" for chain in act.chains for place in chain.places):
            self.fields["consent"] = forms.BooleanField(label="附申请执行人书面同意", required=False)
        if any(place.post == "panel" for chain in act.chains for place in chain.places):
            self._panel_fields(ctx)
        self.fields["urgent"] = forms.BooleanField(label="加急", required=False)
        if before is not None:
            self._begin_with(before)
        needs = bool(act.papers) and "kept" not in self.fields
        self.fields["papers"] = ManyFiles(label=act.papers or "附件", required=needs)

    def suggest(self, reason: str) -> None:
        """A first sentence, where the maker has none yet; the first empty field, else the reason, has the focus."""
        if reason and "reason" in self.fields and not self.initial.get("reason"):
            self.initial["reason"] = reason  # type: ignore[index]
        empty = (name for name, field in self.fields.items() if field.required and not self._given(name, field))
        name = next(empty, "reason" if "reason" in self.fields else next(iter(self.fields)))
        self.fields[name].widget.attrs["data-focus"] = True

    def _given(self, name: str, field: forms.Field) -> bool:
        first = next(iter(getattr(field, "choices", ())), ("",))[0]
        return bool(self.initial.get(name)) or first != ""

    def _begin_with(self, before: Approval) -> None:
        """The words and papers of a sheet that came back."""
        self.initial = {**self.initial, **{k: v for k, v in before.proposal.items() if k in self.fields}}
        self.initial |= dict(zip((key for key, _ in SEATS), before.proposal.get("panel", ()), strict=False))
        kept = list(before.materials.filter(voided_at=None).order_by("pk"))
        if kept:
            self.fields["kept"] = forms.ModelMultipleChoiceField(
                before.materials.filter(voided_at=None).order_by("pk"),
                label="沿用原附件",
                required=False,
                initial=[paper.pk for paper in kept],
                widget=forms.CheckboxSelectMultiple,
            )

    def _panel_fields(self, ctx: Context) -> None:
        needed = all(any(place.post == "panel" for place in chain.places) for chain in self.act.chains)
        for key, label in SEATS:
            self.fields[key] = forms.TypedChoiceField(
                label=f"合议庭·{label}", required=needed, coerce=int, empty_value=None, choices=judge_choices(ctx)
            )

    def clean(self):
        super().clean()
        data = self.cleaned_data
        seats = [data.get(key) for key, _ in SEATS if key in self.fields]
        if any(seats) and (not all(seats) or len(set(seats)) != 3):
            self.add_error("panel_1", "合议庭须指定三名不同的法官。")
        if data.get("from_on") and data.get("to_on") and data["to_on"] <= data["from_on"]:
            self.add_error("to_on", "止日应晚于起日：止日当日重新计入期限。")
        if data.get("consent") and not data.get("papers") and not data.get("kept"):
            self.add_error("papers", "须附申请执行人签名的书面同意。")
        return data

    def proposal(self) -> dict:
        """The facts as they are stored: text, with dates and money in their plain form."""
        found = {fact.key: self.cleaned_data.get(fact.key) for fact in self.act.facts}
        if "consent" in self.fields:
            found["consent"] = "1" if self.cleaned_data.get("consent") else ""
        return {
            key: value if isinstance(value, int) else str(value)
            for key, value in found.items()
            if value not in (None, "")
        }

    def panel(self) -> tuple[int, ...]:
        seats = [self.cleaned_data.get(key) for key, _ in SEATS if key in self.fields]
        return tuple(seat for seat in seats if seat)

    def kept(self) -> list:
        """Papers of the sheet before that the new one carries on."""
        return list(self.cleaned_data.get("kept") or ())

    def papers(self) -> list:
        return self.cleaned_data.get("papers") or []


def field(ctx: Context, fact: Fact, act: Act, case: Case) -> forms.Field:
    """One field by the kind that table 4 gives the fact."""
    given = {"label": fact.label, "required": fact.required}
    if fact.kind == "date":
        return SmartDate(**given)
    if fact.kind == "money":
        return Money(**given)
    if fact.kind == "days":
        return forms.IntegerField(min_value=fact.least or 1, max_value=fact.most, **given)
    if fact.kind == "choice":
        blank = [] if any(key == "" for key, _ in fact.choices) else [("", "请选择")]
        return forms.ChoiceField(choices=[*blank, *fact.choices], **given)
    if fact.kind in ("team", "party", "member"):
        choices = {"team": _teams, "party": _parties, "member": _members}[fact.kind](ctx, act, case)
        return forms.TypedChoiceField(coerce=int, empty_value=None, choices=choices, **given)
    widget = forms.Textarea(attrs={"rows": 3}) if fact.kind == "long" else forms.TextInput()
    return forms.CharField(max_length=500 if fact.kind == "long" else 200, widget=widget, **given)


def _teams(ctx: Context, act: Act, case: Case) -> list:
    """The teams the step may lead to, least load first; never the one that has the case."""
    step = STEP.get(act.step)
    if step is None or step.holder == "chosen:other":
        other = "regular" if ctx.roster.team(case.team_id).kind == "fast" else "fast"
        teams = ctx.roster.teams_of(other if step else "regular")
        held = open_cases([team.id for team in teams])
        teams = sorted(teams, key=lambda team: (held.get(team.id, 0), team.code))
        return [
            (team.id, f"{team.name}（{ctx.roster.name(ctx.roster.leader(team.id))}，在办 {held.get(team.id, 0)}）")
            for team in teams
        ]
    return [choice for choice in team_choices(step, case) if choice[0] != case.team_id]


def _parties(ctx: Context, act: Act, case: Case) -> list:
    rows = case.parties.filter(role=Party.Role.DEBTOR).order_by("position")
    return [("", "请选择"), *((party.pk, party.name) for party in rows)]


def _members(ctx: Context, act: Act, case: Case) -> list:
    return [("", "无"), *((member.user_id, member.name) for member in ctx.roster.members(case.team_id))]


def judge_choices(ctx: Context) -> list:
    """Every judge, with his team: those who may sit on a panel."""
    rows = [m for members in ctx.roster.posted.values() for m in members if m.post in (Post.JUDGE, Post.ADJUDICATOR)]
    unique = {m.user_id: m for m in rows}
    return [("", "请选择"), *((m.user_id, f"{m.name}（{ctx.roster.team(m.team_id).name}）") for m in unique.values())]
