"""文字识别: an aid for finding pages, in a worker of its own; names are never taken from it (reference §6, dependencies §6).

Without the packages of the group `ocr` everything works and scans have no text layer; the pages say so.
"""

from documents.ocr.engine import DPI, Line, available, read
from documents.ocr.layer import searchable
from documents.ocr.pictures import SCANNED, Pages, opened

__all__ = ["DPI", "SCANNED", "Line", "Pages", "available", "opened", "read", "searchable"]
