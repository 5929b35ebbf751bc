"""`/archive/` 卷宗管理中心: seven tabs, each what waits for one act; the number beside it is what waits."""

from collections.abc import Set as AbstractSet
from datetime import datetime, time

from django.utils import timezone

from archives import scanning
from archives.models import Loan, ScanBatch, Volume
from archives.volumes import code_of
from cases import context, lists, rights
from cases.models import WorkItem
from cases.pages.lights import light, short, stamp
from cases.pages.names import line, parties_of, short_number
from cases.pages.queue_rows import unseen_of
from documents import custody, ocr
from documents.models import Bundle, Custody
from documents.pages.custody_page import SEEN, hand_over, row
from teams.actor import Actor

State = ScanBatch.State
LABELS = {
    "receive": "收件", "scan": "待扫描", "catalogue": "待编目", "file": "待归档", "check": "待质检", "shelve": "入库", "loans": "提档",
}  # fmt: skip
EMPTY = {
    "receive": "今天还没有送来的材料包。",
    "scan": "没有等待扫描的材料包。",
    "catalogue": "没有等待编目的批次。",
    "file": "没有等待归档的案件。",
    "check": "没有等待质检的案卷。",
    "shelve": "没有等待打包或上架的案卷。",
    "loans": "没有待取、借出或外送的案卷。",
}


def waiting(key: str, actor: Actor):
    """The rows behind one tab, in the order in which they are to be done."""
    if key == "receive":
        return Custody.objects.filter(to_team_id=actor.team_id, taken_at=None, recalled_at=None).order_by("pk")
    if key == "scan":
        running = ScanBatch.objects.exclude(bundle=None).exclude(state=State.DROPPED).values("bundle")
        mine = Bundle.objects.filter(team_id=actor.team_id, received_at__isnull=False, filed_at=None)
        return mine.exclude(pk__in=running).order_by("pk")
    if key == "catalogue":
        return ScanBatch.objects.exclude(state__in=(State.FILED, State.DROPPED)).order_by("pk")
    if key == "file":
        archiving = Volume.objects.exclude(state__in=("returned", "shelved")).values("case")
        items = WorkItem.objects.filter(team_id=actor.team_id, rule="archives.file_case", open=True)
        return items.exclude(case__in=archiving).order_by("due_at", "pk")
    if key == "check":
        return Volume.objects.filter(state="checking").order_by("pk")
    if key == "shelve":
        return Volume.objects.filter(state__in=("passed", "packing", "packed")).order_by("pk")
    return Loan.objects.filter(state__in=("granted", "out")).order_by("pk")


def index(request, actor: Actor) -> dict:
    """One tab; fifty rows."""
    key = request.GET.get("tab", "receive")
    key = key if key in LABELS else "receive"
    ctx = context.read()
    rows = ROWS[key](ctx, actor, waiting(key, actor))
    return {
        "tabs": [
            {"key": k, "label": label, "url": f"/archive/?tab={k}", "current": k == key, "count": lists.capped(waiting(k, actor), "pk")}
            for k, label in LABELS.items()
        ],
        "tab": key,
        "back": f"/archive/?tab={key}",
        "rows": rows,
        "empty": EMPTY[key],
        "ocr": ocr.available(),
        "people": scanning.scanners(actor) if key == "scan" else {},
    }  # fmt: skip


def _named(ctx, case, unseen: AbstractSet[int]) -> dict:
    """`unseen`: confidential cases on which the reader is not named. Their row says that something waits, and no more."""
    if case.pk in unseen:
        return {"case": rights.MASKED, "full": rights.MASKED, "case_url": "", "unseen": True}
    number = short_number(case, ctx.today.year)
    return {"case": number, "full": case.number, "case_url": f"/cases/{case.pk}/", "unseen": False}


def _bundle(ctx, bundle: Bundle, unseen: AbstractSet[int]) -> dict:
    return {**row(ctx, bundle, unseen), **_named(ctx, bundle.case, unseen)}


def _receive(ctx, actor, rows) -> list[dict]:
    """What is on its way, and above it what came today with its count."""
    midnight = timezone.make_aware(datetime.combine(ctx.today, time.min), ctx.now.tzinfo)
    today = (
        Custody.objects.filter(to_team_id=actor.team_id, taken_at__gte=midnight)
        .select_related(*SEEN)
        .order_by("-taken_at")
    )
    found = [*rows.select_related(*SEEN)[: lists.PAGE], *today[: lists.PAGE]]
    unseen = unseen_of(actor, [each.bundle.case for each in found])
    return [{**_bundle(ctx, each.bundle, unseen), **hand_over(ctx, each)} for each in found]


def _scan(ctx, actor, rows) -> list[dict]:
    found = list(rows.select_related("case")[: lists.PAGE])
    subjects = {(row.case_id, row.duty) for row in found if row.duty}
    items = WorkItem.objects.filter(
        case__in=[row.case_id for row in found], rule__startswith="archives.scan_", open=True
    )
    lamps = {
        (item.case_id, item.subject): light(ctx, item) for item in items if (item.case_id, item.subject) in subjects
    }
    unseen = unseen_of(actor, [each.case for each in found])
    return [
        {
            **_bundle(ctx, each, unseen),
            "light": lamps.get((each.case_id, each.duty)),
            "came": stamp(ctx, each.received_at),
        }
        for each in found
    ]


def _catalogue(ctx, actor, rows) -> list[dict]:
    found = list(rows.select_related("bundle__case", "holder").prefetch_related("pages__bundle__case")[: lists.PAGE])
    unseen = unseen_of(actor, [bundle.case for batch in found for bundle in bundles_of(batch)])
    return [batch_row(ctx, batch, unseen) for batch in found]


def bundles_of(batch: ScanBatch) -> list[Bundle]:
    """What its covers say it holds, else what it was begun for."""
    return [page.bundle for page in batch.pages.all() if page.bundle] or ([batch.bundle] if batch.bundle else [])


def batch_row(ctx, batch: ScanBatch, unseen: AbstractSet[int] = frozenset()) -> dict:
    """One batch with what of it is done, from its pages; without a name where a case of it is `unseen`."""
    pages, bundles = list(batch.pages.all()), bundles_of(batch)
    blind = any(bundle.case_id in unseen for bundle in bundles)
    kept = [page for page in pages if not page.dropped]
    places = [page for page in kept if page.starts]
    numbers = {} if blind else {bundle.case.number: bundle for bundle in bundles}
    return {
        "id": batch.pk,
        "url": "" if blind else f"/archive/batch/{batch.pk}/",
        "cases": [rights.MASKED] if blind else list(numbers)[:3],
        "titles": [bundle.title for bundle in numbers.values()][:3],
        "holder": batch.holder.name,
        "state": batch.get_state_display(),
        "key": batch.state,
        "colour": {"given": "am", "reading": "bl", "open": "am", "filing": "bl"}.get(batch.state, "gr"),
        "problem": batch.problem,
        "pages": len(kept),
        "placed": sum(1 for page in places if page.place),
        "papers": len(places),
        "read": sum(1 for page in kept if page.lines is not None),
        "at": stamp(ctx, batch.made_at),
    }


def _file(ctx, actor, rows) -> list[dict]:
    found = list(rows.select_related("case")[: lists.PAGE])
    unseen = unseen_of(actor, [row.case for row in found])
    parties = parties_of([row.case for row in found if row.case_id not in unseen])
    back = dict(
        Volume.objects.filter(case__in=[row.case_id for row in found], state="returned").values_list(
            "case", "check_note"
        )
    )
    return [
        {**_named(ctx, row.case, unseen), "light": light(ctx, row), "stage": row.case.get_stage_display(),
         "url": f"/archive/case/{row.case_id}/",
         "parties": "" if row.case_id in unseen else line(row.case, parties),
         "returned": "" if row.case_id in unseen else back.get(row.case_id, "")}
        for row in found
    ]  # fmt: skip


def _volume(ctx, volume: Volume, unseen: AbstractSet[int]) -> dict:
    return {
        **_named(ctx, volume.case, unseen), "id": volume.pk, "url": f"/archive/case/{volume.case_id}/", "code": code_of(volume),
        "papers": volume.papers, "pages": volume.pages_main + volume.pages_secret, "retention": volume.get_retention_display(),
        "asked": f"{volume.asked_by.name} {stamp(ctx, volume.asked_at)}", "key": volume.state, "state": volume.get_state_display(),
        "problem": "" if volume.case_id in unseen else volume.problem,
        "sampled": "永久保管" if volume.retention == "permanent" else "随机抽中",
    }  # fmt: skip


def _check(ctx, actor, rows) -> list[dict]:
    found = list(rows.select_related("case", "asked_by")[: lists.PAGE])
    unseen = unseen_of(actor, [row.case for row in found])
    return [{**_volume(ctx, row, unseen), "own": row.asked_by_id == actor.user_id} for row in found]


def _shelve(ctx, actor, rows) -> list[dict]:
    found = list(rows.select_related("case", "asked_by")[: lists.PAGE])
    unseen = unseen_of(actor, [row.case for row in found])
    return [_volume(ctx, row, unseen) for row in found]


def _loans(ctx, actor, rows) -> list[dict]:
    found = list(rows.select_related("case", "volume", "borrower", "team")[: lists.PAGE])
    items = WorkItem.objects.filter(
        case__in=[row.case_id for row in found], rule__in=("archives.loan", "archives.return_watch"), open=True
    )
    lamps = {item.subject: light(ctx, item) for item in items}
    unseen = unseen_of(actor, [row.case for row in found])
    return [
        {**_named(ctx, row.case, unseen), "id": row.pk, "kind": row.get_kind_display(), "state": row.get_state_display(), "key": row.state,
         "who": "" if row.case_id in unseen else f"{row.team.name} {row.borrower.name}" if row.borrower and row.team else row.court,
         "reason": "" if row.case_id in unseen else row.reason,
         "secret": row.secret, "until": short(row.until, ctx.today) if row.until else "", "light": lamps.get(f"loan:{row.pk}"),
         "code": code_of(row.volume) if row.volume else "", "shelf": row.volume.shelf if row.volume else "未上架",
         "colour": {"granted": "am", "out": "bl"}[row.state]}
        for row in found
    ]  # fmt: skip


ROWS = {
    "receive": _receive, "scan": _scan, "catalogue": _catalogue, "file": _file, "check": _check, "shelve": _shelve, "loans": _loans,
}  # fmt: skip


def own_batches(actor: Actor) -> list[dict]:
    """What a contractor finds: the batches he holds; numbers masked, no names."""
    ctx = context.read()
    rows = ScanBatch.objects.filter(holder_id=actor.user_id, state__in=(State.GIVEN, State.READING, State.OPEN))
    found = (
        rows.select_related("bundle__case", "holder")
        .prefetch_related("pages__bundle__case")
        .order_by("pk")[: lists.PAGE]
    )
    return [{**batch_row(ctx, row), "cases": [], "titles": [], "code": code(row)} for row in found]


def code(batch: ScanBatch) -> str:
    return custody.code_of(batch.bundle) if batch.bundle else f"批次 {batch.pk}"
