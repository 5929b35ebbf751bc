"""A plan of changes to work items, made in memory and written with one statement per kind of change.

Every act on items goes through a plan: what is decided can be told to the journal before anything is written.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from cases import deadlines, hooks, recused
from cases.context import Context
from cases.deadlines import RULE, Rule
from cases.models import Case, Pause, WorkItem
from cases.models.work_item import NEVER, PERSONAL, SIGNATURES
from cases.present import present
from cases.statements import Call, Statement, columns, together, twin, unnest, update
from cases.work.bells import ring
from cases.work.owners import assignee, owner
from teams.actor import Actor

Outcome = WorkItem.Outcome
COHORT = "cohort:"  # how the subject of a team's monthly cohort begins (`work.cohorts`)
# A back-dated pause counts once a second person has confirmed it.
PAUSES = Statement(
    "pauses",
    "SELECT * FROM cases_pause WHERE case_id = ANY(%s::bigint[]) AND (NOT backdated OR confirmed_by_id IS NOT NULL)"
    " ORDER BY from_on, id",
)


class Plan:
    """Collects what happens to items; `write` stores it, then runs the hooks of finished rules."""

    def __init__(self, ctx: Context, by: Actor):
        self.ctx, self.by = ctx, by
        self.opened: list[WorkItem] = []
        self.closed: list[WorkItem] = []
        self.moved: list[WorkItem] = []
        self.pauses: dict[int, list[Pause]] = {}
        self.pauses_read: set[int] = set()
        self.deeds: dict[int | None, dict[str, list[str]]] = {}  # case → what happens to which rules, for the journal
        self.expected: set[int] = set()
        self.cases: dict[int, Case] = {}
        self.patterns: dict[tuple, WorkItem] = {}

    # Decide

    def open(self, case: Case | None, key: str, start: date | datetime, **given) -> WorkItem | None:
        """Add an item of this rule; None when the rule has no owner on this case."""
        rule = RULE[key]
        team_id = given.pop("team_id", None) or owner(self.ctx, rule, case, self.by)
        if team_id is None:
            return None
        person_id = given.pop("person_id", None) or assignee(self.ctx, rule, case, team_id)
        item = self._item(rule, case, as_moment(start), given)
        self._seat(item, team_id, person_id)
        item.follows_case = rule.follows_case and case is not None and team_id == case.team_id
        self.opened.append(item)
        self._deed("opened", item)
        return item

    def _item(self, rule: Rule, case: Case | None, started_at: datetime, given: dict) -> WorkItem:
        """An item with its clock. Those of one rule and start are twins: a batch computes their clock once."""
        stopped = case is not None and rule.pausable and self.running_pause(case.pk)
        pauses = tuple(self.case_pauses(case.pk)) if case is not None and rule.pausable else ()
        key = (rule.key, started_at, stopped, pauses, *(str(value) for pair in given.items() for value in pair))
        if key not in self.patterns:
            given = {**given, "title": given.get("title") or rule.label, "length": str(given.get("length") or "")}
            pattern = self.patterns[key] = WorkItem(
                rule=rule.key,
                rule_version=rule.version,
                source_team_id=self.by.team_id,
                asked_by_id=self.by.user_id,
                started_at=started_at,
                opened_at=self.ctx.now,
                paused=stopped,
                **given,
            )
            set_clock(self.ctx, pattern, pauses)
        item = twin(self.patterns[key])
        if case is not None:
            item.case = case
        return item

    def close(
        self, item: WorkItem, outcome: str, *, at: datetime | None = None, note: str = "", late_reason: str = ""
    ) -> None:
        item.open, item.outcome, item.paused, item.wait_until = False, outcome, False, None
        item.finished_at, item.entered_at = at or self.ctx.now, self.ctx.now
        item.finished_by_id, item.note, item.late_reason = self.by.user_id, note[:500], late_reason[:200]
        self.closed.append(item)
        self._deed("finished" if outcome == Outcome.DONE else "cancelled", item)

    def move(self, item: WorkItem, team_id: int, person_id: int | None, *, covered_for: int | None = None) -> None:
        """Give the item to a person; `covered_for` is the one on leave for whom he does it."""
        self._seat(item, team_id, person_id)
        item.covered_for_id = covered_for or item.covered_for_id
        self.moved.append(item)
        self._deed("moved", item)

    def _seat(self, item: WorkItem, team_id: int, person_id: int | None) -> None:
        """The person, or on leave the stand-in, of whom it is known for whom he does it; who is recused from the case
        has nothing of it, and no stand-in does it for him."""
        there = person_id if item.rule in PERSONAL else self.ctx.roster.present(person_id, team_id)
        if item.case_id and item.rule not in PERSONAL and (barred := self._recused(item)):
            there = recused.instead(self.ctx, self._case(item), team_id, barred) if there in barred else there
            person_id = there if person_id in barred else person_id
        item.team_id, item.person_id = team_id, there
        item.covered_for_id = person_id if there != person_id else None

    def _deed(self, deed: str, item: WorkItem) -> None:
        self.deeds.setdefault(item.case_id, {}).setdefault(deed, []).append(item.rule)

    def expect(self, case_ids: Iterable[int]) -> None:
        """Name the cases of this plan, so that their pauses are read together when the first is asked for."""
        self.expected = set(case_ids)

    def know(self, cases: Iterable[Case]) -> None:
        """The same with the cases themselves: who is recused from them is asked for together too, if it is not known."""
        self.cases = {case.pk: case for case in cases}
        self.expect(self.cases)

    def _case(self, item: WorkItem) -> Case:
        return self.cases.get(item.case_id or 0) or present(item.case)

    def _recused(self, item: WorkItem) -> Collection[int]:
        case = self._case(item)
        if case.recused_ids is None:
            cases = {**self.cases, case.pk: case}
            found = recused.of_cases(cases, self.ctx.today)
            for pk, each in cases.items():
                each.recused_ids = found.get(pk, ())
        return case.recused_ids or ()

    def pauses_on(self, case_id: int | None) -> list[Pause]:
        if case_id is None:
            return []
        if case_id not in self.pauses_read:
            wanted = (self.expected | {case_id}) - self.pauses_read
            for pause in PAUSES.load(Pause, list(wanted)):
                self.pauses.setdefault(pause.case_id, []).append(pause)
            self.pauses_read |= wanted
        return self.pauses.get(case_id, [])

    def running_pause(self, case_id: int) -> bool:
        return any(p.to_on is None and p.item_id is None for p in self.pauses_on(case_id))

    def case_pauses(self, case_id: int) -> list[tuple[date, date]]:
        """The ended pauses of the whole case."""
        return [(p.from_on, p.to_on) for p in self.pauses_on(case_id) if p.to_on and p.item_id is None]

    def pauses_of(self, item: WorkItem) -> list[tuple[date, date]]:
        """The ended pauses that stop this item's clock: its own, and those of its case when it can be paused."""
        pausable = RULE[item.rule].pausable
        return [
            (pause.from_on, pause.to_on)
            for pause in self.pauses_on(item.case_id)
            if pause.to_on and (pause.item_id == item.pk if pause.item_id else pausable)
        ]

    # Say

    def told(self, case: Case | None) -> dict:
        """What the plan does to this case's items, as the journal keeps it."""
        deeds = self.deeds.get(case.pk if case else None, {})
        return {deed: deeds[deed] for deed in ("opened", "finished", "cancelled", "moved") if deed in deeds}

    # Write

    def write(self, *others: Call, arrived: Iterable[tuple[int, int]] = ()):
        """Store the plan, and `others` with it in the same message; gives the cursor of the last of them.

        `arrived`: (team, case) of cases that changed hands with it.
        """
        if self.opened:
            _insert(self.opened)
        calls: list[Call] = []
        if self.closed:
            calls.append((CLOSE, columns(self.closed, (ID, *CLOSE_COLUMNS))))
        if self.moved:
            calls.append((MOVE, columns(self.moved, (ID, *MOVE_COLUMNS))))
        ring(self.ctx, [item for item in self.opened if RULE[item.rule].rings])
        shown = [item for item in (*self.opened, *self.moved) if _shows(item)]
        seen = {(item.team_id, item.case_id) for item in shown if item.case_id} | set(arrived)
        calls += [*sight(seen, self.ctx.now), *others]
        cursor = together(*calls) if calls else None
        self._finished()
        return cursor

    def _finished(self) -> None:
        done: dict[str, list[WorkItem]] = {}
        for item in self.closed:
            if item.outcome == Outcome.DONE:
                done.setdefault(item.rule, []).append(item)
        for rule, items in done.items():
            for hook in hooks.of("finished", rule):
                hook(items, self.by)


def _shows(item: WorkItem) -> bool:
    """An item shows its team the case; a signature shows it to the signer alone (flow §7)."""
    return item.case_id is not None and item.rule not in SIGNATURES


SIGHT = Statement(
    "sight",
    "INSERT INTO cases_casesight (team_id, case_id, since_at)"
    " SELECT t, c, %s::timestamptz FROM unnest(%s::bigint[], %s::bigint[]) v(t, c) ON CONFLICT DO NOTHING",
)


def sight(pairs: set[tuple[int, int]], now: datetime) -> list[Call]:
    """Whoever holds a case, or has an item on it, sees it from then on; (team, case)."""
    ordered = sorted(pairs)
    return [(SIGHT, [now, [team for team, _ in ordered], [case for _, case in ordered]])] if ordered else []


# fmt: off
CLOSE_COLUMNS = (("outcome", "text"), ("finished_at", "timestamptz"), ("entered_at", "timestamptz"),
                 ("finished_by_id", "bigint"), ("note", "text"), ("late_reason", "text"))
MOVE_COLUMNS = (("team_id", "bigint"), ("person_id", "bigint"), ("covered_for_id", "bigint"))
CLOCK_COLUMNS = (("due_on", "date"), ("due_at", "timestamptz"), ("warn_at", "timestamptz"), ("show_at", "timestamptz"),
                 ("provisional", "bool"), ("derivation", "jsonb"), ("calendar_version", "int"), ("paused", "bool"))
# fmt: on
ID = ("id", "bigint")
CLOSE = update("close_items", "cases_workitem", CLOSE_COLUMNS, "open = false, paused = false, wait_until = NULL")
MOVE = update("move_items", "cases_workitem", MOVE_COLUMNS, "wait_until = NULL")
CLOCKS = update("clock_items", "cases_workitem", CLOCK_COLUMNS)
TYPES = {
    "BigAutoField": "bigint", "ForeignKey": "bigint", "CharField": "text", "JSONField": "jsonb", "BooleanField": "bool",
    "DateTimeField": "timestamptz", "DateField": "date", "PositiveIntegerField": "int", "PositiveSmallIntegerField": "int",
}  # fmt: skip
ITEM_COLUMNS = tuple(
    (field.attname, TYPES[field.get_internal_type()])
    for field in WorkItem._meta.concrete_fields
    if not field.primary_key
)
OPEN = Statement(
    "open_items",
    f"INSERT INTO cases_workitem ({', '.join(name for name, _ in ITEM_COLUMNS)}) SELECT * FROM {unnest(ITEM_COLUMNS)}"
    " RETURNING id, case_id, rule, subject",
)


def _insert(items: list[WorkItem]) -> None:
    """Open items with one statement. `(case, rule, subject)` names an open item (constraint `item_once`)."""
    keys = {row[1:]: row[0] for row in OPEN.rows(*columns(items, ITEM_COLUMNS))}
    for item in items:
        item.pk = keys[item.case_id, item.rule, item.subject]
        item._state.adding, item._state.db = False, "default"


def save_clocks(items: list[WorkItem]) -> None:
    """Store recomputed clocks."""
    if items:
        CLOCKS.run(*columns(items, (ID, *CLOCK_COLUMNS))).close()


# Clocks


def as_moment(start: date | datetime) -> datetime:
    return start if isinstance(start, datetime) else deadlines.midnight(start)


def set_clock(ctx: Context, item: WorkItem, pauses: Iterable[tuple[date, date]] = ()) -> None:
    """Compute the item's clock from what is stored on it; the nightly check calls the same function."""
    rule = RULE[item.rule]
    if rule.counting == "SET" and not item.length:
        return  # as set, and nothing was set: no due date
    start = deadlines.start_value(rule, item.started_at)
    due = deadlines.due(
        item.rule,
        start,
        variant=item.variant,
        length=item.length or (None if item.variant else ctx.settings.length(item.rule)),
        pauses=pauses,
        extensions=item.extensions,
        calendar=ctx.calendar,
    )
    item.due_on, item.due_at, item.warn_at = due.day, due.moment, due.warn
    item.provisional, item.derivation, item.calendar_version = due.provisional, list(due.steps), ctx.calendar.version
    item.show_at = due.moment - timedelta(days=rule.lead) if rule.lead else None
    if rule.cohort and not item.subject.startswith(COHORT):
        item.show_at = NEVER  # the cohort stands in the queue for it
