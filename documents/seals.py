"""Seals. The court's own seal is never drawn here: a dotted place is left for the stamp or for the court's e-seal service.

`SEAL_PROVIDER` names a class of this interface. What it returns is stored and hashed; it may take a moment and is called
in the worker only.
"""

from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from documents.drawing import Drawn


class SealProvider(Protocol):
    """`place` is what the drawing leaves for the seal ("place" or "mark"), `across` the words printed over each page."""

    place: str
    across: str

    def seal(self, drawn: Drawn, title: str) -> bytes:
        """The sealed PDF; the same bytes where sealing happens elsewhere."""
        ...


class Place:
    """The court's default: a dotted round 「（院印）」, sealed on paper or by the court's own service."""

    place, across = "place", ""

    def seal(self, drawn: Drawn, title: str) -> bytes:
        return drawn.pdf


@cache
def provider() -> SealProvider:
    return import_string(settings.SEAL_PROVIDER)()
