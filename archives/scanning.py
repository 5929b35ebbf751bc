"""扫描: a batch is begun for a bundle (or for a pile with cover sheets), files come in by upload or from the scanner's
folder, and the worker reads them into pages: split by cover and separator sheets, collated, blanks marked."""

from collections.abc import Iterable
from contextlib import suppress

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q

from archives.models import ScanBatch, ScanPage
from cases import context, jobs, journal, materials
from cases.models import Job, Material
from cases.present import present
from cases.refusals import Refused, Stale
from documents import barcodes, codes, custody, ocr
from documents.dossier.images import is_blank
from documents.models import Bundle
from teams.actor import Actor
from teams.models import Post, Posting
from teams.notices import tell

State = ScanBatch.State
UNDER_WAY = (State.GIVEN, State.READING, State.OPEN)  # may be handed on, and dropped
LOOK = 110  # dpi at which codes and blanks are looked for
CLOSED = "副卷材料和不公开案件不交外包扫描，请由本中心人员扫描。"
CHUNK = 8  # pages read by one job of the queue `ocr`


@transaction.atomic
def begin(by: Actor, *, bundle: Bundle | None = None, holder_id: int | None = None, duplex: bool = False) -> ScanBatch:
    """Give somebody of the centre, or one of its contractors, a batch to scan."""
    ctx = context.read()
    if bundle is not None:
        _at_hand(bundle, by)
    if holder_id and holder_id not in scanners(by):
        raise Refused("只能交给本中心的人员或外包扫描员。")
    if bundle is not None and closed_to_contractors(bundle) and is_contractor(holder_id, by):
        raise Refused(CLOSED)
    batch = ScanBatch.objects.create(
        bundle=bundle, holder_id=holder_id or present(by.user_id), duplex=duplex, made_at=ctx.now, made_by_id=by.user_id
    )
    facts = {"batch": batch.pk, "bundle": bundle.pk if bundle else None, "holder": batch.holder_id}
    journal.write([journal.Line(None, "scan", "begin", "扫描批次交办", facts)], by)
    return batch


@transaction.atomic
def hand(batch: ScanBatch, holder_id: int, by: Actor) -> ScanBatch:
    """改交: somebody else goes on with it, from the scanner's folder or because who had it is away."""
    fresh = lock(batch, *UNDER_WAY)
    if holder_id not in scanners(by):
        raise Refused("只能交给本中心的人员或外包扫描员。")
    if holder_id == fresh.holder_id:
        raise Refused(f"这一批就在{fresh.holder.name}手上：请选另一人。")
    bundles = Bundle.objects.filter(Q(batches=fresh) | Q(scans__batch=fresh)).select_related("case")
    secret = ScanPage.objects.filter(batch=fresh, secret=True).exists()
    if is_contractor(holder_id, by) and (secret or any(closed_to_contractors(bundle) for bundle in bundles)):
        raise Refused(CLOSED)
    facts = {"batch": fresh.pk, "from": fresh.holder_id, "holder": holder_id}
    fresh.holder_id, fresh.made_by_id = holder_id, fresh.made_by_id or by.user_id
    fresh.save(update_fields=["holder", "made_by"])
    journal.write([journal.Line(None, "scan", "hand", "扫描批次改交", facts)], by)
    return fresh


def _at_hand(bundle: Bundle, by: Actor) -> None:
    fresh = Bundle.objects.select_for_update(of=("self",)).select_related("case").get(pk=bundle.pk)
    if fresh.team_id != by.team_id or fresh.received_at is None:
        raise Refused(f"{custody.called(fresh)}不在本中心：请先扫码接收。")
    if fresh.filed_at:
        raise Refused(f"{custody.called(fresh)}已扫描入卷。")
    running = ScanBatch.objects.filter(bundle=fresh).exclude(state__in=(State.FILED, State.DROPPED))
    if running.exists():
        raise Refused(f"{custody.called(fresh)}已在扫描，不重复交办。")


def closed_to_contractors(bundle: Bundle) -> bool:
    """副卷, and cases of named people only (flow §7)."""
    return bundle.secret or bundle.case.confidential or bundle.case.state_secret


def is_contractor(person_id: int | None, by: Actor) -> bool:
    rows = Posting.objects.on(context.read().today).filter(team_id=by.team_id, person_id=person_id)
    return rows.filter(post=Post.CONTRACTOR).exists()


def scanners(by: Actor) -> dict[int, str]:
    """Who may be given a batch: {person: name}, contractors marked."""
    rows = Posting.objects.on(context.read().today).filter(team_id=by.team_id).select_related("person")
    return {
        row.person_id: f"{row.person.name}（外包）" if row.post == Post.CONTRACTOR else row.person.name for row in rows
    }


@transaction.atomic
def receive(batch: ScanBatch, uploads: Iterable, by: Actor, *, source: str = "upload") -> ScanBatch:
    """Take scanned files into the batch and send it to be read; all of them, or none."""
    fresh = lock(batch, State.GIVEN)
    files = [_keep(upload, by) for upload in uploads]
    if not files:
        raise Refused("请选择扫描文件：PDF、JPEG、PNG 或 TIFF。")
    fresh.files.add(*files)
    fresh.state, fresh.problem, fresh.source = State.READING, "", source
    fresh.save(update_fields=["state", "problem", "source"])
    facts = {"batch": fresh.pk, "files": [row.sha256 for row in files]}
    journal.write([journal.Line(None, "scan", "receive", "扫描文件上传", facts)], by)
    jobs.enqueue("archives.read", str(fresh.pk), {"batch": fresh.pk}, by if by.user_id else None)
    return fresh


def _keep(upload, by: Actor) -> Material:
    row = materials.file(None, upload, kind="raw_scan", by=by, title=upload.name)
    if row.content_type not in ocr.SCANNED:
        raise Refused(f"「{upload.name}」不是扫描文件：请选择 PDF、JPEG、PNG 或 TIFF。")
    return row


def lock(batch: ScanBatch, *states: str) -> ScanBatch:
    """The batch for changing, in one of these states; Stale says where it is meanwhile."""
    fresh = ScanBatch.objects.select_for_update(of=("self",)).select_related("bundle__case", "holder").get(pk=batch.pk)
    if fresh.state not in states:
        raise Stale(f"该批次现为「{fresh.get_state_display()}」，请刷新后再办。")
    return fresh


def read(job: Job) -> None:
    """The worker's part: pages with their order, bundle, place and blanks. What does not open goes back with the reason."""
    batch = ScanBatch.objects.select_for_update(of=("self",)).select_related("bundle").get(pk=job.payload["batch"])
    if batch.state != State.READING:
        return
    try:
        with transaction.atomic():
            pages = _pages(batch, job)
            ScanPage.objects.bulk_create(_divide(batch, pages))
    except Refused as refusal:
        batch.state, batch.problem = State.GIVEN, str(refusal)[:300]
        batch.files.clear()
        batch.save(update_fields=["state", "problem"])
        return
    batch.state = State.OPEN
    batch.save(update_fields=["state"])
    read_on(batch)


def not_read(job: Job) -> None:
    """Reading failed for good: the batch takes files again, and whoever has it hears why."""
    batch = ScanBatch.objects.select_for_update(of=("self",)).get(pk=job.payload["batch"])
    if batch.state == State.READING:
        batch.files.clear()
        give_back(batch, State.GIVEN, jobs.why(job), batch.holder_id)


def give_back(batch: ScanBatch, state: str, reason: str, *people: int | None) -> None:
    """What a worker could not do is somebody's again."""
    batch.state, batch.problem = state, reason[:300]
    batch.save(update_fields=["state", "problem"])
    tell(people, f"扫描批次 {batch.pk} 未能完成：{batch.problem}", f"/archive/batch/{batch.pk}/", kind="result")


def words_unread(job: Job) -> None:
    """No words of these pages: what waits for them to be filed does not wait any longer (the night reads them again)."""
    batch = ScanBatch.objects.select_for_update(of=("self",)).get(pk=job.payload["batch"])
    if batch.state == State.FILING:
        jobs.enqueue("archives.file", str(batch.pk), {"batch": batch.pk})
        text = f"扫描批次 {batch.pk} 有 {unread(batch).count()} 页未能识别文字，已照常入卷，暂不能按内容检索。"
        tell([batch.filed_by_id], text, f"/archive/batch/{batch.pk}/", kind="result")


class Seen:
    """A page as it was scanned: from which file, which codes are on it, whether it is blank."""

    def __init__(self, source: Material, index: int, found: list[codes.Code], blank: bool):
        self.source, self.index, self.codes, self.blank = source, index, found, blank


def _pages(batch: ScanBatch, job: Job) -> list[Seen]:
    seen: list[Seen] = []
    for source in batch.files.order_by("pk"):
        with ocr.opened(source) as pages:
            for index in range(len(pages)):
                picture = pages.picture(index, LOOK)
                found = barcodes.on_page(picture)
                seen.append(Seen(source, index, found, not found and is_blank(picture)))
                jobs.tell_progress(job, index + 1, len(pages))
    return _collated(seen) if batch.duplex else seen


def _collated(seen: list[Seen]) -> list[Seen]:
    """先正面后背面: the backs come out of the feeder last page first."""
    if len(seen) % 2:
        raise Refused(f"正反面合并须页数相等，现共 {len(seen)} 页：请核对后重新扫描。")
    half = len(seen) // 2
    fronts, backs = seen[:half], seen[half:][::-1]
    return [side for pair in zip(fronts, backs, strict=True) for side in pair]


def _divide(batch: ScanBatch, seen: list[Seen]) -> list[ScanPage]:
    """Cover sheets change the bundle, separator sheets begin a paper; both stay as pages that are left out."""
    known = Bundle.objects.in_bulk({c.key for each in seen for c in each.codes if c.kind == codes.BUNDLE})
    bundle, begins, secret, place = batch.bundle, True, bool(batch.bundle and batch.bundle.secret), 0
    rows, sheet = [], False
    for number, each in enumerate(seen, 1):
        code = next((c for c in each.codes if c.kind in (codes.BUNDLE, "FY")), None)
        row = ScanPage(batch=batch, number=number, source=each.source, index=each.index, blank=each.blank)
        if code and code.kind == codes.BUNDLE:
            bundle, begins, place = known.get(code.key), True, 0
            secret = bool(bundle and bundle.secret)
        elif code:
            begins, secret, place = True, code.secret or bool(bundle and bundle.secret), code.place
        elif not (each.blank and sheet):  # the back of a sheet that separates is left out with it
            row.bundle, row.secret = bundle, secret
            row.starts, row.place = begins and not each.blank, place if begins else 0
            begins, place = begins and each.blank, place if each.blank else 0
        row.dropped = row.bundle is None and (code is not None or (each.blank and sheet))
        sheet = code is not None
        rows.append(row)
    return rows


@transaction.atomic
def drop(batch: ScanBatch, reason: str, by: Actor) -> None:
    """弃用: scan again; nothing of it is in a file."""
    if not reason.strip():
        raise Refused("请写明弃用原因。")
    fresh = lock(batch, *UNDER_WAY)
    fresh.state, fresh.problem = State.DROPPED, reason[:300]
    fresh.save(update_fields=["state", "problem"])
    facts = {"batch": fresh.pk, "reason": reason}
    journal.write([journal.Line(None, "scan", "drop", "扫描批次弃用", facts)], by)


def collect(folder, by: Actor) -> int:
    """The scanner's folder: each file that has come to rest becomes a batch of its own; how many were taken.

    A file is moved aside only after its batch is stored: killed between, it is found again, and its content is known
    by its hash, so that no page comes in twice.
    """
    taken = 0
    for path in sorted(folder.glob("*")):
        still = path.is_file() and context.read().now.timestamp() - path.stat().st_mtime > 10
        if not still or path.name.startswith("."):
            continue
        with suppress(Refused):
            _collect(path, by)
            taken += 1
    return taken


def _collect(path, by: Actor) -> None:
    from archives.folder import aside

    content, leader = path.read_bytes(), _leader()
    try:
        with transaction.atomic():
            sha256 = materials.store(ContentFile(content, name=path.name))[0]
            # Known is what stands in a batch; of one that was dropped or did not open the file comes in again.
            if not ScanBatch.objects.filter(files__sha256=sha256).exclude(state=State.DROPPED).exists():
                batch = ScanBatch.objects.create(holder_id=present(leader), made_at=context.read().now)
                receive(batch, [ContentFile(content, name=path.name)], by, source="folder")
    except Refused as refusal:
        aside(path, "refused", str(refusal))
        text = f"扫描文件夹里的「{path.name[:60]}」未收：{refusal} 文件已移到 refused，请重新扫描。"
        tell([leader], text, "/archive/?tab=catalogue", kind="result")
        raise
    aside(path, "taken")


def _leader() -> int | None:
    roster = context.read().roster
    return roster.leader(roster.coded("archives").id)


def unread(batch: ScanBatch):
    return ScanPage.objects.filter(batch=batch, lines__isnull=True, dropped=False)


def read_on(batch: ScanBatch) -> None:
    """Ask the queue `ocr` for the pages that are not read; nothing where this installation cannot read."""
    first = unread(batch).order_by("number").values_list("number", "turned").first() if ocr.available() else None
    if first is not None:
        jobs.enqueue("ocr.scan", f"{batch.pk}:{first[0]}:{first[1]}", {"batch": batch.pk})


def read_words(job: Job) -> None:
    """文字识别 of some pages, then the next ones: a killed worker has lost a minute, and the pages before it stand."""
    batch = ScanBatch.objects.get(pk=job.payload["batch"])
    rows = list(unread(batch).select_related("source").order_by("number")[:CHUNK])
    for row in rows:
        with ocr.opened(row.source) as pages:
            found = ocr.read(pages.picture(row.index, ocr.DPI, row.turned))
        lines = [[list(line.box), line.text] for line in found]
        # Only if it lies as it was read: whoever turned it meanwhile has asked for it again.
        ScanPage.objects.filter(pk=row.pk, turned=row.turned).update(lines=lines)
    if rows:
        read_on(batch)
    if not unread(batch).exists() and ScanBatch.objects.filter(pk=batch.pk, state=State.FILING).exists():
        jobs.enqueue("archives.file", str(batch.pk), {"batch": batch.pk})
