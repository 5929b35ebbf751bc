"""The papers of a reception: what their words are given, begun as drafts, issued when they may be."""

from collections.abc import Iterable, Mapping
from typing import Any

from cases import certificates
from cases.hooks import Reason
from cases.models import Case, Party
from cases.refusals import Refused
from documents import composing, drafting, issuing
from documents.chinese import numeral, plain_money
from documents.kinds import KIND
from documents.models import Document
from documents.people import NUMBERS
from reception.day import now_in_words
from reception.models import Clue, ReceptionRecord
from teams.actor import Actor

Mode, Visitor, Signing = ReceptionRecord.Mode, ReceptionRecord.Visitor, ReceptionRecord.Signing
PLACES = {Mode.ONSITE: "执行事务接待窗口", Mode.PHONE: "电话接待", Mode.VIDEO: "视频连线", Mode.ONLINE: "网上接待"}
CLOSINGS = {
    Signing.SCREEN: "由被接待人在屏幕上阅读并签名",
    Signing.PAPER: "由被接待人逐页签名、捺印",
    Signing.REMOTE: "已向被接待人宣读，因非现场接待未签名",
}
CHECKED = {"basis": "执行依据", "cause": "案由", "amount": "执行标的", "phone": "联系电话"}


def heading(told: Mapping[str, Any]) -> dict[str, str]:
    """Place, way, time and people of a record."""
    mode = told.get("mode") or Mode.ONSITE
    signing = told.get("signing") or Signing.PAPER
    signed = f"（{Mode(mode).label}接待，未当面签名）" if signing == Signing.REMOTE else ""
    return {
        "place": PLACES[Mode(mode)],
        "mode": Mode(mode).label,
        "began": told.get("began_words") or now_in_words(),
        "staff": told.get("staff_name", ""),
        "recorder": told.get("recorder", ""),
        **({"signed": signed} if signed else {}),
    }


def record(told: Mapping[str, Any], party: Party | None) -> dict[str, str]:
    """初次接待笔录"""
    return {
        **heading(told),
        "ended": told.get("ended_words", ""),
        "visitor": visitor(told, party),
        "checked": checked(told),
        "service": service(told, party),
        "found": clue_line(told.get("clues") or ()) or "暂无",
        "payee": told.get("payee") or "另行书面提供",
        "handed": handed(told),
        "more": told.get("more", ""),
        "closing": CLOSINGS[Signing(told.get("signing") or Signing.PAPER)],
    }


def later(told: Mapping[str, Any], party: Party | None) -> dict[str, str]:
    """补充接待笔录"""
    return {
        **heading(told),
        "visitor": visitor(told, party),
        "said": told.get("note", ""),
        "found": clue_line(told.get("clues") or ()),
        "handed": handed(told) if told.get("originals") else "",
        "more": told.get("more", ""),
    }


def visitor(told: Mapping[str, Any], party: Party | None) -> str:
    """我是吴春梅，公民身份号码…; a representative says for whom, an agent also with which power."""
    name, number = told.get("name") or (party.name if party else ""), told.get("certificate") or ""
    own = party and told.get("visitor") in (Visitor.PARTY, Visitor.DEBTOR) and name == party.name
    number = number or (party.certificate_number if party and own else "")
    kind = certificates.kind_of(number) if number else ""
    said = f"，{NUMBERS[kind]}{certificates.plain(number)}" if number else ""
    if party and told.get("visitor") == Visitor.AGENT:
        power = {"special": "特别授权", "general": "一般授权"}.get(told.get("scope") or "general", "")
        firm = f"，{told['firm']}" if told.get("firm") else ""
        return f"我是{party.get_role_display()}{party.name}的委托代理人{name}{firm}（{power}）{said}"
    if party and told.get("visitor") == Visitor.LEGAL:
        return f"我是{party.get_role_display()}{party.name}的法定代表人（负责人）{name}{said}"
    if party and name != party.name:
        return f"我是{party.get_role_display()}{party.name}的来访人{name}{said}"
    return f"我是{name}{said}"


def checked(told: Mapping[str, Any]) -> str:
    """属实, or what is to be mended and how."""
    wrong = [f"{label}应为{_value(key, told.get(f'to_{key}'))}" for key, label in CHECKED.items() if changed(told, key)]
    return f"{'，'.join(wrong)}；其余属实" if wrong else "属实"


def changed(told: Mapping[str, Any], key: str) -> bool:
    return told.get(f"fact_{key}") == "change" and told.get(f"to_{key}") not in (None, "")


def _value(key: str, value: Any) -> str:
    return plain_money(value) if key == "amount" else str(value)


def service(told: Mapping[str, Any], party: Party | None) -> str:
    phone = told.get("to_phone") if changed(told, "phone") else (party.phone if party else "")
    address = told.get("address") or (party.address if party else "")
    parts = [f"送达地址{address}" if address else "", f"联系电话{phone}" if phone else ""]
    to = told.get("e_service_to") or phone
    parts.append(f"同意电子送达，电子送达地址{to}" if told.get("e_service") and to else "不同意电子送达")
    return "，".join(filter(None, parts)) + ("。详见送达地址确认书" if told.get("confirm") else "")


def handed(told: Mapping[str, Any]) -> str:
    count = told.get("originals")
    return f"提交{told.get('originals_title') or '立案原件'}{count}件" if count else "未提交原件"


def clue_line(clues: Iterable[Any]) -> str:
    """一、（车辆）许大勇：白色轿车；二、…"""
    rows = [clue if isinstance(clue, Clue) else Clue(**clue) for clue in clues]
    return "；".join(f"{numeral(number)}、{row}" for number, row in enumerate(rows, 1)).rstrip("。")


def confirmation(told: Mapping[str, Any], party: Party) -> dict[str, Any]:
    """送达地址确认书"""
    phone = told.get("to_phone") if changed(told, "phone") else party.phone
    to = told.get("e_service_to") or phone
    agreed = bool(told.get("e_service") and to)
    remote = told.get("signing") == Signing.REMOTE
    return {
        "address": told.get("address") or party.address,
        "receiver": told.get("name") if told.get("visitor") == Visitor.AGENT else party.name,
        "phone": phone,
        "e_address": to if agreed else "",
        "consent": "同意" if agreed else "不同意",
        "signed": "（非现场接待，未当面签名）" if remote else "",
    }


def transfer(told: Mapping[str, Any]) -> dict[str, str]:
    """移送核对表"""
    return {key: told.get(key) or "" for key in ("sender", "sheet", "content", "things", "seals", "gap")}


def begin(case: Case, kind: str, by: Actor, asked: dict[str, str], party: Party | None = None) -> Document:
    """A draft with these values; what is missing is said now, with the way to supply it."""
    document = drafting.begin(case, kind, by, subject=party.subject if party else "", asked=asked)
    if faults := composing.compose(document).faults:
        text = f"「{KIND[kind].label}」{''.join(faults)}"
        raise Refused(Reason(text, "补充当事人和案件信息", f"/cases/{case.pk}/?tab=parties"))
    return document


def issue(documents: Iterable[Document | None], by: Actor, *, begun: bool = False) -> None:
    """`begun`: in this transaction, by `begin`, which has looked for what is missing."""
    for document in documents:
        if document is not None:
            issuing.issue(document, by, whole=begun)
