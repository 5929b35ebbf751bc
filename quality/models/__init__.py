"""Rows of the room: decisions of triage, matters of the platform, letters of a trip, bulletins."""

from .bulletin import Bulletin, BulletinIssue, BulletinList
from .letter import TripLetter
from .matter import PlatformMatter
from .triage import TriageDecision

__all__ = ["Bulletin", "BulletinIssue", "BulletinList", "PlatformMatter", "TriageDecision", "TripLetter"]
