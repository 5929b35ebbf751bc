"""Forms of a document: which kind and about whom; what its words ask."""

from django import forms

from cases.models import Case
from documents import words
from documents.access import may_draft
from documents.kinds import KIND, KINDS, PERSONS, Kind
from teams.actor import Actor


class BeginForm(forms.Form):
    """Which paper, and about whom where the kind needs it."""

    kind = forms.ChoiceField(label="文书")
    subject = forms.ChoiceField(label="对象", required=False, help_text="限制消费令、裁定书等一人一份的，选择对象")

    def __init__(self, *args, case: Case, actor: Actor, **options):
        super().__init__(*args, **options)
        groups: dict[str, list[tuple[str, str]]] = {}
        for kind in KINDS:
            if may_draft(kind, case, actor):
                groups.setdefault(kind.title if kind.layout == "writ" else "其他", []).append((kind.key, kind.label))
        self.fields["kind"].widget.attrs["data-find"] = "文书"
        self.fields["kind"].choices = [("", "请选择"), *groups.items()]
        parties = case.parties.order_by("role", "position")
        self.fields["subject"].choices = [
            ("", "全案"),
            *((p.subject, f"{p.get_role_display()} {p.name}") for p in parties),
        ]

    def clean(self):
        super().clean()
        data = self.cleaned_data
        kind = KIND.get(data.get("kind", ""))
        if kind and kind.about in PERSONS and not data.get("subject"):
            self.add_error("subject", "本文书一人一份，请选择对象。")
        if kind and not kind.about and data.get("subject"):
            data["subject"] = ""
        return data


class AskedForm(forms.Form):
    """What the words of the kind ask, with what was filled in so far."""

    def __init__(self, kind: Kind, *args, **options):
        super().__init__(*args, **options)
        for asked in words.asked(kind.key):
            widget = forms.Textarea(attrs={"rows": 4}) if asked.long else forms.TextInput(attrs={"autocomplete": "off"})
            self.fields[asked.name] = forms.CharField(
                label=asked.label, required=False, max_length=4000, widget=widget,
                help_text="" if asked.required else "可不填",
            )  # fmt: skip


class VoidForm(forms.Form):
    reason = forms.CharField(label="作废原因", max_length=200, help_text="文号和文件保留，标注作废")
