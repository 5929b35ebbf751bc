"""Forms of the archive centre."""

from django import forms

from archives.models import Volume
from cases import context
from cases.forms.approval import ManyFiles
from cases.forms.fields import SmartDate


class BeginForm(forms.Form):
    """To whom a batch goes; the way the feeder gives both sides."""

    holder = forms.TypedChoiceField(label="扫描人", coerce=int)
    duplex = forms.BooleanField(label="先扫全部正面，再扫全部背面", required=False)

    def __init__(self, *args, people: dict[int, str], **options):
        super().__init__(*args, **options)
        self.fields["holder"].choices = list(people.items())


class HandForm(BeginForm):
    """改交: to whom a batch goes on."""

    duplex = None


class UploadForm(forms.Form):
    files = ManyFiles(label="扫描文件", required=True, help_text="PDF、JPEG、PNG、TIFF，可多选；按文件名顺序接续")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["files"].widget.attrs["accept"] = ".pdf,.jpg,.jpeg,.png,.tif,.tiff"


class ReasonForm(forms.Form):
    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class WhyForm(forms.Form):
    why = forms.CharField(
        label="哪一页、什么问题", max_length=200, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="如：第 3 页右侧缺字；第 5 页模糊",
    )  # fmt: skip


class RescanForm(forms.Form):
    """The new scan; or, where there is nothing to scan again, why."""

    paper = forms.FileField(label="重新扫描的文件", required=False, help_text="整份材料的全部页；PDF、JPEG、PNG、TIFF")
    why = forms.CharField(
        label="不能重扫的原因", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="没有原件可扫，或核对后无须重扫的，只写原因办结",
    )  # fmt: skip

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["paper"].widget.attrs["accept"] = ".pdf,.jpg,.jpeg,.png,.tif,.tiff"

    def clean(self):
        data = super().clean() or {}
        if not self.errors and bool(data.get("paper")) == bool(data.get("why", "").strip()):
            raise forms.ValidationError("请选择重新扫描的文件；不能重扫的，只写原因，两者填一项。")
        return data


class VolumeForm(forms.Form):
    """提起归档: how long it is kept, and its numbers in the court's archive."""

    retention = forms.ChoiceField(label="保管期限", choices=[("", "请选择"), *Volume.Retention.choices])
    fonds = forms.CharField(label="全宗号", max_length=20, required=False)
    catalogue = forms.CharField(label="目录号", max_length=20, required=False)


class ArrangeForm(forms.Form):
    note = forms.CharField(
        label="说明", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="材料齐全可不写；有缺项的，写明不能补齐的原因，签批人会看到",
    )  # fmt: skip


class SendUpForm(forms.Form):
    court = forms.CharField(label="送往法院", max_length=80)
    reason = forms.CharField(label="事由", max_length=200, help_text="如：复议审查调卷")
    until = SmartDate(label="应归还日期", required=False, help_text="调卷函写明的；不写按六个月提醒")


class RoundForm(forms.Form):
    team = forms.TypedChoiceField(label="团队", coerce=int)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        teams = sorted(context.read().roster.teams.values(), key=lambda team: team.code)
        away = ("archives", "administration", "leadership", "adjudication")
        self.fields["team"].choices = [(team.id, team.name) for team in teams if team.kind not in away]
