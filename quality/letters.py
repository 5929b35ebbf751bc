"""协助查询函: what a trip to the counters takes along, numbered and sealed as any paper, filed in every case it names.

A letter is a paper of the first of its cases. A case that is not open to all has a letter of its own: nobody reads
of it in the file of another.
"""

import io
from collections.abc import Iterable

import pikepdf
from django.core.files.base import ContentFile
from django.db import transaction

from assets.models import Query, QueryBatch
from cases import context, materials, rights
from cases.locks import lock_cases
from cases.models import Case, Material
from cases.present import present
from cases.refusals import Refused
from cases.settings_table import UNCONFIRMED
from documents import drafting, issuing
from documents.models import Document
from quality.models import TripLetter
from quality.persons import people
from teams.actor import Actor

KIND, FILED_AS = "offline_letter", "query"
GONE = (Document.State.VOID, Document.State.DROPPED)
COUNTER = {  # counter → the office it is addressed to, what it is asked about
    "real_estate": ("不动产登记中心", "名下不动产登记、抵押、查封情况"),
    "vehicle": ("公安局交通管理支队车辆管理所", "名下机动车登记、抵押、查封情况"),
    "housing_fund": ("住房公积金管理中心", "住房公积金缴存、余额、提取、冻结情况"),
}


def of(batches: Iterable[QueryBatch], reader: Actor | None = None) -> list[TripLetter]:
    """The letters that stand, by trip and number; for a reader those whose every case he may list."""
    found = TripLetter.objects.filter(batch__in=batches).exclude(document__state__in=GONE)
    rows = list(found.select_related("document__sealing", "document__material", "batch").order_by("batch_id", "pk"))
    if reader is None:
        return rows
    named = Case.objects.filter(pk__in={pk for row in rows for pk in row.cases})
    seen = set(rights.visible(reader, named).values_list("pk", flat=True))
    return [row for row in rows if seen.issuperset(row.cases)]


def may_leave(document: Document) -> bool:
    """Numbered, and its seal upon it."""
    sealing = getattr(document, "sealing", None)
    return document.state == Document.State.ISSUED and sealing is not None and sealing.state == sealing.State.DONE


def state(document: Document) -> str:
    sealing = getattr(document, "sealing", None)
    return sealing.get_state_display() if sealing else document.get_state_display()


def together(batches: Iterable[QueryBatch], reader: Actor) -> bytes:
    """One PDF of the letters of a trip that the reader sees, for one print."""
    rows = of(batches, reader)
    if not rows or not all(may_leave(row.document) for row in rows):
        raise Refused("协助查询函尚未全部制发用印，用印后才能打印：请稍候刷新，或打开函件查看原因。")
    whole, out = pikepdf.new(), io.BytesIO()
    for row in rows:
        with pikepdf.open(materials.path_of(present(row.document.material).sha256)) as paper:
            whole.add_pages_from(paper)  # with the field in which the seal stands
    whole.save(out)
    return out.getvalue()


@transaction.atomic
def write(batch: QueryBatch, by: Actor) -> list[TripLetter]:
    """The letters of a trip that the officer sees and that nobody has made yet, drafted and given to the worker."""
    rights.require_office(by, "offline")
    present(QueryBatch.objects.select_for_update().filter(pk=batch.pk).first())
    lock_cases(batch.queries.values_list("case_id", flat=True))
    written = {pk for row in of([batch]) for pk in row.cases}
    groups: dict[int, dict[str, list[Query]]] = {}
    for person, queries in people(batch, by).items():
        for query in queries:
            if query.case_id in written:
                continue
            own = query.case_id if query.case.confidential else 0
            groups.setdefault(own, {}).setdefault(person, []).append(query)
    if not groups:
        raise Refused("本趟的协助查询函已经制发；内容有误的，先作废再重新制发。")
    return [_letter(batch, people, by) for _, people in sorted(groups.items())]


def _letter(batch: QueryBatch, people: dict[str, list[Query]], by: Actor) -> TripLetter:
    body, scope = COUNTER[batch.counter]
    cases = sorted({query.case_id for queries in people.values() for query in queries})
    asked = {"body": body, "scope": scope, "people": "\n".join(map(_line, people.values())), **linkman(by)}
    document = drafting.begin(Case.objects.get(pk=cases[0]), KIND, by, asked=asked)
    row = TripLetter.objects.create(batch=batch, document=document, cases=cases)
    issuing.issue(document, by)
    return row


def _line(queries: list[Query]) -> str:
    party = queries[0].party
    numbers = "、".join(dict.fromkeys(query.case.number for query in queries))
    return "｜".join((party.name, party.get_certificate_display() or "—", party.certificate_number or "—", numbers))


def linkman(by: Actor) -> dict[str, str]:
    """Whoever goes; the court's telephone, and where nobody has given it yet his team's or his own."""
    ctx = context.read()
    phone = ctx.settings.get("court_phone")
    if UNCONFIRMED in phone:
        phone = present(ctx.roster.team(by.team_id)).phone or ctx.roster.phone(by.user_id)
    return {"linkman": by.name, "phone": phone}


def sealed(document: Document) -> None:
    """It may leave: the sealed file goes into the other cases' files as well, in the order of locks."""
    row = TripLetter.objects.filter(document=document).first()
    if row is None:
        return
    paper, by = present(document.material), document.drafter
    content = materials.path_of(paper.sha256).read_bytes()
    for pk, case in lock_cases(row.cases).items():
        if pk != document.case_id:
            upload = ContentFile(content, name=paper.original_name)
            materials.file(case, upload, kind=FILED_AS, by=by, title=f"{document.title}（{document.number}）")


def voided(document: Document, reason: str, by: Actor) -> None:
    """The copies in the other cases are void with it."""
    row = TripLetter.objects.filter(document=document).first()
    if row is None:
        return
    files = Material.objects.filter(document=document).values("sha256")
    copies = Material.objects.filter(case__in=row.cases, kind=FILED_AS, sha256__in=files, voided_at=None)
    for copy in copies.exclude(case=document.case_id).order_by("case_id"):
        materials.void(copy, reason, by)
