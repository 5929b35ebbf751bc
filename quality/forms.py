"""Forms of the quality room."""

from django import forms

from assets.models import Query
from cases import context, rights
from cases.forms.fields import CaseNumber, SmartDate
from quality import triage
from quality.criteria import TRACKS
from quality.models import PlatformMatter
from quality.offline import COUNTERS
from quality.seals import Receipt
from teams.actor import Actor


class TriageForm(forms.Form):
    """One case looked at by itself: the track, the team by its figures or by hand."""

    track = forms.ChoiceField(label="决定", choices=list(TRACKS.items()), widget=forms.RadioSelect)
    team = forms.TypedChoiceField(label="承办团队", coerce=int, required=False, empty_value=0)
    reason = forms.CharField(
        label="理由", max_length=200, required=False, help_text="改变规则建议或指定团队的，须写明理由",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args, loads: dict[str, list[dict]], **options):
        super().__init__(*args, **options)
        groups = [
            (
                TRACKS[track],
                [(each["team_id"], f"{each['team']}（在办 {each['open']}）") for each in teams if not each["barred"]],
            )
            for track, teams in loads.items()
        ]
        self.fields["team"].choices = [("", "按负荷和同一被执行人自动确定"), *groups]


class RouteForm(forms.Form):
    """当日分流: a route that a person states."""

    ground = forms.ChoiceField(
        label="当日分流情形", choices=[(key, text) for key, text in triage.GROUNDS.items() if key != "controlled"]
    )
    note = forms.CharField(label="依据", max_length=200, help_text="何时、何人提出，或款项何时支付")


class OrderForm(forms.Form):
    """提出线下查询: whom, where, why."""

    parties = forms.TypedMultipleChoiceField(label="被执行人", coerce=int, widget=forms.CheckboxSelectMultiple)
    counters = forms.MultipleChoiceField(
        label="窗口", choices=list(COUNTERS.items()), widget=forms.CheckboxSelectMultiple
    )
    reason = forms.ChoiceField(
        label="事由", choices=[(key, label) for key, label in Query.Reason.choices if key in ("first", "again", "full")],
        initial="again",
    )  # fmt: skip

    def __init__(self, *args, parties, **options):
        super().__init__(*args, **options)
        self.fields["parties"].choices = [(row.pk, row.name) for row in parties]
        if not parties:
            self.fields["parties"].help_text = "没有可查询的被执行人：自然人须有证件号码，且在执"


class MatterForm(forms.Form):
    source = forms.ChoiceField(
        label="来源", choices=PlatformMatter.Source.choices, initial=PlatformMatter.Source.PLATFORM
    )
    number = forms.CharField(label="编号", max_length=60, help_text="交办单位的编号，同一来源不重复登记")
    title = forms.CharField(label="事项", max_length=80)
    content = forms.CharField(label="内容", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    received_on = SmartDate(label="收到日期", required=True)
    due_on = SmartDate(label="要求回复", required=True, help_text="交办单位定的日期；可写 +5")
    case_number = CaseNumber(label="所涉案件", required=False)
    person_id = forms.TypedChoiceField(label="承办人", coerce=int)
    urgent = forms.BooleanField(label="紧急", required=False)

    def __init__(self, *args, actor: Actor, **options):
        super().__init__(*args, **options)
        members = [m for m in context.read().roster.members(actor.team_id) if m.post not in rights.OUTSIDE]
        self.fields["person_id"].choices = [(m.user_id, m.name) for m in members]
        self.fields["person_id"].initial = next(
            (m.user_id for m in members if m.special == "quality_platform"), actor.user_id
        )


class ReplyForm(forms.Form):
    reply = forms.CharField(label="回复内容", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    receipt = forms.CharField(label="平台回执号", max_length=60, required=False)
    paper = forms.FileField(label="回复件或截图", required=False, help_text="回复件、平台截图；没有文件的填写回执号")


class SealForm(forms.Form):
    """提请查封: which thing."""

    asset = forms.TypedChoiceField(label="查封财产", coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args, assets, **options):
        super().__init__(*args, **options)
        self.fields["asset"].choices = [
            (row.pk, f"{row.get_kind_display()}　{row.title}　{row.party.name}") for row in assets
        ]


class ReceiptForm(forms.Form):
    """What the counter gave back."""

    result = forms.ChoiceField(
        label="结果",
        choices=[("sealed", "已查封"), ("waiting", "轮候"), ("refused", "未予协助")],
        widget=forms.RadioSelect,
    )
    on = SmartDate(label="办理日期", required=True)
    ends_on = SmartDate(label="届满日", required=False, help_text="回执载明的，不因节假日顺延")
    rank = forms.IntegerField(label="轮候顺位", required=False, min_value=2, max_value=99)
    paper_only = forms.BooleanField(label="车辆仅登记查封，未实际扣押", required=False)
    reference = forms.CharField(label="回执编号", max_length=100, required=False)
    reason = forms.CharField(label="未予协助的原因", max_length=200, required=False)
    paper = forms.FileField(label="回执", help_text="窗口出具的回执、查封登记证明")

    def receipt(self) -> Receipt:
        data = self.cleaned_data
        return Receipt(
            data["result"], data["on"], data["ends_on"], data["rank"] or 1, data["reference"], data["reason"],
            data["paper_only"], data["paper"],
        )  # fmt: skip


class VerifyForm(forms.Form):
    """督办核验: accepted, or what is missing and by when."""

    verdict = forms.ChoiceField(
        label="核验", choices=[("accept", "认可"), ("again", "不认可，退回再办")], widget=forms.RadioSelect
    )
    text = forms.CharField(
        label="意见",
        max_length=200,
        required=False,
        help_text="退回再办的，写明要求",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reply_on = SmartDate(label="再次答复期限", required=False, help_text="不填为三个工作日")
