"""The rows of the case list: two queries for a page, whatever its length."""

from datetime import date, datetime
from typing import NamedTuple

from django.utils.safestring import SafeString

from cases.context import Context
from cases.models import Case
from cases.pages.case_header import FLAGS, flags, telephone
from cases.pages.lights import lamp, of_moment, short, stamp
from cases.pages.names import line, parties_of, short_number, wan
from cases.pages.row_template import RowTemplate
from cases.statements import Statement

# What a row tells of its duties and its journal: the next running duty, and when the case last changed.
COURSE = Statement(
    "case_course",
    """
SELECT c, j.entered_at, w.title, w.due_at, w.due_on, w.warn_at
FROM unnest(%s::bigint[]) c
LEFT JOIN LATERAL (SELECT entered_at FROM cases_journalentry WHERE case_id = c ORDER BY id DESC LIMIT 1) j ON true
LEFT JOIN LATERAL (SELECT title, due_at, due_on, warn_at FROM cases_workitem
    WHERE case_id = c AND open AND NOT paused ORDER BY due_at, id LIMIT 1) w ON true
""",
)
SHOWN = (  # what a row reads of its case
    "number", "year", "type_code", "serial", "stage", "team_id", "handler_id", "cause", "amount", "recovered", "filed_on",
    "arrived_at", "sent_by", *(name for name, _, _ in FLAGS),
)  # fmt: skip
ROW = RowTemplate("cases/_case_row.html")
TAG = RowTemplate("components/_tag.html")


class Course(NamedTuple):
    updated: datetime | None
    title: str | None
    due_at: datetime | None
    due_on: date | None
    warn_at: datetime | None


def body(rows_: list[dict]) -> SafeString:
    """The rows as HTML."""
    return SafeString("".join(ROW.render({**row, **drawn(row)}) for row in rows_))


def drawn(row: dict) -> dict[str, SafeString]:
    light = row["light"]
    tags = "".join(f" {TAG.render(flag)}" for flag in row["flags"])
    return {"lamp": lamp(**light) if light else SafeString(), "tags": SafeString(tags)}


def rows(ctx: Context, cases: list[Case]) -> list[dict]:
    pks = [case.pk for case in cases]
    courses = {pk: Course(*course) for pk, *course in COURSE.rows(pks)} if pks else {}
    parties = parties_of(cases)
    return [row(ctx, case, parties, courses[case.pk]) for case in cases]


def row(ctx: Context, case: Case, parties, course: Course) -> dict:
    team, roster = ctx.roster.team(case.team_id), ctx.roster
    days = (ctx.today - case.arrived_at.astimezone(ctx.now.tzinfo).date()).days
    return {
        "id": case.pk,
        "url": f"/cases/{case.pk}/",
        "light": of_moment(ctx, course.due_at, course.due_on, course.warn_at) if course.due_at else None,
        "due": course.title or "",
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
        "updated": stamp(ctx, course.updated).removeprefix("今日 "),
        "flags": flags(case),
    }
