"""How the rooms above join in: what a leaver holds, what reference data they load, what may be delegated.

Filled at start-up from every room's `team_hooks.py`.
"""

from collections.abc import Callable

from django import forms


def _as_it_is(view: Callable) -> Callable:
    return view


leavers: list[Callable] = []
reference: list[Callable] = []
openers: list[Callable] = []
waiters: list[Callable] = []
acts: list[tuple[str, str]] = []  # (key, label) of the approval acts that may be delegated
date_field: Callable[..., forms.Field] = forms.DateField  # what reads 11-23, 今天 and +3 stands above
moment_field: Callable[..., forms.Field] = forms.SplitDateTimeField  # the same with a time beside it
sent_once: Callable[[Callable], Callable] = _as_it_is  # a repeated form acts once; its draft goes with it
act_groups: dict[str, list[tuple[str, str]]] = {}  # the same, under the headings of the form


def leaver(function: Callable) -> Callable:
    """f(person, successor | None, by, dry_run, team=None) -> [(label, count, earliest | None)]: numbers and dates.

    With dry_run it counts; otherwise it hands everything over inside the caller's transaction and journals it.
    Of a leaver with several postings each team (its key) is asked by itself first, then, without one, what is left.
    """
    leavers.append(function)
    return function


def loads_reference(function: Callable) -> Callable:
    """f() -> [line]: load reference data again and again without harm, and say in a line what there is."""
    reference.append(function)
    return function


def opens(function: Callable) -> Callable:
    """f(actor, path) -> bool: whether the officer's post may open one of the start pages."""
    openers.append(function)
    return function


def may_open(actor, path: str) -> bool:
    return actor is not None and any(function(actor, path) for function in openers)


def waits(function: Callable) -> Callable:
    """f(actor) -> the notices that still wait for this officer, an answer or a look: what the bell counts."""
    waiters.append(function)
    return function


def waiting(actor) -> set[int]:
    return {pk for function in waiters for pk in function(actor).values_list("pk", flat=True)} if actor else set()


def delegable(*pairs: tuple[str, str], group: str = "其他") -> None:
    fresh = [pair for pair in pairs if pair not in acts]
    acts.extend(fresh)
    act_groups.setdefault(group, []).extend(fresh)


def acts_in_words(keys: list[str]) -> list[str]:
    """The labels of delegated acts; none named means every one that may be delegated."""
    known = dict(acts)
    return [known.get(key, key) for key in keys] or ["全部可授权事项"]
