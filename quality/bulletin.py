"""月度通报: the figures of a finished month are frozen with the rows behind them, then issued with what they show.

Made and issued by the worker. The figures are taken from the frozen rows themselves, so that each number is the length
(or the sum) of its list for ever, however the cases move. A mistake is put right by a new version with its reason.
"""

import hashlib
import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from cases import context, jobs, journal, rights
from cases.context import Context
from cases.models import Job
from cases.refusals import Refused
from quality import counting, figures, spans
from quality.counting import Cell, Scope
from quality.indicators import CASES, Term, computed
from quality.models import Bulletin, BulletinIssue, BulletinList
from quality.spans import Span
from teams.actor import Actor

MAKE, ISSUE = "quality.bulletin", "quality.bulletin_issue"
SCOPE = Scope("usual")
EXTRA = ("received", "duty_late")  # lists that no indicator names, but the tables do
REASON = 300


@transaction.atomic
def ask(month: date, reason: str, by: Actor) -> Job:
    """Let the worker make the month's bulletin, or its next version."""
    rights.require_office(by, "bulletin_make")
    span = spans.month(month)
    if span.last >= context.read().today:
        raise Refused(f"{span.label}尚未结束，月末之后才能生成通报。")
    reason = reason.strip()
    latest = Bulletin.objects.filter(month=span.first).order_by("-version").first()
    if latest and not reason:
        raise Refused(f"{span.label}已有通报（第 {latest.version} 版）。更正须写明原因，原版本保留。")
    if len(reason) > REASON:
        raise Refused(f"更正原因最多 {REASON} 字，现为 {len(reason)} 字，请删减。")
    payload = {
        "month": str(span.first), "reason": reason if latest else "", "version": (latest.version if latest else 0) + 1,
    }  # fmt: skip
    return _enqueue(MAKE, f"{span.first:%Y-%m}", payload, by)


def _enqueue(kind: str, key: str, payload: dict, by: Actor) -> Job:
    """One at a time: the same once more is the same job, anything else waits until that is done."""
    payload |= jobs.asked_from(by)
    job = jobs.enqueue(kind, key, payload, by)
    if job.payload != payload:
        raise Refused("同一通报正在生成，请待完成后再办理。")
    return job


def make(job: Job) -> None:
    """In the worker: freeze. A second job for the same version finds the first one's and leaves it."""
    month = date.fromisoformat(job.payload["month"])
    if Bulletin.objects.filter(month=month, version=job.payload["version"]).exists():
        return
    row = freeze(month, job.payload["version"], job.payload["reason"], jobs.asker(job))
    job.result = {"bulletin": row.pk}


def freeze(month: date, version: int, reason: str, by: Actor) -> Bulletin:
    ctx, span = context.read(), spans.month(month)
    lists = _lists(span, min(span.last, ctx.today))
    told = _figures(ctx, span, lists)
    held = {key: [found["rows"], found["teams"]] for key, found in lists.items()}
    row = Bulletin.objects.create(
        month=span.first, version=version, reason=reason, figures=told, made_by_id=by.user_id, made_at=ctx.now,
        hash=digest(span.first, version, reason, told, held),
    )  # fmt: skip
    BulletinList.objects.bulk_create(
        BulletinList(bulletin=row, key=key, rows=rows, teams=teams) for key, (rows, teams) in held.items()
    )
    facts = {"bulletin": row.pk, "month": str(span.first), "version": version, "reason": reason, "hash": row.hash}
    journal.write([journal.Line(None, "bulletin", "make", f"生成{row}", facts)], by)
    return row


def digest(month: date, version: int, reason: str, told: dict, held: dict[str, list]) -> str:
    """Over everything that is frozen, in one canonical form."""
    whole = {"month": str(month), "version": version, "reason": reason, "figures": told, "lists": held}
    return hashlib.sha256(
        json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


def whole(row: Bulletin) -> bool:
    """Whether the version is still what was frozen."""
    held = {each.key: [each.rows, each.teams] for each in row.lists.all()}
    return row.hash == digest(row.month, row.version, row.reason, row.figures, held)


def key_of(cell: Cell) -> str:
    return f"{cell.term.population}:{'+'.join(cell.kinds)}"


def _lists(span: Span, day: date) -> dict[str, dict[str, Any]]:
    """Each population once: the keys, the team of each, and the sums of the measures that are wanted of it."""
    pairs = [pair for row in computed(day) if (pair := counting.cells_of(row, SCOPE))]
    cells = figures.distinct(pairs) + [Cell(Term(key), SCOPE.allows(CASES)) for key in EXTRA]
    wanted: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        wanted[key_of(cell)].append(cell)
    return {key: counting.frozen(SCOPE, same, span) for key, same in wanted.items()}


def _figures(ctx: Context, span: Span, lists: dict[str, dict]) -> dict:
    """What is shown, told in full: labels, formulas and ranges stay readable when the table has changed."""
    day, before = min(span.last, ctx.today), _published(span.before)
    live = (
        {}
        if before
        else {each.indicator.key: each.value for each in figures.lines(SCOPE, span.before, span.before.before, day)}
    )
    indicators = [_indicator(row, lists, before or live) for row in computed(day) if counting.cells_of(row, SCOPE)]
    cells = figures.team_cells(SCOPE, day)
    teams = figures.teams(ctx, cells, _by_team(figures.distinct(pair for _, pair in cells.values()), lists))
    return {
        "label": span.label,
        "before": {"label": span.before.label, "from": "上期通报" if before else "现有数据"},
        "kinds": counting.KINDS[SCOPE.kinds][0],
        "as_of": f"{ctx.now:%Y-%m-%d %H:%M}",
        "indicators": indicators,
        "teams": [_team(row, cells) for row in teams],
        "nodes": [{**row, "rate": figures.shown(row["rate"], "%")} for row in figures.nodes(SCOPE, span)],
    }


def _number(cell: Cell, lists: dict[str, dict], team: int | None = None) -> Decimal:
    sums = lists[key_of(cell)]["sums"][cell.term.measure]
    return Decimal(sum(sums.values()) if team is None else sums.get(team, 0))


def _by_team(cells: list[Cell], lists: dict[str, dict]) -> dict[int, dict[Cell, Decimal]]:
    found: dict[int, dict[Cell, Decimal]] = defaultdict(dict)
    for cell in cells:
        for team, number in lists[key_of(cell)]["sums"][cell.term.measure].items():
            found[team][cell] = Decimal(number)
    return found


def _published(span: Span) -> dict[tuple[str, int], str]:
    """The figures of the month before as they were last published, by formula and its version."""
    row = Bulletin.objects.filter(month=span.first).order_by("-version").first()
    return {(each["key"], each["version"]): each["value"] for each in row.figures["indicators"]} if row else {}


def _indicator(row, lists: dict[str, dict], before: dict) -> dict:
    cells = counting.cells_of(row, SCOPE)
    assert cells is not None
    upper, lower = (_number(cell, lists) for cell in cells)
    value = counting.value(row, upper, lower)
    then = before[row.key] if row.key in before else before.get((row.key, row.version))
    return {
        "key": row.key, "version": row.version, "label": row.label, "formula": row.formula, "note": row.note, "unit": row.unit,
        "upper": str(upper), "lower": str(lower), "upper_list": key_of(cells[0]), "lower_list": key_of(cells[1]),
        "value": figures.shown(value, row.unit), "before": then if isinstance(then, str) else figures.shown(then, row.unit),
        "reference": row.reference.words if row.reference else "", "source": row.reference.source if row.reference else "",
        "state": figures.state(row, value),
    }  # fmt: skip


def _team(row: dict, cells: dict) -> dict:
    told = [
        {
            "value": figures.shown(cell["value"], cell["unit"]),
            "list": key_of(cells[cell["key"]][1][cell["part"] == "d"]) if cell["key"] in cells else "",
        }
        for cell in row["cells"]
    ]
    return {"id": row["id"], "name": row["name"], "cells": told}


# Issuing


@transaction.atomic
def ask_issue(row: Bulletin, texts: dict[str, str], by: Actor) -> Job:
    """发布: the leader's words about the figures; the worker draws the paper."""
    rights.require_office(by, "bulletin_issue")
    if BulletinIssue.objects.filter(bulletin=row).exists():
        raise Refused("本版通报已经发布。须更正的，请生成新版本。")
    if Bulletin.objects.filter(month=row.month, version__gt=row.version).exists():
        raise Refused("本版已有更正版本，请发布最新版本。")
    return _enqueue(ISSUE, str(row.pk), {"bulletin": row.pk, **texts}, by)


def issue(job: Job) -> None:
    """In the worker: draw, and keep the paper as it went out."""
    from quality import bulletin_paper

    row = Bulletin.objects.get(pk=job.payload["bulletin"])
    if BulletinIssue.objects.filter(bulletin=row).exists():
        return
    by, now = jobs.asker(job), context.read().now
    texts = {key: job.payload[key] for key in ("findings", "problems", "measures")}
    pdf = bulletin_paper.draw(row, texts, now.date())
    sha256 = hashlib.sha256(pdf).hexdigest()
    BulletinIssue.objects.create(bulletin=row, **texts, issued_by_id=by.user_id, issued_at=now, pdf=pdf, sha256=sha256)
    facts = {"bulletin": row.pk, "version": row.version, "sha256": sha256}
    journal.write([journal.Line(None, "bulletin", "issue", f"发布{row}", facts)], by)


def broken() -> list[tuple[Bulletin, str]]:
    """For the nightly check: versions whose contents or whose paper no longer match their hash."""
    found = [(row, "数据与校验值不符") for row in Bulletin.objects.prefetch_related("lists") if not whole(row)]
    issued = BulletinIssue.objects.select_related("bulletin")
    return found + [
        (each.bulletin, "文件与校验值不符")
        for each in issued
        if hashlib.sha256(bytes(each.pdf)).hexdigest() != each.sha256
    ]
