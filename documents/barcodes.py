"""Bar codes to print, and to read on a scanned page."""

import re

import zxingcpp
from django.utils.safestring import SafeString, mark_safe
from PIL import Image

from documents import codes
from documents.codes import Code

DRAWN = re.compile(r'<path d="([^"]+)"')
STRETCHED = ' preserveAspectRatio="none"'
SIZE = re.compile(r'<svg width="(\d+)" height="(\d+)"')


def svg(text: str, *, square: bool = False) -> SafeString:
    """Code 128, or a QR code where `square`; for a page that is printed, without a style of its own."""
    kind = zxingcpp.BarcodeFormat.QRCode if square else zxingcpp.BarcodeFormat.Code128
    drawn = zxingcpp.create_barcode(text, kind).to_svg()
    size, path = SIZE.search(drawn), DRAWN.search(drawn)
    if size is None or path is None:
        raise ValueError(f"no bar code for {text!r}")
    width, height = size.groups()
    return mark_safe(
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="条码 {text}"'
        f'{"" if square else STRETCHED}><path d="{path[1]}"/></svg>'
    )


def on_page(picture: Image.Image) -> list[Code]:
    """The codes of ours on a scanned page, whichever way up it lies."""
    found = zxingcpp.read_barcodes(picture.convert("L"))
    return [code for each in found if (code := codes.read(each.text))]
