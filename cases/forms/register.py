"""手工登记: what a team takes in itself, by one plain form; own serials are given, a 案号 is typed."""

from django import forms

from cases import certificates, clock, numbers, own_series
from cases.forms.fields import CaseNumber, CertificateNumber, Money, Phone, SmartDate
from cases.models import Basis, Party
from cases.steps import BasisData, ClaimData, PartyData, Registration
from cases.workflow import Kind, Stage
from teams.actor import Actor

KIND_OF = {
    "reception": Kind.FIRST,
    "preservation_review": Kind.REVIEW,
    "preservation_enforcement": Kind.ASSISTANCE,
    "petitions": Kind.PETITION,
    "terminal": Kind.LEGACY,
    "regular": Kind.LEGACY,
}
SERIES = {Kind.REVIEW: "保审", Kind.ASSISTANCE: "委", Kind.PETITION: "访"}
SECRET = "密"  # of the numbers a 国家秘密 case has here
OFFLINE = ("number", "cause", "amount", "creditor", "creditor_certificate", "creditor_phone", "debtor", "debtor_certificate",
           "debtor_phone", "basis", "sent_by", "remark")  # fmt: skip
STAGE = {"terminal": Stage.TERMINAL, "regular": Stage.REGULAR}


class RegisterForm(forms.Form):
    number = CaseNumber(label="案号", max_length=60, required=False)
    filed_on = SmartDate(label="立案（收到）日期", initial="今天", required=True)
    received_on = SmartDate(label="收案日期", required=False)
    cause = forms.CharField(label="案由", max_length=100, required=False)
    amount = Money(label="标的", required=False)
    creditor = forms.CharField(label="申请人", max_length=200, required=False)
    creditor_certificate = CertificateNumber(label="申请人证件号码", max_length=40, required=False)
    creditor_phone = Phone(label="申请人电话", max_length=40, required=False)
    debtor = forms.CharField(label="被执行人（对方）", max_length=200, required=False)
    debtor_certificate = CertificateNumber(label="被执行人证件号码", max_length=40, required=False)
    debtor_phone = Phone(label="被执行人电话", max_length=40, required=False)
    basis = forms.CharField(label="执行依据文号", max_length=100, required=False)
    basis_kind = forms.ChoiceField(label="依据类别", choices=Basis.Kind.choices, required=False)
    sent_by = forms.CharField(label="移送（委托）单位", max_length=100, required=False)
    remark = forms.CharField(label="备注", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    confidential = forms.BooleanField(label="不公开/敏感", required=False)
    state_secret = forms.BooleanField(
        label="国家秘密案件（线下办理）", required=False,
        help_text="只登记内部编号和日期，由登记人承办；案由、当事人、依据、标的和备注请在线下登记。",
    )  # fmt: skip

    sections = (
        ("案件", ("number", "cause", "filed_on", "received_on", "amount")),
        ("当事人", ("creditor", "creditor_certificate", "creditor_phone",
                    "debtor", "debtor_certificate", "debtor_phone", "sent_by")),
        ("执行依据", ("basis", "basis_kind")),
        ("其他", ("remark", "confidential", "state_secret")),
    )  # fmt: skip

    def __init__(self, *args, team_kind: str, team_id: int, **options):
        super().__init__(*args, **options)
        self.kind, self.team_kind, self.team_id = KIND_OF[team_kind], team_kind, team_id
        for name in ("number", "cause", "basis", "basis_kind", "sent_by"):
            self.fields[name].width = "half"
        for name in (
            "amount",
            *(f"{role}{part}" for role in ("creditor", "debtor") for part in ("", "_certificate", "_phone")),
        ):
            self.fields[name].width = "short"
        if self.kind in SERIES:
            del self.fields["number"]

    def clean_number(self):
        text = self.cleaned_data["number"]
        if not text:
            return ""
        number = numbers.parse(text)
        if self.kind == Kind.FIRST and (not number.ours or number.type_code != "执"):
            raise forms.ValidationError("接待登记的是本院「执」字首次执行案件。")
        return text

    def clean_filed_on(self):
        day = self.cleaned_data["filed_on"]
        if day and day > clock.today():
            raise forms.ValidationError("日期不能在将来。")
        return day

    def clean(self):
        data = super().clean()
        if data.get("state_secret"):
            self._nothing_but_dates(data)
            return data
        if "number" in self.fields and not data.get("number") and "number" not in self.errors:
            self.add_error("number", "请填写案号。")
        if self.kind in (Kind.FIRST, Kind.LEGACY):
            if not data.get("debtor"):
                self.add_error("debtor", "请填写被执行人。")
            if not data.get("creditor") and not data.get("sent_by"):
                self.add_error("creditor", "请填写申请执行人；移送执行的填写移送单位。")
        self._ask_about_doubts(data)
        return data

    def _nothing_but_dates(self, data: dict) -> None:
        """A stub: whatever else was typed is refused, not dropped (保密法第31条, flow §7)."""
        for name in OFFLINE:
            if name in self.fields and data.get(name):
                self.add_error(name, "国家秘密案件不在本系统登记此项：请清空，线下登记。")

    def _ask_about_doubts(self, data: dict) -> None:
        """A doubtful number is kept, but not without a word: old certificates exist, and so do slips of the pen."""
        for role in ("creditor", "debtor"):
            number = data.get(f"{role}_certificate")
            doubt = certificates.read(certificates.kind_of(number), number).doubt if number else ""
            if doubt and not data.get("remark"):
                self.add_error(f"{role}_certificate", f"{doubt}；证件确实如此的，在「备注」写明后再登记。")

    def registration(self, by: Actor) -> Registration:
        """Call it inside the transaction that registers: an own serial is taken here."""
        data = self.cleaned_data
        secret = data["state_secret"]
        series = SECRET if secret else SERIES.get(self.kind, "")
        number = data.get("number") or own_series.next_own(series, data["filed_on"].year)
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
            state_secret=secret,
            handler=by.user_id if secret else None,
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
            phone=self.cleaned_data[f"{role}_phone"],
            sex=read.sex,
        )
