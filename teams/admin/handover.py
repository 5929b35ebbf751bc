"""The form of 离岗交接: the last day, and for each posting its successor."""

from django import forms

from teams import hooks, moment
from teams.models import Posting, User
from teams.services import may_succeed


class HandoverForm(forms.Form):
    def __init__(self, person: User, postings: list[Posting], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["last_day"] = hooks.date_field(label="最后在岗日")
        self.postings = postings
        self.initial.setdefault("last_day", moment.today().isoformat())
        day = moment.today()
        for posting in postings:
            team = Posting.objects.on(day).filter(team=posting.team_id).exclude(person=person)
            people = User.objects.filter(pk__in=team.values("person"), is_active=True).order_by("staff_number")
            field = self.fields[f"successor_{posting.pk}"] = forms.ModelChoiceField(
                people, label=f"「{posting.label}」的接手人"
            )
            field.team = posting.team_id  # type: ignore[attr-defined]
            titles, fit = {}, []
            for row in team.select_related("person"):
                titles[row.person_id] = row.title
                if may_succeed(posting.post, row.post):
                    fit.append(row.person_id)
                else:
                    titles[row.person_id] += f"，不能接手{posting.get_post_display()}承办的案件"
            field.label_from_instance = lambda who, titles=titles: f"{who.name}（{titles[who.pk]}）"  # type: ignore[method-assign]
            if len(fit) == 1:
                self.initial[f"successor_{posting.pk}"] = fit[0]

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if day > moment.today():
            raise forms.ValidationError("交接当日生效，最后在岗日不能晚于今天；请在离岗当日办理。")
        return day

    def successors(self) -> dict[int, User]:
        return {posting.pk: self.cleaned_data[f"successor_{posting.pk}"] for posting in self.postings}
