"""A party as papers write it: one sentence of identity, then its representative and its agents."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from cases.certificates import read as read_certificate
from cases.models import Agent, Party
from documents import signs
from documents.chinese import plain_date

NUMBERS = {  # how a certificate number is called on paper
    "identity": "公民身份号码",
    "old_identity": "公民身份号码",
    "credit_code": "统一社会信用代码",
    "passport": "护照号码",
    "other": "证件号码",
    "": "证件号码",
}
HEADS: dict[str, str] = {Party.Type.LEGAL: "法定代表人", Party.Type.ORGANISATION: "主要负责人"}


class Person(NamedTuple):
    """One party. `lines` are whole paragraphs: 「申请执行人：吴春梅，女，…」, 「法定代表人：…」, 「委托诉讼代理人：…」."""

    pk: int
    name: str
    role: str
    role_key: str
    you: str  # 你, 你单位
    natural: bool
    line: str
    lines: tuple[str, ...]
    sex: str
    born_on: date | None
    certificate_label: str
    certificate: str
    address: str
    phone: str
    representative: str
    e_service: bool
    e_service_to: str


def person(row: Party, agents: Sequence[Agent] = ()) -> Person:
    natural = row.type == Party.Type.NATURAL
    told = read_certificate(row.certificate, row.certificate_number)
    sex, born_on = row.sex or told.sex, row.born_on or told.born_on
    label = NUMBERS[row.certificate]
    line = identity(row, sex, born_on, label)
    lines = [f"{row.get_role_display()}：{line}。"]
    if row.representative and not natural:
        lines.append(f"{HEADS.get(row.type, '负责人')}：{row.representative}。")
    lines += [f"委托诉讼代理人：{agent_line(agent)}。" for agent in agents]
    return Person(
        pk=row.pk,
        name=row.name,
        role=row.get_role_display(),
        role_key=row.role,
        you="你" if natural else "你单位",
        natural=natural,
        line=line,
        lines=tuple(lines),
        sex=sex,
        born_on=born_on,
        certificate_label=label,
        certificate=row.certificate_number,
        address=row.address,
        phone=row.phone,
        representative=row.representative,
        e_service=row.e_service,
        e_service_to=row.e_service_to,
    )


def identity(row: Party, sex: str, born_on: date | None, label: str) -> str:
    """吴春梅，女，1985年3月12日出生，住…，公民身份号码…; a company with its code and seat.

    What the file does not know of sex, birth and address is left out; a natural person without a number is not
    identified, and that is shown as missing.
    """
    if row.type == Party.Type.NATURAL:
        number = row.certificate_number or signs.missing(f"{row.name}的证件号码")
        born = f"{plain_date(born_on)}出生" if born_on else ""
        parts = [row.name, sex, born, f"住{row.address}" if row.address else "", f"{label}{number}"]
    else:
        number = f"{label}{row.certificate_number}" if row.certificate_number else ""
        parts = [row.name, number, f"住所地{row.address}" if row.address else ""]
    return "，".join(filter(None, parts))


def agent_line(agent: Agent) -> str:
    """李明，河南某某律师事务所律师"""
    firm = f"{agent.firm}律师" if agent.firm.endswith("律师事务所") else agent.firm
    return "，".join(filter(None, (agent.name, firm)))
