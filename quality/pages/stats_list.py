"""The rows behind one number, as they were counted; what the officer may not see is told as a number only."""

from django.db.models import Exists, OuterRef, QuerySet

from cases import context, lists, rights
from cases.context import Context
from cases.models import Case, WorkItem
from cases.pages.lights import ended, of_moment
from cases.pages.names import line, parties_of
from cases.refusals import Unseen
from quality import counting
from quality.counting import Cell
from quality.indicators import CASES, Indicator, Term, computed
from quality.pages.stats_page import Asked, asked
from quality.populations import POPULATION
from teams.actor import Actor

HEADINGS = {
    "case": ("案号", "当事人", "案由", "类型", "立案", "结案", "结案方式", "团队", "环节"),
    "item": ("案号", "当事人", "事项", "届满", "办结", "团队", "承办人"),
}


def chosen(given, ask: Asked, day) -> tuple[Cell, str]:
    """The number that the address names: a part of an indicator, or a population; with its words."""
    part = given.get("part", "n")
    for row in computed(day):
        if row.key == given.get("i", ""):
            cells = counting.cells_of(row, ask.scope)
            if cells is None or part not in ("n", "d"):
                raise Unseen(row.key)
            cell = cells[part == "d"]
            return cell, f"{row.label}　{_part(row, part)}"
    if given.get("of", "") in POPULATION:
        cell = Cell(Term(given["of"]), ask.scope.allows(CASES))
        return cell, POPULATION[given["of"]].label
    raise Unseen("stats")


def _part(row: Indicator, part: str) -> str:
    term = row.numerator if part == "n" else row.denominator
    return f"{'分子' if part == 'n' else '分母'}：{term.label if term else ''}"


def page(request, actor: Actor) -> dict:
    ctx = context.read()
    ask = asked(request.GET, ctx)
    cell, title = chosen(request.GET, ask, min(ask.span.last, ctx.today))
    counted = counting.rows(ask.scope, cell, ask.span)
    return {
        **shown(request, ctx, actor, counted, cell.term.row.rows),
        "title": title,
        "sub": ask.words + (f"；团队：{ctx.roster.row(ask.scope.team).name}" if ask.scope.team else ""),
        "back": f"/stats/?{ask.address()}",
        "back_label": "质效分析",
        "export": f"/stats/export/?{request.GET.urlencode()}&table=list",
    }


def shown(request, ctx: Context, actor: Actor, counted: QuerySet, what: str) -> dict:
    """One page of the rows the officer may see, and how many there are that he may not."""
    seen = visible(actor, counted, what)
    total, mine = counted.count(), seen.count()
    page_ = lists.keyset(related(seen, what), "pk", request.GET.get("after", ""), descending=True)
    parameters = list(request.GET.items())
    return {
        "headings": HEADINGS[what],
        "rows": rows(ctx, page_.rows, what),
        "total": total,
        "hidden": total - mine,
        "next": lists.link(request.path, parameters, page_.next),
        "previous": lists.link(request.path, parameters, page_.previous),
    }


def visible(actor: Actor, counted: QuerySet, what: str) -> QuerySet:
    """Through the rights of the lists: cases that may be viewed, and duties of such cases."""
    if what == "case":
        return rights.visible(actor, counted)
    return rights.listed(actor, counted).filter(Exists(rights.visible(actor).filter(pk=OuterRef("case_id"))))


def related(found: QuerySet, what: str) -> QuerySet:
    return found if what == "case" else found.select_related("case")


def rows(ctx: Context, found: list, what: str) -> list[dict]:
    """Rows as cells in the order of the headings; one query for the parties of them all."""
    cases = found if what == "case" else [item.case for item in found]
    parties = parties_of(cases)
    make = _case if what == "case" else _item
    return [make(ctx, row, parties) for row in found]


def _case(ctx: Context, case: Case, parties) -> dict:
    team = ctx.roster.team(case.closed_team_id if case.closed_on and case.closed_team_id else case.team_id)
    return {
        "url": f"/cases/{case.pk}/",
        "number": case.number,
        "cells": (
            line(case, parties), case.cause, case.get_kind_display(), f"{case.filed_on}", f"{case.closed_on or ''}",
            case.get_closing_mode_display() if case.closing_mode else "", team.name if team else "", case.get_stage_display(),
        ),
    }  # fmt: skip


def _item(ctx: Context, item: WorkItem, parties) -> dict:
    team = ctx.roster.team(item.team_id)
    state = of_moment(ctx, item.due_at, item.due_on, item.warn_at)["text"] if item.open else ended(ctx, item)
    return {
        "url": f"/cases/{item.case_id}/?tab=items",
        "number": item.case.number if item.case else "",
        "cells": (
            line(item.case, parties) if item.case else "", item.title, f"{item.due_on}", state,
            team.name if team else "", ctx.roster.name(item.person_id) if item.person_id else "",
        ),
    }  # fmt: skip
