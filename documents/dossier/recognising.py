"""文字识别 of what teams put in: pages of papers that have no words are read by the queue `ocr`, a few a job.

What is read is for finding pages; names are never taken from it (reference §6). A page without a word on it is noted
as read. What the archive centre scans is read there, before it comes into a file.
"""

from django.db.models import QuerySet
from PIL import Image

from cases import jobs
from cases.models import Job, Material
from documents import ocr
from documents.dossier import images, text
from documents.models import Page, PageText, Rendition

JOB, AGAIN = "ocr.pages", "ocr.again"
CHUNK = 4  # pages of one job: a killed worker has lost half a minute
ATTEMPTS = 3  # pages that take the worker down with them are left alone after the third time


def unread(rendition: Rendition) -> QuerySet[Page]:
    return Page.objects.filter(rendition=rendition, words=None, blank=False, problem="").order_by("number")


def ask(rendition: Rendition) -> None:
    """Ask for the next pages; nothing where this installation cannot read, or the file is no paper of a case."""
    first = unread(rendition).values_list("number", flat=True).first() if ocr.available() else None
    if first is not None and Material.objects.filter(sha256=rendition.sha256, case__isnull=False).exists():
        jobs.enqueue(JOB, f"{rendition.sha256}:{first}", {"sha256": rendition.sha256})


def known(paper: Material) -> None:
    """The file has its page images already, of a time when it was no paper of a case."""
    made = Rendition.objects.filter(sha256=paper.sha256, state=Rendition.State.READY).first()
    if made:
        ask(made)


def produce(job: Job) -> None:
    """A few pages, and the next ones are asked for in the same transaction."""
    rendition = Rendition.objects.get(sha256=job.payload["sha256"])
    for page in unread(rendition)[:CHUNK]:
        readable = job.attempts <= ATTEMPTS
        text.keep(
            [(page, read(rendition, page) if readable else [])], PageText.Source.OCR, failures=0 if readable else 1
        )
    ask(rendition)


def again(job: Job) -> None:
    """One page that could not be read with its piece, by itself; the second time is the last."""
    page = Page.objects.select_related("rendition").get(pk=job.payload["page"])
    if job.attempts > ATTEMPTS:
        PageText.objects.filter(page=page, failures__gt=0).update(failures=2)
    else:
        text.keep([(page, read(page.rendition, page))], PageText.Source.OCR)


def read(rendition: Rendition, page: Page) -> list[text.Line]:
    """The lines of the page's image, their boxes in thousandths."""
    with Image.open(images.path_of(rendition.sha256, page.number)) as picture:
        found = ocr.read(picture)
        width, height = picture.size
    return [_upright(line, width, height) for line in found]


def _upright(line: ocr.Line, width: int, height: int) -> text.Line:
    across, down = line.box[::2], line.box[1::2]
    x, y = round(1000 * min(across) / width), round(1000 * min(down) / height)
    right, low = round(1000 * max(across) / width), round(1000 * max(down) / height)
    return text.Line(x, y, max(right - x, 1), max(low - y, 1), line.text)
