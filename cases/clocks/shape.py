"""What one line of table 3 says.

Anchor: an event of `anchors`, or a step of table 1; `step:register:resumed` is the registration of one kind only,
`step:suspend:deferral` the suspension that is a deferral.
Period: `SD` same day · `3D` calendar days, rolled · `5WD` court working days · `6M`, `1Y` corresponding day, rolled ·
`48H` from the next full hour · `8HX` from the minute · `FIX1Y`, `FIX60D` a printed end, never rolled, `FIX` as printed
· `-7D` counted backwards, never rolled · `SET` as set in the paper.
Kind: `duty` ours · `watch` someone else's · `gate` a first or last day allowed, never an item · `term` a printed end
· `mark` a further limit on another item · `tick` one part of another item.
Marks: ▲ escalates to the director · ‖ stops during a suspension or exclusion · ⌂ may be open on a closed case · ◫ one
cohort item a team and month · ◎ rings judge and director.
Team: a team kind, several separated by spaces, `holder`, or `receiver`: whoever records the event. `only` holds words of the families kind, basis, claim;
words of one family are alternatives, families add up.
"""

import re
from typing import NamedTuple

PERIOD = re.compile(r"(?P<fix>FIX)?(?P<back>-)?(?P<length>\d+)?(?P<unit>WD|HX|D|M|Y|H|SD|SET)?")


class Period(NamedTuple):
    """A period, read: unit D WD M Y H HX SD SET FIX BD."""

    counting: str
    length: int | None
    unit: str


def read(text: str) -> Period:
    match = PERIOD.fullmatch(text)
    if match is None:
        raise ValueError(f"not a period: {text!r}")
    length = int(match["length"]) if match["length"] else None
    unit = match["unit"] or ""
    if match["fix"]:
        return Period("FIX", length, unit)
    if match["back"]:
        return Period("BD", length, unit)
    return Period(unit, length, unit)


class Rule(NamedTuple):
    key: str
    label: str
    team: str
    anchors: tuple[str, ...]
    period: str
    kind: str
    marks: str = ""
    law: str = ""
    trigger: str = ""
    met_by: tuple[str, ...] = ("form",)
    of: tuple[str, ...] = ()  # mark, tick: the rules whose items carry it
    opens: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    lead: int | None = None
    node: str = ""
    confirm: bool = False
    watched_by: str = ""
    variants: tuple[tuple[str, str], ...] = ()  # (name, period)
    warn: str = ""  # a period from the start, where it is not the usual
    version: int = 1

    @property
    def counting(self) -> str:
        return read(self.period).counting

    @property
    def length(self) -> int | None:
        return read(self.period).length

    @property
    def is_item(self) -> bool:
        return self.kind in ("duty", "watch", "term")

    @property
    def escalates(self) -> bool:
        return "▲" in self.marks

    @property
    def pausable(self) -> bool:
        return "‖" in self.marks

    @property
    def after_closing(self) -> bool:
        return "⌂" in self.marks

    @property
    def cohort(self) -> bool:
        return "◫" in self.marks

    @property
    def rings(self) -> bool:
        return "◎" in self.marks

    @property
    def needs_length(self) -> bool:
        """Its end stands in the paper: whoever states the event gives days or a date."""
        return self.counting in ("SET", "BD") or (self.counting == "FIX" and not self.length)

    @property
    def follows_case(self) -> bool:
        owner = self.watched_by if self.kind == "watch" else self.team
        return "holder" in owner.split()


class Anchor(NamedTuple):
    """An event that starts or ends clocks, as it is named in 登记事件."""

    key: str
    label: str
    custody: bool = False  # of persons: entered late after two hours


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def duty(key, label, team, anchors, period, marks="", law="", trigger="", **more) -> Rule:
    return _rule("duty", key, label, team, anchors, period, marks, law, trigger, more)


def watch(key, label, team, watched_by, anchors, period, marks="", law="", trigger="", **more) -> Rule:
    return _rule("watch", key, label, team, anchors, period, marks, law, trigger, {"watched_by": watched_by, **more})


def term(key, label, team, anchors, period, marks="", law="", trigger="", **more) -> Rule:
    return _rule("term", key, label, team, anchors, period, marks, law, trigger, more)


def gate(key, label, team, anchors, period, law="", trigger="", **more) -> Rule:
    return _rule("gate", key, label, team, anchors, period, "", law, trigger, more)


def mark(key, label, of, anchors, period, law="", trigger="", **more) -> Rule:
    return _rule("mark", key, label, "", anchors, period, "", law, trigger, {"of": words(of), **more})


def tick(key, label, of, law="") -> Rule:
    return _rule("tick", key, label, "reception", "step:register", "SD", "", law, "", {"of": words(of)})


def _rule(kind, key, label, team, anchors, period, marks, law, trigger, more) -> Rule:
    more["confirm"] = more.get("confirm", False) or period.endswith("?")
    for name in ("met_by", "opens", "only"):
        if name in more:
            more[name] = words(more[name])
    return Rule(key, label, team, words(anchors), period.rstrip("?"), kind, marks, law, trigger, **more)
