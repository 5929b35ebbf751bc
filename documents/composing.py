"""From a document to the paper that is drawn: words with their variables, signatures, number, date, seal's place."""

import base64
from typing import Any, NamedTuple

from cases import context
from cases.models import Approval
from cases.periods import local
from cases.present import present
from documents import contexts, performance, words
from documents.blocks import Block
from documents.chinese import chinese_date
from documents.drawing import Paper, Signature, lacking
from documents.kinds import KIND, Kind
from documents.models import Document
from documents.numbering import next_ordinal, number_of
from documents.seals import provider

ENDS = {  # a record is signed page by page by whoever was heard; these lines stand under it
    "party": "以上笔录本人已阅（已向本人宣读），与本人陈述一致。",
    "attendees": "在场人（签名）：",
}
SEATS = ("审判长", "审判员", "审判员")
UNDATED = ("form", "cover")  # they have their own lines for date and signatures


class Composed(NamedTuple):
    paper: Paper
    missing: list[str]
    unread: list[str] = []  # what cannot be understood as the clock that it starts

    @property
    def faults(self) -> list[str]:
        """Why it cannot be issued: what it lacks, and what no font can print."""
        gaps = "、".join(dict.fromkeys(self.missing))
        return [*([f"还缺：{gaps}。"] if gaps else []), *self.unread, *lacking(self.paper)]


class Staff(NamedTuple):
    """Who stands under the paper where no signature of its sheet says so."""

    clerk: str
    judge: str
    title: str  # of whoever handles the case
    handler: str


class Text(NamedTuple):
    """What a paper says and who stands under it, apart from number, date and seal."""

    blocks: list[Block]
    staff: Staff
    court: str
    missing: list[str]
    unread: list[str] = []


def compose(document: Document, *, ordinal: int | None = None, across: str = "草稿", check: str = "") -> Composed:
    """The paper as it stands now, or as it was put to its signers once they have signed; `ordinal` is given when it is
    issued, before that the next one is shown."""
    kind = KIND[document.kind]
    text = kept(document) if signed(document) and document.settled else text_of(document)
    if ordinal is None:
        ordinal = document.ordinal or next_ordinal(document.case, kind.series)
    paper = Paper(
        title=kind.title,
        blocks=text.blocks,
        court=text.court if kind.layout != "form" else "",
        number=number_of(document.case, ordinal) if kind.series else "",
        signatures=signatures(kind, document, text.staff),
        date=chinese_date(local(document.issued_at or context.read().now).date()) if kind.layout not in UNDATED else "",
        seal=provider().place if kind.seal else "",
        layout=kind.layout,
        check=check,
        across=across,
    )
    return Composed(paper, text.missing, text.unread)


def text_of(document: Document) -> Text:
    """The words with the values of this moment."""
    kind = KIND[document.kind]
    told = {**contexts.of(kind.key, document.case, document.subject), **document.asked}
    rendered = words.render(kind.key, told)
    judge, handler = told["judge"], told["handler"]
    staff = Staff(told["clerk"].name, judge.name if judge else "", handler.title, handler.name)
    ctx = context.read()
    unread = performance.faults(kind.key, document.asked, ctx.today, ctx.calendar)
    return Text([*rendered.blocks, *ends(kind, told)], staff, told["court"].name, rendered.missing, unread)


def signed(document: Document) -> bool:
    return document.approval is not None and document.approval.state == Approval.State.SIGNED


# As it was put to its signers: the last signature may move the case, and a signed paper is printed as it was signed


def settle(document: Document) -> None:
    """Keep the paper's words and staff with it, from the moment its signatures are asked for."""
    text = text_of(document)
    blocks = [{**block._asdict(), "picture": base64.b64encode(block.picture).decode()} for block in text.blocks]
    document.settled = {"blocks": blocks, "staff": list(text.staff), "court": text.court}
    document.save(update_fields=["settled"])


def kept(document: Document) -> Text:
    found: dict[str, Any] = document.settled or {}
    blocks = [
        Block(**{
            **each, "picture": base64.b64decode(each["picture"]), "widths": tuple(each["widths"]),
            "rows": tuple(tuple(row) for row in each["rows"]),
        })
        for each in found["blocks"]
    ]  # fmt: skip
    return Text(blocks, Staff(*found["staff"]), found["court"], [])


def signatures(kind: Kind, document: Document, staff: Staff) -> list[Signature]:
    """Who stands above the date, and who below it (reference §15.4)."""
    clerk = Signature("书记员", staff.clerk, below=True)
    if kind.signers in ("judge", "panel"):
        return [*(bench(document) or expected(kind, staff)), clerk]
    if kind.signers == "president":
        return decided(document, "court_president", "院长", deputy="受委托人") or [Signature("院长")]
    if kind.signers == "officer" and kind.layout not in UNDATED:
        return [Signature(staff.title, staff.handler), clerk]
    return []


def decided(document: Document, place: str, title: str, *, deputy: str = "") -> list[Signature]:
    """Who signed that place of the approval, nobody before it; under a deputy stands by whose authority (flow §6)."""
    if document.approval is None or not signed(document):
        return []
    rows = document.approval.places.filter(place=place, state="signed", signed_by__isnull=False)
    row = rows.select_related("signed_by", "on_behalf_of").first()
    if row is None:
        return []
    name = present(row.signed_by).name
    if row.on_behalf_of is None:
        return [Signature(title, name)]
    return [Signature(deputy or title, name), Signature("受委托于", row.on_behalf_of.name)]


def bench(document: Document) -> list[Signature]:
    """Whoever has decided, as the chain went: the three of a panel, else the judge who signed; empty before that."""
    if document.approval is None or not signed(document):
        return []
    places = document.approval.places.filter(place="panel", state="signed").select_related("signed_by")
    panel = [present(row.signed_by).name for row in places.order_by("order")]
    seats = [Signature(seat, name) for seat, name in zip(SEATS, panel, strict=False)]
    return seats or decided(document, "signing_judge", "审判员")


def expected(kind: Kind, staff: Staff) -> list[Signature]:
    """Before anybody has signed: the judge of the day, or the places of a panel."""
    return [Signature(seat) for seat in SEATS] if kind.signers == "panel" else [Signature("审判员", staff.judge)]


def ends(kind: Kind, told: dict) -> list[Block]:
    """What stands under the words; signed on a screen, the drawn signature and when it was made (`signed`)."""
    signed, drawn = str(told.get("signed") or ""), str(told.get("signature") or "")
    picture = [Block("picture", picture=base64.b64decode(drawn))] if drawn else []
    line = ENDS.get(kind.signers) if kind.layout == "record" else ""  # a form has its own lines
    if not line:
        return picture
    place = f"签名：{signed}" if signed else "签名、捺印："
    return [Block("p", line), Block("flush", place), *picture, Block("flush", "记录人：")]
