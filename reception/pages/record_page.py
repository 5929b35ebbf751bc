"""One record: its paper to read and sign, or its files; what it still lacks."""

from cases import context
from cases.deadlines import RULE
from cases.models import Party
from cases.pages.lights import stamp
from cases.pages.names import line, parties_of
from cases.work import PARTS
from documents import composing
from documents.models import Document
from reception import day
from reception.models import ReceptionRecord
from teams.actor import Actor

Kind, Signing = ReceptionRecord.Kind, ReceptionRecord.Signing


def page(record: ReceptionRecord, actor: Actor) -> dict:
    ctx, case = context.read(), record.case
    on_screen = record.signed_at is None and record.signing == Signing.SCREEN
    on_paper = record.signed_at is None and record.signing == Signing.PAPER
    return {
        "record": {
            "id": record.pk, "kind": record.get_kind_display(), "number": case.number, "case_url": f"/cases/{case.pk}/",
            "parties": line(case, parties_of([case])), "visitor": record.visitor_name or "", "on_screen": on_screen,
            "on_paper": on_paper, "two": record.address_id is not None, "bundle": f"/bundles/{record.bundle_id}/" if record.bundle_id else "",
            "originals": record.originals, "cover": f"/bundles/{record.bundle_id}/cover/" if record.bundle_id else "",
        },
        "facts": _facts(ctx, record),
        "papers": [_paper(document) for document in (record.document, record.address) if document],
        "read": composing.compose(record.document).paper if on_screen and record.document else None,
        "clues": [{"text": str(clue), "urgent": clue.urgent} for clue in record.clues.all()],
        "ticks": _ticks(record),
    }  # fmt: skip


def _facts(ctx, record: ReceptionRecord) -> list[tuple[str, str]]:
    party = record.party
    whom = f"{Party.Role(party.role).label} {party.name}" if party else ""
    rows = [
        ("类别", record.get_kind_display()), ("接待方式", record.get_mode_display()), ("来访人", record.visitor_name),
        ("代表", whom if record.visitor != ReceptionRecord.Visitor.PARTY else ""), ("开始", stamp(ctx, record.began_at)),
        ("登记", f"{stamp(ctx, record.at)} {record.by.name}"), ("原因", record.get_reason_display()),
        ("签名", _signed(ctx, record)), ("原件", f"{record.originals} 件" if record.originals else ""),
    ]  # fmt: skip
    return [row for row in rows if row[1]]


def _signed(ctx, record: ReceptionRecord) -> str:
    if not record.signing:
        return ""
    done = f"　{stamp(ctx, record.signed_at)}" if record.signed_at else ""
    waits = "　待签名" if record.waits_for_signature else ""
    return f"{record.get_signing_display()}{done}{waits}"


def _paper(document: Document) -> dict:
    return {
        "title": document.title, "state": document.get_state_display(), "problem": document.problem,
        "url": f"/materials/{document.material_id}/" if document.material_id else f"/docs/{document.pk}/",
        "ready": bool(document.material_id),
    }  # fmt: skip


def _ticks(record: ReceptionRecord) -> list[dict]:
    """The six parts as they stand, where the record is of a filing day."""
    if record.item is None:
        return []
    ticked = day.parts(record.item)
    icons = {"done": "circle-check", "na": "circle-minus", "excused": "alert-triangle"}
    words = {"done": "已办", "na": "不适用", "excused": "系统故障", "": "未办"}
    return [
        {"label": RULE[rule].label, "state": ticked.get(rule, "todo"), "icon": icons.get(ticked.get(rule, ""), "circle"),
         "text": words[ticked.get(rule, "")]}
        for rule in PARTS[day.RULE]
    ]  # fmt: skip
