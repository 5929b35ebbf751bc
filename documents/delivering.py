"""电子送达: to the court's delivery platform through the exchange folder; its receipt serves the paper or fails it."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction

from cases import context, materials
from cases.periods import local
from cases.present import present
from cases.refusals import Refused, Stale
from documents import closing_papers, handler_notice, proofs, sealing, service_events, service_rows, serving
from documents.exchange import answers, sending
from documents.exchange.manifest import Package
from documents.models import Outgoing, Receipt, Service, ServiceRun
from documents.service_rows import hold
from documents.service_rules import Way
from teams.actor import SYSTEM, Actor

State = Service.State
VOUCHER = "voucher.pdf"


class Sent(NamedTuple):
    service: Service
    refusal: str


def in_order(services: Iterable[Service]) -> list[Service]:
    """In the order of all locks."""
    return sorted(services, key=lambda each: (each.document.case_id, each.pk))


def submit(run: ServiceRun, services: Iterable[Service], by: Actor, barred: Iterable[list] = ()) -> list[Sent]:
    """电子送达, each by itself; the refused ones keep their reason on the run, where parts write one after the other."""
    results = []
    for service in services:
        try:
            results.append(Sent(serve_electronically(service, by, run=run), ""))
        except (Refused, Stale) as refusal:
            results.append(Sent(service, str(refusal)))
    refused = [*barred, *([each.service.pk, each.refusal] for each in results if each.refusal)]
    with transaction.atomic():
        held = ServiceRun.objects.select_for_update().get(pk=run.pk)
        run.refused = held.refused + refused
        run.save(update_fields=["refused"])
    return results


@transaction.atomic
def serve_electronically(service: Service, by: Actor, *, run: ServiceRun | None = None) -> Service:
    """Hand the paper to the court's delivery platform; its receipt serves it or fails it."""
    case, fresh = hold(service, State.PLANNED)
    serving.refuse(fresh, Way.ELECTRONIC)
    fresh.way, fresh.to, fresh.run = Way.ELECTRONIC, service_rows.electronic_to(fresh), run
    payload = {
        **sealing.told(fresh.document),
        "recipient": {
            "name": fresh.name, "role": fresh.party.get_role_display() if fresh.party else "", "to": fresh.to,
        },
    }  # fmt: skip
    files = {"paper.pdf": present(fresh.document.material).sha256}
    sending.send(Outgoing.Kind.DELIVERY, f"service:{fresh.pk}", fresh.document, payload, files, by)
    serving.mark_sent(fresh, context.read().today, f"提交送达平台，发往 {fresh.to}", by)
    service_rows.line(case, fresh, "sent", f"电子送达{fresh.document.title}：{fresh.name}", {"to": fresh.to}, by)
    handler_notice.sent(fresh, case)
    closing_papers.sent(case, by)
    return fresh


def answered(outgoing: Outgoing, package: Package, receipt: Receipt) -> None:
    """Served with the platform's voucher, or failed."""
    said = answers.delivery(package.payload)
    service = Service.objects.get(pk=int(outgoing.key.partition(":")[2]))
    case, fresh = hold(service, State.SENT)
    for at, text in said.course:
        service_rows.note(fresh, text, at)
    if not said.delivered:
        serving.fail(case, fresh, said.reason, SYSTEM)
    else:
        service_rows.refuse_unissued(fresh.document)
        serving.refuse_day(fresh.document, local(said.at).date())
        voucher = proofs.voucher(fresh, said, package.id, package.files.get(VOUCHER))
        material = materials.file(
            case, voucher, kind="receipt", by=SYSTEM, title=proofs.title(fresh, Way.ELECTRONIC), happened_at=said.at
        )
        serving.take_effect(
            case,
            fresh,
            Way.ELECTRONIC,
            local(said.at).date(),
            material,
            f"送达平台显示发送成功{f'（{said.channel}）' if said.channel else ''}",
            SYSTEM,
        )
        service_events.settled(case)
