"""The demonstration's seal: a digital signature of a certificate made on this machine, and a red round that says 样章.

Never the court's: `check --deploy` refuses it, and every page says 「样章 演示」.
"""

import io
import logging
import math
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext

from documents import demo_ca
from documents.drawing import Drawn
from documents.drawing.closing import SEAL

for name in ("pyhanko", "pyhanko_certvalidator"):  # a forged file is an answer, not a fault with a traceback
    logging.getLogger(name).setLevel(logging.CRITICAL)
FIELD, DOTS = "CourtSeal", 496


class Demo:
    """Signs the PDF (PAdES) and shows a seal that cannot be mistaken for the court's."""

    place, across, how = "mark", "样章 演示", "here"

    def seal(self, drawn: Drawn, title: str) -> bytes:
        page, x, y = drawn.seal_at or (1, 420.0, 130.0)
        box = (int(x - SEAL / 2), int(y - SEAL / 2), int(x + SEAL / 2), int(y + SEAL / 2))
        writer = IncrementalPdfFileWriter(io.BytesIO(drawn.pdf))
        fields.append_signature_field(writer, fields.SigFieldSpec(FIELD, on_page=page - 1, box=box))
        about = signers.PdfSignatureMetadata(
            field_name=FIELD, reason=f"演示用印：{title}"[:100], md_algorithm="sha256", certify=True,
            subfilter=fields.SigSeedSubFilter.PADES, docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        )  # fmt: skip
        return apart(signers.PdfSigner(about, signer=signer(), stamp_style=style()).sign_pdf, writer).getvalue()


def valid(pdf: bytes) -> bool:
    """Whether the signature stands, is of this machine's certificate, and nothing was changed since."""
    root = load_cert_from_pemder(str(folder() / demo_ca.AUTHORITY))
    trust = ValidationContext(trust_roots=[root], allow_fetching=False)
    try:
        (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        return bool(apart(validate_pdf_signature, signature, trust).bottom_line)
    except (PdfError, SignatureValidationError, ValueError):  # no PDF any more, or not one signature
        return False


def apart(function, *given):
    """Call it in a thread of its own: pyHanko brings its event loop, and there may be one here already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(function, *given).result()


def folder():
    return settings.VAR / "demo-seal"


@cache
def signer() -> signers.SimpleSigner:
    demo_ca.make(folder())
    return signers.SimpleSigner.load(
        key_file=str(folder() / demo_ca.KEY), cert_file=str(folder() / demo_ca.CERTIFICATE),
        ca_chain_files=(str(folder() / demo_ca.AUTHORITY),),
    )  # fmt: skip


@cache
def style() -> StaticStampStyle:
    layout = SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins(0, 0, 0, 0),
        inner_content_scaling=InnerScaling.STRETCH_TO_FIT,
    )  # fmt: skip
    return StaticStampStyle(
        background=PdfImage(image()), background_opacity=1.0, border_width=0, background_layout=layout
    )


def image() -> Image.Image:
    """A red round with a star, the court's name around it and 样章 below."""
    red, middle = (200, 30, 30, 200), DOTS / 2
    drawn = Image.new("RGBA", (DOTS, DOTS), (255, 255, 255, 0))
    pen = ImageDraw.Draw(drawn)
    pen.ellipse((6, 6, DOTS - 7, DOTS - 7), outline=red, width=12)
    points = [(middle + r * math.sin(a), middle - r * math.cos(a)) for a, r in _star()]
    pen.polygon(points, fill=red)
    font = ImageFont.truetype(str(settings.FONTS_DIR / "song-bold.ttf"), 50)
    name = settings.COURT_NAME
    for place, character in enumerate(name):
        turn = (place - (len(name) - 1) / 2) * 24
        letter = Image.new("RGBA", (64, 64), (255, 255, 255, 0))
        ImageDraw.Draw(letter).text((32, 32), character, font=font, fill=red, anchor="mm")
        x = middle + 196 * math.sin(math.radians(turn))
        y = middle - 196 * math.cos(math.radians(turn))
        turned = letter.rotate(-turn, resample=Image.Resampling.BICUBIC)
        drawn.alpha_composite(turned, (int(x - 32), int(y - 32)))
    pen.text(
        (middle, DOTS - 110),
        "样章 演示",
        font=ImageFont.truetype(str(settings.FONTS_DIR / "hei.ttf"), 44),
        fill=red,
        anchor="mm",
    )
    return drawn


def _star() -> list[tuple[float, float]]:
    return [(math.pi * corner / 5, 78.0 if corner % 2 == 0 else 30.0) for corner in range(10)]
