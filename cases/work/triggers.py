"""What a step or an event does to items, read from table 3: which it finishes, moves, cancels and opens."""

from collections.abc import Iterable
from datetime import date, datetime

from cases import deadlines
from cases.context import Context
from cases.deadlines import RULE, RULES, Rule
from cases.locks import lock_open_items
from cases.models import Basis, Case, Claim, WorkItem
from cases.refusals import Refused
from cases.work.owners import BEFORE_TRIAGE
from cases.work.plan import Outcome, Plan
from cases.workflow import OVER
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
SINCE_RECEIVED = {"petition.finish", "preservation.execute"}  # the material, or the ruling, came before the number
TRIAGE = {"step:triage_fast", "step:triage_regular"}
ALIKE = {"step:resume", "hold_ended"}  # these end the item of their own subject alone: the case's, or one hold's
END_STEPS = {"step:close", "step:close_terminal", "step:conclude", "step:archive", "step:void"}


class Happening:
    """One trigger on one case: what happened, of which kind, when, and to which subject."""

    def __init__(
        self, case: Case, trigger: str, at: datetime, *, left: int | None = None, subject: str = "", kind="", note="",
        **given,
    ):  # fmt: skip
        self.case, self.trigger, self.at, self.left, self.subject, self.given = case, trigger, at, left, subject, given
        self.kind, self.note = kind or case.kind, note


def met_by(anchor: str) -> frozenset[str]:
    """The rules whose items this event finishes."""
    return frozenset(MET_BY.get(anchor, ()))


def doubt(anchor: str, case: Case, subject: str, items: list[WorkItem]) -> str:
    """Why `record_event` would refuse this, before it is tried: of a list of many, one doubtful row stops no other."""
    each = Happening(case, anchor, case.arrived_at, subject=subject)
    try:
        _say_which(each, items)
    except Refused as refusal:
        return str(refusal)
    return ""


def plan(ctx: Context, happenings: list[Happening], by: Actor) -> Plan:
    """Decide everything in memory: at most four queries, however many cases."""
    made = Plan(ctx, by)
    cases = [each.case for each in happenings]
    items: dict[int, list[WorkItem]] = {}
    for item in lock_open_items(case.pk for case in cases):
        items.setdefault(item.case_id or 0, []).append(item)
    made.know(cases)
    tokens = Tokens(cases)
    for each in happenings:
        _settle(made, each, items.get(each.case.pk, []))
        _start(made, each, items.get(each.case.pk, []), tokens)
    return made


def _settle(made: Plan, each: Happening, items: list[WorkItem]) -> None:
    """Finish what the trigger meets, cancel what a closed case no longer owes, move what follows the case."""
    met = MET_BY.get(each.trigger, set())
    _say_which(each, [item for item in items if item.rule in met])
    each.subject = each.subject or _only(each, [item for item in items if item.rule in met])
    for item in items:
        if item.rule in met and _meant(each, item):
            made.close(item, Outcome.DONE, at=each.at, note=each.note)
        elif each.trigger in END_STEPS and not RULE[item.rule].after_closing and each.case.stage in OVER:
            made.close(item, Outcome.CANCELLED, note="案件已结，事项随案终止")
        elif each.left and each.case.team_id and _follows(made.ctx, each, item):
            made.move(item, each.case.team_id, each.case.clerk_id or each.case.handler_id)


def _say_which(each: Happening, ending: list[WorkItem]) -> None:
    """An event that ends one of several says which one; nothing ends by mistake, and nothing stays by a slip."""
    if each.trigger.startswith("step:") or not ending:
        return
    meant = [item for item in ending if _meant(each, item)]
    several = {(item.rule, item.subject) for item in meant}
    names = "、".join(f"{item.title}（{_called(item)}）" for item in ending)
    alike = len({item.subject for item in meant}) > 1 or any(RULE[item.rule].kind == "term" for item in meant)
    if not each.subject and len(several) > 1 and alike:
        choose = "措施在「哪一项措施」中选择，其他" if any(":" in item.subject for item in ending) else ""
        raise Refused(f"在办的有 {len(several)} 件：{names}。{choose}请在「对象」写明是哪一件。")
    if each.subject and not meant and not started_by(each) and each.trigger not in ALIKE:
        raise Refused(f"没有对象为「{each.subject}」的在办事项，现有：{names}。请核对「对象」。")


def _only(each: Happening, ending: list[WorkItem]) -> str:
    """Without a subject, an event that ends a term speaks of what the term watches: whoever keeps that is told so."""
    subjects = {item.subject for item in ending if RULE[item.rule].kind == "term"}
    return subjects.pop() if len(subjects) == 1 and not each.trigger.startswith("step:") else ""


def _called(item: WorkItem) -> str:
    """`measure:3` is for the program; officers know such an item by its end."""
    if ":" in item.subject:
        return f"{item.due_on:%Y-%m-%d} 届满" if item.due_on else "未登记届满日"
    return item.subject or "未写对象"


def _meant(each: Happening, item: WorkItem) -> bool:
    if each.trigger in ALIKE:
        return item.subject == each.subject
    return not each.subject or item.subject in ("", each.subject)


def _follows(ctx: Context, each: Happening, item: WorkItem) -> bool:
    """It moves with the case, also where table 3 names the kind of team, if the next one is of it; a clue that the
    duty judge had goes to the team that now holds the case."""
    if item.follows_case or ctx.roster.row(each.case.team_id).kind in RULE[item.rule].team.split():
        return item.team_id == each.left
    return each.trigger in TRIAGE and item.rule in BEFORE_TRIAGE


def _start(made: Plan, each: Happening, items: list[WorkItem], tokens: "Tokens") -> None:
    running = {(item.rule, item.subject) for item in items if item.open}
    rules = started_by(each)
    for rule in rules:
        if (rule.key, each.subject) in running or not tokens.apply(rule, each.case):
            continue
        if (start := start_for(rule, each, tokens)) is None:
            continue
        made.open(each.case, rule.key, start, subject=each.subject, **_given(rule, each, alone=len(rules) == 1))


def started_by(each: Happening) -> list[Rule]:
    """The rules an event starts; `step:register:resumed` names the registration of one kind of case,
    `step:suspend:deferral` the suspension of one kind."""
    return [*STARTED_BY.get(each.trigger, ()), *STARTED_BY.get(f"{each.trigger}:{each.kind}", ())]


def _given(rule: Rule, each: Happening, *, alone: bool) -> dict:
    """What was stated with the event, as far as it is meant for this rule. What the paper prints must be told."""
    given = dict(each.given)
    length = given.pop("length", "")
    if length and (alone or rule.needs_length or rule.counting == "FIX"):
        given["length"] = length
    if rule.needs_length and rule.counting != "SET" and "length" not in given:
        what = "公告发布日" if rule.counting == "BD" else "天数或截止日期"
        raise Refused(f"「{rule.label}」以文书为准：请在「文书载明的期间」填写{what}。")
    if given.get("variant") not in dict(rule.variants):
        given.pop("variant", None)
    return given


def start_for(rule: Rule, each: Happening, tokens: "Tokens") -> date | datetime | None:
    """Registration starts same-day duties on the day the duty could first be done, other clocks on the filing day;
    what began before the filing starts when it began. None: not from this registration."""
    case = each.case
    if each.trigger == "step:return_to_reception" and rule.counting == "SD":
        return case.started_on  # 首次起算日不变
    if each.trigger != "step:register":
        return each.at
    if rule.key == "criminal.fine_target":
        return tokens.effective_on(case)
    if rule.key in SINCE_RECEIVED:
        return case.received_on or case.filed_on
    return case.started_on if rule.counting == "SD" else case.filed_on


STRICTEST = (Basis.Kind.ADMINISTRATIVE, Basis.Kind.CRIMINAL)


class Tokens:
    """`only` of table 3: `kind:first`, `basis:civil`, `claim:money`; words of one family are alternatives."""

    def __init__(self, cases: Iterable[Case]):
        self.of: dict[int, set[str]] = {case.pk: {f"kind:{case.kind}"} for case in cases}
        self.effective: dict[int, date] = {}
        self.loaded = False

    def load(self) -> None:
        """The limits of a case exclude each other: of several bases the one with the shortest limit decides, and
        without any the case is a civil one."""
        self.loaded = True
        kinds: dict[int, set[str]] = {pk: set() for pk in self.of}
        rows = Basis.objects.filter(case__in=list(self.of)).order_by("id")
        for pk, kind, effective in rows.values_list("case_id", "kind", "effective_on"):
            kinds[pk].add(kind)
            if effective:
                self.effective[pk] = effective
        for pk, found in kinds.items():
            kind = next((each for each in STRICTEST if each in found), Basis.Kind.CIVIL)
            self.of[pk].add(f"basis:{kind}")
        for pk, kind, fine in Claim.objects.filter(case__in=list(self.of)).values_list("case_id", "kind", "fine"):
            self.of[pk] |= {f"claim:{kind}"} | ({"claim:fine"} if fine else set())

    def effective_on(self, case: Case) -> date | None:
        return self.effective.get(case.pk)

    def apply(self, rule: Rule, case: Case) -> bool:
        if not rule.only:
            return True
        if not self.loaded and any(not word.startswith("kind:") for word in rule.only):
            self.load()
        return deadlines.applies(rule, self.of[case.pk])
