"""What stops an act: said with its reason and the way out, never as a code."""

from cases.hooks import Reason


class Refused(Exception):
    """A rule forbids the act now (422). `reasons` are for the officer; nothing was written."""

    def __init__(self, *reasons: Reason | str):
        self.reasons = [Reason(reason) if isinstance(reason, str) else reason for reason in reasons]
        super().__init__("；".join(reason.text for reason in self.reasons))


class Stale(Exception):
    """Somebody else was first (409): says who, when and what."""


class Forbidden(Exception):
    """The officer sees the case but may not do this (403), with the reason."""


class Unseen(Exception):
    """The officer does not see the case: answered exactly like a case that does not exist (404)."""
