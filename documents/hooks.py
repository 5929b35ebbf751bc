"""How a room joins in without `documents` importing it, in its `case_hooks.py` (house.md): `@context(kind)` gives a paper
what only the room knows, `@ready(kind)` hears that a paper may leave, `@answered(kind)` reads the receipts of a package.

The values stand beside the standard context (`documents.contexts`); a value named like an asked one is its proposal.
"""

from collections import defaultdict
from collections.abc import Callable

_contexts: dict[str, list[Callable]] = defaultdict(list)
_ready: dict[str, list[Callable]] = defaultdict(list)
answers: dict[str, Callable] = {}  # kind of package → what reads its receipts
_voided: dict[str, list[Callable]] = defaultdict(list)
_sheets: dict[str, Callable] = {}  # how the subject of a room's sheets begins → which papers such a sheet takes on
_issued: dict[str, list[Callable]] = defaultdict(list)
uploads: dict[str, tuple[str, str]] = {}  # rule of an upload item → (anchor that meets it, how its subject begins)
arrivals: dict[str, Callable] = {}  # kind of package that answers nothing → what reads it


def context(*kinds: str):
    """f(case, subject) -> dict: plain values only, no models. Several rooms may add to one kind, in the order of the floors."""

    def register(function: Callable) -> Callable:
        for kind in kinds:
            _contexts[kind].append(function)
        return function

    return register


def issued(*kinds: str):
    """f(document): a paper of this kind has been issued; same transaction, its case locked, after all else."""

    def register(function: Callable) -> Callable:
        for kind in kinds:
            _issued[kind].append(function)
        return function

    return register


def issued_of(kind: str) -> list[Callable]:
    return _issued.get(kind, [])


def contexts_of(kind: str) -> list[Callable]:
    return _contexts.get(kind, [])


def kinds_with_context() -> set[str]:
    """The kinds that some room has hooked into: a test looks for typing errors."""
    return set(_contexts)


def ready(*kinds: str):
    """f(document): the paper is issued and bears its seal, or needs none; same transaction."""

    def register(function: Callable) -> Callable:
        for kind in kinds:
            _ready[kind].append(function)
        return function

    return register


def tell_ready(document) -> None:
    for function in _ready.get(document.kind, ()):
        function(document)


def upload(rule: str, anchor: str, prefix: str) -> None:
    """The duty to bring a paper into the national system: its subject is the prefix and the paper's number."""
    uploads[rule] = anchor, prefix


def arrived(kind: str):
    """f(package) -> bool: reads a package that answers none of ours; whether it was used now, False for a repeat."""

    def register(function: Callable) -> Callable:
        arrivals[kind] = function
        return function

    return register


def voided(*kinds: str):
    """f(document, reason, by): an issued paper of this kind has been made void; same transaction, its case locked."""

    def register(function: Callable) -> Callable:
        for kind in kinds:
            _voided[kind].append(function)
        return function

    return register


def tell_voided(document, reason: str, by) -> None:
    for function in _voided.get(document.kind, ()):
        function(document, reason, by)


def answered(kind: str):
    """f(outgoing, package, receipt): one reader a kind of package; raises Broken for what cannot be used."""

    def register(function: Callable) -> Callable:
        answers[kind] = function
        return function

    return register


def sheet(prefix: str):
    """f(case, subject) -> keys of documents: the papers a room's own sheet (`freeze:17`) takes on when it is asked for."""

    def register(function: Callable) -> Callable:
        _sheets[prefix] = function
        return function

    return register


def named_by(case, subject: str):
    """The papers the room of the sheet names; None where the subject is nobody's, and the sheet takes all that are left."""
    function = next((each for prefix, each in _sheets.items() if subject.startswith(prefix)), None)
    return function(case, subject) if function else None
