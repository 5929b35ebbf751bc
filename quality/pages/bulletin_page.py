"""`/stats/bulletins/`: the bulletins by month; one of them as it was frozen; the rows behind a number of it."""

from urllib.parse import quote

from cases import context, jobs, lists, rights
from cases.deadlines import RULE
from cases.models import Case, Job, WorkItem
from cases.pages.export_lists import Listing
from cases.periods import add_months
from cases.refusals import Unseen
from quality import bulletin, spans
from quality.figures import TEAM_COLUMNS
from quality.models import Bulletin, BulletinIssue, BulletinList
from quality.pages import stats_export, stats_list
from quality.populations import POPULATION
from teams.actor import Actor

OFFERED = 13
NOTHING = ("—", "0")


def finished_months() -> list[spans.Span]:
    first = context.read().today.replace(day=1)
    return [spans.month(add_months(first, -n)) for n in range(1, OFFERED + 1)]


def index(request, actor: Actor) -> dict:
    found = Bulletin.objects.select_related("made_by", "issue__issued_by").defer("figures", "issue__pdf")
    page_ = lists.keyset(found, "pk", request.GET.get("after", ""), descending=True)
    return {
        "rows": [_row(each) for each in page_.rows],
        "next": lists.link(request.path, [], page_.next),
        "previous": lists.link(request.path, [], page_.previous),
        "may_make": rights.may_office(actor, "bulletin_make"),
        "jobs": _jobs(bulletin.MAKE),
    }


def _row(row: Bulletin) -> dict:
    issued = issue_of(row)
    return {
        "url": f"/stats/bulletins/{row.pk}/", "title": f"{row.month:%Y 年 %-m 月}", "version": row.version, "reason": row.reason,
        "made": f"{_at(row.made_at)} {row.made_by.name}",
        "issued": f"{_at(issued.issued_at)} {issued.issued_by.name}" if issued else "",
    }  # fmt: skip


def issue_of(row: Bulletin) -> BulletinIssue | None:
    try:
        return row.issue
    except BulletinIssue.DoesNotExist:
        return None


def _at(moment) -> str:
    return f"{moment.astimezone(context.read().now.tzinfo):%Y-%m-%d %H:%M}"


def _jobs(kind: str, key: str = "") -> list[dict]:
    """What the worker has still to do, or has given up."""
    rows = Job.objects.filter(kind=kind).exclude(state=Job.State.DONE).order_by("-pk")
    rows = rows.filter(key=key) if key else rows
    return [
        {"key": row.key, "failed": row.state == Job.State.FAILED, "error": row.result.get("error", ""), "progress": jobs.progress_of(row)}
        for row in rows[:5]
    ]  # fmt: skip


def typed_before(row: Bulletin) -> dict[str, str]:
    """What was typed for an issue that failed: nothing typed is lost."""
    failed = Job.objects.filter(kind=bulletin.ISSUE, key=str(row.pk), state=Job.State.FAILED).order_by("-pk").first()
    return {key: failed.payload.get(key, "") for key in ("findings", "problems", "measures")} if failed else {}


def one(row: Bulletin, actor: Actor) -> dict:
    told, base = row.figures, f"/stats/bulletins/{row.pk}/list/"
    issued, keys = issue_of(row), {key.split(":")[0]: key for key in row.lists.values_list("key", flat=True)}
    versions = Bulletin.objects.filter(month=row.month).order_by("version").values_list("pk", "version")
    return {
        "row": row,
        "title": str(row),
        "told": told,
        "indicators": [
            {**each, **_urls(base, each)}
            for each in told["indicators"]
        ],
        "teams": [
            {
                "name": team["name"],
                "cells": [
                    {**cell, "url": f"{base}?of={quote(cell['list'])}&t={team['id']}" if cell["list"] and cell["value"] not in NOTHING else ""}
                    for cell in team["cells"]
                ],
            }
            for team in told["teams"]
        ],
        "team_columns": [heading for heading, _, _ in TEAM_COLUMNS],
        "nodes": [{**each, **_node_urls(base, keys, each["rule"])} for each in told["nodes"]],
        "made": f"{_at(row.made_at)} {row.made_by.name}",
        "issued": issued,
        "issued_at": f"{_at(issued.issued_at)} {issued.issued_by.name}" if issued else "",
        "versions": [{"url": f"/stats/bulletins/{pk}/", "number": number, "on": pk == row.pk} for pk, number in versions],
        "latest": max(number for _, number in versions) == row.version,
        "whole": bulletin.whole(row),
        "may_issue": rights.may_office(actor, "bulletin_issue"),
        "may_make": rights.may_office(actor, "bulletin_make"),
        "jobs": _jobs(bulletin.ISSUE, str(row.pk)),
    }  # fmt: skip


def _node_urls(base: str, keys: dict[str, str], rule: str) -> dict[str, str]:
    return {f"{part}_url": f"{base}?of={quote(keys[f'duty_{part}'])}&rule={rule}" for part in ("due", "late")}


def _urls(base: str, told: dict) -> dict[str, str]:
    """Where the two numbers open; nothing opens where nothing was counted."""
    return {
        f"{part}_url": f"{base}?of={quote(told[f'{part}_list'])}" if told[part] != "0" else ""
        for part in ("upper", "lower")
    } | {"upper_what": f"{told['label']}分子清单", "lower_what": f"{told['label']}分母清单"}


def chosen(row: Bulletin, given):
    """(rows as they were frozen, what they are, words) of the number that the address names."""
    found = BulletinList.objects.filter(bulletin=row, key=given.get("of", "")).first()
    if found is None:
        raise Unseen(given.get("of", ""))
    team, rule = given.get("t", ""), given.get("rule", "")
    keys = [key for key, at in zip(found.rows, found.teams, strict=True) if not team or str(at) == team]
    population = POPULATION[found.key.split(":")[0]]
    if population.rows == "case":
        return Case.objects.filter(pk__in=keys), "case", population.label
    items = WorkItem.objects.filter(pk__in=keys)
    return (
        (items.filter(rule=rule) if rule else items),
        "item",
        population.label + (f"　{RULE[rule].label}" if rule in RULE else ""),
    )


def rows(request, row: Bulletin, actor: Actor) -> dict:
    ctx = context.read()
    counted, what, label = chosen(row, request.GET)
    team = ctx.roster.team(int(request.GET["t"])) if request.GET.get("t", "").isdigit() else None
    return {
        **stats_list.shown(request, ctx, actor, counted, what),
        "title": f"{row}：{label}",
        "sub": f"{team.name}" if team else row.figures["kinds"],
        "back": f"/stats/bulletins/{row.pk}/",
        "back_label": str(row),
        "frozen": f"清单于 {row.figures['as_of']} 固定；所列结案、环节等为案件现在的情况。",
        "export": f"/stats/bulletins/{row.pk}/list/export/?{request.GET.urlencode()}",
    }


def listing(request, row: Bulletin, actor: Actor) -> Listing:
    counted, what, label = chosen(row, request.GET)
    words = f"{row}；清单于 {row.figures['as_of']} 固定"
    return stats_export.rows_listing(context.read(), actor, counted, what, f"通报清单 {label}", words, request)
