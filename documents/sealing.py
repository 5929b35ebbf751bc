"""用印: here for the demonstration, on paper and scanned back, or by the court's e-seal service through the exchange folder.

The sealed file is a new version of the paper's material; the unsealed one stays, as every version does.
"""

from django.core.files.base import ContentFile
from django.db import transaction
from reportlab.lib.units import mm

from cases import context, journal, materials
from cases.hooks import Reason
from cases.locks import lock_case
from cases.present import present
from cases.refusals import Refused, Stale
from documents import hooks
from documents.drawing.closing import SEAL
from documents.exchange import answers, sending
from documents.exchange.manifest import Broken, Package
from documents.kinds import KIND
from documents.models import Document, Outgoing, Receipt, Sealing
from teams.actor import SYSTEM, Actor
from teams.notices import tell

State, How = Sealing.State, Sealing.How
SEALED = "sealed.pdf"


def begin(document: Document, how: str, place: tuple[int, float, float] | None, by: Actor) -> Sealing | None:
    """Of a paper that has just been issued; None for kinds that bear no seal."""
    if not KIND[document.kind].seal:
        return None
    here, now = how == How.HERE, context.read().now
    row = Sealing.objects.create(
        document=document, how=how, place=list(place or ()), by_id=by.user_id,
        state=State.DONE if here else State.WAITING, at=now if here else None,
    )  # fmt: skip
    if how == How.SERVICE:
        submit(row, by)
    return row


def submit(row: Sealing, by: Actor) -> Outgoing:
    """The paper to the e-seal service, with the place of the seal and who signed."""
    document = row.document
    page, x, y = row.place or (1, 0.0, 0.0)
    payload = {
        **told(document),
        "signed": _signed(document),
        "seal": {
            "page": page, "x_mm": round(x / mm, 1), "y_mm": round(y / mm, 1), "diameter_mm": round(SEAL / mm, 1),
        },
    }  # fmt: skip
    return sending.send(
        Outgoing.Kind.SEAL, f"sealing:{row.pk}", document, payload, {"paper.pdf": present(document.material).sha256}, by
    )


def told(document: Document) -> dict[str, str]:
    """What every package says of the paper in it."""
    from django.conf import settings

    return {
        "court": settings.COURT_NAME,
        "case": document.case.number,
        "title": document.title,
        "number": document.number,
        "check_code": document.check_code or "",
    }


def _signed(document: Document) -> list[dict[str, str]]:
    if document.approval is None:
        return []
    places = document.approval.places.filter(state="signed").select_related("signed_by").order_by("order")
    return [
        {"place": place.label, "name": present(place.signed_by).name, "at": present(place.at).isoformat()}
        for place in places
    ]


def answered(outgoing: Outgoing, package: Package, receipt: Receipt) -> None:
    """The service's receipt: the sealed paper, or why not."""
    said = answers.seal(package.payload)
    row = hold(int(outgoing.key.partition(":")[2]))
    document = row.document
    if document.state != Document.State.ISSUED or row.state == State.DONE:
        raise Refused(f"「{document.title}」{document.get_state_display()}、{row.get_state_display()}，不收用印回执。")
    if not said.sealed:
        row.state, row.reason = State.REFUSED, said.reason
        row.save(update_fields=["state", "reason"])
        _line(document, "seal_refused", f"用印被退：{document.title}", {"reason": said.reason}, SYSTEM)
        person = document.posting.person_id if document.posting else None
        tell(
            [person], f"用印被退：{document.title}（{said.reason}）", f"/docs/{document.pk}/", key=f"seal:{outgoing.pk}"
        )
        return
    content = package.files.get(SEALED)
    if content is None:
        raise Broken(f"缺少用印后的文件 {SEALED}。")
    if not content.startswith(b"%PDF-"):
        raise Broken(f"{SEALED} 不是 PDF。")
    store(row, ContentFile(content, name=f"{document.title}.pdf"), SYSTEM)


@transaction.atomic
def scanned(document: Document, upload, by: Actor) -> Sealing:
    """The paper as it was stamped, scanned back."""
    lock_case(document.case_id)
    row = hold(of(document).pk)
    if row.state == State.DONE:
        raise Stale(f"「{row.document.title}」已用印。")
    if row.document.state != Document.State.ISSUED:
        raise Refused(f"「{row.document.title}」{row.document.get_state_display()}，不能用印。")
    if row.how == How.SERVICE:
        sending.withdraw(f"sealing:{row.pk}")
        row.how = How.PAPER
    return store(row, upload, by)


@transaction.atomic
def again(document: Document, by: Actor) -> Sealing:
    """To the e-seal service again, after it was sent back."""
    lock_case(document.case_id)
    row = hold(of(document).pk)
    if row.state != State.REFUSED:
        raise Stale(f"「{row.document.title}」{row.get_state_display()}，不必重新提交。")
    row.state, row.reason = State.WAITING, ""
    row.save(update_fields=["state", "reason"])
    submit(row, by)
    return row


def voided(document: Document) -> None:
    """A void paper waits for no seal."""
    for pk in Sealing.objects.filter(document=document).values_list("pk", flat=True):
        sending.withdraw(f"sealing:{pk}")


def of(document: Document) -> Sealing:
    """The paper's seal. Raises Refused for papers that bear none, or that are not issued yet."""
    row = Sealing.objects.filter(document=document).first()
    if row is None:
        raise Refused(f"「{document.title}」不需用印，或者还没有制发。")
    return row


def hold(pk: int) -> Sealing:
    """Lock it and its paper; the case is locked by the caller."""
    row = Sealing.objects.select_for_update(no_key=True).get(pk=pk)
    row.document = (
        Document.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case", "material", "approval", "posting__person")
        .get(pk=row.document_id)
    )
    return row


def store(row: Sealing, upload, by: Actor) -> Sealing:
    """The sealed paper as a new version of its material."""
    document, plain = row.document, present(row.document.material)
    document.material = materials.file(
        document.case, upload, kind=plain.kind, by=by, title=plain.title, replaces=plain, secret=plain.secret_volume
    )
    document.save(update_fields=["material"])
    row.state, row.at, row.by_id = State.DONE, context.read().now, by.user_id
    row.save(update_fields=["state", "at", "by", "how"])
    facts = {"how": row.how, "sha256": document.material.sha256}
    _line(document, "sealed", f"已用印：{document.title}", facts, by)
    hooks.tell_ready(document)
    return row


def refuse_unsealed(document: Document, deed: str = "送达") -> None:
    """What must bear the seal and does not may not be served, or leave the house in another way."""
    row = Sealing.objects.filter(document=document).first()
    if row is not None and row.state != State.DONE:
        raise Refused(
            Reason(
                f"「{document.title}」{row.get_state_display()}，用印后才能{deed}。",
                "去办理",
                f"/docs/{document.pk}/service/",
            )
        )


def _line(document: Document, key: str, text: str, facts: dict, by: Actor) -> None:
    case = lock_case(document.case_id)
    facts = {"document": document.pk, **{name: value for name, value in facts.items() if value}}
    journal.write([journal.Line(case, "document", key, text, facts)], by)
