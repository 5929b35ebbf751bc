"""Forms of what is recorded on a case: pauses, holds, papers, standings, grants."""

from django import forms

from cases import conflicts
from cases.forms.fields import SmartDate
from cases.models import Hold, Party, Pause


class ReasonForm(forms.Form):
    reason = forms.CharField(label="原因", max_length=200)


class PauseForm(forms.Form):
    ground = forms.ChoiceField(
        label="事由", choices=[c for c in Pause.Ground.choices if c[0] not in ("suspension", "deferral", "closed")]
    )
    from_on = SmartDate(label="自", required=True)
    to_on = SmartDate(label="至", required=False, help_text="尚未结束的不写")
    paper = forms.FileField(label="文书", required=True)


class EndPauseForm(forms.Form):
    to_on = SmartDate(label="恢复日", required=True, help_text="当日重新计入期间")


class HoldForm(forms.Form):
    """不得处分 of the whole case or of one party's assets, by a document."""

    ground = forms.ChoiceField(label="事由", choices=Hold.Ground.choices)
    subject = forms.ChoiceField(label="对象", required=False)
    from_on = SmartDate(label="自", required=True, initial="今天")
    to_on = SmartDate(label="至", required=False, help_text="尚未结束的不写")
    note = forms.CharField(label="说明", required=False, max_length=200)
    paper = forms.FileField(label="文书", required=True)

    def __init__(self, *args, parties=(), **options):
        super().__init__(*args, **options)
        self.fields["subject"].choices = [
            ("", "全案"),
            *((p.subject, f"{p.get_role_display()} {p.name}") for p in parties),
        ]


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
