"""Forms of the assets room."""

from datetime import datetime, time

from django import forms

from assets.models import Query
from cases import clock, context
from cases.forms.fields import SmartDate, SmartTime


class FaultForm(forms.Form):
    """系统故障: what is wrong, and when the batch is to leave by itself."""

    fault = forms.CharField(label="故障情况", max_length=150, help_text="如：14:00 起查控系统无法登录")
    on = SmartDate(label="自动发出日期", required=False, help_text="不写为今天")
    at = SmartTime(label="自动发出时间", help_text="到时自动发出，不必再来；可写 16:30")

    halves = ("on", "at")

    def moment(self) -> datetime:
        """The day and time together."""
        day = self.cleaned_data["on"] or clock.today()
        return datetime.combine(day, time.fromisoformat(self.cleaned_data["at"]), clock.now().tzinfo)


class LaterForm(FaultForm):
    """The same batch, later."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        del self.fields["fault"]


class NothingForm(forms.Form):
    """The duty to freeze ends without one."""

    reason = forms.CharField(label="不冻结的理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class NobodyForm(forms.Form):
    """No debtor of the case can be asked about."""

    reason = forms.CharField(label="说明", max_length=100, help_text="如：仅知姓名，待当事人补充证件号码后再查")


class OperatorForm(forms.Form):
    person = forms.TypedChoiceField(label="人员", coerce=int)
    reported_on = SmartDate(label="报备日期")
    note = forms.CharField(label="报备文号或说明", max_length=100)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        roster = context.read().roster
        people = {
            member.user_id: f"{roster.name(member.user_id)}（{team.name}）"
            for team in sorted(roster.teams.values(), key=lambda team: team.code)
            if team.kind == "reception"
            for member in roster.members(team.id)
        }
        self.fields["person"].choices = [("", "请选择"), *people.items()]


class OrderForm(forms.Form):
    """提出查询: for which debtors, why."""

    parties = forms.TypedMultipleChoiceField(
        label="被执行人", coerce=int, widget=forms.CheckboxSelectMultiple, help_text="随下一批网络查询发出"
    )
    reason = forms.ChoiceField(
        label="事由", choices=[(key, label) for key, label in Query.Reason.choices if key in ("again", "full")]
    )

    def __init__(self, *args, parties, **options):
        super().__init__(*args, **options)
        self.fields["parties"].choices = [(party.pk, party.name) for party in parties]
