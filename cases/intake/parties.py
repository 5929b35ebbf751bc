"""The parties of one row, from its cells or from the sheet of parties: each with its certificate, telephone, address."""

import re
from itertools import chain, repeat

from cases import certificates
from cases.intake import values
from cases.intake.reading import Reading
from cases.intake.workbook import Line
from cases.models import Party
from cases.steps import PartyData

CERTIFICATES = {
    "居民身份证": "identity", "身份证": "identity", "统一社会信用代码": "credit_code", "营业执照": "credit_code",
    "社会信用代码": "credit_code", "统一社会信用代码证": "credit_code", "护照": "passport",
}  # fmt: skip
ORGANISATION = (
    "公司", "银行", "中心", "合作社", "医院", "学校", "委员会", "事务所", "厂", "集团", "联社", "商行", "支行", "局",
)  # fmt: skip
ROLES = {"creditor": ("申请", "债权", "权利人"), "debtor": ("被执行", "被申请", "债务", "义务人")}
OPEN_ENDED = re.compile(r".+等(\d+|[一二三四五六七八九十]+)?(人|名|户)?")
SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+", re.I)
LOST = "证件号码被表格存成了数字，末几位已经丢失，请按原件补正"


def read(line: Line, rows: list[dict], reading: Reading) -> tuple[list[PartyData], list[PartyData]]:
    """(creditors, debtors); those of the sheet of parties, if it names any of this case."""
    if rows:
        reading.others = [
            f"{values.text_of(cells.get('party_role')) or '未写地位'}{values.text_of(cells.get('party_name'))}"
            for cells in rows
            if not role_of(cells)
        ]
        return _of_sheet(rows, "creditor", reading), _of_sheet(rows, "debtor", reading)
    return _of_cells(line, "creditor", reading), _of_cells(line, "debtor", reading)


def role_of(cells: dict) -> str:
    said = values.text_of(cells.get("party_role"))
    if any(word in said for word in ROLES["debtor"]):
        return "debtor"
    return "creditor" if any(word in said for word in ROLES["creditor"]) and "代理" not in said else ""


def _of_sheet(rows: list[dict], role: str, reading: Reading) -> list[PartyData]:
    return [
        _party(
            role,
            values.given(cells.get("party_name")),
            values.given(cells.get("party_kind")),
            values.lost_digits(cells.get("party_certificate")) or values.given(cells.get("party_certificate")),
            values.given(cells.get("party_phone")),
            values.given(cells.get("party_address")),
            reading,
        )
        for cells in rows
        if role_of(cells) == role and values.given(cells.get("party_name"))
    ]


def _of_cells(line: Line, role: str, reading: Reading) -> list[PartyData]:
    names = [name for name in values.many(line.cells.get(role)) if name]
    cells = {part: line.cells.get(f"{role}_{part}") for part in ("kind", "certificate", "phone", "address")}
    given = values.many(values.lost_digits(cells["certificate"]) or cells["certificate"])
    if given and len(given) != len(names):
        few = "少于" if len(given) < len(names) else "多于"
        why = f"{len(given)} 个证件号码{few} {len(names)} 名当事人，无法对应，请逐一填写，没有的写「无」"
        reading.reject(f"{role}_certificate", why)
        return []
    kinds = values.many(cells["kind"])
    if len(kinds) == 1:
        kinds *= len(names)
    phones = _beside(names, cells["phone"], f"{role}_phone", reading)
    addresses = _beside(names, cells["address"], f"{role}_address", reading)
    padded = (chain(texts, repeat("")) for texts in (kinds, given, phones, addresses))
    return [
        _party(role, name, kind, number, phone, address, reading)
        for name, kind, number, phone, address in zip(names, *padded, strict=False)
    ]


def _beside(names: list[str], cell, key: str, reading: Reading) -> list[str]:
    """Telephones or addresses in the order of the names; what cannot be told apart is kept as a remark."""
    found = values.many(cell)
    if len(names) == 1 and found:
        return ["、".join(text for text in found if text)]
    if found and len(found) != len(names):
        reading.warn(key, f"{len(found)} 项与 {len(names)} 名当事人对不上，已记入备注，请在案件里补填")
        reading.kept.append(f"{reading.label(key)}：{values.text_of(cell)}")
        return []
    return found


def _party(role: str, name: str, kind: str, number: str, phone: str, address: str, reading: Reading) -> PartyData:
    name = values.name_of(name)
    if values.is_formula(name) or name in values.ERRORS:
        reading.reject(role, "名称是公式或错误值，请改为文字")
    elif OPEN_ENDED.fullmatch(name):
        reading.reject(role, f"「{name[:30]}」没有列全，请逐一填写")
    elif len(name) > 200:
        reading.reject(role, "名称超过 200 字，请核对")
    number, phone, address = (
        _text(text, f"{role}_{part}", reading)
        for part, text in (("certificate", number), ("phone", phone), ("address", address))
    )
    certificate = _kind(name, kind, number)
    read, doubt = certificates.read(certificate, number), ""
    if number or role == "debtor":
        doubt = LOST if "*" in number or SCIENTIFIC.fullmatch(number) else read.doubt
    if doubt:
        reading.warn(f"{role}_certificate", f"{name}：{doubt}")
    legal = _is_organisation(name) or (certificate == "credit_code" and bool(number))
    return PartyData(
        role=role,
        name=name[:200],
        type=Party.Type.LEGAL if legal else Party.Type.NATURAL,
        certificate=certificate if number else "",
        certificate_number=read.number[:40],
        certificate_doubt=doubt,
        born_on=None if doubt == LOST else read.born_on,
        sex="" if doubt == LOST else read.sex,
        phone=phone[:40],
        address=address[:200],
    )


def _text(text: str, key: str, reading: Reading) -> str:
    """A formula or an error value is no number and no address: said, and left out."""
    if values.is_formula(text) or text in values.ERRORS:
        reading.warn(key, "是公式或错误值，没有采用，请在案件里补填")
        return ""
    return text


def _kind(name: str, kind: str, number: str) -> str:
    organisation = _is_organisation(name)
    if not kind and number and not organisation:
        return certificates.kind_of(number)
    certificate = CERTIFICATES.get(kind) or ("credit_code" if organisation else "identity" if not kind else "other")
    if organisation and certificate == "identity" and len(number) == 18 and number[0] not in "123456789":
        return "credit_code"
    return certificate


def _is_organisation(name: str) -> bool:
    return any(word in name for word in ORGANISATION)


def refuse_same(creditors: list[PartyData], debtors: list[PartyData], reading: Reading) -> None:
    """Nobody enforces against himself: same name, and no two certificates that tell them apart."""
    for creditor in creditors:
        for debtor in debtors:
            numbers = {creditor.certificate_number, debtor.certificate_number}
            if creditor.name == debtor.name and ("" in numbers or len(numbers) == 1):
                reading.reject("debtor", f"{debtor.name}同时是申请执行人，请核对")
