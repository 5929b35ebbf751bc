"""How a room gives a paper what only the room knows: `@context(kind)` in its `case_hooks.py` (house.md).

The values stand beside the standard context (`documents.contexts`); a value named like an asked one is its proposal.
"""

from collections import defaultdict
from collections.abc import Callable

_contexts: dict[str, list[Callable]] = defaultdict(list)


def context(*kinds: str):
    """f(case, subject) -> dict: plain values only, no models. Several rooms may add to one kind, in the order of the floors."""

    def register(function: Callable) -> Callable:
        for kind in kinds:
            _contexts[kind].append(function)
        return function

    return register


def contexts_of(kind: str) -> list[Callable]:
    return _contexts.get(kind, [])


def kinds_with_context() -> set[str]:
    """The kinds that some room has hooked into: a test looks for typing errors."""
    return set(_contexts)
