"""From which address a request comes: for the journal, the log-in records and their lock-outs."""

from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest

address: ContextVar[str] = ContextVar("address", default="")  # of the request that runs; empty for workers and commands


def of(request: HttpRequest) -> str:
    """The browser's address; behind our own proxy it says so in a header that it overwrites."""
    if settings.HTTPS and (forwarded := request.META.get("HTTP_X_FORWARDED_FOR", "")):
        return forwarded.rpartition(",")[2].strip()[:45]
    return request.META.get("REMOTE_ADDR", "")[:45]
