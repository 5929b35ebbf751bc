"""One row of a filing list: what is wrong with it, column by column, and the registration it makes."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.conf import settings

from cases import certificates, clock, numbers
from cases.intake import values
from cases.intake.columns import LABELS
from cases.intake.workbook import Line
from cases.models import CaseLink, Party
from cases.steps import BasisData, ClaimData, LinkData, PartyData, Registration
from cases.workflow import Kind

KINDS = {"执": Kind.FIRST, "执保": Kind.PRESERVATION, "执恢": Kind.RESUMED}
CERTIFICATES = {
    "居民身份证": "identity", "身份证": "identity", "统一社会信用代码": "credit_code", "营业执照": "credit_code",
    "社会信用代码": "credit_code", "护照": "passport",
}  # fmt: skip
ORGANISATION = (
    "公司",
    "银行",
    "中心",
    "合作社",
    "医院",
    "学校",
    "委员会",
    "事务所",
    "厂",
    "集团",
    "联社",
    "商行",
    "支行",
    "局",
)
LIVELIHOOD = ("抚养", "赡养", "扶养", "劳动", "工伤", "人身损害", "交通事故", "追索")
NUMBERING = {"duplicate", "rejected"}


@dataclass
class Reading:
    """What came of reading a row: problems stop it, warnings are kept with the case."""

    row: int
    number: str = ""
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    registration: Registration | None = None

    def reject(self, key: str, why: str) -> None:
        self.problems.append(f"{LABELS[key]}：{why}")

    def warn(self, key: str, why: str) -> None:
        self.warnings.append(f"{LABELS[key]}：{why}")


def read(line: Line, parties: dict[str, list[dict]]) -> Reading:
    """Read one row; `parties` are those of the second sheet, if the workbook has one."""
    reading = Reading(line.row)
    number = _number(line, reading)
    filed_on = _date(line, "filed_on", reading, required=True)
    received_on = _date(line, "received_on", reading)
    amount = _amount(line, reading)
    creditors, debtors = _all_parties(line, parties, reading)
    handed_over = _handed_over(line)
    if not debtors:
        reading.reject("debtor", "没有被执行人，请补填")
    if not creditors and not handed_over:
        reading.reject("creditor", "没有申请执行人；移送执行的请填「移送部门」")
    _same_person(creditors, debtors, reading)
    if not reading.problems:
        reading.registration = _registration(line, number, filed_on, received_on, amount, [*creditors, *debtors])
    return reading


def _number(line: Line, reading: Reading) -> numbers.CaseNumber | None:
    text = values.text_of(line.cells.get("number"))
    reading.number = numbers.normalise(text) if text else ""
    if not text:
        reading.reject("number", "没有案号，请补填")
        return None
    number = numbers.parse(text)
    if number is None or number.suffix:
        reading.reject("number", f"「{text[:40]}」不是案号，应如（2026）豫0902执12号")
        return None
    if number.court != settings.COURT_CODE:
        reading.reject("number", f"是他院（{number.court}）的案件，本院代字为 {settings.COURT_CODE}")
    elif number.type_code not in KINDS:
        reading.reject("number", f"「{number.type_code}」字案件不由立案清单导入")
    elif number.type_code == "执恢":
        reading.reject("number", "恢复执行案件请在「移送立案表」登记案号")
    return number


def _date(line: Line, key: str, reading: Reading, *, required: bool = False) -> date | None:
    cell = line.cells.get(key)
    try:
        day = values.read_date(cell)
    except (ValueError, OverflowError):
        reading.reject(key, f"「{values.text_of(cell)[:20]}」不是日期，应如 2026-11-20")
        return None
    if day is None and required:
        reading.reject(key, "没有日期，请补填")
    if day is not None and day > clock.today():
        reading.reject(key, f"{day} 在将来，请核对")
    return day


def _amount(line: Line, reading: Reading) -> Decimal:
    cell = line.cells.get("amount")
    try:
        amount = values.read_amount(cell, line.units.get("amount", ""))
    except ValueError:
        reading.reject("amount", f"「{values.text_of(cell)[:20]}」不是数额，应为数字（元）")
        return Decimal(0)
    return amount if amount is not None else Decimal(0)


def _handed_over(line: Line) -> bool:
    """移送执行: no applicant."""
    said = "".join(values.text_of(line.cells.get(key)) for key in ("kind", "remark"))
    return bool(values.text_of(line.cells.get("sent_by"))) or "移送执行" in said


def _all_parties(line: Line, parties, reading: Reading) -> tuple[list[PartyData], list[PartyData]]:
    rows = parties.get(reading.number, [])
    if rows:
        return _of_sheet(rows, ("申请",), "creditor", reading), _of_sheet(
            rows, ("被执行", "被申请", "债务"), "debtor", reading
        )
    return _of_cells(line, "creditor", reading), _of_cells(line, "debtor", reading)


def _of_sheet(rows: list[dict], words: tuple[str, ...], role: str, reading: Reading) -> list[PartyData]:
    found = []
    for cells in rows:
        said = values.text_of(cells.get("party_role"))
        if any(word in said for word in words) and (role != "creditor" or not said.startswith("被")):
            found.append(
                _party(role, values.text_of(cells.get("party_name")), values.text_of(cells.get("party_kind")),
                       values.text_of(cells.get("party_certificate")), values.text_of(cells.get("party_phone")), reading)
            )  # fmt: skip
    return found


def _of_cells(line: Line, role: str, reading: Reading) -> list[PartyData]:
    names = values.many(line.cells.get(role))
    kinds, given, phones = (values.many(line.cells.get(f"{role}_{part}")) for part in ("kind", "certificate", "phone"))
    if len(given) > len(names) or (given and len(given) < len(names)):
        few = "少于" if len(given) < len(names) else "多于"
        reading.reject(
            f"{role}_certificate", f"{len(given)} 个证件号码{few} {len(names)} 名当事人，无法对应，请逐一填写"
        )
        return []
    padded = [lists + [""] * (len(names) - len(lists)) for lists in (kinds, given, phones)]
    rows = zip(names, *padded, strict=False)
    return [_party(role, name, kind, number, phone, reading) for name, kind, number, phone in rows]


def _party(role: str, name: str, kind: str, number: str, phone: str, reading: Reading) -> PartyData:
    if values.is_formula(name):
        reading.reject(role, "名称是公式，请改为文字")
    organisation = any(word in name for word in ORGANISATION)
    certificate = CERTIFICATES.get(kind) or ("credit_code" if organisation else "identity" if not kind else "other")
    if organisation and certificate == "identity" and len(number) == 18 and number[0] not in "123456789":
        certificate = "credit_code"
    read = certificates.read(certificate, number)
    if read.doubt and (number or role == "debtor"):
        reading.warn(f"{role}_certificate", f"{name}：{read.doubt}")
    return PartyData(
        role=role,
        name=name[:200],
        type=Party.Type.LEGAL if organisation else Party.Type.NATURAL,
        certificate=certificate if number else "",
        certificate_number=read.number[:40],
        certificate_doubt=read.doubt if number or role == "debtor" else "",
        born_on=read.born_on,
        sex=read.sex,
        phone=phone[:40],
    )


def _same_person(creditors: list[PartyData], debtors: list[PartyData], reading: Reading) -> None:
    """Nobody enforces against himself: same name, and no two certificates that tell them apart."""
    for creditor in creditors:
        for debtor in debtors:
            apart = creditor.certificate_number and debtor.certificate_number
            if creditor.name == debtor.name and not (
                apart and creditor.certificate_number != debtor.certificate_number
            ):
                reading.reject("debtor", f"{debtor.name}同时是申请执行人，请核对")


def _registration(line: Line, number, filed_on, received_on, amount: Decimal, parties: list[PartyData]) -> Registration:
    words = {
        key: values.harmless(values.text_of(line.cells.get(key)))
        for key in ("cause", "basis", "basis_maker", "clues", "remark", "sent_by")
    }
    linked = numbers.parse(values.text_of(line.cells.get("preservation")))
    criminal = "罚金" in words["cause"] or "刑" in words["basis"]
    basis_kind = "criminal" if criminal else "administrative" if "行审" in words["basis"] else "civil"
    return Registration(
        kind=KINDS[number.type_code],
        number=str(number),
        filed_on=filed_on,
        received_on=received_on,
        cause=words["cause"][:100],
        amount=amount,
        clues=words["clues"],
        remark=words["remark"],
        sent_by=words["sent_by"][:100],
        livelihood=any(word in words["cause"] for word in LIVELIHOOD),
        enterprise=any(party.type == Party.Type.LEGAL for party in parties),
        parties=parties,
        bases=[BasisData(words["basis"][:100], words["basis_maker"][:100], basis_kind)],
        claims=[ClaimData("money", amount, fine="罚金" in words["cause"])],
        links=[LinkData(CaseLink.Kind.PRESERVATION, number=str(linked))] if linked else [],
    )
