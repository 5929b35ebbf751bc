"""Work items: every obligation of the bureau, what happens to it, and the events that start and end it."""

from .acts import SIGNATURES, assign, cancel, finish, hand, open, recall, retitle, take_over, wait
from .chores import open_chore
from .cohorts import is_cohort
from .ending import by_form
from .events import Happened, record_event, record_events
from .pauses import confirm_pause, end_pause, pause
from .reminders import answer_nudge, last_nudge, nudge, unanswered
from .supervision import supervise
from .ticks import PARTS, missing, tick, tick_many, tick_parts, turn_back
from .triggers import doubt, met_by

__all__ = [
    "PARTS",
    "SIGNATURES",
    "Happened",
    "answer_nudge",
    "assign",
    "by_form",
    "cancel",
    "confirm_pause",
    "doubt",
    "end_pause",
    "finish",
    "hand",
    "is_cohort",
    "last_nudge",
    "met_by",
    "missing",
    "nudge",
    "open",
    "open_chore",
    "pause",
    "recall",
    "record_event",
    "record_events",
    "retitle",
    "supervise",
    "take_over",
    "tick",
    "tick_many",
    "tick_parts",
    "turn_back",
    "unanswered",
    "wait",
]
