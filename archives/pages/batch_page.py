"""The page of one batch: upload, then one scanned page after another with what is decided about it by keys."""

from django.db.models import Prefetch, prefetch_related_objects

from archives import cataloguing, filing, scanning
from archives.access import outside
from archives.models import ScanBatch, ScanPage
from archives.pages import desk
from cases import context, jobs
from cases.models import Job
from documents import custody, ocr
from documents.models import Bundle
from teams.actor import Actor

State = ScanBatch.State


def page(batch: ScanBatch, actor: Actor, wanted: str = "") -> dict:
    """Where the batch stands; while it is open, the page that is wanted, else the first without a place."""
    ctx, masked = context.read(), outside(actor)
    pages = ScanPage.objects.select_related("bundle__case").order_by("number")
    prefetch_related_objects([batch], Prefetch("pages", pages))  # read once for the row, the page and the papers
    rows = list(batch.pages.all()) if batch.state != State.GIVEN else []
    return {
        "batch": {**desk.batch_row(ctx, batch), "code": desk.code(batch), "duplex": batch.duplex},
        "masked": masked,
        "to": _to(batch, actor) if not masked and batch.state in scanning.UNDER_WAY else {},
        "home": "/archive/mine/" if masked else "/archive/?tab=catalogue",
        "ocr": ocr.available(),
        "progress": _progress(batch) if batch.state in (State.READING, State.FILING) else None,
        "current": _current(rows, wanted, masked) if batch.state == State.OPEN and rows else None,
        "papers": _papers(batch, masked) if batch.state in (State.OPEN, State.FILING) else [],
        "blanks": sum(1 for row in rows if row.blank and not row.dropped and not row.starts),
        "faults": cataloguing.faults(batch, outside=masked) if batch.state == State.OPEN else [],
        "counts": _counts(batch, masked) if batch.state == State.OPEN else [],
        "unread": scanning.unread(batch).count()
        if batch.state in (State.OPEN, State.FILING) and ocr.available()
        else 0,
    }


def _to(batch: ScanBatch, actor: Actor) -> dict[int, str]:
    """To whom else the batch may go."""
    return {pk: name for pk, name in scanning.scanners(actor).items() if pk != batch.holder_id}


def _progress(batch: ScanBatch) -> dict:
    kind = "archives.read" if batch.state == State.READING else "archives.file"
    job = Job.objects.filter(kind=kind, key=str(batch.pk)).order_by("-pk").first()
    done, total = jobs.progress_of(job) if job else (0, 0)
    return {
        "done": done,
        "total": total,
        "error": (job.result or {}).get("error", "") if job and job.state == "failed" else "",
    }


def _current(rows: list[ScanPage], wanted: str, masked: bool) -> dict:
    numbers = [row.number for row in rows]
    undecided = [row.number for row in rows if row.starts and not row.place and not row.dropped]
    kept = [row.number for row in rows if not row.dropped]
    number = int(wanted) if wanted.isdigit() and int(wanted) in numbers else (undecided or kept or numbers)[0]
    at = numbers.index(number)
    row = rows[at]
    secret = row.secret
    return {
        "number": number,
        "total": len(rows),
        "previous": numbers[at - 1] if at else 0,
        "next": numbers[at + 1] if at + 1 < len(numbers) else 0,
        "image": f"/archive/batch/{row.batch_id}/page/{number}/image/?turned={row.turned}",
        "blank": row.blank,
        "dropped": row.dropped,
        "sheet": row.dropped and row.bundle is None,
        "starts": row.starts,
        "place": f"{'S' if secret else ''}{row.place}" if row.place else "",
        "title": "" if masked else row.title,
        "lost": row.bundle is None and not row.dropped,
        "of": _of(row.bundle, masked),
        "index": list(enumerate(cataloguing.names(row, False), 1)),
        "secret_index": list(enumerate(cataloguing.names(row, True), 1)),
    }


def _of(bundle: Bundle | None, masked: bool) -> str:
    if bundle is None:
        return ""
    return custody.code_of(bundle) if masked else f"{bundle.case.number} {bundle.title}"


def _papers(batch: ScanBatch, masked: bool) -> list[dict]:
    found = []
    for pages in cataloguing.papers(batch):
        first, last = pages[0], pages[-1]
        name = cataloguing.names(first, first.secret)[first.place - 1] if first.place else "未编目"
        found.append(
            {
                "first": first.number,
                "span": f"{first.number}" if first is last else f"{first.number}–{last.number}",
                "place": f"{'S' if first.secret else ''}{first.place}" if first.place else "",
                "name": name if masked else first.title or name,
                "pages": len(pages),
                "of": _of(first.bundle, masked),
            }
        )
    return found


def _counts(batch: ScanBatch, masked: bool) -> list[dict]:
    """三方页数 before filing: paper against scan, by bundle."""
    return [
        {"id": bundle.pk, "of": _of(bundle, masked), "paper": bundle.pages_paper, "scanned": n, "same": n == bundle.pages_paper,
         "why": bundle.difference}
        for bundle, n in filing.counted(batch).items()
    ]  # fmt: skip
