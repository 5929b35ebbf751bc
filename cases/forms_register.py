"""手工登记: what a team takes in itself, by one plain form; own serials are given, a 案号 is typed."""

from django import forms

from cases import certificates, clock, numbers
from cases.forms import Money, SmartDate
from cases.models import Basis, Party
from cases.steps import BasisData, ClaimData, PartyData, Registration
from cases.workflow import Kind, Stage

KIND_OF = {
    "reception": Kind.FIRST,
    "preservation_review": Kind.REVIEW,
    "preservation_enforcement": Kind.ASSISTANCE,
    "petitions": Kind.PETITION,
    "terminal": Kind.LEGACY,
    "regular": Kind.LEGACY,
}
SERIES = {Kind.REVIEW: "保审", Kind.ASSISTANCE: "委", Kind.PETITION: "访"}
CERTIFICATE = forms.TextInput(attrs={"autocomplete": "off", "data-reads": "certificate"})
STAGE = {"terminal": Stage.TERMINAL, "regular": Stage.REGULAR}


class RegisterForm(forms.Form):
    number = forms.CharField(label="案号", max_length=60)
    filed_on = SmartDate(label="立案（收到）日期", initial="今天", required=True)
    received_on = SmartDate(label="收案日期", required=False)
    cause = forms.CharField(label="案由", max_length=100, required=False)
    amount = Money(label="标的", required=False)
    creditor = forms.CharField(label="申请人", max_length=200, required=False)
    creditor_certificate = forms.CharField(label="申请人证件号码", max_length=40, required=False, widget=CERTIFICATE)
    debtor = forms.CharField(label="被执行人（对方）", max_length=200, required=False)
    debtor_certificate = forms.CharField(label="被执行人证件号码", max_length=40, required=False, widget=CERTIFICATE)
    basis = forms.CharField(label="执行依据文号", max_length=100, required=False)
    basis_kind = forms.ChoiceField(label="依据类别", choices=Basis.Kind.choices, required=False)
    sent_by = forms.CharField(label="移送（委托）单位", max_length=100, required=False)
    remark = forms.CharField(label="备注", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    confidential = forms.BooleanField(label="不公开/敏感", required=False)

    def __init__(self, *args, team_kind: str, team_id: int, **options):
        super().__init__(*args, **options)
        self.kind, self.team_kind, self.team_id = KIND_OF[team_kind], team_kind, team_id
        if self.kind in SERIES:
            del self.fields["number"]

    def clean_number(self):
        number = numbers.parse(self.cleaned_data["number"])
        if number is None or number.suffix:
            raise forms.ValidationError("案号格式不对：应如（2026）豫0902执12号。")
        if self.kind == Kind.FIRST and (not number.ours or number.type_code != "执"):
            raise forms.ValidationError("接待登记的是本院「执」字首次执行案件。")
        return str(number)

    def clean_filed_on(self):
        day = self.cleaned_data["filed_on"]
        if day and day > clock.today():
            raise forms.ValidationError("日期不能在将来。")
        return day

    def clean(self):
        data = super().clean()
        if self.kind in (Kind.FIRST, Kind.LEGACY):
            if not data.get("debtor"):
                self.add_error("debtor", "请填写被执行人。")
            if not data.get("creditor") and not data.get("sent_by"):
                self.add_error("creditor", "请填写申请执行人；移送执行的填写移送单位。")
        return data

    def registration(self) -> Registration:
        """Call it inside the transaction that registers: an own serial is taken here."""
        data = self.cleaned_data
        number = data.get("number") or numbers.next_own(SERIES[self.kind], data["filed_on"].year)
        parties = [party for role in ("creditor", "debtor") if (party := self._party(role))]
        amount = data.get("amount") or 0
        return Registration(
            kind=self.kind,
            number=number,
            filed_on=data["filed_on"],
            received_on=data.get("received_on"),
            team=self.team_id,
            stage=STAGE.get(self.team_kind, ""),
            cause=data["cause"],
            amount=amount,
            sent_by=data["sent_by"],
            remark=data["remark"],
            confidential=data["confidential"],
            parties=parties,
            bases=[BasisData(data["basis"], kind=data["basis_kind"] or "civil")] if data["basis"] else [],
            claims=[ClaimData("money", amount)] if amount else [],
        )

    def _party(self, role: str) -> PartyData | None:
        name, number = self.cleaned_data[role], self.cleaned_data[f"{role}_certificate"]
        if not name:
            return None
        kind = certificates.kind_of(number)
        read = certificates.read(kind, number)
        return PartyData(
            role,
            name,
            type=Party.Type.LEGAL if kind == "credit_code" else Party.Type.NATURAL,
            certificate=kind if number else "",
            certificate_number=read.number,
            certificate_doubt=read.doubt if number or role == "debtor" else "",
            born_on=read.born_on,
            sex=read.sex,
        )
