"""已录入: the one door by which a paper stands in the national system, whoever tells us: an officer who has typed it
in, a receipt of the exchange folder, an export. The first one counts, the later ones change nothing and say so."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from cases import context, journal, rights, work
from cases.hooks import Reason
from cases.locks import lock_case
from cases.models import WorkItem
from cases.periods import local
from cases.refusals import Refused, Stale
from documents import hooks
from documents.exchange import sending
from documents.models import Document, Entered
from teams.actor import Actor

Door = Entered.Door
AGAIN, PREFIX = "documents.upload_again", "upload:"


def clean(number: str) -> str:
    """Half-width, without blanks: the same number typed twice is the same."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", number)).upper()


def key_of(document: Document) -> str:
    """What a package about this paper is about."""
    return f"{PREFIX}{document.pk}"


@transaction.atomic
def enter(document: Document, number: str, by: Actor, door: str, *, at: datetime | None = None) -> Entered:
    """The paper stands there under this number: its upload items end. Refused for a number that is empty or another's."""
    case = lock_case(document.case_id)
    fresh = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    if held := held_by(fresh):
        raise Stale(said(held))
    rights.require(by, case, "enter_national")
    if fresh.state != Document.State.ISSUED:
        raise Refused(f"「{fresh.title}」{fresh.get_state_display()}，不能登记已录入：只登记已制发的文书。")
    number = _refuse(clean(number), by)
    moment = min(at or context.read().now, context.read().now)
    row = _store(Entered(document=fresh, number=number, door=door, at=moment, by_id=by.user_id))
    facts = {"document": fresh.pk, "receipt": number, "door": door}
    text = f"已录入执行系统：{fresh.title}（回执号 {number}，{row.get_door_display()}）"
    journal.write([journal.Line(case, "national", "entered", text, facts, moment)], by)
    for item in waiting(fresh):
        anchor, _ = hooks.uploads[item.rule]
        note = f"已上传执行系统，回执号 {number}（{row.get_door_display()}）"
        happened = [work.Happened(case, facts, item.subject, note=note)]
        work.record_events(happened, anchor, moment, by, action="enter_national", late=f"执行系统回执 {number}")
    sending.withdraw(key_of(fresh))
    return row


def _store(row: Entered) -> Entered:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # on another case, at this moment
        raise Refused(f"回执号 {row.number} 刚用于另一件文书：请核对。") from None
    return row


def _refuse(number: str, by: Actor) -> str:
    if not number:
        raise Refused("请填写执行系统的回执号：没有回执号的，不能登记已录入。")
    if len(number) > 60:
        raise Refused("回执号不超过 60 个字符：请只填写回执号。")
    other = Entered.objects.select_related("document__case").filter(number=number).first()
    if other is None:
        return number
    case = other.document.case
    if rights.standings(by, [case])[case.pk].view:
        where = f"{case.number}「{other.document.title}」"
        raise Refused(Reason(f"回执号 {number} 已用于{where}：请核对。", "查看", f"/docs/{other.document_id}/card/"))
    raise Refused(f"回执号 {number} 已用于另一案件的文书：请核对。")


def held_by(document: Document) -> Entered | None:
    return Entered.objects.filter(document=document).select_related("by", "document").first()


def said(row: Entered) -> str:
    """「…」已于 11-27 10:20 由王静登记录入执行系统（录入卡，回执号 ZX1），没有再次登记。"""
    number = f"，回执号 {row.number}" if row.number else ""
    who = row.by.name if row.by else "系统"
    return f"「{row.document.title}」已于 {local(row.at):%m-%d %H:%M} 由{who}登记录入执行系统（{row.get_door_display()}{number}），没有再次登记。"


def waiting(document: Document) -> list[WorkItem]:
    """The open items that end when this paper stands over there."""
    subjects = {rule: f"{prefix}{document.pk}" for rule, (_, prefix) in hooks.uploads.items()}
    rows = WorkItem.objects.filter(case=document.case_id, rule__in=subjects, open=True).order_by("pk")
    return [item for item in rows if item.subject == subjects[item.rule]]


def forgotten() -> list[WorkItem]:
    """Open upload items of papers that are entered: there should be none."""
    items = list(WorkItem.objects.filter(rule__in=hooks.uploads, open=True).order_by("pk"))
    papers = papers_of(items)
    done = set(Entered.objects.filter(document__in=papers.values()).values_list("document", flat=True))
    return [item for item in items if item.pk in papers and papers[item.pk].pk in done]


def document_of(item: WorkItem) -> Document | None:
    """The paper an upload item is about."""
    return papers_of([item]).get(item.pk)


def papers_of(items: Iterable[WorkItem]) -> dict[int, Document]:
    """item → the paper that it is about, of the same case; what is no upload item is left out."""
    named = {}
    for item in items:
        _, prefix = hooks.uploads.get(item.rule, ("", ""))
        pk = item.subject.removeprefix(prefix)
        if prefix and item.subject.startswith(prefix) and pk.isdigit():
            named[item.pk] = int(pk), item.case_id
    rows = Document.objects.select_related("case__team", "material", "approval", "posting__person")
    found = rows.in_bulk([pk for pk, _ in named.values()])
    return {key: found[pk] for key, (pk, case) in named.items() if pk in found and found[pk].case_id == case}


def from_export(finished: Iterable[tuple[WorkItem, str, datetime]]) -> int:
    """The papers whose upload items an export has finished: (item, receipt number, when). A number that is another's is
    left out: the paper is there all the same."""
    finished = list(finished)
    papers = papers_of(item for item, _, _ in finished)
    told = {papers[item.pk].pk: (clean(number)[:60], at) for item, number, at in finished if item.pk in papers}
    taken = set(
        Entered.objects.filter(number__in=[number for number, _ in told.values()]).values_list("number", flat=True)
    )
    done = set(Entered.objects.filter(document__in=told).values_list("document", flat=True))
    rows = []
    for pk, (number, at) in told.items():
        if pk not in done:
            rows.append(Entered(document_id=pk, number="" if number in taken else number, door=Door.EXPORT, at=at))
            taken.add(number)
    Entered.objects.bulk_create(rows)
    sending.withdraw(*(f"{PREFIX}{row.document_id}" for row in rows))
    return len(rows)
