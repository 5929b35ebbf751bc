"""The spine's own hooks: the consequences that table 1 names and that need no team's room; conditions stand in
`guards`, clocks in `consequences`, facts in `case_facts`.
"""

from datetime import date

from cases import case_facts, consequences, context, escalation, exceptions, guards, recused, work
from cases.approvals import DEFERRALS
from cases.deadlines import ANCHOR
from cases.guards import recorded_on
from cases.hooks import after, approved, brief, finished, job, page, recorded
from cases.models import Approval, Case, Pause, WorkItem
from cases.workflow import Stage
from teams.actor import SYSTEM
from teams.notices import tell


@after("suspend")
def stop_clocks(cases, by):
    for case in cases:
        kind = _signed(case, "suspension").proposal.get("kind")
        ground = Pause.Ground.DEFERRAL if kind in dict(DEFERRALS) else Pause.Ground.SUSPENSION
        work.pause(case, ground, context.read().today, by, by_step=True)


@after("resume")
def run_clocks(cases, by):
    grounds = (Pause.Ground.SUSPENSION, Pause.Ground.DEFERRAL)
    for row in Pause.objects.filter(case__in=cases, to_on__isnull=True, item__isnull=True, ground__in=grounds):
        work.end_pause(row, context.read().today, by, by_step=True)


@after("reassign")
def recused_team_sees_nothing_more(cases, by):
    """回避: the officer is recused from the case, and the team that had it loses sight of it (flow §8, 23)."""
    for case in cases:
        proposal = _signed(case, "reassignment").proposal
        if proposal.get("ground") != "recusal":
            continue
        left = case.journal.filter(key="reassign").latest("no").facts.get("left", "")
        case.sights.filter(team__name=left).delete()
        if recused := proposal.get("recused"):
            exceptions.grant(case, int(recused), "recused_from_case", None, "回避改派", SYSTEM, by_step=True)


@after("triage_fast", "reassign", "return_closing", "annul_closing")
def three_days_from_arrival(cases, by):
    """A measure recorded before the case came: the three days run from its arrival (flow §4.6)."""
    roster, controlled = context.read().roster, recorded_on(cases, "measure_effective")
    for case in cases:
        if case.pk in controlled and roster.row(case.team_id).kind in ("fast", "terminal"):
            work.open(case, "transfer.three_days", SYSTEM, start=case.arrived_at)


def _signed(case, act: str) -> Approval:
    return case.approvals.filter(act=act, state=Approval.State.SIGNED).latest("closed_at")


@recorded(
    "money_arrived",
    "clue_received",
    "urgent_clue_received",
    "asset_found",
    "objection_received",
    "outsider_objection_received",
)
def propose_return(events, by):
    """Money, a clue, an asset or an objection while the closing is examined: its return is proposed (table 1)."""
    barred = recused.of_cases((event.case.pk for event in events), context.read().today)
    for event in events:
        case = event.case
        if case.stage == Stage.CLOSING:
            people = {case.handler_id, case.reported_by_id} - barred.get(case.pk, frozenset())
            text = f"{case.number} 报结审查期间{ANCHOR[event.anchor].label}，建议退回补正。"
            tell(people, text, f"/cases/{case.pk}/step/return_closing/", kind="nudge")


@finished("archives.pre_closing")
def ask_to_close(items, by):
    """The approval is asked in the name of whoever reported the closing; a return ends the item too, and asks nothing."""
    from cases import closing

    for item in items:
        if Case.objects.get(pk=item.case_id).stage == Stage.CLOSING:
            closing.ask(item.case)


@finished("supervision.reply")
def to_be_accepted(items, by):
    """Whoever ordered it accepts the answer, or orders again (flow §4.7)."""
    roster = context.read().roster
    for item in items:
        team = roster.team_of(item.asked_by_id or 0)
        if team is None:
            continue
        made = work.open(
            item.case, "supervision.verify", by, subject=item.subject, team_id=team.id, person_id=item.asked_by_id,
            title=f"核验{item.title}"[:120], cause_item=item,
        )  # fmt: skip
        text = f"已答复{item.title}：{item.note}"[:300]
        tell([made.person_id], text, f"/items/{made.pk}/", key=f"replied:{item.pk}", kind="result")


@approved("transfer_to_regular")
def three_days_are_met(approval, by):
    """On a 终本 case no step is taken: the signature itself hands the matter over (flow §4.6, §8, 17)."""
    if approval.case.stage == Stage.TERMINAL:
        running = WorkItem.objects.filter(case=approval.case, rule="transfer.three_days", open=True)
        work.finish(running, SYSTEM, note="局长已签批移交，待立案号")


@approved("confidential_access")
def may_see(approval, by):
    """Whoever asked sees the case until the day he named; the sweep ends it."""
    until = approval.proposal.get("until")
    reason = approval.proposal.get("purpose", "")
    day = date.fromisoformat(until) if until else None
    exceptions.grant(approval.case, approval.maker_id, "view_case", day, reason, SYSTEM, by_step=True)
    text = f"局长已同意您查看{approval.case.number}。"
    tell([approval.maker_id], text, f"/cases/{approval.case_id}/", key=f"access:{approval.pk}", kind="result")


@approved("escalation")
def escalation_decided(approval, by):
    escalation.decided(approval, by)


brief("escalation")(escalation.brief)
page("transfer.accept", "cases:accept_transfer")
__all__ = ["case_facts", "consequences", "guards"]  # loaded for their hooks


@job("journal.lapsed")
def journal_lapsed(row):
    """Write what the sweep closed into the chain of its case."""
    from cases import journal
    from cases.locks import lock_case

    facts = {key: value for key, value in row.payload.items() if key not in ("case", "title")}
    line = journal.Line(
        lock_case(row.payload["case"]), "item", row.payload["rule"], f"期间届满：{row.payload['title']}", facts
    )
    journal.write([line], SYSTEM)
