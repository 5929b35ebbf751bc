"""Forms of the three doors to the national execution system."""

from django import forms

from cases import dates
from cases.forms.fields import SmartDate, SmartTime
from documents.models import Difference
from documents.national.kinds import KIND_LABELS, field_choices

State = Difference.State


class ExportForm(forms.Form):
    file = forms.FileField(
        label="导出文件", help_text="执行系统导出的 Excel（.xlsx），不用改动；列名按同义词识别",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="种类", required=False, choices=[("", "按表头识别"), *KIND_LABELS.items()],
        help_text="查控反馈由「财产查控」自动读取，不在此导入",
    )  # fmt: skip

    taken_on = SmartDate(label="导出日期", help_text="文件里写明导出时间的，以文件为准；晚到的旧导出不会盖过新的")
    taken_time = SmartTime(label="导出时间", required=False, help_text="可写 9:30；今日导出、不写的按现在")

    def taken_at(self):
        """The moment that was typed; None where none was."""
        on = self.cleaned_data.get("taken_on")
        return dates.read_moment(on.isoformat(), self.cleaned_data.get("taken_time") or "") if on else None


class SettleForm(forms.Form):
    state = forms.ChoiceField(
        label="处理", widget=forms.RadioSelect,
        choices=[
            (State.THEIRS.value, "对方待更正（已在执行系统申请更正，或将由其更正）"),
            (State.EXPLAINED.value, "已说明（两边都对，写明为什么不同）"),
            (State.OPEN.value, "重新待处理"),
        ],
    )  # fmt: skip
    reason = forms.CharField(
        label="原因", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="标为「对方待更正」「已说明」的须写明；本程序有误的，在案件页更正后自动消除，不用在此处理",
    )  # fmt: skip

    def __init__(self, *args, standing: str, **options):
        super().__init__(*args, **options)
        if standing == State.OPEN:  # nothing to be opened again
            self.fields["state"].choices = self.fields["state"].choices[:-1]


class FilterForm(forms.Form):
    """The filters of the list; a value that is none is left out."""

    q = forms.CharField(required=False, max_length=60)
    field = forms.ChoiceField(required=False, choices=[("", "全部"), *field_choices()])
    kind = forms.ChoiceField(required=False, choices=[("", "全部"), *KIND_LABELS.items()])
    team = forms.IntegerField(required=False, min_value=1)
