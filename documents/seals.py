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
    """`place` is what the drawing leaves for the seal ("place" or "mark"), `across` the words printed over each page.

    `how`: "here" sealed when `seal` returns · "paper" stamped by hand and scanned back · "service" by the court's e-seal
    service, through the exchange folder (`documents.sealing`).
    """

    place: str
    across: str
    how: str

    def seal(self, drawn: Drawn, title: str) -> bytes:
        """The sealed PDF; the same bytes where sealing happens elsewhere."""
        ...


class Place:
    """The court's default: a dotted round 「（院印）」, sealed on paper or by the court's own service."""

    place, across, how = "place", "", "paper"

    def seal(self, drawn: Drawn, title: str) -> bytes:
        return drawn.pdf


class Service(Place):
    """The court's e-seal service takes the paper as a package and sends the sealed one back (docs/exchange.md)."""

    how = "service"

    def __init__(self) -> None:
        self.across = "样章 演示" if settings.DEMO else ""


@cache
def provider() -> SealProvider:
    return import_string(settings.SEAL_PROVIDER)()
