"""Rows of the room: scanning, archived volumes and their loans, collection rounds."""

from .round import CollectionRound
from .scan import ScanBatch, ScanPage
from .volume import Loan, Volume

__all__ = ["CollectionRound", "Loan", "ScanBatch", "ScanPage", "Volume"]
