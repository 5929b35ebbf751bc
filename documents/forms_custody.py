"""Forms of bundles: what is registered, what is scanned, what was counted."""

from django import forms

from cases import context
from documents.models import Bundle


class BundleForm(forms.Form):
    """Papers that travel together; originals of the filing day come first."""

    kind = forms.ChoiceField(label="种类", choices=Bundle.Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label="内容", max_length=200, help_text="如：申请执行书、身份证明、授权委托书")
    pieces = forms.IntegerField(label="件数", min_value=1, max_value=999, help_text="交接时按件清点")
    pages = forms.IntegerField(label="纸质页数", min_value=1, max_value=9999, help_text="扫描、入卷后与此核对")
    secret = forms.BooleanField(label="副卷材料（评议笔录、审批单）", required=False)


class ScanForm(forms.Form):
    """One scan. The scanner types the code and presses Enter; where a bundle is given, to which team."""

    code = forms.CharField(
        label="扫描或录入条码", max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-scan": "", "placeholder": "HL00000001X"}),
    )  # fmt: skip

    def __init__(self, *args, actor, **options):
        super().__init__(*args, **options)
        roster = context.read().roster
        teams = [t for t in roster.teams.values() if t.id != actor.team_id and t.kind not in ("administration",)]
        teams.sort(key=lambda team: (team.kind != "archives", team.code))
        choices: list[tuple[int | str, str]] = [(team.id, team.name) for team in teams]
        if actor.kind == "archives":
            choices.insert(0, ("", "只接收，不交出"))
        self.fields["to_team"] = forms.TypedChoiceField(
            label="交给", coerce=int, empty_value=None, required=False, choices=choices
        )


class CountForm(forms.Form):
    counted = forms.IntegerField(label="实收件数", min_value=0, max_value=999)
