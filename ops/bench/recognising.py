"""文字识别: pages a minute and characters read wrong, on drawn papers as a scanner gives them; clean, and as worn copies."""

import io
import random
from collections.abc import Iterator

from ops.bench.figure import Figure, timed

DPI = 200
WRONG = 0.02  # of the characters; dependencies §6 measured 1.4 % of clean pages and 1.7 % of worn ones
SLOW = 10  # seconds of one page at the most
WORDS = (
    "申请执行人与被执行人民间借贷纠纷一案，本院作出的民事判决书已经发生法律效力。因被执行人未履行生效法律文书确定的义务，"
    "申请执行人向本院申请强制执行，本院依法立案执行，并向被执行人发出执行通知书、报告财产令。"
)
PARTS = (
    "经网络查控，被执行人名下有重型货车一辆，停放于开州路北段停车场，本院已于十一月二十日查封，期限二年。",
    "被执行人名下银行存款一万八千六百四十二元已经冻结，冻结期限自二〇二六年十一月二十日起至二〇二七年十一月十九日止。",
    "双方自愿达成和解协议：被执行人分十二期履行，每期于当月二十日前支付，逾期未付的，申请执行人可以申请恢复执行。",
)


def recognising_figures(pages: int) -> Iterator[Figure]:
    """Nothing where the engine is not installed."""
    from documents import ocr

    if not ocr.available():
        return
    drawn = [_page(PARTS[number % len(PARTS)]) for number in range(pages)]
    ocr.read(drawn[0][0])  # the engine is made once a process
    for name, change in (("clean", lambda picture: picture), ("worn", _worn)):
        scans = [(change(picture), meant) for picture, meant in drawn]
        read: list[str] = []
        spent = (
            timed(lambda scans=scans, read=read: read.extend(_read(ocr, picture) for picture, _ in scans), 1) / pages
        )
        wrong = sum(_distance(found, meant) for found, (_, meant) in zip(read, scans, strict=True))
        rate = wrong / sum(len(meant) for _, meant in scans)
        yield Figure(
            f"characters read wrong, {name} pages / {WRONG:.0%}", rate / WRONG, 1, f"{rate:.2%} of the characters"
        )
        yield Figure(f"reading a {name} page / {SLOW} s", spent / SLOW, 1, f"{60 / spent:.0f} pages a minute")


def _page(part: str):
    """One page as a picture, and its words without blanks."""
    from documents import ocr
    from documents.blocks import Block
    from documents.drawing import Paper, draw

    blocks = [Block("p", text) for text in (WORDS, part, WORDS)]
    pages = ocr.Pages(draw(Paper("执行情况说明", blocks, court="濮阳市华龙区人民法院")).pdf)
    picture = pages.picture(0, DPI)
    meant = pages.document[0].get_textpage().get_text_range()
    pages.close()
    return picture, _bare(meant)


def _bare(text: str) -> str:
    """What counts: Chinese characters, digits and letters; marks are not searched for."""
    return "".join(sign for sign in text if sign.isalnum())


def _read(ocr, picture) -> str:
    return _bare("".join(line.text for line in ocr.read(picture)))


def _worn(picture):
    """Lying a little askew, unsharp, grainy, and pressed hard as JPEG: the third copy of a copy."""
    from PIL import Image, ImageFilter

    askew = picture.convert("L").rotate(0.6, fillcolor=255, resample=Image.Resampling.BICUBIC)
    noise = random.Random(1)
    grain = Image.frombytes("L", askew.size, noise.randbytes(askew.size[0] * askew.size[1]))
    written = io.BytesIO()
    Image.blend(askew.filter(ImageFilter.GaussianBlur(0.8)), grain, 0.12).save(written, "JPEG", quality=70)
    return Image.open(written)


def _distance(found: str, meant: str) -> int:
    """Characters to change, add or leave out (Levenshtein)."""
    row = list(range(len(meant) + 1))
    for place, sign in enumerate(found, 1):
        before, row[0] = row[0], place
        for at, other in enumerate(meant, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (sign != other))
    return row[-1]
