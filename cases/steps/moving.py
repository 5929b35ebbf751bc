"""The one door through which a case is created, moves and changes hands.

Decide in Python, write by set statements: rights and guards are asked once for all cases, each case takes its
`@step` in memory (django-fsm refuses a wrong source), then one statement per table stores it. The journal head
on the case row is the version: whoever comes with an old one has lost.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count
from django_fsm import can_proceed

from cases import context, hooks, journal, recused, rights
from cases.context import Context
from cases.hooks import Reason
from cases.locks import lock_cases
from cases.models import Approval, Case, Party
from cases.refusals import Forbidden, Refused, Unseen
from cases.statements import columns, update
from cases.work.plan import Plan
from cases.work.triggers import Happening, plan
from cases.workflow import STEP, STEPS, ClosingMode, Stage, Step, modes_for
from teams.actor import Actor


@dataclass
class Outcome:
    """What came of a batch: the cases that went through, and why the others did not."""

    taken: list[Case] = field(default_factory=list)
    refused: dict[int, Exception] = field(default_factory=dict)


class Offer(NamedTuple):
    """A step the officer may take, or ask for, now; reasons stand beside the disabled button."""

    step: Step
    reasons: list[Reason]
    act: str


def take_step(case: Case, step: str, by: Actor, **facts: Any) -> Case:
    """Take one case one step; raises Refused, Forbidden, Unseen or Stale."""
    outcome = take_steps([case], step, by, **facts)
    if outcome.refused:
        raise outcome.refused[case.pk]
    return outcome.taken[0]


@transaction.atomic
def take_steps(
    cases: Iterable[Case],
    step: str,
    by: Actor,
    *,
    approval: Approval | None = None,
    happened_at: datetime | None = None,
    each: Mapping[int, dict] | None = None,
    **facts: Any,
) -> Outcome:
    """Take cases one step: permission, guards, machine, journal, items, sight, in one transaction.

    `facts` are those table 1 names for the step (team, reason, mode, …), `each` those of single cases. With
    `approval` the step is authorised by its last signature, else by table 2. Refused cases come back with
    their reasons; the others go through.
    """
    row, ctx, outcome = STEP[step], context.read(), Outcome()
    locked = lock_cases(case.pk for case in cases)
    given = {pk: {**facts, **(each or {}).get(pk, {})} for pk in locked}
    refused = outcome.refused
    refused |= _unauthorised(locked.values(), row, by, approval)
    refused |= _misplaced(locked.values(), row, ctx, given, refused)
    going = [case for pk, case in locked.items() if pk not in refused]
    for pk, reasons in blockers(going, row.name).items():
        refused[pk] = Refused(*reasons)
    going = [case for case in going if case.pk not in refused]
    if going:
        _move(going, row, by, ctx, given, happened_at or ctx.now, approval)
    outcome.taken = going
    return outcome


def blockers(cases: Iterable[Case], step: str) -> dict[int, list[Reason]]:
    """What stands in the way of the step, from every room: one query a guard, for one case or a thousand."""
    cases = list(cases)
    found: dict[int, list[Reason]] = {}
    for guard in hooks.of("guard", step) if cases else ():
        for pk, reasons in guard(cases).items():
            if reasons:
                found.setdefault(pk, []).extend(reasons)
    return found


def steps_for(case: Case, actor: Actor, allowed: set[str] | None = None) -> list[Offer]:
    """Each step that leads on from here and that the officer may take or ask for, with what stands in its way.
    `allowed`: his actions on the case, where they have been read already."""
    allowed = rights.actions(actor, case) if allowed is None else allowed
    offers = []
    for row in STEPS:
        action = f"ask:{row.act}" if row.act else row.name
        if row.name == "resume" and not signs_for(case, actor):
            continue
        if _leads_on(row, case) and action in allowed and not (row.kinds and case.kind not in row.kinds):
            offers.append(Offer(row, blockers([case], row.name).get(case.pk, []), row.act))
    return offers


def _leads_on(row: Step, case: Case) -> bool:
    """A 终本 case with an asset stays where it is, and what goes to 普执 is its successor with the new number: the
    sheet is asked there (flow §4.6, §8, 17)."""
    return case.stage in row.sources or (row.name == "transfer_to_regular" and case.stage == Stage.TERMINAL)


def _unauthorised(cases, row: Step, by: Actor, approval: Approval | None) -> dict[int, Exception]:
    if approval is not None:
        if approval.act != row.act or approval.state != Approval.State.SIGNED:
            return {case.pk: Forbidden(f"「{row.label}」须经审批签字后由系统办理。") for case in cases}
        return {}
    if row.act and by.user_id is not None:
        return {case.pk: Forbidden(f"「{row.label}」须经审批签字后由系统办理，请先报请。") for case in cases}
    refused: dict[int, Exception] = {}
    for pk, standing in rights.standings(by, cases).items():
        if not standing.view:
            refused[pk] = Unseen(str(pk))
        elif not rights.may(by, standing, row.name):
            refused[pk] = Forbidden(rights.sentence(by, row.name))
    if row.name == "resume":
        refused |= {case.pk: Forbidden(NOT_THE_JUDGE) for case in cases if not signs_for(case, by)}
    return refused


NOT_THE_JUDGE = "恢复执行由本案的签发法官办理：本团队员额法官，无员额法官的为配对法官，再无为轮值法官。"


def signs_for(case: Case, by: Actor) -> bool:
    """Whether the officer is the signing judge of the team that holds the case."""
    rungs = context.read().roster.signing_judges(case.team_id)
    return by.user_id is None or any(by.user_id in rung for rung in rungs)


def _misplaced(cases, row: Step, ctx: Context, given: dict[int, dict], refused: dict) -> dict[int, Exception]:
    found: dict[int, Exception] = {}
    for case in cases:
        if case.pk in refused:
            continue
        if not can_proceed(getattr(case, row.name)) or (row.kinds and case.kind not in row.kinds):
            found[case.pk] = Refused(f"{case.number}现处于「{case.get_stage_display()}」，不能{row.label}。")
            continue
        if row.name == "report_closing" and given[case.pk].get("mode") not in modes_for(case.kind, case.stage):
            found[case.pk] = Refused(_modes(case))
            continue
        try:
            given[case.pk]["team_id"] = _holder(ctx, row, case, given[case.pk])
        except Refused as refusal:
            found[case.pk] = refusal
    return found


def _modes(case: Case) -> str:
    words = "、".join(ClosingMode(mode).label for mode in modes_for(case.kind, case.stage))
    return f"{case.number}现处于「{case.get_stage_display()}」，可报的结案方式为：{words}。"


def _holder(ctx: Context, row: Step, case: Case, facts: dict) -> int | None:
    """The team that holds the case afterwards, by table 1."""
    if not row.holder or row.name == "void":
        return case.team_id
    if row.holder == "previous":
        return int(facts.get("team") or case.closed_team_id or case.team_id or 0)
    chosen, _, kind = row.holder.rpartition(":")
    if row.holder == "terminal_of_debtor":
        return terminal_team(ctx, case)
    own = ctx.roster.row(case.team_id).kind
    kind = {"same": own, "other": "regular" if own == "fast" else "fast"}.get(kind, kind)
    teams = {team.id for team in ctx.roster.teams_of(kind)}
    if not chosen:
        return next(iter(teams))
    team_id = int(facts.get("team") or 0)
    if team_id not in teams:
        raise Refused(f"「{row.label}」须选定承办团队：请在表单中选择一个团队。")
    return team_id


def terminal_team(ctx: Context, case: Case) -> int:
    """The terminal team that holds the same debtor, else the one with the least cases under management."""
    own = ctx.roster.row(case.team_id)
    if own.kind == "terminal":
        return own.id
    debtors = Party.objects.filter(case=case, role=Party.Role.DEBTOR).exclude(certificate_number="")
    held = Case.objects.filter(
        stage=Stage.TERMINAL,
        parties__role=Party.Role.DEBTOR,
        parties__certificate_number__in=debtors.values("certificate_number"),
    )
    if team_id := held.order_by("-pk").values_list("team_id", flat=True).first():
        return team_id
    loads = dict(Case.objects.filter(stage=Stage.TERMINAL).values_list("team_id").annotate(Count("pk")))
    return min(ctx.roster.teams_of("terminal"), key=lambda team: (loads.get(team.id, 0), team.code)).id


def _move(cases: list[Case], row: Step, by: Actor, ctx: Context, given: dict, at: datetime, approval) -> None:
    happenings, before = [], {case.pk: (case.stage, case.team_id) for case in cases}
    for case in cases:
        facts = given[case.pk]
        team_id = facts.pop("team_id")
        getattr(case, row.name)(at=at, by_id=by.user_id, **facts)
        if case.team_id is not None and team_id != case.team_id:
            arrive(ctx, case, team_id, at, facts.get("handler"))
        left = before[case.pk][1]
        left = left if left != case.team_id else None
        happenings.append(Happening(case, f"step:{row.name}", at, left=left, **_stated(facts)))
    made = plan(ctx, happenings, by)
    lines = [_line(case, row, before[case.pk], given[case.pk], made, at, ctx, approval) for case in cases]
    rows = journal.chain(lines, by)
    arrived = {(case.team_id, case.pk) for case in cases if case.team_id and case.team_id != before[case.pk][1]}
    store(cases, rows, made, arrived)
    for hook in hooks.of("after", row.name):
        hook(cases, by)


def _stated(facts: dict) -> dict:
    """What the step says of the items it opens: a suspension is reviewed, a deferral ends on its day; a returned case
    names its gap."""
    until, gap, kind = facts.get("until"), facts.get("gap"), facts.get("kind")
    told = ({"length": str(until)} if until else {}) | ({"title": f"退回补正：{gap}"[:120]} if gap else {})
    return told | ({"kind": kind} if kind else {})


def arrive(ctx: Context, case: Case, team_id: int, at: datetime, handler_id: int | None = None) -> None:
    """Give the case to a team, its leader and a clerk in turn; never to somebody who is recused from it."""
    case.team_id, case.arrived_at = team_id, at
    case.handler_id = handler_id or ctx.roster.leader(team_id)
    case.clerk_id = ctx.roster.first_assignee(team_id, "", case.pk or 0)
    recused.replace(ctx, case)


def _line(case, row: Step, before, facts, made: Plan, at, ctx: Context, approval) -> journal.Line:
    told = {
        "from": before[0],
        "to": case.stage,
        **{key: str(value) for key, value in facts.items() if value not in (None, "")},
        **made.told(case),
    }
    if case.team_id != before[1]:
        team, left = ctx.roster.team(case.team_id), ctx.roster.team(before[1])
        told |= {"team": team.name if team else "", "left": left.name if left else ""}
    if approval is not None:
        told["approval"] = approval.pk
    return journal.Line(case, "step", row.name, row.label, told, at, backdated=(ctx.now - at).days >= 1)


# fmt: off
SAVED = (
    ("stage", "text"), ("team_id", "bigint"), ("handler_id", "bigint"), ("clerk_id", "bigint"),
    ("arrived_at", "timestamptz"), ("suspended_from", "text"), ("closing_from", "text"), ("closed_from", "text"),
    ("closed_team_id", "bigint"), ("closing_mode", "text"), ("closed_on", "date"), ("reported_by_id", "bigint"),
    ("report", "jsonb"), ("void_reason", "text"), ("head", "text"), ("entries", "int"),
)
# fmt: on
SAVE = update("save_cases", "cases_case", SAVED, where=" AND t.entries < v.entries")


def store(cases: list[Case], rows: list[dict], made: Plan, arrived: Iterable[tuple[int, int]] = ()) -> None:
    """Store what steps change on locked cases, journal and items with them, in two messages."""
    saving = (SAVE, columns(cases, (("id", "bigint"), *SAVED)))
    cursor = made.write(journal.insertion(rows), saving, arrived=arrived)
    if cursor.rowcount != len(cases):
        raise RuntimeError("a case moved under a lock that was not held")
