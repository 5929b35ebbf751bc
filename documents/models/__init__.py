"""Rows of the room: papers, their seal, their service, what goes through the exchange folder."""

from .bundle import Bundle, Custody
from .document import Batch, Document
from .exchange import Aside, Outgoing, Receipt
from .sealing import Sealing
from .service import Service, ServiceRun

__all__ = ["Aside", "Batch", "Bundle", "Custody", "Document", "Outgoing", "Receipt", "Sealing", "Service", "ServiceRun"]
