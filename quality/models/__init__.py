"""Rows of the room: decisions of triage, matters of the platform, letters of a trip, bulletins, figures that are kept."""

from .bulletin import Bulletin, BulletinIssue, BulletinList
from .figures import KeptFigures
from .letter import TripLetter
from .matter import PlatformMatter
from .triage import TriageDecision

__all__ = ["Bulletin", "BulletinIssue", "BulletinList", "KeptFigures", "PlatformMatter", "TriageDecision", "TripLetter"]
