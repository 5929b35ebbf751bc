"""Marks and gates of table 3: further limits on an item, and first or last days allowed. Never items, always shown."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from cases import deadlines
from cases.context import Context
from cases.deadlines import RULE, RULES, Rule
from cases.models import Case, JournalEntry, WorkItem
from cases.work.triggers import Tokens
from cases.workflow import Stage

MARKS = [rule for rule in RULES if rule.kind == "mark"]
GATES = [rule for rule in RULES if rule.kind == "gate"]
MARKED = {key for rule in MARKS for key in rule.of}
EVENTS = {anchor for rule in (*MARKS, *GATES) for anchor in rule.anchors if not anchor.startswith("step:")}
FIRST_DAYS = {"terminal.earliest"}  # allowed from that day on; the other gates end on their day


class Limit(NamedTuple):
    """One further limit: its day, whether that day has passed, and how it is computed."""

    rule: Rule
    subject: str
    day: date
    passed: bool
    steps: tuple[str, ...]

    @property
    def text(self) -> str:
        word = "起" if self.rule.key in FIRST_DAYS else "止"
        return f"{self.rule.label}{f'（{self.subject}）' if self.subject else ''}：{self.day:%Y-%m-%d} {word}"


def marks(ctx: Context, items: Iterable[WorkItem]) -> dict[int, list[Limit]]:
    """item id → its further limits. One query, and none when no item has any."""
    items = [item for item in items if item.rule in MARKED and item.case_id]
    if not items:
        return {}
    filed = {case.pk: case for case in Case.objects.filter(pk__in={item.case_id for item in items})}
    return _marks(ctx, items, filed, _happened(filed))


def of_case(ctx: Context, case: Case, items: list[WorkItem]) -> tuple[dict[int, list[Limit]], list[Limit]]:
    """Marks and gates of one case whose open items are at hand. One query."""
    past = _happened([case.pk])
    marked = [item for item in items if item.rule in MARKED]
    return _marks(ctx, marked, {case.pk: case}, past), _gates(ctx, case, items, past)


def _marks(ctx: Context, items: list[WorkItem], filed: dict[int, Case], past: dict) -> dict[int, list[Limit]]:
    found: dict[int, list[Limit]] = {}
    for item in items:
        for rule in MARKS:
            start = _start_of_mark(rule, item, filed[item.case_id or 0], past) if item.rule in rule.of else None
            if start is not None:
                found.setdefault(item.pk, []).append(_limit(ctx, rule, item.subject, start))
    return found


def _gates(ctx: Context, case: Case, items: list[WorkItem], past: dict) -> list[Limit]:
    """The first and last days allowed that stand on this case, the nearest first."""
    if case.stage in (Stage.ARCHIVED, Stage.VOID):
        return []
    tokens = Tokens([case])
    ends = {item.rule: item.due_on for item in items if item.rule.startswith("enforcement.limit")}
    found = []
    for rule in GATES:
        if not tokens.apply(rule, case):
            continue
        for anchor in rule.anchors:
            if anchor == "step:register":
                found.append(_limit(ctx, rule, "", case.filed_on))
            elif anchor == "limit_end":
                found += [_limit(ctx, rule, "", end) for end in ends.values() if end]
            else:
                found += [
                    _limit(ctx, rule, subject, at)
                    for (pk, key, subject), at in past.items()
                    if key == anchor and pk == case.pk
                ]
    return sorted(found, key=lambda limit: limit.day)


def _happened(case_ids: Iterable[int]) -> dict[tuple[int, str, str], datetime]:
    """(case, anchor, subject) → when it happened last."""
    rows = JournalEntry.objects.filter(case__in=case_ids, what="event", key__in=EVENTS).order_by("id")
    return {
        (case_id, key, facts.get("subject", "")): at
        for case_id, key, facts, at in rows.values_list("case_id", "key", "facts", "happened_at")
    }


def _start_of_mark(rule: Rule, item: WorkItem, case: Case, past: dict) -> date | datetime | None:
    """From the item's own start or end where they share it, else from the event, else from the filing."""
    anchor = rule.anchors[0]
    if anchor in RULE[item.rule].anchors:
        return item.started_at
    if anchor == "step:register":
        return case.filed_on
    if anchor == "application_received":
        return case.received_on or case.filed_on
    if anchor == "measure_end":
        return item.due_on
    return past.get((case.pk, anchor, item.subject))


def _limit(ctx: Context, rule: Rule, subject: str, start: date | datetime) -> Limit:
    value = deadlines.start_value(rule, start) if isinstance(start, datetime) else start
    due = deadlines.due(rule.key, value, length=ctx.settings.length(rule.key), calendar=ctx.calendar)
    return Limit(rule, subject, due.day, ctx.now >= due.moment, due.steps)
