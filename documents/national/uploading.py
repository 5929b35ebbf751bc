"""The second door: a paper as a package for the national system, its receipt the number under which it stands there.

By itself only where the court's folder is read by somebody (`UPLOADS`) and never of a sensitive case: that one leaves
on the click of whoever holds it. Nothing leaves without the signature and the seal that the paper needs.
"""

from typing import Any

from django.conf import settings
from django.db import transaction

from cases import context, journal, rights, work
from cases.locks import lock_case
from cases.models import Case
from cases.present import present
from cases.refusals import Refused, Stale
from documents import sealing
from documents.exchange import answers, sending
from documents.exchange.manifest import Package
from documents.kinds import KIND
from documents.models import Document, Outgoing, Receipt
from documents.national import cards, entering
from teams.actor import SYSTEM, Actor
from teams.notices import tell

UNDER_WAY = (Outgoing.State.WAITING, Outgoing.State.SENT)


def offer(document: Document, by: Actor) -> Outgoing | None:
    """Let it leave by itself, where that is so arranged and the case is not sensitive."""
    case = document.case
    if not settings.UPLOADS or case.confidential or case.state_secret:
        return None
    return _leave(document, by)


@transaction.atomic
def send(document: Document, by: Actor) -> Outgoing:
    """On somebody's click, also of a sensitive case."""
    case = lock_case(document.case_id)
    rights.require(by, case, "enter_national")
    if held := entering.held_by(document):
        raise Stale(entering.said(held))
    if case.state_secret:
        raise Refused("国家秘密案件线下办理，不经交换目录上传：请按保密规定在执行系统录入。")
    if last(document, UNDER_WAY):
        raise Refused(f"「{document.title}」已经发出，等待回执；也可以用录入卡登记回执号。")
    return _leave(document, by)


def _leave(document: Document, by: Actor) -> Outgoing:
    kind, card = KIND[document.kind], cards.of(document)
    if kind.secret and not kind.main:
        raise Refused(f"「{document.title}」是副卷材料，不经交换目录上传。")
    sealing.refuse_unsealed(document, "上传")
    payload = {
        **sealing.told(document),
        "form": card.form.key,
        "form_title": card.form.title,
        "fields": [{"label": label, "value": text} for label, text in card.rows],
    }
    files = {"paper.pdf": present(document.material).sha256} if document.material else {}
    row = sending.send(Outgoing.Kind.UPLOAD, entering.key_of(document), document, payload, files, by)
    _line(document.case_id, "sent", f"上传执行系统：{document.title}（交换目录）", {"document": document.pk}, by)
    return row


def last(document: Document, states: tuple[str, ...] = tuple(Outgoing.State.values)) -> Outgoing | None:
    rows = Outgoing.objects.filter(kind=Outgoing.Kind.UPLOAD, key=entering.key_of(document), state__in=states)
    return rows.order_by("-pk").first()


def voided(document: Document) -> None:
    """A void paper is waited for no longer."""
    sending.withdraw(entering.key_of(document))


def answered(outgoing: Outgoing, package: Package, receipt: Receipt) -> None:
    """Entered under the number, refused with an item; after another door nothing but a line that says so."""
    said = answers.upload(package.payload)
    document = Document.objects.select_related("case", "posting").get(pk=int(outgoing.key.partition(":")[2]))
    facts: dict[str, Any] = {"document": document.pk, "outgoing": outgoing.pk, "receipt": said.number}
    if held := entering.held_by(document):
        _line(
            document.case_id, "late", f"回执到达：{entering.said(held)}"[:200], {**facts, "reason": said.reason}, SYSTEM
        )
    elif said.received:
        entering.enter(document, said.number, SYSTEM, entering.Door.PACKAGE, at=said.at)
    else:
        _refused(document, outgoing, said.reason)


def _refused(document: Document, outgoing: Outgoing, reason: str) -> None:
    """An item for whoever sent it, in the team whose duty it is."""
    case: Case = document.case
    person = outgoing.by_id
    team = context.read().roster.team_of(person or 0)
    given: dict[str, Any] = {"team_id": team.id, "person_id": person} if team else {}
    subject = f"{entering.PREFIX}{document.pk}"
    title = f"执行系统未接收「{document.title}」：{reason}"[:120]
    item = work.open(case, entering.AGAIN, SYSTEM, subject=subject, title=title, **given)
    work.retitle(item, title)  # refused once more, for another reason
    facts = {"document": document.pk, "outgoing": outgoing.pk, "reason": reason}
    _line(case.pk, "refused", f"执行系统未接收：{document.title}（{reason}）"[:200], facts, SYSTEM)
    text = f"执行系统未接收{document.title}：{reason}"[:300]
    tell([item.person_id], text, f"/docs/{document.pk}/card/", key=f"upload:{outgoing.pk}", kind="result")


def _line(case_id: int, key: str, text: str, facts: dict, by: Actor) -> None:
    journal.write([journal.Line(lock_case(case_id), "national", key, text, facts)], by)
