"""Pictures of scanned pages for the browser; for a contractor with his name and the time across them."""

import io

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

SHOWN = 110  # dpi of what the browser is shown
STEP = 260  # pixels between the marks of a watermark


def marked(picture: Image.Image, words: str) -> Image.Image:
    """The picture with the words across it again and again: part of the picture, not laid over it by the browser."""
    base = picture.convert("RGB")
    font = ImageFont.truetype(str(settings.FONTS_DIR / "hei.ttf"), 22)
    side = int(max(base.size) * 1.5)
    layer = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(layer)
    wide = int(draw.textlength(words, font=font)) + 90
    for row, y in enumerate(range(0, side, STEP)):
        for x in range(-(row % 2) * wide // 2, side, wide):
            draw.text((x, y), words, fill=70, font=font)
    layer = layer.rotate(30)
    left, top = (side - base.width) // 2, (side - base.height) // 2
    mask = layer.crop((left, top, left + base.width, top + base.height))
    base.paste(Image.new("RGB", base.size, (90, 110, 140)), (0, 0), mask)
    return base


def webp(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.convert("RGB").save(written, "WEBP", quality=78, method=3)
    return written.getvalue()
