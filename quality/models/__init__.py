"""Rows of the room: decisions of triage, matters of the platform, bulletins."""

from .bulletin import Bulletin, BulletinIssue, BulletinList
from .matter import PlatformMatter
from .triage import TriageDecision

__all__ = ["Bulletin", "BulletinIssue", "BulletinList", "PlatformMatter", "TriageDecision"]
