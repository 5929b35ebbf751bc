"""What each row of an export comes to: nothing new, an event, a difference, or a sentence why it is not used.

The same for the preview and for the import: this reads and decides, `taking` writes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from cases import work
from cases.context import Context
from cases.models import Case
from cases.periods import local
from cases.workflow import Stage
from documents.national import facts, ours, spoken
from documents.national.facts import Dated, Told
from documents.national.kinds import NODE, PREFIX, label_of
from documents.national.reading import Line, Sheet

PORTION = 1000


class Said(NamedTuple):
    """One thing of a case that was compared; equal where `ours` is `theirs`."""

    case: int
    field: str
    subject: str
    ours: str
    theirs: str

    @property
    def key(self) -> tuple[int, str, str]:
        return self.case, self.field, self.subject


class Stated(NamedTuple):
    """An event that this row proves and that is not recorded here yet; `items` is how many duties it finishes."""

    case: Case
    node: str
    dated: Dated
    subject: str
    items: int

    @property
    def key(self) -> tuple[int, str, str]:
        return self.case.pk, PREFIX + self.node, self.subject


@dataclass
class Judged:
    """One row with what came of it. `outcome`: bad unknown differs states older same."""

    told: Told
    case: Case | None = None
    compared: list[Said] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    older: list[str] = field(default_factory=list)  # parts of which a newer export has spoken

    @property
    def differing(self) -> list[Said]:
        return [each for each in self.compared if each.ours != each.theirs]

    @property
    def outcome(self) -> str:
        if self.case is None and not self.told.problems:
            return "unknown"
        if self.problems:
            return "bad"
        if self.differing or self.stated:
            return "differs" if self.differing else "states"
        return "older" if self.older else "same"


class Known(NamedTuple):
    """What stands here of a portion's cases."""

    cases: dict[str, Case]
    fields: dict[int, dict[str, str]]
    days: ours.Days
    debtors: dict[tuple[int, str], str]
    waiting: dict[str, dict[int, list]]
    spoken: dict[int, dict[str, datetime]]


class Judge:
    """Goes through an export of the moment `at` by portions and remembers what earlier rows of the same file have said."""

    def __init__(self, ctx: Context, sheet: Sheet, at: datetime):
        self.ctx, self.sheet, self.at = ctx, sheet, at
        self.said: dict[tuple[int, str, str], tuple[int, str]] = {}  # what an earlier row said of the same
        self.stated: set[tuple[int, str, str, object]] = set()

    def portions(self) -> Iterator[list[Judged]]:
        portion: list[Line] = []
        for line in self.sheet.lines:
            portion.append(line)
            if len(portion) == PORTION:
                yield self.judge(portion)
                portion = []
        if portion:
            yield self.judge(portion)

    def judge(self, lines: Iterable[Line]) -> list[Judged]:
        told = [facts.read(line, self.sheet.kind, self.ctx) for line in lines]
        known = _known(told)
        return [self._row(each, known) for each in told]

    def _row(self, told: Told, known: Known) -> Judged:
        made = Judged(told, known.cases.get(told.number), problems=list(told.problems))
        if made.case is None:
            return made
        if made.case.stage == Stage.VOID:
            made.problems.append("案号：本程序已撤销登记，没有采用")
            return made
        here = known.fields[made.case.pk]
        for name, theirs in told.fields.items():
            if name in here:
                self._compare(made, Said(made.case.pk, name, "", here[name], theirs), known)
        for dated in told.dated:
            self._date(made, made.case, dated, known)
        return made

    def _compare(self, made: Judged, said: Said, known: Known) -> None:
        """What two rows of one file say differently is used of neither after the first; of what a newer export has
        spoken an older one says nothing."""
        last = known.spoken.get(said.case, {}).get(spoken.key_of(said.field, said.subject))
        if last and last > self.at:
            made.older.append(f"{label_of(said.field)}：较新的导出（{local(last):%Y-%m-%d %H:%M}）已有，没有采用")
            return
        row, theirs = self.said.setdefault(said.key, (made.told.row, said.theirs))
        if theirs != said.theirs:
            made.problems.append(f"{label_of(said.field)}：与第 {row} 行所述「{theirs}」不同，请核对导出")
        else:
            made.compared.append(said)

    def _date(self, made: Judged, case: Case, dated: Dated, known: Known) -> None:
        node, subject = NODE[dated.node], dated.subject
        if dated.who and node.states:
            subject = known.debtors.get((case.pk, facts.people([dated.who])), "")
            if not subject:
                made.problems.append(f"节点对象：本案没有（或不止一名）被执行人「{dated.who}」，没有采用")
                return
        if dated.day < case.filed_on:
            made.problems.append(f"{node.label}：{dated.day} 早于本案立案日期 {case.filed_on}，没有采用")
            return
        here = ours.day_of(known.days, case.pk, node.key, subject, dated.day)
        if here or not node.states:
            stands = here.isoformat() if here else ""
            said = Said(case.pk, PREFIX + node.key, subject, stands, dated.day.isoformat())
            self._compare(made, said, known)
            return
        self._state(made, case, dated, subject, known)

    def _state(self, made: Judged, case: Case, dated: Dated, subject: str, known: Known) -> None:
        key = (case.pk, dated.node, subject, dated.day)
        if key in self.stated:
            return
        items = known.waiting.get(NODE[dated.node].states, {}).get(case.pk, [])
        alone = not made.stated  # what the row states before may open what this ends: judged again when it is recorded
        if alone and (why := work.doubt(NODE[dated.node].states, case, subject, items)):
            made.problems.append(f"{NODE[dated.node].label}：{why}")
            return
        self.stated.add(key)
        meant = sum(ours.same(item.subject, subject) for item in items)
        made.stated.append(Stated(case, dated.node, dated, subject, meant))


def _known(told: list[Told]) -> Known:
    numbers = {each.number for each in told if each.number}
    cases = {case.number: case for case in Case.objects.filter(number__in=numbers)}
    ids = [case.pk for case in cases.values()]
    nodes = {dated.node for each in told for dated in each.dated}
    names = {name for each in told for name in each.fields}
    anchors = {NODE[node].states for node in nodes if NODE[node].states}
    return Known(
        cases,
        ours.fields(cases.values(), names),
        ours.days(ids, nodes) if nodes else {},
        ours.debtors(ids) if any(dated.who for each in told for dated in each.dated) else {},
        {anchor: ours.waiting(ids, anchor) for anchor in anchors},
        spoken.of(ids),
    )
