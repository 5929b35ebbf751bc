"""Forms of the dossier: where a paper is bound, which volume is wanted as one file."""

from django import forms

from cases.models import Case, Material
from documents.dossier import placing
from documents.models import Copy


class PlaceForm(forms.Form):
    """The volume and the number; `main:8`, `secret:2`, or nothing for 待编目."""

    place = forms.ChoiceField(label="位置", required=False)
    reason = forms.CharField(label="原因", max_length=200, required=False, help_text="由副卷移入正卷时必须写明")

    def __init__(self, *args, case: Case, paper: Material, secret: bool, **options):
        super().__init__(*args, **options)
        self.fields["place"].widget.attrs["data-find"] = "目录"
        main = [(f"main:{n}", f"{n} {name}") for n, name in enumerate(placing.names(case, False), 1)]
        inner = [(f"secret:{n}", f"{n} {name}") for n, name in enumerate(placing.names(case, True), 1)]
        groups = [("正卷", main), *([("副卷", inner)] if secret else [("副卷（移入后您不能再打开）", inner)])]
        self.fields["place"].choices = [("", "待编目"), *groups]
        if not paper.secret_volume:
            del self.fields["reason"]

    def where(self) -> tuple[bool | None, int]:
        """(into the 副卷?, number); nothing said of the volume for 待编目."""
        volume, _, number = self.cleaned_data["place"].partition(":")
        return (volume == "secret" if volume else None), int(number or 0)


class ReplaceForm(forms.Form):
    paper = forms.FileField(label="新版本", help_text="原文件保留为旧版本，目录位置不变")


class CopyForm(forms.Form):
    volume = forms.ChoiceField(label="卷", choices=Copy.Volume.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="用途", max_length=200, required=False, help_text="副卷、当事人阅卷必须写明；登记在案"
    )

    def __init__(self, *args, secret: bool, **options):
        super().__init__(*args, **options)
        if not secret:
            self.fields["volume"].choices = [each for each in Copy.Volume.choices if each[0] != Copy.Volume.SECRET]
