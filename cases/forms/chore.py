"""新建事项: a team's own chore, without a case (flow §1): month end, party work; 指挥平台 matters have a page of their own."""

from django import forms

from cases import clock, context, rights
from cases.deadlines import RULE
from cases.forms.fields import SmartDate
from teams.actor import Actor

CHORES = {  # rule → the kinds of team whose own it is; () every team
    "team.party_work": ("petitions",),
    "team.chore": (),
}


def chores_of(kind: str) -> list[str]:
    return [rule for rule, kinds in CHORES.items() if not kinds or kind in kinds]


class ChoreForm(forms.Form):
    kind = forms.ChoiceField(label="类别")
    title = forms.CharField(label="事项", max_length=80)
    number = forms.CharField(label="来源和编号", max_length=30, required=False, help_text="有交办单位的，填单位和编号")
    due_on = SmartDate(label="办结期限", required=False, help_text="可写 +5；不填为无期限")
    person = forms.TypedChoiceField(label="承办人", coerce=int)
    urgent = forms.BooleanField(label="紧急", required=False)

    def __init__(self, *args, actor: Actor, **options):
        super().__init__(*args, **options)
        self.fields["kind"].choices = [(rule, RULE[rule].label) for rule in chores_of(actor.kind)]
        members = [m for m in context.read().roster.members(actor.team_id) if m.post not in rights.OUTSIDE]
        self.fields["person"].choices = [(m.user_id, m.name) for m in members]
        self.fields["person"].initial = actor.user_id

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day and day < clock.today():
            raise forms.ValidationError("办结期限不能早于今日：请重新填写。")
        return day
