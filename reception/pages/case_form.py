"""The form of one case: what stands in the file as 一致 | 修改, the preview, and what happens next."""

from decimal import Decimal
from typing import Any

from django.urls import reverse

from assets import carrying as measures
from assets import carrying_back
from assets.models import CarryOver
from cases import context, rights
from cases.amounts import yuan
from cases.certificates import mask_address, mask_certificate, mask_phone
from cases.models import Basis, Case, Party, WorkItem
from cases.pages.lights import light, stamp
from cases.pages.names import sides
from documents import composing
from documents.chinese import plain_money
from documents.models import Document
from reception import carrying, day, not_received, noted_clues, papers
from reception.forms import CheckForm, LaterForm, NoteForm, ReceptionForm, sole_debtor
from reception.models import Arrival, Clue, Contact, ReceptionRecord
from reception.pages.desk import filed_and_reached
from teams.actor import Actor

Kind, Visitor = ReceptionRecord.Kind, ReceptionRecord.Visitor
CLUE_KINDS = (("", "选择…"), *((kind, kind) for kind in Clue.KINDS))
PAPER = {Kind.RECEPTION: "reception_record", Kind.CHECK: "transfer_check", Kind.LATER: "later_reception"}
QUERY = {
    "done": "网络查控已发起",
    "excused": "网络查控系统故障，恢复后自动补发",
    "na": "网络查控不适用",
    "": "网络查控待发起",
}


def kind_of(case: Case, parties: list[Party], item: WorkItem | None) -> str:
    """What can be registered on the case now."""
    if item is None or ReceptionRecord.objects.filter(item=item).exists():
        return Kind.LATER
    return Kind.CHECK if day.transferred(case, parties) else Kind.RECEPTION


def form_of(case: Case, actor: Actor, data=None):
    """(form, kind): the form of what can be registered now, with what the file knows; what was sent is read as the form
    it was typed into, whatever a colleague has done since."""
    parties = parties_in_order(case)
    sent = data.get("kind") if data else ""
    kind = sent if sent in PAPER else kind_of(case, parties, day.item_of(case))
    filed = () if kind == Kind.LATER else noted_clues.filed(case)
    if kind == Kind.CHECK:
        about = {"sender": case.sent_by, "content": _claims(case), "originals_title": "移送材料"}
        check = CheckForm(data, initial=about)
        check.owner, check.filed = sole_debtor(parties), filed
        return check, kind
    members = context.read().roster.members(actor.team_id)
    staff = {member.user_id: member.name for member in members}
    leader = context.read().roster.leader(actor.team_id)
    first = parties[0] if parties else None
    natural = first is not None and first.type == Party.Type.NATURAL
    given: dict[str, Any] = {
        "party": first.pk if first else "",
        "name": (first.name if natural else first.representative) if first else "",
        "visitor": _visitor(first) if first else Visitor.PARTY,
        "staff": leader if leader in staff else actor.user_id,
        "fact_phone": "same" if first and first.phone else "change",
    }
    made = {Kind.RECEPTION: ReceptionForm, Kind.LATER: LaterForm}[Kind(kind)]
    form = made(data, initial=given, parties=parties, staff=staff)
    form.filed = filed
    return form, kind


def _visitor(party: Party) -> str:
    if party.type != Party.Type.NATURAL:
        return Visitor.LEGAL
    return Visitor.DEBTOR if party.role == Party.Role.DEBTOR else Visitor.PARTY


def overtaken(case: Case, kind: str) -> str:
    """Why what was sent can no longer be registered: who was faster; empty where it still can."""
    item = day.item_of(case)
    if kind == kind_of(case, parties_in_order(case), item):
        return ""
    record = ReceptionRecord.objects.filter(case=case).select_related("by", "case").order_by("-pk").first()
    if kind == Kind.LATER or record is None or (item is not None and record.item_id != item.pk):
        return f"{case.number}的阶段或当事人刚由他人变更，不能再登记{Kind(kind).label}。"
    return day.taken(record)


def parties_in_order(case: Case) -> list[Party]:
    """Creditors, debtors, the others; whoever was replaced is left out."""
    order = list(Party.Role.values)
    rows = Party.objects.filter(case=case).exclude(standing=Party.Standing.REPLACED)
    return sorted(rows, key=lambda row: (order.index(row.role), row.position))


def _claims(case: Case) -> str:
    return "；".join(
        claim.text or f"{claim.get_kind_display()}{plain_money(claim.amount or Decimal(0))}"
        for claim in case.claims.all()
    )


def page(case: Case, actor: Actor, form=None, kind: str = "") -> dict:
    """The case that is open, beside the queue."""
    ctx = context.read()
    if form is None:
        form, kind = form_of(case, actor)
    parties = list(form.parties.values()) if hasattr(form, "parties") else parties_in_order(case)
    item = day.item_of(case)
    arrival = Arrival.objects.filter(case=case, day=ctx.today, served_at=None).first()
    first_day = kind in (Kind.RECEPTION, Kind.CHECK)
    mine = item is not None and rights.may_office(actor, "receive") and item.team_id == actor.team_id
    return {
        "open": {
            "id": case.pk, "number": case.number, "url": f"/cases/{case.pk}/", "parties": " → ".join(filter(None, sides(parties))),
            "ticket": arrival.label if arrival else "", "light": light(ctx, item) if item else None,
            "gap": filed_and_reached(ctx, case), "stage": case.get_stage_display(), "secret": case.state_secret,
            "closed": not case.is_open, "sent_by": case.sent_by,
        },
        "form": form, "kind": kind, "kind_label": Kind(kind).label, "first_day": first_day,
        "facts": facts(case, parties, form) if kind == Kind.RECEPTION else [],
        "debtors": [_debtor(case, party) for party in parties if party.role == Party.Role.DEBTOR],
        "one": NoteForm(auto_id="one_%s") if first_day and mine else None,
        "contacts": [{"at": stamp(ctx, row.at), "way": row.way, "result": row.result} for row in Contact.objects.filter(case=case).order_by("-pk")[:5]],
        "results": Contact.Result.choices,
        "telephone": not_received.telephone_of(parties) if first_day else "",
        "clue_kinds": CLUE_KINDS,
        "owners": [party.name for party in parties if party.role == Party.Role.DEBTOR],
        "preservation": _preservation(case, actor) if first_day else [],
        "before": _before(ctx, case),
        **preview(case, form, kind, actor, item=item),
    }  # fmt: skip


def facts(case: Case, parties: list[Party], form: ReceptionForm) -> list[dict]:
    """One row a fact of the filing: what stands there, its switch, and the field of a correction."""
    basis = Basis.objects.filter(case=case).order_by("id").first()
    party = _chosen(form)
    rows = (
        ("basis", "执行依据", basis.number if basis else ""),
        ("cause", "案由", case.cause),
        ("amount", "执行标的", f"{case.amount:,.2f} 元" if case.amount else ""),
        ("phone", "联系电话", _held(party)["phone"] if party else ""),
    )
    return [
        {"key": key, "label": label, "value": value, "switch": form[f"fact_{key}"], "field": form[f"to_{key}"],
         "change": (form[f"fact_{key}"].value() or "same") == "change"}
        for key, label, value in rows
    ]  # fmt: skip


def _debtor(case: Case, party: Party) -> dict:
    return {
        "name": party.name,
        "certificate": mask_certificate(party.certificate_number) or "未登记证件",
        "doubt": party.certificate_doubt,
        "url": reverse("cases:amend_party", args=[case.pk, party.pk]),
    }


def _chosen(form) -> Party | None:
    """The party for whom somebody has come."""
    chosen = form["party"].value()
    return form.parties.get(int(str(chosen))) if str(chosen or "").isdigit() else None


def _held(party: Party) -> dict[str, str]:
    """What is on file of the party, masked: left empty it stays."""
    to = party.e_service_to or party.phone
    return {
        "phone": f"{party.name}　{mask_phone(party.phone) if party.phone else '立案未登记'}",
        "address": f"现为 {mask_address(party.address)}，不改的不填" if party.address else "立案未登记，请填写",
        "e_service_to": f"现为 {mask_phone(to)}，不改的不填" if to else "手机号或邮箱",
    }


def _preservation(case: Case, actor: Actor) -> list[dict]:
    """Live preservation of the same basis or debtor; what is linked already says so."""
    found = carrying.found(case)
    if not found:
        return []
    held, standings = carrying.carried(case), rights.standings(actor, found)
    over = measures.exceeding(case, [other for other in found if other.pk not in held])  # 查扣冻规定第19条
    told = {row.other_id: row for row in CarryOver.objects.filter(case=case, back_at=None).select_related("by")}
    return [
        {"id": other.pk, "number": other.number, "stage": other.get_stage_display(), "carried": other.pk in held,
         **(_back(case, other, told.get(other.pk), actor) if other.pk in held else {}), "over": yuan(over[other.pk]) if other.pk in over else "",
         "url": f"/cases/{other.pk}/" if standings[other.pk].view else ""}
        for other in found
    ]  # fmt: skip


def _back(case: Case, other: Case, told: CarryOver | None, actor: Actor) -> dict:
    """Whether it can be taken back here, and why not."""
    if told:
        mine = carrying_back.may(told, actor)
        return {"tag": "已转接", "back": mine, "why": "" if mine else f"撤回由{carrying_back.who(told)}办理"}
    if carrying_back.untracked(case, other):
        return {"tag": "已转接", "why": f"{carrying_back.UNTRACKED}，不能撤回。{carrying_back.WAY_OUT}"}
    return {"tag": "已关联", "why": "只登记了关联，没有转接措施；要转接的，先在案件页撤销关联，再回本页转接"}


def _before(ctx, case: Case) -> list[dict]:
    rows = ReceptionRecord.objects.filter(case=case).select_related("by").order_by("-pk")[:5]
    return [
        {"text": f"{row.get_kind_display()}{f'（{row.get_mode_display()}）' if row.mode else ''}", "at": stamp(ctx, row.at),
         "by": row.by.name, "url": reverse("reception:reception_record", args=[row.pk])}
        for row in rows
    ]  # fmt: skip


def preview(case: Case, form, kind: str, actor: Actor, *, item: WorkItem | None = None) -> dict:
    """The paper with what has been typed, and what the submit will do."""
    told = (
        dict(getattr(form, "cleaned_data", {})) if form.is_bound else {name: form[name].value() for name in form.fields}
    )
    told |= {"recorder": actor.user.name if actor.user else ""}
    if not form.is_bound:
        told["clues"] = [{"kind": "其他", "owner": form.owner, "text": text, "urgent": False} for text in form.filed]
    party = None
    if kind != Kind.CHECK:
        party = _chosen(form)
        told.setdefault("staff_name", form.people.get(told.get("staff"), ""))
    asked = {Kind.RECEPTION: papers.record, Kind.LATER: papers.later}.get(Kind(kind))
    given = asked(told, party) if asked else papers.transfer(told)
    paper = Document(
        case=case, kind=PAPER[Kind(kind)], subject=party.subject if party else "", asked=given, posting=actor.posting
    )
    composed = composing.compose(paper, across="")
    item = item or day.item_of(case)
    return {
        "hold": _held(party) if party else {},
        "paper": composed.paper,
        "missing": list(dict.fromkeys(composed.missing)),
        "then": then(case, told, kind, day.parts(item) if item else {}),
    }


def then(case: Case, told: dict, kind: str, ticked: dict[str, str]) -> list[dict]:
    """流转后自动完成: in plain sentences, from what is typed now."""
    count = told.get("originals")
    count = int(str(count)) if str(count or "").isdigit() else 0
    rows = [
        {
            "icon": "books",
            "text": {Kind.CHECK: "移送核对表、未接待说明编入正卷，说明列入待上传"}.get(
                Kind(kind), "笔录编入正卷第 11 项"
            ),
        }
    ]
    if kind != Kind.CHECK and told.get("confirm"):
        rows.append(
            {
                "icon": "file-text",
                "text": "送达地址确认书编入正卷第 30 项" + ("，同意电子送达" if told.get("e_service") else ""),
            }
        )
    if count:
        rows.append({"icon": "transfer", "text": f"{count} 件原件一包一码，今日扫码交卷宗管理中心"})
    elif kind != Kind.LATER:
        rows.append({"icon": "transfer", "text": "无原件移交"})
    if clues := told.get("clues"):
        rows.append({"icon": "list-check", "text": f"{len(clues)} 条线索列入核实事项"})
    if kind == Kind.LATER:
        return [*rows, {"icon": "send", "text": f"案件仍在{case.get_stage_display()}，承办团队不变"}]
    state = ticked.get(day.QUERY, "")
    rows.append({"icon": "search", "text": QUERY[state], "url": "" if state else reverse("assets:assets")})
    return [*rows, {"icon": "send", "text": "六项齐备后自动流转综合质效"}]
