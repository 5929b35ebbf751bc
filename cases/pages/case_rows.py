"""The rows of the case list: three queries for a page, whatever its length."""

from datetime import datetime

from cases.context import Context
from cases.models import Case, WorkItem
from cases.pages.case_header import flags, telephone
from cases.pages.lights import of_moment, short, stamp
from cases.pages.names import line, parties_of, short_number, wan
from cases.statements import Statement

UPDATED = Statement(
    "case_updated",
    "SELECT c, (SELECT entered_at FROM cases_journalentry j WHERE j.case_id = c ORDER BY j.id DESC LIMIT 1)"
    " FROM unnest(%s::bigint[]) c",
)


def rows(ctx: Context, cases: list[Case]) -> list[dict]:
    pks = [case.pk for case in cases]
    parties, due, updated = parties_of(cases), next_due(pks), dict(UPDATED.rows(pks)) if pks else {}
    return [row(ctx, case, parties, due.get(case.pk), updated.get(case.pk)) for case in cases]


def row(ctx: Context, case: Case, parties, due: WorkItem | None, updated: datetime | None) -> dict:
    team, roster = ctx.roster.team(case.team_id), ctx.roster
    days = (ctx.today - case.arrived_at.astimezone(ctx.now.tzinfo).date()).days
    return {
        "id": case.pk,
        "url": f"/cases/{case.pk}/",
        "light": of_moment(ctx, due.due_at, due.due_on, due.warn_at) if due else None,
        "due": due.title if due else "",
        "number": short_number(case, ctx.today.year),
        "full_number": case.number,
        "parties": line(case, parties),
        "cause": case.cause,
        "amount": wan(case.amount) if case.amount else "",
        "rate": f"{case.recovered / case.amount:.0%}" if case.amount else "",
        "stage": case.get_stage_display(),
        "days": days,
        "team": team.name if team else "",
        "handler": roster.name(case.handler_id),
        "phone": telephone(ctx, case),
        "filed": short(case.filed_on, ctx.today),
        "updated": stamp(ctx, updated).removeprefix("今日 ") if updated else "",
        "flags": flags(case),
    }


def next_due(pks: list[int]) -> dict[int, WorkItem]:
    """The next running duty of each case: one query for the page."""
    items = (
        WorkItem.objects.filter(case__in=pks, open=True, paused=False)
        .order_by("case_id", "due_at", "id")
        .distinct("case_id")
    )
    return {item.case_id: item for item in items.only("case_id", "title", "due_at", "due_on", "warn_at")}
