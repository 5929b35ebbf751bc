"""Where a line of Chinese may end (GB/T 15834): no line begins with a closing mark or ends with an opening one, and a
number stays whole and with its unit. What does not fit goes to the next line; nothing hangs in the margin.

reportlab's own rule knows Japanese marks only. What it does with the lines afterwards is left to it.
"""

from collections.abc import Sequence

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
        if hasattr(self, "blPara") and getattr(self, "_splitpara", False):
            return self.blPara
        return split(self.frags, maxWidths if isinstance(maxWidths, list | tuple) else [maxWidths])


def split(frags: Sequence, widths: Sequence[float]) -> ParaLines:
    signs = [cjkU(sign, frag, "utf8") for frag in frags for sign in (frag.text or ("",))]
    lines: list = []
    start = 0
    while start < len(signs):
        width = widths[min(len(lines), len(widths) - 1)]
        end, broken = fill(signs, start, width)
        if end < len(signs) and not broken:
            end = cut(signs, start, end)
        used = sum(sign.width for sign in signs[start:end])
        lines.append(makeCJKParaLine(signs[start:end], width, used, width - used, broken, False))
        start = end
    return ParaLines(kind=1, lines=lines)


def fill(signs: Sequence[cjkU], start: int, width: float) -> tuple[int, bool]:
    """As far as the width goes, at least one sign; whether a line break of the text's own ended it."""
    used = 0.0
    for end in range(start, len(signs)):
        if hasattr(signs[end].frag, "lineBreak"):
            return end + 1, True
        used += signs[end].width
        if used > width + ROUNDING and end > start:
            return end, False
    return len(signs), False


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
