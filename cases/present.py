"""What is nullable in the table but never null where it is read (an approval of a case has its case)."""

from typing import TypeVar

Value = TypeVar("Value")


def present(value: Value | None) -> Value:
    """The value itself; its absence is a fault of ours, found at once and not three calls later."""
    if value is None:
        raise LookupError("a value that must be there is not")
    return value
