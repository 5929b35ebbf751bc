"""Where page images stand: in the file store under the hash of their file, so that the same file is drawn once."""

import os
import tempfile
from pathlib import Path

from django.conf import settings
from PIL import Image

LONGEST = 2400  # pixels of the longer side: A4 at 200 dpi
FOLDER = "pages"
CONTENT_TYPE = "image/webp"
QUALITY = 78
EFFORT = 2  # of 6: a third of the time that 4 takes, for a file four hundredths larger
DARK = 150  # of 255: darker than this is ink
INK = 0.0004  # of a page's points; less is dust on an empty sheet
EDGE = 0.03  # of each side, where scanners leave shadows


def folder_of(sha256: str) -> Path:
    return settings.FILES_DIR / FOLDER / sha256[:2] / sha256[2:4] / sha256


def path_of(sha256: str, number: int) -> Path:
    return folder_of(sha256) / f"{number:04}.webp"


def keep(picture: Image.Image, sha256: str, number: int) -> None:
    """Write the image under its page: temporary name, then renamed, so that half an image is never shown."""
    target = path_of(sha256, number)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix="incoming-", dir=target.parent)
    with os.fdopen(handle, "wb") as out:
        picture.save(out, "WEBP", quality=QUALITY, method=EFFORT)
        if settings.FILES_ACCEL:
            os.fchmod(out.fileno(), 0o644)  # for nginx, which serves the volume
    os.replace(temporary, target)


def fitted(picture: Image.Image) -> Image.Image:
    """In grey or colour, no longer than the longest side that is kept."""
    made = picture if picture.mode in ("L", "RGB") else picture.convert("RGB")
    if max(made.size) > LONGEST:
        made = made.copy()
        made.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    return made


def is_blank(picture: Image.Image) -> bool:
    """Whether nothing stands on the page but dust and the scanner's shadow."""
    width, height = picture.size
    across, down = int(width * EDGE), int(height * EDGE)
    counts = picture.convert("L").crop((across, down, width - across, height - down)).histogram()
    return sum(counts[:DARK]) < INK * sum(counts)
