"""Papers of service: 送达回证 to be signed, the sheet for the mail, the voucher of the delivery platform."""

from datetime import datetime
from typing import NamedTuple

from django.core.files.base import ContentFile

from cases.periods import local
from cases.refusals import Refused
from documents import composing, contexts, drafting, service_rules, words
from documents.drawing import draw
from documents.exchange.answers import DeliveryAnswer
from documents.exchange.manifest import Broken
from documents.kinds import KIND
from documents.models import Document, Service
from documents.service_rules import Way
from teams.actor import Actor

RECEIPT, MAIL, VOUCHER = "service_receipt", "mail_sheet", "e_service_receipt"
TITLES = {
    Way.DIRECT: "送达回证", Way.LEFT: "留置送达凭证", Way.POST: "邮寄送达回执", Way.ELECTRONIC: "电子送达凭证",
    Way.DELEGATED: "委托送达回证", Way.PUBLICATION: "公告送达凭证",
}  # fmt: skip


DRAFTED = {Way.LEFT: "left_service", Way.PUBLICATION: "service_publication"}  # papers of their own that a way needs


class Named(NamedTuple):
    """Somebody who is no party of the case, as the words name a party."""

    name: str
    address: str
    role: str = ""
    phone: str = ""
    e_service_to: str = ""
    you: str = "你（单位）"


def title(service: Service, way: str) -> str:
    """送达回证：执行通知书　张三"""
    return f"{TITLES[Way(way)]}：{service.document.title.partition('　')[0]}　{service.name}"


def pdf(service: Service, kind: str, **asked: str) -> bytes:
    """One paper of this service, drawn now; nothing is stored or numbered. Raises Refused where something is missing."""
    document, party = service.document, service.party
    whom = {} if party else {"party": Named(service.name, service.to)}
    paper = Document(
        case=document.case, kind=kind, subject=party.subject if party else "", posting=document.posting,
        asked={**asked, **whom},
    )  # fmt: skip
    composed = composing.compose(paper, across="")
    if composed.missing:
        raise Refused(f"「{KIND[kind].label}」还缺：{'、'.join(composed.missing)}。")
    return draw(composed.paper).pdf


def content(service: Service) -> str:
    """执行通知书（2026）豫0902执1号"""
    document = service.document
    return f"{document.title.partition('　')[0]}　{document.number or document.case.number}"


def address(service: Service) -> str:
    return service.to or (service.party.address if service.party else "")


def begin(service: Service, kind: str, by: Actor) -> Document:
    """留置送达笔录 or 公告 as a draft, with what this service says already."""
    case, party = service.document.case, service.party
    if party is None:
        raise Refused(f"「{KIND[kind].label}」只对本案当事人：其他受送达人请线下制作后作为凭证上传。")
    if why := service_rules.refusal(KIND[service.document.kind], next(way for way in DRAFTED if DRAFTED[way] == kind)):
        raise Refused(why)
    told = words.proposals(kind, contexts.of(kind, case, party.subject)) | {"papers": content(service)}
    if kind == DRAFTED[Way.LEFT]:
        told |= {"place": address(service), "server": by.name}
    return drafting.begin(case, kind, by, subject=party.subject, asked=told)


def receipt(service: Service) -> bytes:
    """送达回证, to be signed by whoever receives the paper."""
    way = service.get_way_display() or Way(Way.DIRECT).label
    return pdf(
        service, RECEIPT, papers=f"{content(service)}｜1", place=address(service), server=service.servers, way=way
    )


def mail_sheet(service: Service) -> bytes:
    """The sheet of the court's mail."""
    phone = service.party.phone if service.party else ""
    return pdf(
        service, MAIL, receiver=service.name, address=address(service), phone=phone or "无", papers=f"{content(service)}　1份",
        number=service.number,
    )  # fmt: skip


def voucher(service: Service, said: DeliveryAnswer, number: str, given: bytes | None) -> ContentFile:
    """The platform's own voucher, or one drawn from what it says."""
    if given is not None and not given.startswith(b"%PDF-"):
        raise Broken("voucher.pdf 不是 PDF。")
    drawn = given or pdf(
        service, VOUCHER, to=service.to, number=number, consent="送达地址确认书",
        papers=f"{content(service)}｜{local(said.at):%Y-%m-%d %H:%M}｜发送成功",
        course="\n".join(f"{moment(at)}｜{text}" for at, text in service.course),
    )  # fmt: skip
    return ContentFile(drawn, name=f"{title(service, Way.ELECTRONIC)}.pdf")


def moment(text: str) -> str:
    """A moment of the course as it is read: 11-27 09:10"""
    return f"{local(datetime.fromisoformat(text)):%Y-%m-%d %H:%M}"
