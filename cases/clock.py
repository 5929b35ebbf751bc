"""The clock as the cases read it. It is the program's one clock, kept by the ground floor (`teams.moment`)."""

from teams.moment import at, in_request, now, today

__all__ = ["at", "in_request", "now", "today"]
