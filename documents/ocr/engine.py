"""One engine a process: it takes 1.3 s and some 800 MB to make, so the queue `ocr` has one worker with one process."""

from functools import cache
from importlib.util import find_spec
from typing import Any, NamedTuple

from django.conf import settings
from PIL import Image

DPI = 200  # of the pictures that are read; the coordinates of lines are in its pixels
LEAST = 0.5  # surer than this, or it is noise


class Line(NamedTuple):
    """One line of text and its four corners (left top, right top, right bottom, left bottom), in pixels at `DPI`."""

    box: tuple[float, ...]
    text: str


def available() -> bool:
    """Whether this installation can read scans: the group `ocr` is installed and not switched off."""
    return bool(settings.OCR and find_spec("rapidocr") and find_spec("onnxruntime"))


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})


def read(picture: Image.Image) -> list[Line]:
    """The lines of an upright picture at `DPI`, in reading order."""
    import numpy

    found = _engine()(numpy.asarray(picture.convert("RGB"))[:, :, ::-1])
    if found.boxes is None:
        return []
    lines = [
        Line(tuple(round(float(value), 1) for corner in box for value in corner), text)
        for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
        if score >= LEAST and text.strip()
    ]
    return sorted(lines, key=lambda line: (round(line.box[1] / 20), line.box[0]))
