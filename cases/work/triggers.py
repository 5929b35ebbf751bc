"""What a step or an event does to items, read from table 3: which it finishes, moves, cancels and opens."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from cases import deadlines
from cases.context import Context
from cases.deadlines import RULE, RULES, Rule
from cases.locks import lock_open_items
from cases.models import Basis, Case, Claim, WorkItem
from cases.work.plan import Outcome, Plan
from cases.workflow import Stage
from teams.actor import Actor

STARTED_BY: dict[str, list[Rule]] = {}
for _rule in RULES:
    for _anchor in _rule.anchors:
        if _rule.is_item:
            STARTED_BY.setdefault(_anchor, []).append(_rule)
MET_BY: dict[str, set[str]] = {}
for _rule in RULES:
    for _event in _rule.met_by:
        MET_BY.setdefault(_event.removeprefix("anchor:"), set()).add(_rule.key)

ENDED = {Stage.CLOSED, Stage.TERMINAL, Stage.ARCHIVED, Stage.VOID}
END_STEPS = {"step:close", "step:close_terminal", "step:conclude", "step:archive", "step:void"}


class Happening:
    """One trigger on one case: what happened, when, and to which subject."""

    def __init__(self, case: Case, trigger: str, at: datetime, *, left: int | None = None, subject: str = "", **given):
        self.case, self.trigger, self.at, self.left, self.subject, self.given = case, trigger, at, left, subject, given


def plan(ctx: Context, happenings: list[Happening], by: Actor) -> Plan:
    """Decide everything in memory: at most four queries, however many cases."""
    made = Plan(ctx, by)
    cases = [each.case for each in happenings]
    items: dict[int, list[WorkItem]] = {}
    for item in lock_open_items(case.pk for case in cases):
        items.setdefault(item.case_id, []).append(item)
    made.expect(case.pk for case in cases)
    tokens = Tokens(cases)
    for each in happenings:
        _settle(made, each, items.get(each.case.pk, []))
        _start(made, each, items.get(each.case.pk, []), tokens)
    return made


def _settle(made: Plan, each: Happening, items: list[WorkItem]) -> None:
    """Finish what the trigger meets, cancel what a closed case no longer owes, move what follows the case."""
    met = MET_BY.get(each.trigger, set())
    alike = Counter(item.rule for item in items)
    for item in items:
        if item.rule in met and _speaks_of(each, item, alike[item.rule]):
            made.close(item, Outcome.DONE, at=each.at)
        elif each.trigger in END_STEPS and not RULE[item.rule].after_closing and each.case.stage in ENDED:
            made.close(item, Outcome.CANCELLED, note="案件已结，事项随案终止")
        elif each.left and item.follows_case and item.team_id == each.left and each.case.team_id:
            made.move(item, each.case.team_id, each.case.clerk_id or each.case.handler_id)


def _speaks_of(each: Happening, item: WorkItem, alike: int) -> bool:
    """A step speaks of the whole case; an event of its subject, or without one of the only item it can mean."""
    return each.trigger.startswith("step:") or item.subject in ("", each.subject) or (not each.subject and alike == 1)


def _start(made: Plan, each: Happening, items: list[WorkItem], tokens: "Tokens") -> None:
    running = {(item.rule, item.subject) for item in items if item.open}
    for rule in STARTED_BY.get(each.trigger, ()):
        if (rule.key, each.subject) in running or not tokens.apply(rule, each.case):
            continue
        if rule.counting == "SET" and not each.given.get("length"):
            continue
        made.open(each.case, rule.key, start_for(rule, each), subject=each.subject, **each.given)


def start_for(rule: Rule, each: Happening) -> date | datetime:
    """Registration starts same-day duties on the day the duty could first be done, other clocks on the filing day."""
    if each.trigger != "step:register":
        return each.at
    return each.case.started_on if rule.counting == "SD" else each.case.filed_on


class Tokens:
    """`only` of table 3: `kind:first`, `basis:civil`, `claim:money`; words of one family are alternatives."""

    def __init__(self, cases: Iterable[Case]):
        self.of: dict[int, set[str]] = {case.pk: {f"kind:{case.kind}"} for case in cases}
        self.loaded = False

    def load(self) -> None:
        self.loaded = True
        for pk, kind in Basis.objects.filter(case__in=list(self.of)).values_list("case_id", "kind"):
            self.of[pk].add(f"basis:{kind}")
        for pk, kind, fine in Claim.objects.filter(case__in=list(self.of)).values_list("case_id", "kind", "fine"):
            self.of[pk] |= {f"claim:{kind}"} | ({"claim:fine"} if fine else set())

    def apply(self, rule: Rule, case: Case) -> bool:
        if not rule.only:
            return True
        if not self.loaded and any(not word.startswith("kind:") for word in rule.only):
            self.load()
        return deadlines.applies(rule, self.of[case.pk])
