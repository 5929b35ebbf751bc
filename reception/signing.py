"""The visitor's signature: drawn or typed on the screen before the papers are issued, or on paper and scanned back."""

import base64
import binascii
import hashlib
import io

from django.db import transaction
from PIL import Image, UnidentifiedImageError

from cases import context, journal, materials
from cases.locks import lock_case
from cases.models import Material
from cases.periods import local
from cases.present import present
from cases.refusals import Refused, Stale
from documents import composing, drafting
from documents.models import Document
from reception import papers
from reception.models import ReceptionRecord
from teams.actor import Actor

Signing = ReceptionRecord.Signing
MOST, SIZE, INK = 200_000, (600, 200), 40  # bytes sent, pixels kept, dark pixels of the shortest name
HEAD = "data:image/png;base64,"


def drawn(sent: str) -> str:
    """The signature as a small grey PNG, base64; Refused where nothing was drawn or it is no picture."""
    if not sent.startswith(HEAD) or len(sent) > MOST:
        raise Refused("没有收到签名：请重新签写，或改用键入姓名。")
    try:
        with Image.open(io.BytesIO(base64.b64decode(sent.removeprefix(HEAD), validate=True))) as picture:
            flat = Image.new("RGBA", picture.size, "white")
            flat.alpha_composite(picture.convert("RGBA"))
    except (binascii.Error, UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise Refused("签名图像读不出来：请重新签写。") from None
    grey = flat.convert("L")
    grey.thumbnail(SIZE)
    if sum(grey.histogram()[:128]) < INK:
        raise Refused("签名处是空白的：请签写后再提交。")
    written = io.BytesIO()
    grey.save(written, "PNG", optimize=True)
    return base64.b64encode(written.getvalue()).decode()


@transaction.atomic
def sign(record: ReceptionRecord, by: Actor, *, picture: str = "", name: str = "") -> ReceptionRecord:
    """Signed on the screen: the papers carry the signature, are issued, and stand in the file. The journal keeps the
    hash of the words that were signed."""
    fresh = _hold(record, Signing.SCREEN)
    if not picture and not name.strip():
        raise Refused("请在签名框签写；不能手写的，键入本人姓名并勾选确认。")
    signature = drawn(picture) if picture else ""
    moment = local(context.read().now)
    who = name.strip() or fresh.visitor_name
    how = "屏幕签署" if signature else "本人确认，键入姓名"
    words = f"{who}（{how}，{moment.year}年{moment.month}月{moment.day}日{moment:%H时%M分}）"
    marks = {}
    for document in filter(None, (fresh.document, fresh.address)):
        marks[document.title] = _digest(document)
        given = {"signed": words, **({"signature": signature} if signature else {})}
        drafting.change(document, {**document.asked, **given}, by)
    _signed(fresh, by, f"{how}：{who}", {"words": marks, "signature": hashlib.sha256(signature.encode()).hexdigest()})
    papers.issue((fresh.document, fresh.address), by)
    return fresh


def _digest(document: Document) -> str:
    paper = composing.compose(document).paper
    return hashlib.sha256("\n".join(block.text or str(block.rows) for block in paper.blocks).encode()).hexdigest()


@transaction.atomic
def scanned_back(record: ReceptionRecord, upload, by: Actor, address=None) -> ReceptionRecord:
    """The signed sheets: a new version of each paper, the unsigned one stays, as every version does. `address`: the
    confirmation of the address, where it was scanned by itself."""
    fresh = _hold(record, Signing.PAPER)
    signed = [(fresh.document, upload)] + ([(fresh.address, address or upload)] if fresh.address else [])
    if any(document is None or document.material is None for document, _ in signed):
        raise Refused("笔录还在制作，请稍候再登记签名件。")
    filed = [_version(present(document), scan, by).pk for document, scan in signed]
    _signed(fresh, by, "签名件扫回", {"materials": filed})
    return fresh


def _version(document: Document, upload, by: Actor) -> Material:
    newest = present(document.material)
    while later := Material.objects.filter(replaces=newest).first():
        newest = later
    title = f"{document.title}（签名件）"
    return materials.file(lock_case(document.case_id), upload, kind="document", by=by, title=title, replaces=newest)


@transaction.atomic
def to_paper(record: ReceptionRecord, by: Actor) -> ReceptionRecord:
    """改为打印签名: the visitor signs on paper after all."""
    fresh = _hold(record, Signing.SCREEN)
    fresh.signing = Signing.PAPER
    fresh.save(update_fields=["signing"])
    papers.issue((fresh.document, fresh.address), by)
    return fresh


def _hold(record: ReceptionRecord, signing: str) -> ReceptionRecord:
    lock_case(record.case_id)
    fresh = ReceptionRecord.objects.select_for_update().get(pk=record.pk)
    if fresh.signed_at or fresh.signing != signing:
        raise Stale(f"{fresh.case.number}的{fresh.get_kind_display()}已签名或改了签名方式，请刷新。")
    return fresh


def _signed(record: ReceptionRecord, by: Actor, words: str, facts: dict) -> None:
    record.signed_at = context.read().now
    record.save(update_fields=["signed_at"])
    facts = {"record": record.pk, **facts}
    line = journal.Line(lock_case(record.case_id), "reception", "signed", f"笔录签名：{words}", facts)
    journal.write([line], by)
