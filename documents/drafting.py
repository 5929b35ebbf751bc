"""Drafts: begun, changed, finished for signature, dropped. Nothing of this is drawn or numbered yet."""

from django.db import transaction

from cases import context, journal, secrecy
from cases.hooks import Reason
from cases.locks import lock_case
from cases.models import Case, Party
from cases.refusals import Refused, Stale
from documents import composing, contexts, words
from documents.kinds import KIND, PERSONS
from documents.models import Document
from teams.actor import Actor

State = Document.State
OPEN = (State.DRAFT, State.READY)


@transaction.atomic
def begin(case: Case, kind: str, by: Actor, *, subject: str = "", asked: dict | None = None) -> Document:
    """A draft with the defaults of its words. Raises Refused where the kind needs to know whom it is about."""
    secrecy.refuse(case)
    row, ctx = KIND[kind], context.read()
    about = whom(case, row.about, subject)
    locked = lock_case(case.pk)
    document = Document.objects.create(
        case=locked, kind=kind, subject=subject, title=f"{row.label}{f'　{about}' if about else ''}"[:200],
        asked=asked or words.proposals(kind, contexts.of(kind, locked, subject)), posting=by.posting, made_at=ctx.now, changed_at=ctx.now,
    )  # fmt: skip
    _tell(document, "begin", f"拟制{document.title}", by)
    return document


def whom(case: Case, about: str, subject: str) -> str:
    """The name of whom the paper is about."""
    if about not in PERSONS:
        return ""
    pk = subject.removeprefix("party:")
    parties = Party.objects.filter(case=case, **({} if about == "party" else {"role": Party.Role(about)}))
    party = parties.filter(pk=pk).first() if pk.isdigit() else None
    if party is None:
        raise Refused(f"请选择文书的对象：{dict(Party.Role.choices).get(about, '当事人')}。")
    return party.name


@transaction.atomic
def change(document: Document, asked: dict, by: Actor, *, seen: str = "") -> Document:
    """New values of what the drafter is asked; `seen` is the version he saw."""
    fresh = hold(document, *OPEN)
    refuse_signed(fresh)
    if seen and seen != fresh.version:
        raise Stale("该文书刚被他人修改，请刷新后再改。")
    fresh.asked, fresh.problem, fresh.changed_at = asked, "", context.read().now
    fresh.state = State.DRAFT
    fresh.save(update_fields=["asked", "problem", "changed_at", "state"])
    _tell(fresh, "change", f"修改{fresh.title}", by)
    return fresh


@transaction.atomic
def finish(document: Document, by: Actor) -> Document:
    """定稿: what table 4 has signed before it is issued; the signers read it with the sheet."""
    fresh = hold(document, State.DRAFT)
    if not KIND[fresh.kind].act:
        raise Refused("本文书不需签批，可直接制发。")
    refuse_signed(fresh)
    refuse_gaps(fresh)
    fresh.state = State.READY
    fresh.save(update_fields=["state"])
    _tell(fresh, "finish", f"定稿{fresh.title}", by)
    return fresh


@transaction.atomic
def drop(document: Document, by: Actor) -> Document:
    """A draft that is not wanted; it stays in the journal."""
    fresh = hold(document, *OPEN)
    fresh.state = State.DROPPED
    fresh.save(update_fields=["state"])
    _tell(fresh, "drop", f"弃用{fresh.title}", by)
    return fresh


def refuse_signed(document: Document) -> None:
    """What was signed and could not be drawn is issued as it was signed, or not at all."""
    if composing.signed(document):
        raise Refused(f"「{document.title}」已经签批，内容不能再改：请再次制发，或者弃用后另行拟制、报请。")


def refuse_gaps(document: Document) -> None:
    """A missing variable stops the paper, as does a character that cannot be printed; each is named."""
    if faults := composing.compose(document).faults:
        raise Refused(Reason(f"「{document.title}」{''.join(faults)}", "去补充", f"/docs/{document.pk}/"))


def hold(document: Document, *states: str) -> Document:
    """Lock case and document; Stale when it is no longer in one of the states."""
    case = lock_case(document.case_id)
    fresh = Document.objects.select_for_update().get(pk=document.pk)
    fresh.case = case
    if fresh.state not in states:
        raise Stale(f"「{fresh.title}」{fresh.get_state_display()}，不能再改。")
    return fresh


def _tell(document: Document, key: str, text: str, by: Actor) -> None:
    journal.write(
        [journal.Line(document.case, "document", key, text, {"document": document.pk, "kind": document.kind})], by
    )
