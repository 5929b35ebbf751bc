"""Work items: every obligation of the bureau, what happens to it, and the events that start and end it."""

from .acts import assign, cancel, finish, hand, open, recall, take_over, wait
from .events import record_event
from .pauses import confirm_pause, end_pause, pause
from .supervision import nudge, supervise
from .ticks import PARTS, missing, tick

__all__ = [
    "PARTS",
    "assign",
    "cancel",
    "confirm_pause",
    "end_pause",
    "finish",
    "hand",
    "missing",
    "nudge",
    "open",
    "pause",
    "recall",
    "record_event",
    "supervise",
    "take_over",
    "tick",
    "wait",
]
