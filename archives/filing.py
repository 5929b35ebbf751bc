"""入卷: the papers of a catalogued batch become materials of their cases, one PDF each, with their words under them.

All of a batch or nothing. 三方页数: what was written on paper, what was scanned and what is in the file are counted
apart, the last from the stored files; where they differ somebody says why.
"""

import io

import pikepdf
from django.core.files.base import ContentFile
from django.db import transaction

from archives import cataloguing, scanning
from archives.models import ScanBatch, ScanPage
from cases import clock, context, jobs, materials, work
from cases.locks import lock_cases
from cases.models import Job, Material
from cases.present import present
from cases.refusals import Refused
from documents import custody, ocr
from documents.dossier import placing
from documents.models import Bundle
from teams.actor import Actor

State = ScanBatch.State
DONE = {Bundle.Kind.ORIGINALS: "originals_scanned", Bundle.Kind.PAPERS: "bundle_scanned"}


@transaction.atomic
def ask(batch: ScanBatch, by: Actor, *, differences: dict[int, str] | None = None, wait: bool = True) -> ScanBatch:
    """Send the batch into the files. `differences`: {bundle: why its pages differ}; `wait`: for the words of its pages."""
    fresh = scanning.lock(batch, State.OPEN, State.FILING) if not wait else scanning.lock(batch, State.OPEN)
    if wrong := cataloguing.faults(fresh):
        raise Refused(*wrong[:5])
    for bundle, scanned in counted(fresh).items():
        _refuse(bundle, scanned, (differences or {}).get(bundle.pk, ""), by)
    fresh.state, fresh.filed_by_id, fresh.problem = State.FILING, by.user_id, ""
    fresh.catalogued_by_id = fresh.catalogued_by_id or by.user_id
    fresh.save(update_fields=["state", "filed_by", "problem", "catalogued_by"])
    if wait and ocr.available() and scanning.unread(fresh).exists():
        scanning.read_on(fresh)  # the last page read sends it on
    else:
        jobs.enqueue("archives.file", str(fresh.pk), {"batch": fresh.pk}, by)
    return fresh


def counted(batch: ScanBatch) -> dict[Bundle, int]:
    """Pages that were kept, by bundle."""
    found: dict[Bundle, int] = {}
    for page in (
        cataloguing.kept(batch).exclude(bundle=None).select_related("bundle__case", "bundle__team", "bundle__holder")
    ):
        bundle = present(page.bundle)
        found[bundle] = found.get(bundle, 0) + 1
    return found


def _refuse(bundle: Bundle, scanned: int, why: str, by: Actor) -> None:
    if bundle.team_id != by.team_id or custody.open_hand_over(bundle):
        raise Refused(f"{custody.called(bundle)}{custody.where(bundle)}，不能入卷：请先扫码接收。")
    if bundle.filed_at:
        raise Refused(f"{custody.called(bundle)}已扫描入卷，不重复入卷。")
    if scanned != bundle.pages_paper:
        if not why.strip():
            raise Refused(
                f"{custody.called(bundle)}纸质 {bundle.pages_paper} 页，扫描 {scanned} 页：请核对，或写明不一致的原因。"
            )
        bundle.difference = why.strip()[:200]
        bundle.save(update_fields=["difference"])


def file(job: Job) -> None:
    """The worker's part. What is refused goes back to cataloguing with the reason, and nothing is in any file."""
    batch = ScanBatch.objects.select_for_update(of=("self",)).get(pk=job.payload["batch"])
    if batch.state != State.FILING:
        return
    person = present(batch.filed_by)
    by = Actor.of(person, None, clock.today())
    try:
        with transaction.atomic():
            _file(batch, by, job)
    except Refused as refusal:
        batch.state, batch.problem = State.OPEN, str(refusal)[:300]
        batch.save(update_fields=["state", "problem"])


def not_filed(job: Job) -> None:
    """Filing failed for good: back to cataloguing, nothing is in any file."""
    batch = ScanBatch.objects.select_for_update(of=("self",)).get(pk=job.payload["batch"])
    if batch.state == State.FILING:
        scanning.give_back(batch, State.OPEN, jobs.why(job), batch.filed_by_id)


def _file(batch: ScanBatch, by: Actor, job: Job) -> None:
    ctx, papers = context.read(), cataloguing.papers(batch)
    cases = lock_cases({present(pages[0].bundle).case_id for pages in papers})
    scanned: dict[int, int] = {}
    stored: dict[int, int] = {}
    for done, pages in enumerate(papers, 1):
        bundle = present(pages[0].bundle)
        pdf, count = bound(pages)
        material = _store(cases[bundle.case_id], pages, pdf, by)
        ScanPage.objects.filter(pk__in=[page.pk for page in pages]).update(material=material)
        scanned[bundle.pk] = scanned.get(bundle.pk, 0) + len(pages)
        stored[bundle.pk] = stored.get(bundle.pk, 0) + count
        jobs.tell_progress(job, done, len(papers))
    for bundle in (
        Bundle.objects.select_for_update(of=("self",)).filter(pk__in=scanned).select_related("case").order_by("pk")
    ):
        bundle.pages_scanned, bundle.pages_filed, bundle.filed_at = scanned[bundle.pk], stored[bundle.pk], ctx.now
        bundle.save(update_fields=["pages_scanned", "pages_filed", "filed_at"])
        if bundle.duty:
            anchor = DONE[Bundle.Kind(bundle.kind)]
            work.record_event(bundle.case, anchor, ctx.now, by, subject=bundle.duty, action="take_bundle")
    batch.state, batch.filed_at = State.FILED, ctx.now
    batch.save(update_fields=["state", "filed_at"])


def _store(case, pages: list[ScanPage], pdf: bytes, by: Actor) -> Material:
    first = pages[0]
    title = cataloguing.default_title(first)
    upload = ContentFile(pdf, name=f"{first.place:02}_{title[:60]}.pdf")
    material = materials.file(case, upload, kind="scan", by=by, title=title, secret=first.secret)
    return placing.put(material, first.place, by)


def bound(pages: list[ScanPage]) -> tuple[bytes, int]:
    """One PDF of the pages, upright, with the words that were read under each; and its pages as counted in the result."""
    written = io.BytesIO()
    with pikepdf.new() as target:
        for row in pages:
            with ocr.opened(row.source) as source:
                page = source.bind(target, row.index, row.turned)
                if row.lines:
                    lines = [ocr.Line(tuple(box), text) for box, text in row.lines]
                    ocr.searchable(page, lines, *source.size(row.index, row.turned))
        target.save(written, deterministic_id=True)
    with pikepdf.open(io.BytesIO(written.getvalue())) as made:
        return written.getvalue(), len(made.pages)
