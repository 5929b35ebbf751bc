"""The pages of a stored file, whatever its kind: as pictures for looking and reading, as PDF pages for binding."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image, ImageOps, ImageSequence

from cases import materials
from cases.models import Material
from cases.refusals import Refused

SCANNED = ("application/pdf", "image/jpeg", "image/png", "image/tiff")
MOST = 2000  # pages of one file
SIDE = 12000  # pixels of one side of a picture
LOCK = threading.RLock()  # pdfium serves one thread at a time


class Pages:
    """A file opened as pages. Indexes from 0."""

    def __init__(self, pdf: bytes | Path):
        self.source = pdf
        self.document = pypdfium2.PdfDocument(pdf)

    def __len__(self) -> int:
        return len(self.document)

    def picture(self, index: int, dpi: int, turned: int = 0) -> Image.Image:
        """The page upright at a resolution; bounded, so that a page of absurd size does not fill the memory."""
        page = self.document[index]
        scale = min(dpi / 72, SIDE / max(*page.get_size(), 1))
        return page.render(scale=scale, rotation=turned).to_pil()

    def size(self, index: int, turned: int = 0) -> tuple[float, float]:
        """Width and height of the upright page, in points."""
        width, height = self.document[index].get_size()
        return (height, width) if turned in (90, 270) else (width, height)

    def bind(self, target: pikepdf.Pdf, index: int, turned: int = 0) -> pikepdf.Page:
        """Append the page to a PDF as it was scanned, turned upright."""
        with pikepdf.open(io.BytesIO(self.source) if isinstance(self.source, bytes) else self.source) as source:
            target.pages.append(source.pages[index])
        page = target.pages[-1]
        if turned:
            page.rotate(turned, relative=True)
        return page

    def close(self) -> None:
        self.document.close()


@contextmanager
def opened(material: Material) -> Iterator[Pages]:
    """Open a stored file as pages; Refused in a sentence for what does not open."""
    path = materials.path_of(material.sha256)
    with LOCK:
        yield from _opened(material, path)


def _opened(material: Material, path: Path) -> Iterator[Pages]:
    try:
        pages = Pages(path if material.content_type == "application/pdf" else _as_pdf(path))
    except (pypdfium2.PdfiumError, OSError, ValueError) as error:
        raise Refused(f"「{material.title}」打不开：文件可能已损坏，请重新扫描。") from error
    try:
        if not 0 < len(pages) <= MOST:
            raise Refused(f"「{material.title}」有 {len(pages)} 页：一个文件须为 1 至 {MOST} 页，请分批扫描。")
        yield pages
    finally:
        pages.close()


def _as_pdf(path: Path) -> bytes:
    """A picture, or the frames of a TIFF, as pages of the size they were scanned."""
    written = io.BytesIO()
    with Image.open(path) as picture:
        dpi = picture.info.get("dpi", (200, 200))[0] or 200
        frames = []
        for number, frame in enumerate(ImageSequence.Iterator(picture)):
            if number >= MOST:
                break
            upright = ImageOps.exif_transpose(frame)
            frames.append(upright.convert("L" if upright.mode in ("1", "L") else "RGB"))
        frames[0].save(
            written, "PDF", save_all=True, append_images=frames[1:], resolution=float(max(72, dpi)), quality=92
        )
    return written.getvalue()
