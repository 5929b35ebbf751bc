"""Filing lists from the filing office's Excel: read by synonyms, checked row by row, registered through the door."""

from .importer import Report, RowResult, import_file

__all__ = ["Report", "RowResult", "import_file"]
