"""The clock of the whole program: read here, steered here by seeds and tests, never inside a request."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_steered: ContextVar[datetime | None] = ContextVar("steered", default=None)
in_request: ContextVar[bool] = ContextVar("in_request", default=False)


def now() -> datetime:
    """The moment, aware, in the court's own time zone."""
    return timezone.localtime(_steered.get() or timezone.now())


def today() -> date:
    return now().date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be `moment` (aware) inside the block: for seeds and tests."""
    if in_request.get():
        raise RuntimeError("the clock cannot be set inside a request")
    if timezone.is_naive(moment):
        raise ValueError("an aware moment is needed")
    token = _steered.set(moment)
    try:
        yield
    finally:
        _steered.reset(token)
