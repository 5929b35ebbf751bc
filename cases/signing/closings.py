"""A closing that goes back to its stage takes its sheet with it: nobody signs it any more, its maker has it back."""

from django.db.models import Q

from cases import context, hooks, work
from cases.models import Approval, Case, WorkItem
from cases.present import present
from teams.actor import SYSTEM, Actor

from . import desk

ACTS = ("closing", "terminal_closure")


@hooks.after("return_closing")
def sheet_goes_back(cases: list[Case], by: Actor) -> None:
    for case in cases:
        waiting = Approval.objects.filter(case=case, act__in=ACTS, state=Approval.State.WAITING).first()
        if waiting:
            _end(waiting, by)
        elif not WorkItem.objects.filter(case=case, rule=desk.RETURNED, open=True).exists():
            _tell(case, by)


def _end(approval: Approval, by: Actor) -> None:
    ctx = context.read()
    fresh, places = desk.hold(approval)
    fresh.changed = [["环节", "报结审查", present(fresh.case).get_stage_display()]]
    desk.end(ctx, fresh, places, Approval.State.STALE, by, "stale", "报结已退回，签批停止", {"changed": fresh.changed})


def _tell(case: Case, by: Actor) -> None:
    """Returned before a sheet was asked: whoever reported it has something to do."""
    step = case.journal.filter(what="step", key="return_closing").order_by("-id").first()
    reason = step.facts.get("reason", "") if step else ""
    members = {member.user_id for member in context.read().roster.members(case.team_id)}
    person = case.reported_by_id if case.reported_by_id in members else case.handler_id
    work.open(
        case, desk.RETURNED, by, subject="closing", title=f"报结退回：{reason}"[:120], team_id=case.team_id, person_id=person
    )  # fmt: skip


@hooks.after("report_closing")
def reported_again(cases: list[Case], by: Actor) -> None:
    """Reporting anew is what the return called for."""
    back = WorkItem.objects.filter(case__in=cases, rule=desk.RETURNED, open=True)
    items = list(back.filter(Q(approval=None) | Q(approval__act__in=ACTS)).order_by("pk"))
    if items:
        work.finish(items, SYSTEM, note="已重新报结")
