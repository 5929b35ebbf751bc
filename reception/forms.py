"""Forms of the counter: the reception on one screen, the later visit, 移送核对, the note for several cases at once."""

from typing import Any

from django import forms

from cases import certificates, clock, dates
from cases.forms.fields import CertificateNumber, Money, Phone, SmartTime
from cases.intake.pasted import rows_of
from cases.models import Agent, Party
from cases.refusals import Refused
from reception import confirming
from reception.models import Clue, Contact, ReceptionRecord

ROWS = 12  # rows of the clue grid; the page shows the next one as one is filled
HEADS = {
    "kind": ("类型", "财产类型", "种类"),
    "owner": ("权利人", "所有人", "户名"),
    "text": ("线索", "线索内容", "内容", "财产线索"),
}
Mode, Visitor, Signing, Reason = (
    ReceptionRecord.Mode, ReceptionRecord.Visitor, ReceptionRecord.Signing, ReceptionRecord.Reason,
)  # fmt: skip
BY_RESULT = {  # result of an attempt → why there was no reception
    Contact.Result.NO_ANSWER: (Reason.NO_ANSWER, ""),
    Contact.Result.OFF: (Reason.NO_ANSWER, ""),
    Contact.Result.COMING: (Reason.OTHER, "已与申请执行人取得联系，约定另行到院接待"),
    Contact.Result.AWAY: (Reason.AWAY, ""),
    Contact.Result.REFUSED: (Reason.REFUSED, ""),
}
FACTS = (("same", "一致"), ("change", "修改"))


def switch(initial: str = "same") -> forms.ChoiceField:
    """一致 | 修改: verification is a click, not typing (ux §4.2)."""
    return forms.ChoiceField(choices=FACTS, widget=forms.RadioSelect, initial=initial, required=False)


def sole_debtor(parties: list[Party]) -> str:
    debtors = [party.name for party in parties if party.role == Party.Role.DEBTOR]
    return debtors[0] if len(debtors) == 1 else ""


class Clues:
    """The clue grid: rows typed, or pasted from Excel as a block. `owner`: the only debtor, where there is but one."""

    owner = ""
    filed: tuple[str, ...] = ()  # what the filing list named and nobody has written down yet

    def clean_clues(self) -> list[dict]:
        """Whole rows only; a row without words but with an owner says what it lacks."""
        found, data = [], self.data
        for number in range(self.many()):
            row = {key: (data.get(f"clue-{number}-{key}") or "").strip() for key in ("kind", "owner", "text")}
            urgent = bool(data.get(f"clue-{number}-urgent"))
            if row["text"]:
                found.append({**row, "kind": row["kind"] or "其他", "urgent": urgent})
            elif row["owner"] or urgent:  # a kind alone is what Enter has carried down from the row above
                self.add_error(None, f"第 {number + 1} 条线索没有写内容：请补写，或清空该行。")
        found += self._pasted(data.get("pasted", ""))
        for number, row in enumerate(found, 1):
            if len(row["text"]) > 300:
                self.add_error(None, f"第 {number} 条线索超过 300 字：请分成几条。")
            row["kind"], row["owner"] = row["kind"][:10], (row["owner"] or self.owner)[:200]
        return found

    def _pasted(self, text: str) -> list[dict]:
        if not text.strip():
            return []
        try:
            rows = rows_of(text)
        except Refused as refusal:
            self.add_error("pasted", str(refusal))
            return []
        columns = {
            key: next((n for n, cell in enumerate(rows[0]) if cell.strip() in names), None)
            for key, names in HEADS.items()
        }
        if columns["text"] is None:
            self.add_error("pasted", "没有认出表头：请连同表头一起复制，表头中须有「线索内容」列。")
            return []
        return [
            self._read(row, columns) for row in rows[1:] if len(row) > columns["text"] and row[columns["text"]].strip()
        ]

    @staticmethod
    def _read(row: list[str], columns: dict) -> dict:
        cells = {key: row[n].strip() if n is not None and n < len(row) else "" for key, n in columns.items()}
        kind = cells["kind"] if cells["kind"] in Clue.KINDS else "其他"
        return {"kind": kind, "owner": cells["owner"], "text": cells["text"], "urgent": False}

    def many(self) -> int:
        """Rows of the grid: twelve, or as many as the filing list named."""
        return max(ROWS, len(self.filed))

    def rows(self) -> list[dict]:
        """What stands in the grid: as it was sent, else what the filing list named."""
        if not self.is_bound:
            blank = [""] * (self.many() - len(self.filed))
            return [
                {"n": n, "kind": "", "owner": "", "text": text, "urgent": False, "more": n >= 3}
                for n, text in enumerate((*self.filed, *blank))
            ]
        return [
            {
                "n": number, "kind": self.data.get(f"clue-{number}-kind", ""), "owner": self.data.get(f"clue-{number}-owner", ""),
                "text": self.data.get(f"clue-{number}-text", ""), "urgent": bool(self.data.get(f"clue-{number}-urgent")),
                "more": number >= 3,
            }
            for number in range(self.many())
        ]  # fmt: skip


class Originals(forms.Form):
    originals = forms.IntegerField(label="原件", min_value=0, max_value=999, initial=0, required=False)
    pages = forms.IntegerField(label="页数", min_value=1, max_value=9999, required=False)
    originals_title = forms.CharField(label="名称", max_length=200, required=False, initial="立案原件")

    def clean(self):
        data = super().clean()
        if data.get("originals") and not data.get("pages"):
            self.add_error("pages", "收了原件的，请填写纸质页数：扫描、入卷后与此核对。")
        return data


class Visit(Clues, Originals):
    """What a reception of the filing day and a later visit share: who came, how, clues, service, originals, signature."""

    mode = forms.ChoiceField(label="接待方式", choices=Mode.choices, widget=forms.RadioSelect, initial=Mode.ONSITE)
    visitor = forms.ChoiceField(
        label="来访人", choices=Visitor.choices, widget=forms.RadioSelect, initial=Visitor.PARTY
    )
    party = forms.TypedChoiceField(label="本人或所代表的当事人", coerce=int)
    name = forms.CharField(label="姓名", max_length=100)
    certificate = CertificateNumber(label="身份证号", required=False)
    certificate_note = forms.CharField(label="证件情况说明", max_length=200, required=False)
    mend_certificate = forms.BooleanField(label="以所持证件更正立案信息", required=False)
    scope = forms.ChoiceField(label="代理权限", choices=Agent.Scope.choices, required=False)
    firm = forms.CharField(label="律师事务所/单位", max_length=100, required=False)
    staff = forms.TypedChoiceField(label="接待人员", coerce=int)
    began = SmartTime(label="开始时间", required=False)
    pasted = forms.CharField(label="从 Excel 粘贴的线索", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    address = forms.CharField(label="送达地址", max_length=200, required=False)
    e_service = forms.BooleanField(label="同意电子送达", required=False, initial=True)
    e_service_to = forms.CharField(label="电子送达地址", max_length=100, required=False)
    confirm = forms.BooleanField(label="送达地址确认书", required=False, initial=True)
    signing = forms.ChoiceField(label="签名", choices=Signing.choices, widget=forms.RadioSelect, initial=Signing.SCREEN)
    more = forms.CharField(label="其他说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, parties: list[Party], staff: dict[int, str], **options):
        super().__init__(*args, **options)
        self.parties, self.people = {party.pk: party for party in parties}, staff
        self.fields["party"].choices = [(p.pk, f"{p.get_role_display()}　{p.name}") for p in parties]
        self.fields["staff"].choices = list(staff.items())
        self.owner = sole_debtor(parties)
        self.fields["certificate"].widget.attrs |= {"data-focus": ""}
        for name in ("party", "name", "certificate", "staff", "began"):
            self.fields[name].width = "short"
        self.fields["scope"].width = self.fields["firm"].width = "half"

    def clean(self):
        data = super().clean()
        data["clues"] = self.clean_clues()
        self._moment(data)
        party = self.parties.get(data.get("party"))
        if party is not None:
            self._identity(party, data)
            self._service(party, data)
        if data.get("signing") == Signing.REMOTE and data.get("mode") == Mode.ONSITE:
            self.add_error("signing", "现场接待须由来访人签名：请选屏幕签名或打印签名。")
        data["staff_name"] = self.people.get(data.get("staff"), "")
        return data

    def _moment(self, data: dict) -> None:
        at = data.get("began")
        data["began_at"] = dates.read_moment(clock.today().isoformat(), at) if at else clock.now()
        if data["began_at"] > clock.now():
            self.add_error("began", "开始时间不能晚于现在：请核对。")
        moment = data["began_at"].astimezone(clock.now().tzinfo)
        data["began_words"] = f"{moment.year}年{moment.month}月{moment.day}日{moment:%H时%M分}"

    def _identity(self, party: Party, data: dict) -> None:
        """The certificate shown agrees with the file, or says why not (reference §17.1)."""
        number, kind = data.get("certificate") or "", data.get("visitor")
        if data.get("mode") == Mode.ONSITE and not number and not data.get("certificate_note"):
            self.add_error("certificate", "请录入来访人的身份证号；未带证件的，在「证件情况说明」写明怎样核实。")
        if kind and (why := confirming.wrong_party(kind, party)):
            self.add_error("party", why)
            return
        own = bool(kind) and confirming.himself(kind, party)
        told = data.get("certificate_note") or data.get("mend_certificate")
        if own and number and party.certificate_number and number != party.certificate_number and not told:
            held = certificates.mask_certificate(party.certificate_number)
            self.add_error("certificate", f"与立案登记的 {held} 不一致：请核对，以证件为准的勾选更正，或写明情况。")
        doubt = certificates.read(certificates.kind_of(number), number).doubt if number else ""
        if doubt and not data.get("certificate_note"):
            self.add_error("certificate", f"{doubt}；确系证件原貌的，在「证件情况说明」写明。")

    def _service(self, party: Party, data: dict) -> None:
        data["address"] = data.get("address") or party.address
        phone = data.get("to_phone") if data.get("fact_phone") == "change" else party.phone
        if data.get("confirm") and not data["address"]:
            self.add_error("address", "制作送达地址确认书，请填写送达地址。")
        if data.get("confirm") and not phone and "to_phone" not in self.errors:
            self.add_error(
                "to_phone" if "to_phone" in self.fields else "confirm", "制作送达地址确认书，请填写联系电话。"
            )
        missing = not (data.get("e_service_to") or party.e_service_to or phone)
        if data.get("e_service") and missing and "to_phone" not in self.errors:
            self.add_error("e_service_to", "同意电子送达的，请填写手机号或邮箱。")
        data["e_service_to"] = data.get("e_service_to") or party.e_service_to or phone or ""


class ReceptionForm(Visit):
    """The filing day: every fact of the filing 一致 | 修改, the account, the notice of rights."""

    fact_basis, fact_cause, fact_amount, fact_phone = (switch() for _ in range(4))
    to_basis = forms.CharField(label="执行依据文号", max_length=100, required=False)
    to_cause = forms.CharField(label="案由", max_length=100, required=False)
    to_amount = Money(label="执行标的", required=False)
    to_phone = Phone(label="联系电话", required=False)
    payee = forms.CharField(label="收款账户", max_length=160, required=False)
    informed = forms.BooleanField(label="已告知权利义务和风险", initial=True, required=False)
    debtors_checked = forms.BooleanField(label="被执行人身份信息已核对", initial=True, required=False)

    def clean(self):
        data = super().clean()
        for key, label in (("basis", "执行依据"), ("cause", "案由"), ("amount", "执行标的"), ("phone", "联系电话")):
            missing = data.get(f"to_{key}") in (None, "")
            if data.get(f"fact_{key}") == "change" and missing and f"to_{key}" not in self.errors:
                self.add_error(f"to_{key}", f"「{label}」选了修改：请填写正确的内容，或改选一致。")
        if not data.get("informed"):
            self.add_error("informed", "请先向来访人告知权利义务和执行风险，再勾选。")
        if not data.get("debtors_checked"):
            self.add_error("debtors_checked", "请与来访人核对被执行人的姓名和证件后勾选；有误的点「更正」。")
        return data


class LaterForm(Visit):
    note = forms.CharField(label="来访事由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class CheckForm(Clues, Originals):
    """移送核对 (no applicant): who sent it, the sheet, what was handed over, what the police have sealed until when."""

    sender = forms.CharField(label="移送部门", max_length=100)
    sheet = forms.CharField(label="移送执行表文号", max_length=60)
    content = forms.CharField(label="移送执行内容", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    things = forms.CharField(
        label="移交财物", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="每行一件：名称｜数量｜存放处",
    )  # fmt: skip
    seals = forms.CharField(
        label="公安、检察机关已采取的查封冻结", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="每行一项：财产｜措施｜届满日（如 2027-03-01）",
    )  # fmt: skip
    gap = forms.CharField(label="需补充的材料", required=False, max_length=200)
    pasted = forms.CharField(label="从 Excel 粘贴的线索", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    checked = forms.BooleanField(label="被执行人身份、执行依据和移送内容已核对", required=False, initial=True)

    def clean(self):
        data = super().clean()
        data["clues"] = self.clean_clues()
        for number, line in enumerate((data.get("seals") or "").splitlines(), 1):
            self._seal(number, line)
        if not data.get("checked"):
            self.add_error("checked", "请核对移送材料后勾选。")
        return data

    def _seal(self, number: int, line: str) -> None:
        """The day a police seal ends is what enforcement must not miss."""
        cells = [cell.strip() for cell in line.replace("|", "｜").split("｜")]
        if not line.strip():
            return
        try:
            if len(cells) != 3:
                raise ValueError
            dates.read_date(cells[2])
        except ValueError:
            self.add_error("seals", f"第 {number} 行应为「财产｜措施｜届满日」，届满日如 2027-03-01。")


class NoteForm(forms.Form):
    """未接待说明, for one case or for all that are ticked."""

    reason = forms.ChoiceField(
        label="原因", widget=forms.RadioSelect, choices=[c for c in Reason.choices if c[0] != Reason.TRANSFERRED],
        required=False,
    )  # fmt: skip
    words = forms.CharField(label="补充说明", required=False, max_length=300)
    result = forms.ChoiceField(
        label="刚才联系的结果", widget=forms.RadioSelect, choices=Contact.Result.choices, required=False
    )
    way = forms.CharField(label="联系方式", required=False, max_length=60)

    def clean(self):
        """The result of an attempt says the reason too, unless another is chosen."""
        data: dict[str, Any] = super().clean() or {}
        reason, words = BY_RESULT.get(data.get("result") or "", ("", ""))
        if not data.get("reason"):
            data["reason"], data["words"] = reason, data.get("words") or words
        if not data["reason"] and not self.errors:
            raise forms.ValidationError("请选择刚才联系的结果，或未接待的原因。")
        if data["reason"] == Reason.OTHER and not (data.get("words") or "").strip():
            self.add_error("words", "选择「其他」的，请写明未进行初次接待的原因。")
        return data


class SignForm(forms.Form):
    """Drawn on the pad (`picture`, a PNG), or the name typed by who cannot write with the mouse or a pen."""

    picture = forms.CharField(required=False, widget=forms.HiddenInput, max_length=300_000)
    name = forms.CharField(label="键入姓名（不能手写的）", required=False, max_length=100)
    agreed = forms.BooleanField(label="本人已阅读笔录，确认以键入姓名作为签名", required=False)

    def clean(self):
        data = super().clean()
        if not data.get("picture"):
            if not data.get("name"):
                self.add_error("name", "请在签名框签写；不能手写的，键入本人姓名。")
            elif not data.get("agreed"):
                self.add_error("agreed", "键入姓名签名的，请由本人阅读笔录后勾选确认。")
        return data


class ScanForm(forms.Form):
    paper = forms.FileField(label="签名件扫描件", help_text="PDF 或图片")
    address = forms.FileField(label="送达地址确认书签名件", required=False, help_text="与笔录扫在同一文件里的不用另选")
