"""Rows of the room: papers, their seal and service, the exchange folder, page images and their words, the dossier."""

from .bundle import Bundle, Custody
from .document import Batch, Document
from .dossier import Annotation, Copy, Place, Upload
from .exchange import Aside, Outgoing, Receipt
from .national import Difference, Entered, NationalExport, NationalWord
from .page import Page, PageText, Rendition
from .sealing import Sealing
from .service import Service, ServiceRun

__all__ = [
    "Annotation",
    "Aside",
    "Batch",
    "Bundle",
    "Copy",
    "Custody",
    "Difference",
    "Document",
    "Entered",
    "NationalExport",
    "NationalWord",
    "Outgoing",
    "Page",
    "PageText",
    "Place",
    "Receipt",
    "Rendition",
    "Sealing",
    "Service",
    "ServiceRun",
    "Upload",
]
