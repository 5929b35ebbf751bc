"""Forms that mend or add what a registered case holds: a party, an agent, a basis, a claim, a link, its marks."""

from django import forms

from cases import amendments, certificates, clock, conflicts, numbers
from cases.forms.fields import Money, SmartDate
from cases.models import Agent, Basis, Case, Claim, Party

AS_IS = "不改的不填"
CERTIFICATE = {"autocomplete": "off", "data-reads": "certificate"}


def reason_field() -> forms.CharField:
    return forms.CharField(label="更正原因", max_length=200, help_text="写明依据或来源，记入流转记录")


class Masked:
    """Fields shown masked: left empty they stay as they are, and their stored value never travels into the page."""

    masked: tuple[str, ...] = ()

    def clean(self):
        data = super().clean() or self.cleaned_data
        for name in self.masked:
            if data.get(name) in ("", None):
                data.pop(name, None)
        return data


class AmendForm(conflicts.Merged, Masked, forms.Form):
    """A mending form: its fields, why, and the paper that shows it. `cleaned_data` holds what the record is to be."""

    record: type

    def __init__(self, *args, current: dict, **options):
        super().__init__(*args, current=current, initial=dict.fromkeys(self.masked, ""), **options)
        for name in self.masked:
            if current.get(name):
                self.fields[name].help_text = f"现为 {amendments.said(self.record, name, current[name])}，{AS_IS}"
                self.fields[name].required = False
        self.fields["reason"] = reason_field()
        self.fields["paper"] = forms.FileField(
            label="材料", required=False, help_text="PDF、图片或办公文档，50 MB 以内"
        )

    def clean(self):
        super().clean()
        data = self.cleaned_data
        self.conflicts = [self._masked(each) for each in self.conflicts]
        return data

    def _masked(self, conflict: conflicts.Conflict) -> conflicts.Conflict:
        name = conflict.name.removeprefix(conflicts.KEEP)
        if name not in self.masked:
            return conflict
        return conflict._replace(theirs=amendments.said(self.record, name, self.current[name]) or "（空）")


class PartyFields(forms.Form):
    halves = ("role", "name", "type", "certificate", "phone", "representative", "e_service_to")
    name = forms.CharField(label="姓名/名称", max_length=200)
    type = forms.ChoiceField(label="类型", choices=Party.Type.choices)
    certificate = forms.ChoiceField(label="证件类型", choices=Party.Certificate.choices, required=False)
    certificate_number = forms.CharField(
        label="证件号码", max_length=40, required=False, widget=forms.TextInput(attrs=CERTIFICATE)
    )
    phone = forms.CharField(label="电话", max_length=40, required=False)
    representative = forms.CharField(label="法定代表人/负责人", max_length=60, required=False)
    address = forms.CharField(label="住址", max_length=200, required=False)
    e_service = forms.BooleanField(label="同意电子送达", required=False)
    e_service_to = forms.CharField(label="电子送达地址", max_length=100, required=False, help_text="手机号或邮箱")

    def clean(self):
        super().clean()
        data = self.cleaned_data
        number = data.get("certificate_number")
        if number and not data.get("certificate"):
            data["certificate"] = certificates.kind_of(number)
        return data


class AmendParty(AmendForm, PartyFields):
    record = Party
    masked = ("certificate_number", "phone", "address", "e_service_to")


class AddParty(PartyFields):
    role = forms.ChoiceField(label="地位", choices=Party.Role.choices)
    reason = forms.CharField(label="添加原因", max_length=200, help_text="如 追加被执行人裁定、利害关系人提出异议")
    paper = forms.FileField(label="文书", required=False, help_text="增加申请执行人、被执行人须附裁定书或更正材料")

    field_order = ["role", *PartyFields.base_fields, "reason", "paper"]

    def record(self) -> Party:
        data = self.cleaned_data
        return Party(role=data["role"], **{name: data[name] for name in amendments.FIELDS[Party]})


class AgentFields(forms.Form):
    halves = ("name", "scope", "firm", "phone", "e_service_to")
    name = forms.CharField(label="姓名", max_length=60)
    scope = forms.ChoiceField(label="代理权限", choices=Agent.Scope.choices)
    firm = forms.CharField(label="律师事务所/单位", max_length=100, required=False)
    phone = forms.CharField(label="电话", max_length=40, required=False)
    address = forms.CharField(label="地址", max_length=200, required=False)
    e_service = forms.BooleanField(label="同意电子送达", required=False)
    e_service_to = forms.CharField(label="电子送达地址", max_length=100, required=False)


class AmendAgent(AmendForm, AgentFields):
    record = Agent
    masked = ("phone", "address", "e_service_to")
    ended_on = SmartDate(label="解除委托", required=False, help_text="委托已解除的写解除日期；可写 今天、11-23")


class AddAgent(AgentFields):
    paper = forms.FileField(label="授权委托书", required=False, help_text="PDF、图片，50 MB 以内")

    def record(self, party: Party) -> Agent:
        data = self.cleaned_data
        return Agent(party=party, **{name: data[name] for name in amendments.FIELDS[Agent] if name in data})


class BasisFields(forms.Form):
    halves = ("number", "maker")
    number = forms.CharField(label="执行依据文号", max_length=100)
    maker = forms.CharField(label="作出单位", max_length=100, required=False)
    effective_on = SmartDate(label="生效日期", required=False)
    performance_end_on = SmartDate(label="履行期限届满", required=False)

    def clean_effective_on(self):
        day = self.cleaned_data["effective_on"]
        if day and day > clock.today():
            raise forms.ValidationError("生效日期不能在将来。")
        return day


class AmendBasis(AmendForm, BasisFields):
    record = Basis


class AddBasis(BasisFields):
    """Its kind is that of the case's other instruments: the kind decides which limit has been running since filing."""

    paper = forms.FileField(label="文书", required=False)

    def record(self, case: Case) -> Basis:
        kind = case.bases.values_list("kind", flat=True).first() or Basis.Kind.CIVIL
        data = self.cleaned_data
        return Basis(case=case, kind=kind, **{name: data[name] for name in amendments.FIELDS[Basis]})


class AmendClaim(AmendForm):
    record = Claim
    amount = Money(label="金额", required=False)
    text = forms.CharField(label="内容", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_amount(self):
        amount = self.cleaned_data["amount"]
        if amount is None and self.current["amount"] is not None:
            raise forms.ValidationError("金钱请求须写明金额。")
        return amount


class AddClaim(forms.Form):
    kind = forms.ChoiceField(label="种类", choices=Claim.Kind.choices)
    amount = Money(label="金额", required=False)
    text = forms.CharField(label="内容", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    paper = forms.FileField(label="材料", required=False)

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if data.get("kind") == Claim.Kind.MONEY and data.get("amount") is None:
            self.add_error("amount", "金钱请求须写明金额。")
        if data.get("kind") not in (None, Claim.Kind.MONEY) and not data.get("text"):
            self.add_error("text", "请写明请求的内容。")
        return data

    def record(self, case: Case) -> Claim:
        data = self.cleaned_data
        return Claim(case=case, kind=data["kind"], amount=data["amount"], text=data["text"])


class AmendCase(AmendForm):
    record = Case
    halves = ("cause", "sent_by", "livelihood", "enterprise")
    cause = forms.CharField(label="案由", max_length=100, required=False)
    amount = Money(label="申请标的", required=True)
    sent_by = forms.CharField(label="移送部门", max_length=100, required=False)
    clues = forms.CharField(label="财产线索", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    remark = forms.CharField(label="备注", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    livelihood = forms.BooleanField(label="涉民生", required=False)
    enterprise = forms.BooleanField(label="涉企", required=False)


class LinkForm(forms.Form):
    halves = ("kind", "number")
    kind = forms.ChoiceField(label="对方案件是本案的", choices=[(kind.value, kind.label) for kind in amendments.LINKS])
    number = forms.CharField(label="对方案号", max_length=60, help_text="如（2026）豫0902执12号；外院案件也可填写")
    reason = forms.CharField(label="说明", max_length=200, required=False)

    def clean_number(self) -> str:
        parsed = numbers.parse(self.cleaned_data["number"], year=clock.today().year)
        if parsed is None:
            raise forms.ValidationError("案号格式不对：应如（2026）豫0902执12号。")
        return str(parsed)


class ConfidentialForm(forms.Form):
    reason = forms.CharField(label="原因", max_length=200)
