"""Papers as PDF: fonts with their chain of substitutes, the official page, one call `draw(paper)`."""

from documents.drawing.fonts import NoGlyph
from documents.drawing.glyphs import lacking
from documents.drawing.paper import Drawn, Paper, Signature, draw, marked

__all__ = ["Drawn", "NoGlyph", "Paper", "Signature", "draw", "lacking", "marked"]
