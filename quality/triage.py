"""繁简分流: proposals for a list of cases, and the decisions, through the one door, in one batch."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef

from assets.models import Query
from cases import context, rights, steps, work
from cases.hooks import Reason
from cases.locks import lock_case, lock_cases
from cases.models import Case, WorkItem
from cases.refusals import Forbidden, Refused, Unseen
from cases.workflow import Stage
from quality import criteria, evidence, triage_records
from quality.allotting import Allotment, Choice, How
from quality.criteria import FAST, REGULAR, TRACKS, Evidence, Proposal
from quality.models import TriageDecision
from teams.actor import Actor

STEP = {FAST: "triage_fast", REGULAR: "triage_regular"}
SAME_DAY = "triage_same_day"
GROUNDS = {  # the same-day routes of flow §3 that a person states; the others are read from the case
    "withdrawn": "申请人将撤回申请",
    "rejected": "将驳回申请",
    "paid": "已经履行",
    "controlled": "已控制足额案款",
}


class Wish(NamedTuple):
    """What the clerk decided for one case; without a team the figures choose it."""

    case_id: int
    track: str
    reason: str = ""
    team_id: int = 0


@dataclass
class Outcome:
    taken: list[TriageDecision] = field(default_factory=list)
    refused: dict[int, Exception] = field(default_factory=dict)


def proposals(cases: Iterable[Case]) -> dict[int, tuple[Evidence, Proposal]]:
    found = evidence.of_cases(cases)
    return {pk: (each, criteria.propose(each)) for pk, each in found.items()}


def waiting(cases: Iterable[Case], known: dict[int, tuple[Evidence, Proposal]]) -> dict[int, list[Reason]]:
    """What each case still waits for; a case whose money is under control waits for nothing (flow §3)."""
    blocked = steps.blockers(cases, STEP[FAST])
    return {pk: reasons for pk, reasons in blocked.items() if reasons and not at_once(known[pk][0])}


def at_once(found: Evidence) -> bool:
    return bool(criteria.funds_controlled(found))


@transaction.atomic
def decide(wishes: Iterable[Wish], by: Actor) -> Outcome:
    """Each decided case to its team: what is refused comes back with its reason, the others go through together."""
    wanted = {wish.case_id: wish for wish in wishes}
    locked, outcome, ctx = lock_cases(wanted), Outcome(), context.read()
    known = proposals(locked.values())
    loads = Allotment(ctx, locked.values())
    standings = rights.standings(by, locked.values())
    chosen: dict[int, Choice] = {}
    for pk, wish in wanted.items():
        if pk not in locked:
            continue
        try:
            if why := rights.refusal(by, locked[pk], STEP.get(wish.track, STEP[FAST]), standing=standings[pk]):
                raise Forbidden(why)
            refuse_unreasoned(locked[pk], wish, known[pk][1])
            chosen[pk] = loads.choose(locked[pk], wish.track, wish.team_id)
            loads.give(locked[pk], chosen[pk].team.id)
        except (Unseen, Forbidden, Refused) as refusal:
            outcome.refused[pk] = refusal
    _state_routes([locked[pk] for pk in chosen], known, by)
    for track, step in STEP.items():
        going = [locked[pk] for pk in chosen if wanted[pk].track == track]
        each = {case.pk: _facts(wanted[case.pk], known[case.pk][1], chosen[case.pk]) for case in going}
        rows = {case.pk: _row(case, wanted[case.pk], known[case.pk][1], chosen[case.pk], by) for case in going}
        if going:
            with triage_records.decided(rows):
                found = steps.take_steps(going, step, by, each=each)
            outcome.refused |= found.refused
            outcome.taken += [rows[case.pk] for case in found.taken]
    _spare_the_counters([row for row in outcome.taken if row.track == FAST and at_once(known[row.case_id][0])], by)
    return outcome


def _spare_the_counters(rows: list[TriageDecision], by: Actor) -> None:
    """Whose money is held in full is asked about at no counter (flow §8, 5), unless the query is out already."""
    if not rows:
        return
    out = Query.objects.filter(case=OuterRef("case")).exclude(channel="network").filter(state__in=("ordered", "sent"))
    items = WorkItem.objects.filter(case__in=[row.case_id for row in rows], rule="quality.offline_query", open=True)
    if left := list(items.exclude(Exists(out))):
        work.cancel(left, by, f"{GROUNDS['controlled']}，无需线下查控")


def refuse_unreasoned(case: Case, wish: Wish, proposal: Proposal) -> None:
    if wish.track not in STEP:
        raise Refused(f"{case.number}：请选择快执或普执。")
    if wish.reason.strip():
        return
    if wish.track != proposal.track:
        raise Refused(f"{case.number}：规则建议{TRACKS[proposal.track]}，改分{TRACKS[wish.track]}须写明理由。")
    if wish.team_id:
        raise Refused(f"{case.number}：指定团队须写明理由。")


def _state_routes(cases: list[Case], known, by: Actor) -> None:
    """Money in full under control needs no person to say so: the route is stated with the decision."""
    full = [case for case in cases if case.stage == Stage.PREPARATION and at_once(known[case.pk][0])]
    blocked = steps.blockers(full, STEP[FAST])
    for case in full:
        standing = rights.standings(by, [case])[case.pk]
        if blocked.get(case.pk) and rights.may(by, standing, STEP[FAST]):
            facts = {"ground": GROUNDS["controlled"]}
            work.record_event(case, SAME_DAY, context.read().now, by, facts=facts, action=STEP[FAST])


@transaction.atomic
def state_route(case: Case, ground: str, note: str, by: Actor) -> None:
    """当日分流: a person states why the case need not wait for papers and queries."""
    if ground not in GROUNDS or ground == "controlled":
        raise Refused("请选择当日分流的情形。")
    if not note.strip():
        raise Refused("请写明依据：何时、何人提出，或款项何时支付。")
    fresh = lock_case(case.pk)
    if fresh.stage != Stage.PREPARATION:
        raise Refused(f"{fresh.number}现处于「{fresh.get_stage_display()}」，不需登记当日分流。")
    facts = {"ground": GROUNDS[ground], "note": note.strip()[:200]}
    work.record_event(fresh, SAME_DAY, context.read().now, by, facts=facts, action=STEP[FAST])


def _facts(wish: Wish, proposal: Proposal, choice: Choice) -> dict[str, Any]:
    """What the journal keeps: why this track, and the figures of the team that gets it."""
    figure = next(each for each in choice.figures if each["team_id"] == choice.team.id)
    said = {
        How.LOAD: f"{choice.team.name}在办 {figure['open']} 件，同类团队中最少",
        How.DEBTOR: f"{choice.team.name}有同一被执行人的案件 {figure['same']} 件",
        How.HAND: f"指定{choice.team.name}（在办 {figure['open']} 件）",
    }[How(choice.how)]
    return {
        "team": choice.team.id,
        "reason": wish.reason.strip()[:200] or f"{proposal.criterion.text}：{proposal.reasons[0]}"[:200],
        "proposed": TRACKS[proposal.track],
        "figures": said,
    }


def _row(case: Case, wish: Wish, proposal: Proposal, choice: Choice, by: Actor) -> TriageDecision:
    return TriageDecision(
        case=case,
        proposed=proposal.track,
        criterion=proposal.criterion.key,
        certain=proposal.certain,
        reasons=proposal.reasons,
        track=wish.track,
        reason=wish.reason.strip()[:200],
        team_id=choice.team.id,
        how=choice.how,
        figures=choice.figures,
        by_id=by.user_id,
    )
