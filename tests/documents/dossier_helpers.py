"""Papers with real pages: PDFs that are drawn here, pictures, and the worker's jobs done at once."""

import io

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from cases import jobs, materials
from cases.models import Job, Material
from documents.drawing import fonts


def pdf(*pages: str, turn: int = 0) -> bytes:
    """One A4 page for each text, a line for each line of it; an empty text is an empty page."""
    fonts.ready()
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(595, 842), initialFontName="song")
    for text in pages:
        for row, line in enumerate(text.splitlines()):
            across = 80
            for font, piece in fonts.runs(line, "song"):
                canvas.setFont(font, 16)
                canvas.drawString(across, 760 - 28 * row, piece)
                across += canvas.stringWidth(piece, font, 16)
        canvas.showPage()
    canvas.save()
    return turned(made.getvalue(), turn) if turn else made.getvalue()


def turned(content: bytes, degrees: int) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as book:
        for page in book.pages:
            page.rotate(degrees, relative=True)
        book.save(made)
    return made.getvalue()


def locked(content: bytes) -> bytes:
    """The same under a password."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as book:
        book.save(made, encryption=pikepdf.Encryption(owner="x", user="y"))
    return made.getvalue()


def picture(kind: str = "JPEG", size=(300, 400), *, orientation: int = 0) -> bytes:
    """A picture with a black band along its upper edge; `orientation` is what the camera noted (EXIF)."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, size[0], size[1] // 8), fill="black")
    made, exif = io.BytesIO(), Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    image.save(made, kind, exif=exif)
    return made.getvalue()


def upload(content: bytes, name: str = "材料.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def file(case, by, content: bytes | None = None, name: str = "材料.pdf", *, kind: str = "other", **more) -> Material:
    """A paper of the case with its page images made."""
    title = more.pop("title", name.rpartition(".")[0])
    made = materials.file(case, upload(content or pdf(title), name), kind=kind, by=by, title=title, **more)
    work_off()
    return made


def work_off(*kinds: str) -> int:
    """Do what the worker would do, until nothing of the dossier waits."""
    done = 0
    while pks := list(
        Job.objects.filter(kind__in=kinds or ("dossier.render", "dossier.copy"), state="waiting").values_list(
            "pk", flat=True
        )
    ):
        assert all(jobs.run(pk) for pk in pks)
        done += len(pks)
    return done
