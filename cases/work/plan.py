"""A plan of changes to work items, made in memory and written with one statement per kind of change.

Every act on items goes through a plan: what is decided can be told to the journal before anything is written.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import connection

from cases import deadlines, hooks
from cases.context import Context
from cases.deadlines import RULE, Rule
from cases.models import Case, Pause, WorkItem
from teams.actor import Actor

Outcome = WorkItem.Outcome
# A back-dated pause counts once a second person has confirmed it.
PAUSES = """
SELECT * FROM cases_pause WHERE case_id = ANY(%s) AND (NOT backdated OR confirmed_by_id IS NOT NULL) ORDER BY from_on, id
"""


class Plan:
    """Collects what happens to items; `write` stores it, then runs the hooks of finished rules."""

    def __init__(self, ctx: Context, by: Actor):
        self.ctx, self.by = ctx, by
        self.opened: list[WorkItem] = []
        self.closed: list[WorkItem] = []
        self.moved: list[WorkItem] = []
        self.pauses: dict[int, list[Pause]] | None = None
        self.clocks: dict[tuple, dict] = {}

    # Decide

    def open(self, case: Case | None, key: str, start: date | datetime, **given) -> WorkItem | None:
        """Add an item of this rule; None when the rule has no owner on this case."""
        rule = RULE[key]
        team_id = given.pop("team_id", None) or owner(self.ctx, rule, case)
        if team_id is None:
            return None
        person_id = given.pop("person_id", None) or assignee(self.ctx, rule, case, team_id)
        item = WorkItem(
            case=case,
            rule=key,
            subject=given.pop("subject", ""),
            title=given.pop("title", "") or rule.label,
            team_id=team_id,
            person_id=self.ctx.roster.present(person_id, team_id),
            source_team_id=self.by.team_id,
            asked_by_id=self.by.user_id,
            started_at=as_moment(start),
            opened_at=self.ctx.now,
            length=str(given.pop("length", "") or ""),
            follows_case=rule.follows_case and case is not None and team_id == case.team_id,
            rule_version=rule.version,
            **given,
        )
        if case is not None and rule.pausable and self.running_pause(case.pk):
            item.paused = True
        self._clock(item)
        self.opened.append(item)
        return item

    def _clock(self, item: WorkItem) -> None:
        """Items of one rule and start have one clock: a batch computes it once."""
        pauses = tuple(self.pauses_of(item))
        key = (item.rule, item.started_at, item.variant, item.length, str(item.extensions), pauses)
        if key not in self.clocks:
            set_clock(self.ctx, item, pauses)
            self.clocks[key] = {name: getattr(item, name) for name, _ in CLOCK_COLUMNS if name != "paused"}
        for name, value in self.clocks[key].items():
            setattr(item, name, value)

    def close(
        self, item: WorkItem, outcome: str, *, at: datetime | None = None, note: str = "", late_reason: str = ""
    ) -> None:
        item.open, item.outcome, item.paused, item.wait_until = False, outcome, False, None
        item.finished_at, item.entered_at = at or self.ctx.now, self.ctx.now
        item.finished_by_id, item.note, item.late_reason = self.by.user_id, note[:500], late_reason[:200]
        self.closed.append(item)

    def move(self, item: WorkItem, team_id: int, person_id: int | None) -> None:
        item.team_id, item.person_id = team_id, self.ctx.roster.present(person_id, team_id)
        self.moved.append(item)

    def load_pauses(self, case_ids: Iterable[int]) -> None:
        self.pauses = {}
        for pause in Pause.objects.raw(PAUSES, [list(case_ids)]):
            self.pauses.setdefault(pause.case_id, []).append(pause)

    def running_pause(self, case_id: int) -> bool:
        return any(p.to_on is None and p.item_id is None for p in (self.pauses or {}).get(case_id, ()))

    def pauses_of(self, item: WorkItem) -> list[tuple[date, date]]:
        """The ended pauses that stop this item's clock."""
        rule = RULE[item.rule]
        return [
            (pause.from_on, pause.to_on)
            for pause in (self.pauses or {}).get(item.case_id or 0, ())
            if pause.to_on and (pause.item_id == item.pk if pause.item_id else rule.pausable)
        ]

    # Say

    def told(self, case: Case | None) -> dict:
        """What the plan does to this case's items, as the journal keeps it."""
        pk = case.pk if case else None
        told = {
            "opened": [item.rule for item in self.opened if item.case_id == pk],
            "finished": [item.rule for item in self.closed if item.case_id == pk and item.outcome == Outcome.DONE],
            "cancelled": [item.rule for item in self.closed if item.case_id == pk and item.outcome != Outcome.DONE],
            "moved": [item.rule for item in self.moved if item.case_id == pk],
        }
        return {key: rules for key, rules in told.items() if rules}

    # Write

    def write(self) -> None:
        if self.opened:
            WorkItem.objects.bulk_create(self.opened)
        if self.closed:
            _update(CLOSE, self.closed, CLOSE_COLUMNS)
        if self.moved:
            _update(MOVE, self.moved, MOVE_COLUMNS)
        self.see()
        done: dict[str, list[WorkItem]] = {}
        for item in self.closed:
            if item.outcome == Outcome.DONE:
                done.setdefault(item.rule, []).append(item)
        for rule, items in done.items():
            for hook in hooks.of("finished", rule):
                hook(items, self.by)

    def see(self) -> None:
        """Whoever has an item on a case sees the case."""
        add_sight({(item.team_id, item.case_id) for item in (*self.opened, *self.moved) if item.case_id}, self.ctx.now)


def add_sight(pairs: set[tuple[int, int]], now: datetime) -> None:
    if pairs:
        ordered = sorted(pairs)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO cases_casesight (team_id, case_id, since_at)"
                " SELECT t, c, %s FROM unnest(%s::bigint[], %s::bigint[]) v(t, c) ON CONFLICT DO NOTHING",
                [now, [pair[0] for pair in ordered], [pair[1] for pair in ordered]],
            )


# fmt: off
CLOSE_COLUMNS = (("outcome", "text"), ("finished_at", "timestamptz"), ("entered_at", "timestamptz"),
                 ("finished_by_id", "bigint"), ("note", "text"), ("late_reason", "text"))
MOVE_COLUMNS = (("team_id", "bigint"), ("person_id", "bigint"))
CLOCK_COLUMNS = (("due_on", "date"), ("due_at", "timestamptz"), ("warn_at", "timestamptz"), ("show_at", "timestamptz"),
                 ("provisional", "bool"), ("derivation", "jsonb"), ("calendar_version", "int"), ("paused", "bool"))
# fmt: on
CLOSE = "open = false, paused = false, wait_until = NULL"
MOVE = "wait_until = NULL"


def _update(constant: str, items: list[WorkItem], columns: tuple[tuple[str, str], ...]) -> None:
    """One UPDATE … FROM unnest for all items; the caller holds their cases' locks."""
    sets = ", ".join([*(f"{name} = v.{name}" for name, _ in columns), *([constant] if constant else [])])
    arrays = ", ".join(f"%s::{kind}[]" for kind in ("bigint", *(kind for _, kind in columns)))
    names = ", ".join(("id", *(name for name, _ in columns)))
    values = [[item.pk for item in items]]
    for name, kind in columns:
        values.append([_json(getattr(item, name)) if kind == "jsonb" else getattr(item, name) for item in items])
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE cases_workitem i SET {sets} FROM unnest({arrays}) v({names}) WHERE i.id = v.id", values)


def _json(value) -> str:
    from cases.journal import canonical

    return canonical(value)


def save_clocks(items: list[WorkItem]) -> None:
    """Store recomputed clocks."""
    if items:
        _update("", items, CLOCK_COLUMNS)


# Clocks and owners


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
        length=item.length or ctx.settings.length(item.rule),
        pauses=pauses,
        extensions=item.extensions,
        calendar=ctx.calendar,
    )
    item.due_on, item.due_at, item.warn_at = due.day, due.moment, due.warn
    item.provisional, item.derivation, item.calendar_version = due.provisional, list(due.steps), ctx.calendar.version
    item.show_at = due.moment - timedelta(days=rule.lead) if rule.lead else None


SPECIALS = {
    "documents": "documents",
    "quality.offline_query": "offline_triage",
    "quality.triage": "offline_triage",
    "quality.platform_matter": "quality_platform",
    "funds": "funds_restrictions",
    "auction": "auction",
}


def owner(ctx: Context, rule: Rule, case: Case | None) -> int | None:
    """The team whose item it is: `holder`, or the one team of a kind, or the case's team when it is of the kind."""
    if before_triage(rule, case) and (team := ctx.roster.team_of(ctx.roster.duty or 0)):
        return team.id
    who = rule.watched_by if rule.kind == "watch" and rule.watched_by else rule.team
    kinds = who.split()
    if case is not None:
        team = ctx.roster.team(case.team_id)
        if "holder" in kinds or (team and team.kind in kinds):
            return case.team_id
    for kind in kinds:
        teams = ctx.roster.teams_of(kind)
        if len(teams) == 1:
            return teams[0].id
    return None


def before_triage(rule: Rule, case: Case | None) -> bool:
    """An urgent clue of a case that has no team yet is the duty judge's (flow §8, 6)."""
    return rule.key == "enforcement.clue_urgent" and case is not None and case.stage in ("reception", "preparation")


def assignee(ctx: Context, rule: Rule, case: Case | None, team_id: int) -> int | None:
    """A person from birth: the holder of the special post, else the case's clerk or handler, else the leader."""
    if before_triage(rule, case) and ctx.roster.duty:
        return ctx.roster.duty
    special = SPECIALS.get(rule.key) or SPECIALS.get(rule.key.partition(".")[0], "")
    if special and ctx.roster.members(team_id, special=special):
        return ctx.roster.first_assignee(team_id, special, case.pk if case else 0)
    if case is not None and case.team_id == team_id and (case.clerk_id or case.handler_id):
        return case.clerk_id or case.handler_id
    return ctx.roster.first_assignee(team_id, "", case.pk if case and case.pk else 0)
