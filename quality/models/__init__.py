"""Rows of the room: decisions of triage."""

from .triage import TriageDecision

__all__ = ["TriageDecision"]
