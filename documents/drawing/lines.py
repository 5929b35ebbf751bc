"""Where a line of Chinese may end (GB/T 15834): no line begins with a closing mark or ends with an opening one, and a
number stays whole and with its unit. What does not fit goes to the next line; nothing hangs in the margin.

reportlab's own rule knows Japanese marks only. What it does with the lines afterwards is left to it.
"""

from collections.abc import Iterator, Sequence, Set
from functools import cache

from reportlab.pdfbase.pdfmetrics import getAscentDescent, stringWidth
from reportlab.platypus import Paragraph
from reportlab.platypus.paragraph import ParaLines, cjkU, makeCJKParaLine

NEVER_FIRST = frozenset("!),.:;?]}、。〉》」』】〕〗！），．：；？］｝”’…％%℃")
NEVER_LAST = frozenset("([{〈《「『【〔〖（［｛“‘￥")
UNITS = frozenset("元年月日时分号条款项页件份")
BACK = 24  # characters: a longer word without a blank is cut where the line ends
ROUNDING = 1e-6


class Text(Paragraph):
    """A paragraph that breaks its lines as above; its style must say `wordWrap="CJK"`."""

    def breakLinesCJK(self, maxWidths):  # the name is reportlab's
        self.height = 0
        widths = maxWidths if isinstance(maxWidths, list | tuple) else [maxWidths]
        alone = len(self.frags) == 1 and not hasattr(self.frags[0], "lineBreak")
        if hasattr(self, "blPara") and getattr(self, "_splitpara", False):
            return self.frags[0].clone(kind=0, lines=self.blPara.lines) if alone else self.blPara
        return plain(self.frags[0], widths) if alone else split(self.frags, widths)


def plain(frag, widths: Sequence[float]):
    """Lines of one font, the commonest by far: text and not signs, so that they are quickly set."""
    size = frag.fontSize
    text = frag.text if hasattr(frag, "text") else "".join(frag.words)  # the rest of one that went over the page
    measures = [advance(frag.fontName, sign) * size for sign in text]
    lines = [(spare, [text[start:end]]) for start, end, spare, _ in places(text, measures, frozenset(), widths)]
    ascent, descent = getAscentDescent(frag.fontName, size)
    return frag.clone(kind=0, lines=lines, ascent=ascent, descent=descent)


@cache
def advance(font: str, sign: str) -> float:
    """How wide the sign is in this font, at size 1."""
    return stringWidth(sign, font, 1000) / 1000


def split(frags: Sequence, widths: Sequence[float]) -> ParaLines:
    """Lines of several fonts, or with line breaks of their own."""
    signs = [cjkU(sign, frag, "utf8") for frag in frags for sign in (frag.text or ("",))]
    breaks = frozenset(place for place, sign in enumerate(signs) if hasattr(sign.frag, "lineBreak"))
    lines: list = []
    for start, end, spare, broken in places(signs, [sign.width for sign in signs], breaks, widths):
        width = widths[min(len(lines), len(widths) - 1)]
        lines.append(makeCJKParaLine(signs[start:end], width, width - spare, spare, broken, False))
    return ParaLines(kind=1, lines=lines)


def places(
    signs: Sequence[str], measures: Sequence[float], breaks: Set[int], widths: Sequence[float]
) -> Iterator[tuple[int, int, float, bool]]:
    """Where each line starts and ends, what is left of its width, whether a break of the text's own ended it."""
    start = number = 0
    while start < len(signs):
        width = widths[min(number, len(widths) - 1)]
        end, broken = fill(measures, breaks, start, width)
        if end < len(signs) and not broken:
            end = cut(signs, start, end)
        yield start, end, width - sum(measures[start:end]), broken
        start, number = end, number + 1


def fill(measures: Sequence[float], breaks: Set[int], start: int, width: float) -> tuple[int, bool]:
    """As far as the width goes, at least one sign; whether a line break of the text's own ended it."""
    used = 0.0
    for end in range(start, len(measures)):
        if end in breaks:
            return end + 1, True
        used += measures[end]
        if used > width + ROUNDING and end > start:
            return end, False
    return len(measures), False


def cut(signs: Sequence[str], start: int, end: int) -> int:
    """The last place at or before `end` where the line may end; `end` itself if there is none near."""
    for place in range(end, max(start, end - BACK), -1):
        if may_end(signs[place - 1], signs[place]):
            return place
    return end


def may_end(before: str, after: str) -> bool:
    if after in NEVER_FIRST or before in NEVER_LAST:
        return False
    if before.isascii() and before.isalnum():
        return not (after.isascii() and after.isalnum()) and not (before.isdigit() and after in UNITS)
    return not (before in ",." and after.isdigit())
