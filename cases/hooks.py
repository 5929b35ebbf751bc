"""How a team's room joins in without `cases` importing it: decorators, filled at start-up from `case_hooks.py` files.

`manage.py workflow` prints all of them beside what they hook into. A hook is ten lines at most and takes no
step on its own case.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import NamedTuple


class Reason(NamedTuple):
    """Why something cannot be done now, and the way out."""

    text: str
    remedy: str = ""  # words of the link
    url: str = ""


class Check(NamedTuple):
    """One line of what the signer reads: green, amber (does not stop) or red (no signature)."""

    text: str
    state: str = "green"


class Brief(NamedTuple):
    """What a signer reads of one act: facts are hashed, checks are asked again at every signature."""

    facts: list[tuple[str, str]]
    checks: list[Check] = []


class Fact(NamedTuple):
    key: str
    label: str
    order: int
    function: Callable


class Measure(NamedTuple):
    """One control measure that a room keeps; `subject` is how events and terms name it."""

    subject: str
    title: str
    state: str
    live: bool  # in force, or waiting in its rank
    on: date
    ends_on: date | None = None
    waits: bool = False  # 轮候 has no end of its own


class Panel(NamedTuple):
    key: str
    label: str
    action: str
    order: int
    function: Callable
    template: str


_lists: dict[str, dict[str, list[Callable]]] = defaultdict(lambda: defaultdict(list))
facts: list[Fact] = []
told: dict[str, tuple[str, dict[str, str]]] = {}
caseless: set[str] = set()
panels: list[Panel] = []
pages: dict[str, str] = {}
step_pages: dict[str, str] = {}
again: dict[str, Callable] = {}


def _into(kind: str):
    def hook(*names: str):
        def register(function: Callable) -> Callable:
            for name in names or ("",):
                _lists[kind][name].append(function)
            return function

        return register

    return hook


guard = _into("guard")  # f(cases) -> {case_pk: [Reason]}
after = _into("after")  # f(cases, by): all the cases of a batch together
asked = _into("asked")  # f(approval, by): a sheet has come to life, before its first signature; same transaction
approved = _into("approved")  # f(approval, by)
returned = _into("returned")  # f(approval, by): sent back, withdrawn, or what it says has changed
finished = _into("finished")  # f(items, by)
recorded = _into("recorded")  # f(events, by)
filed = _into("filed")  # f(material, by): a file has come in; same transaction
brief = _into("brief")  # f(case, subject) -> Brief
measures = _into("measures")  # f(case) -> [Measure]: those taken, whether in force or over
recused = _into("recused")  # f(case, user_id, by): what else he had of the case
part = _into("part")  # f(item, state) -> Reason or None: why the plain form does not set this part; "" on opening it
unlinking = _into("unlinking")  # f(link) -> Reason or None: why the relation of two cases stays
job = _into("job")  # f(job)
failed = _into(
    "failed"
)  # f(job): the job has failed for the last time, `jobs.why(job)` says it; what it held goes back
search = _into("search")  # f(text, user, limit) -> rows


def handover(function: Callable) -> Callable:
    """f(person, successor, dry_run) -> counts: what else a leaver holds."""
    _lists["handover"][""].append(function)
    return function


def invariant(function: Callable) -> Callable:
    """f() -> findings: one check of `check_integrity`."""
    _lists["invariant"][""].append(function)
    return function


def nightly(function: Callable) -> Callable:
    """f(): what a room does every night, safe to run twice."""
    _lists["nightly"][""].append(function)
    return function


def fact(key: str, label: str, order: int):
    """f(cases) -> {case_pk: text}: one of the header facts of the case page, one query for a list."""

    def register(function: Callable) -> Callable:
        facts.append(Fact(key, label, order, function))
        facts.sort(key=lambda each: each.order)
        return function

    return register


def panel(key: str, label: str, action: str, order: int):
    """f(case, actor) -> context: a tab of the case page, body `<room>/_panel_<key>.html`."""

    def register(function: Callable) -> Callable:
        room = function.__module__.partition(".")[0]
        panels.append(Panel(key, label, action, order, function, f"{room}/_panel_{key}.html"))
        panels.sort(key=lambda each: each.order)
        return function

    return register


def tells(what: str, label: str, actions: dict[str, str], *, of_cases: bool = True) -> None:
    """How a room's own journal entries are called: their kind, and each act by its key; whether a case has any."""
    told[what] = (label, actions)
    if not of_cases:
        caseless.add(what)


def page(rule: str, url_name: str) -> None:
    """The page that does this duty; the plain form then refuses the rule."""
    pages[rule] = url_name


def step_page(step: str, url_name: str) -> None:
    """The page of the case on which this step is taken; the plain form of the step then refuses it."""
    step_pages[step] = url_name


def asks_again(prefix: str):
    """f(approval) -> (words, url): how what a room's own sheet (`freeze:17`) asked for is asked for anew."""

    def register(function: Callable) -> Callable:
        again[prefix] = function
        return function

    return register


def of(kind: str, name: str = "") -> list[Callable]:
    """The functions hooked into `kind` under `name`, in the order of the floors."""
    return _lists[kind].get(name, [])


def names(kind: str) -> set[str]:
    return set(_lists[kind])


def kinds(kind: str) -> list[str]:
    """The names hooked into `kind`, in the order of the floors."""
    return list(_lists[kind])


def registry() -> dict[str, list[tuple[str, str]]]:
    """Everything that is hooked in: {kind: [(name, dotted function)]}, for the printed workflow."""

    def dotted(function):
        return f"{function.__module__}.{function.__qualname__}"

    found = {
        kind: sorted((name, dotted(f)) for name, functions in named.items() for f in functions)
        for kind, named in sorted(_lists.items())
    }
    found["fact"] = [(each.key, dotted(each.function)) for each in facts]
    found["panel"] = [(each.key, dotted(each.function)) for each in panels]
    found["page"] = sorted(pages.items())
    found["step_page"] = sorted(step_pages.items())
    return found
