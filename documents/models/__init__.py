"""Rows of the room: papers."""

from .document import Batch, Document

__all__ = ["Batch", "Document"]
