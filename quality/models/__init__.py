"""Rows of the room: decisions of triage, matters of the platform."""

from .matter import PlatformMatter
from .triage import TriageDecision

__all__ = ["PlatformMatter", "TriageDecision"]
