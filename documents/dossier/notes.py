"""批注 and 摘录 on a page. An extract goes into the notes of the case as well, with where it stands; never one of the 副卷."""

from django.db import transaction

from cases import context, journal
from cases.locks import lock_case
from cases.models import CaseNote, Material
from cases.refusals import Forbidden, Refused
from documents.dossier import placing
from documents.models import Annotation
from teams.actor import Actor

LONGEST = 400  # characters of an extract in the notes of the case


@transaction.atomic
def annotate(paper: Material, page: int, text: str, quote: str, by: Actor) -> Annotation:
    """A note on a page of a paper, seen by whoever may see the paper."""
    text, quote = text.strip()[:500], quote.strip()[:1000]
    if not text and not quote:
        raise Refused("请先填写批注，或选定要摘录的文字。")
    if by.user is None:
        raise Forbidden("批注须由本人作出。")
    return Annotation.objects.create(
        material=paper, page=max(page, 1), text=text, quote=quote, by=by.user, at=context.read().now
    )


@transaction.atomic
def extract(paper: Material, page: int, text: str, quote: str, by: Actor) -> Annotation:
    """摘录: the words with their source, on the page and among the notes of the case."""
    if not quote.strip():
        raise Refused("请先在页面文字中选定要摘录的内容。")
    if paper.secret_volume:
        raise Refused("副卷内容不得摘入案件备注，只能在副卷内批注。")
    made = annotate(paper, page, text, quote, by)
    case = lock_case(paper.case_id or 0)
    where = placing.places(case, [paper])[paper.pk]
    place = f"正卷 {where.number}，" if where.number else ""
    said = f"「{made.quote[:LONGEST]}」——摘自《{paper.title[:50]}》{place}第 {made.page} 页"
    CaseNote.objects.create(case=case, text=said[:500], shared=True, by=made.by, at=made.at)
    facts = {"material": paper.pk, "page": made.page, "annotation": made.pk}
    journal.write([journal.Line(case, "dossier", "extract", f"摘录：{paper.title}", facts)], by)
    return made


@transaction.atomic
def remove(note: Annotation, by: Actor) -> None:
    """One's own only."""
    if note.by_id != by.user_id:
        raise Forbidden("只能删除本人的批注。")
    note.delete()
