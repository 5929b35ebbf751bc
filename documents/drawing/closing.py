"""The end of a writ: who decided, the date with the seal's place on it, below it assistant and clerk (§15.2, 15.4)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from documents.drawing import fonts, sheet

if TYPE_CHECKING:
    from documents.drawing.paper import Signature

SEAL = 42 * mm  # the seal of a basic court
TITLE_EM, NAME_EM = 5, 4  # room of a title and of a name, in characters


class Closing(Flowable):
    """Lines two characters short of the right edge: who decided, the date with the seal's place, then the clerk."""

    def __init__(
        self, signatures: "Sequence[Signature]", date: str, seal: str, face: str, size: float, pitch: float
    ) -> None:
        super().__init__()
        self.above = [line for line in signatures if not line.below]
        self.below = [line for line in signatures if line.below]
        self.date, self.seal = date, seal
        self.seal_at: tuple[int, float, float] | None = None
        self.face, self.size, self.pitch = face, size, pitch

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        lines = 1 + len(self.above) + bool(self.date) + (1 + len(self.below) if self.below else 0)
        room = SEAL / 2 - self.size / 2 if self.seal and not self.below else 0
        return available_width, lines * self.pitch + room

    def draw(self) -> None:
        right = sheet.WIDTH - 2 * self.size
        y = self.sign(self.above, right, self.wrap(sheet.WIDTH, 0)[1] - 2 * self.pitch)
        if self.date:
            wide = fonts.width(self.date, self.face, self.size)
            if self.seal:
                self.place(right - wide / 2, y + self.size / 2)
            self.write(self.date, right - wide, y)
        self.sign(self.below, right, y - 2 * self.pitch)

    def sign(self, lines: "list[Signature]", right: float, y: float) -> float:
        for line in lines:
            self.spread(line.name, right - NAME_EM * self.size, y, NAME_EM, names=True)
            self.spread(line.title, right - (NAME_EM + 1.5 + TITLE_EM) * self.size, y, TITLE_EM)
            y -= self.pitch
        return y

    def write(self, text: str, x: float, y: float) -> None:
        for name, part in fonts.runs(text, self.face):
            self.canv.setFont(name, self.size)
            self.canv.drawString(x, y, part)
            x += fonts.width(part, self.face, self.size)

    def spread(self, text: str, x: float, y: float, room: int, *, names: bool = False) -> None:
        """A title spread over its room; a name of two characters with a blank between, longer ones as they are."""
        if not text:
            return
        wide = fonts.width(text, self.face, self.size)
        free = max(room * self.size - wide, 0)
        if names:
            gap = self.size if len(text) == 2 else 0
        else:
            gap = free / (len(text) - 1) if len(text) > 1 else 0
        for character in text:
            self.write(character, x, y)
            x += fonts.width(character, self.face, self.size) + gap

    def place(self, x: float, y: float) -> None:
        """Where the seal goes: a dotted round, no seal (the court's seal is its own service or a stamp on paper)."""
        self.seal_at = (self.canv.getPageNumber(), *self.canv.absolutePosition(x, y))
        if self.seal != "place":
            return
        self.canv.saveState()
        self.canv.setStrokeColor(colors.Color(0.6, 0.6, 0.6))
        self.canv.setFillColor(colors.Color(0.6, 0.6, 0.6))
        self.canv.setDash(1, 3)
        self.canv.circle(x, y, SEAL / 2)
        self.canv.setFont(self.face, 10.5)
        self.canv.drawCentredString(x, y - SEAL * 0.3, "（院印）")
        self.canv.restoreState()
