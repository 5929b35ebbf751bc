"""送达: planned when the paper is issued, sent, served or failed; each with its paper, and its event for the clocks."""

from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q

from cases import context, materials, rights, work
from cases.deadlines import midnight
from cases.hooks import Reason
from cases.locks import lock_case
from cases.models import Case, Material
from cases.periods import local
from cases.present import present
from cases.refusals import Refused, Stale
from documents import closing_papers, handler_notice, proofs, sealing, service_events, service_rules
from documents.exchange import sending
from documents.kinds import KIND
from documents.models import Document, Service
from documents.service_rows import OPEN, electronic_to, follow, hold, line, note, refuse_unissued
from documents.service_rules import Way
from teams.actor import SYSTEM, Actor
from teams.notices import tell

State = Service.State
AGAIN = "service.again"  # the item of a service that failed


class Proof(NamedTuple):
    """How it was served: the day (as the way counts it), who signed, for whom, who served; the signed paper."""

    on: date
    signer: str = ""
    relation: str = ""
    servers: str = ""
    upload: Any = None
    note: str = ""


# Planned


def plan(document: Document) -> list[Service]:
    """One for each person on whom a paper just issued is served."""
    now = context.read().now
    return Service.objects.bulk_create(
        Service(
            document=document, party=party, name=party.name, to=party.address,
            way=Way.DIRECT if document.kind in service_rules.DIRECT_ONLY else "",
            made_at=now, changed_at=now,
        )
        for party in service_rules.parties_of(document)
    )  # fmt: skip


@transaction.atomic
def add(document: Document, name: str, to: str, by: Actor, *, party=None) -> Service:
    """One more person to serve: an outsider, or a party again."""
    case = lock_case(document.case_id)
    refuse_unissued(document)
    if Service.objects.filter(document=document, party=party, name=name, state__in=OPEN).exists():
        raise Refused(f"「{document.title}」对{name}的送达正在办理。")
    now = context.read().now
    row = Service.objects.create(
        document=document, party=party, name=name[:200], to=to[:200], made_at=now, changed_at=now, by_id=by.user_id
    )
    line(case, row, "add", f"增加受送达人：{name}", {}, by)
    return row


# Sent


def refuse(service: Service, way: str) -> None:
    """Refused where this paper may not be served so, now."""
    document = service.document
    refuse_unissued(document)
    if why := service_rules.refusal(KIND[document.kind], way):
        raise Refused(why)
    sealing.refuse_unsealed(document)
    if way == Way.ELECTRONIC and not electronic_to(service):
        raise Refused(
            Reason(
                f"{service.name}没有同意电子送达或没有电子送达地址，请选择其他方式。", "去登记",
                f"/cases/{document.case_id}/?tab=parties",
            )
        )  # fmt: skip


@transaction.atomic
def send(
    service: Service, way: str, on: date, by: Actor, *, to: str = "", number: str = "", note: str = "", upload=None
) -> Service:
    """Posted, delegated, or published on the day `on`; a failed one goes on as a new attempt.

    A publication needs its reason and course (`note`) and a picture or print of it (`upload`), 民诉法解释第138条.
    """
    case, fresh = hold(service, State.PLANNED, State.FAILED)
    refuse(fresh, way)
    if on > context.read().today:
        raise Refused("发出日期不能晚于今天。")
    if way == Way.PUBLICATION and not (note.strip() and upload):
        raise Refused("公告送达须写明原因和经过，并附张贴照片、录像或报纸页面。")
    if fresh.state == State.FAILED:
        fresh = follow(fresh, by)
    fresh.way, fresh.to, fresh.number = way, (to or fresh.to)[:200], number[:60]
    words = {Way.POST: "交邮", Way.DELEGATED: f"委托{to}送达", Way.PUBLICATION: f"公告发布于{to}"}[Way(way)]
    mark_sent(fresh, on, "，".join(filter(None, (words, f"号码 {number}" if number else "", note))), by)
    if upload is not None:
        fresh.receipt = materials.file(case, upload, kind="receipt", by=by, title=proofs.title(fresh, way))
    if way == Way.PUBLICATION:
        fresh.explained = service_rules.effect(way, on, calendar=context.read().calendar).steps
    fresh.save(update_fields=["explained", "receipt"])
    facts = {"way": way, "number": number, "to": fresh.to, "on": str(on)}
    line(case, fresh, "sent", f"{fresh.get_way_display()}{fresh.document.title}：{fresh.name}", facts, by)
    if way == Way.PUBLICATION:
        subject = fresh.party.subject if fresh.party else ""
        service_events.state(case, fresh, "publication_posted", on, by, fresh.receipt, subject)
    _settle(fresh, by)
    return fresh


def mark_sent(fresh: Service, on: date, said: str, by: Actor) -> None:
    fresh.state, fresh.sent_on, fresh.by_id = State.SENT, on, by.user_id
    note(fresh, said)
    fresh.save()


# Served, or not


@transaction.atomic
def served(service: Service, way: str, proof: Proof, by: Actor) -> Service:
    """It took effect: the signed paper is filed, the day explained, the event recorded for the clocks."""
    case, fresh = hold(service, *OPEN, State.FAILED)
    refuse(fresh, way)
    refuse_day(fresh.document, proof.on)
    if proof.upload is None:
        raise Refused("请附送达回证、邮寄回执或照片的扫描件。")
    if why := service_rules.unproved(way, proof.relation, proof.note):
        raise Refused(why)
    if fresh.state == State.FAILED:
        fresh = follow(fresh, by)
    if fresh.way == Way.ELECTRONIC and fresh.state == State.SENT:
        sending.withdraw(f"service:{fresh.pk}")
    material = materials.file(
        case, proof.upload, kind="receipt", by=by, title=proofs.title(fresh, way), happened_at=midnight(proof.on)
    )
    fresh.signer, fresh.relation, fresh.servers = proof.signer[:60], proof.relation[:40], proof.servers[:60]
    said = "，".join(filter(None, (f"{proof.signer}签收" if proof.signer else "", proof.relation, proof.note)))
    take_effect(case, fresh, way, proof.on, material, said or "送达", by)
    _settle(fresh, by)
    return fresh


def refuse_day(document: Document, on: date) -> None:
    """No paper is served before it was issued, nor in days to come, whoever says so."""
    if on > context.read().today:
        raise Refused(f"送达日期 {on:%Y-%m-%d} 不能晚于今天，请核对。")
    issued = local(present(document.issued_at)).date()
    if on < issued:
        raise Refused(f"送达日期 {on:%Y-%m-%d} 早于文书制发日期 {issued:%Y-%m-%d}，请核对。")


def take_effect(case: Case, fresh: Service, way: str, on: date, material: Material, said: str, by: Actor) -> None:
    found = service_rules.effect(way, on, calendar=context.read().calendar)
    fresh.way, fresh.state, fresh.served_on, fresh.explained = way, State.SERVED, found.on, found.steps
    fresh.receipt, fresh.reason = material, ""
    note(fresh, said)
    fresh.save()
    facts = {"way": way, "on": str(found.on), "material": material.pk, "signer": fresh.signer}
    line(case, fresh, "served", f"已送达{fresh.document.title}：{fresh.name}", facts, by)
    service_events.happened(case, fresh, by, material)


@transaction.atomic
def failed(service: Service, reason: str, by: Actor, *, upload=None) -> Service:
    """Not served: returned, not found, refused by the platform. Its owner gets the item to serve it in another way."""
    if not reason.strip():
        raise Refused("请写明未送达的原因。")
    case, fresh = hold(service, *OPEN)
    if upload is not None:
        fresh.receipt = materials.file(case, upload, kind="receipt", by=by, title=f"未送达凭证：{fresh.name}")
    if fresh.way == Way.ELECTRONIC:
        sending.withdraw(f"service:{fresh.pk}")
    fail(case, fresh, reason, by)
    return fresh


def fail(case: Case, fresh: Service, reason: str, by: Actor) -> None:
    fresh.state, fresh.reason = State.FAILED, reason[:200]
    note(fresh, f"未送达：{reason}")
    fresh.save()
    line(case, fresh, "failed", f"未送达{fresh.document.title}：{fresh.name}", {"reason": reason}, by)
    posting = fresh.document.posting
    verb = "转邮寄" if fresh.way == Way.ELECTRONIC else "另行送达"
    where: dict[str, Any] = {"team_id": posting.team_id, "person_id": posting.person_id} if posting else {}
    work.open(
        case, AGAIN, SYSTEM, subject=f"service:{fresh.pk}", note=reason[:200],
        title=f"{verb}：{fresh.document.title.partition('　')[0]}　{fresh.name}"[:120], **where,
    )  # fmt: skip
    service_events.settled(case)


def _settle(fresh: Service, by: Actor) -> None:
    """The item of the attempt that this one follows is done; that of a whole post, when nothing of it is left."""
    case = fresh.document.case
    handler_notice.sent(fresh, case)
    subjects = [f"service:{fresh.follows_id}"] if fresh.follows_id else []
    if not Service.objects.filter(document__case=case, state=State.PLANNED).exists():
        subjects.append(f"post:{case.pk}")
    for item in case.items.filter(rule=AGAIN, subject__in=subjects, open=True).select_related("team"):
        own = not rights.refusal(by, case, "finish_item", item=item)
        work.finish([item], by if own else SYSTEM, note=fresh.get_way_display())
    closing_papers.sent(case, by)
    service_events.settled(case)


@transaction.atomic
def give_up(service: Service, reason: str, by: Actor) -> Service:
    """不再送达: with the reason; a paper that is void needs none of its services any more."""
    if not reason.strip():
        raise Refused("请写明不再送达的原因。")
    case, fresh = hold(service, *OPEN, State.FAILED)
    if Service.objects.filter(follows=fresh).exists():
        raise Stale("该次未送达已另行送达。")
    sending.withdraw(f"service:{fresh.pk}")
    fresh.state, fresh.reason = State.WITHDRAWN, reason[:200]
    note(fresh, f"不再送达：{reason}")
    fresh.save()
    line(case, fresh, "withdrawn", f"不再送达{fresh.document.title}：{fresh.name}", {"reason": reason}, by)
    subject = f"service:{fresh.pk}"
    work.cancel(list(case.items.filter(rule=AGAIN, subject=subject, open=True)), by, reason)
    closing_papers.sent(case, by)
    service_events.settled(case)
    return fresh


def voided(document: Document, reason: str, by: Actor) -> None:
    """The paper is void: what was not served stays so."""
    left = Q(state__in=OPEN) | Q(state=State.FAILED, followed_by=None)
    for row in Service.objects.filter(left, document=document):
        give_up(row, f"文书作废：{reason}", by)


# What time does


def publications_over() -> int:
    """Publications whose thirty days have passed are served; each in its own transaction."""
    today = context.read().today
    rows = Service.objects.filter(state=State.SENT, way=Way.PUBLICATION, sent_on__lt=today).order_by("sent_on")
    return sum(_published(row, today) for row in rows)


@transaction.atomic
def _published(service: Service, today: date) -> bool:
    case, fresh = hold(service, *OPEN, State.SERVED)
    posted = present(fresh.sent_on)
    found = service_rules.effect(Way.PUBLICATION, posted, calendar=context.read().calendar)
    if fresh.state != State.SENT or found.on >= today:
        return False
    take_effect(case, fresh, Way.PUBLICATION, posted, present(fresh.receipt), "公告期满，视为送达", SYSTEM)
    person = fresh.document.posting.person_id if fresh.document.posting else None
    tell([person], f"公告期满，视为送达：{fresh.document.title}", f"/docs/{fresh.document_id}/service/",
         key=f"published:{fresh.pk}")  # fmt: skip
    return True
