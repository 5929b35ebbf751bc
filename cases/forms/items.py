"""Forms of work items: what was done, when, with which paper; waiting, passing on, reminding."""

from datetime import datetime

from django import forms

from cases import clock, dates
from cases.clocks.anchors import GROUPED
from cases.deadlines import ANCHOR
from cases.forms.fields import SmartDate, SmartTime
from cases.models import Tick


class HappenedForm(forms.Form):
    """When it happened (not when it is entered), the paper, and the reason if it is entered late."""

    happened_on = SmartDate(label="发生日期", initial="今天", required=True)
    happened_time = SmartTime(label="时间", required=False, help_text="可写 9:30；不写按现在")
    paper = forms.FileField(label="材料", required=False, help_text="PDF、图片或办公文档，50 MB 以内")
    late_reason = forms.CharField(
        label="补录原因", required=False, max_length=200, help_text="发生后超过一个工作日才录入的，须写明原因并附材料"
    )

    def clean(self):
        super().clean()
        data = self.cleaned_data
        on = data.get("happened_on")
        if on is None or "happened_time" not in data:
            return data
        data["happened_at"] = self._moment(on, data["happened_time"])
        if data["happened_at"] > clock.now():
            self.add_error("happened_on", "发生时间不能晚于现在：请核对日期和时间。")
        return data

    @staticmethod
    def _moment(on, at: str) -> datetime:
        return dates.read_moment(on.isoformat(), at)


class FinishForm(HappenedForm):
    note = forms.CharField(label="办理情况", widget=forms.Textarea(attrs={"rows": 3}), max_length=500)

    field_order = ["note", "happened_on", "happened_time", "late_reason", "paper"]


class TickForm(HappenedForm):
    state = forms.ChoiceField(
        label="结果", choices=Tick.State.choices, widget=forms.RadioSelect, initial=Tick.State.DONE
    )
    reason = forms.CharField(label="说明", required=False, max_length=200, help_text="不适用、系统故障须说明")

    field_order = ["state", "reason", "happened_on", "happened_time", "late_reason", "paper"]

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if data.get("state") not in (None, Tick.State.DONE) and not data.get("reason"):
            self.add_error("reason", "请说明原因：不适用、系统故障须写明。")
        return data


ENDING = {"measure_released", "measure_lapsed", "measure_renewed", "renewal_begun"}
VARIANTS = (("", "一般"), ("urgent", "紧急"), ("equity", "股权"), ("movable", "动产"), ("real_estate", "不动产"))


class EventForm(HappenedForm):
    """登记事件: one anchor, when it happened, its subject, the period where the paper sets one."""

    anchor = forms.ChoiceField(label="事件")
    subject = forms.CharField(
        label="对象", required=False, max_length=60, help_text="同类事件有几件时，写明哪一件，如 房产 1"
    )
    length = forms.CharField(
        label="文书载明的期间", required=False, max_length=20, help_text="天数，或截止日期 2026-12-31；拍卖公告填发布日"
    )
    variant = forms.ChoiceField(label="情形", choices=VARIANTS, required=False, help_text="期间因情形而不同的才选")

    measure = forms.ChoiceField(label="哪一项措施", required=False, help_text="措施的解除、失效、续行在此选择")

    sections = (
        ("事件", ("anchor", "measure", "subject", "length", "variant")),
        ("发生时间", ("happened_on", "happened_time", "late_reason")),
        ("材料", ("paper",)),
    )

    def __init__(self, *args, usual=(), measures=(), **options):
        super().__init__(*args, **options)
        if measures:
            self.fields["measure"].choices = [("", "不是关于某一项措施"), *measures]
        else:
            del self.fields["measure"]
        self.fields["anchor"].widget.attrs["data-find"] = "事件"
        self.fields["subject"].width = self.fields["length"].width = "half"
        self.fields["anchor"].choices = [
            ("", "请选择"),
            *([("最近登记过的", [(key, ANCHOR[key].label) for key in usual])] if usual else []),
            *((label, [(a.key, a.label) for a in group]) for label, group in GROUPED),
        ]

    def clean(self):
        """What was chosen is the subject of the event."""
        data = super().clean()
        chosen, anchor = data.get("measure"), data.get("anchor")
        if chosen and anchor and anchor not in ENDING:
            self.add_error("measure", f"「{ANCHOR[anchor].label}」不是措施的解除、失效或续行，请不要选措施。")
        elif chosen and data.get("subject"):
            self.add_error("subject", "已经选了措施，对象请留空。")
        elif chosen:
            data["subject"] = chosen
        return data


class WaitForm(forms.Form):
    until = SmartDate(label="返回日", required=True)
    reason = forms.CharField(label="等待原因", max_length=100)


class HeldForm(forms.Form):
    """Carries whom the officer saw as the item's person: what has changed hands meanwhile is told, not done over."""

    held = forms.IntegerField(required=False, widget=forms.HiddenInput)


class AssignForm(HeldForm):
    person = forms.TypedChoiceField(label="转交给", coerce=int)

    def __init__(self, *args, members=(), holder=None, **options):
        super().__init__(*args, **options)
        others = [(m.user_id, m.name) for m in members if m.user_id != holder]
        self.fields["person"].choices = [("", "请选择"), *others]


class HandForm(forms.Form):
    team = forms.TypedChoiceField(label="移送团队", coerce=int)
    reason = forms.CharField(label="移送原因", max_length=200)

    def __init__(self, *args, teams=(), **options):
        super().__init__(*args, **options)
        self.fields["team"].choices = [("", "请选择"), *((t.id, t.name) for t in teams)]


class NudgeForm(HeldForm):
    """Carries the last reminder of the item that the officer saw as well; one that came meanwhile is shown first."""

    text = forms.CharField(label="催办内容", max_length=200, required=False)
    last = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def told(self, newest, said: str) -> bool:
        """Whether a reminder has come since the form was opened; the form then says so and may be sent again."""
        seen = self.cleaned_data["last"]
        if seen is None or newest is None or newest.pk <= seen:
            return False
        self.data = {**self.data.dict(), "last": newest.pk}
        self.add_error(None, f"{said}；仍要再催的，请再按一次「催办」。")
        return True


class AnswerNudgeForm(forms.Form):
    text = forms.CharField(
        label="回复", max_length=200, help_text="写明何时办结、有什么困难；发给催办人",
        widget=forms.Textarea(attrs={"rows": 3, "data-focus": "true"}),
    )  # fmt: skip


class SuperviseForm(forms.Form):
    text = forms.CharField(
        label="督办要求", widget=forms.Textarea(attrs={"rows": 3, "data-focus": "true"}), max_length=200
    )
    reply_on = SmartDate(label="答复期限", required=False, help_text="不写为三个工作日")
