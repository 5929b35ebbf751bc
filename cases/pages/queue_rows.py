"""Rows of a queue of work items: light, title, case line, from whom, one action; strings only."""

from collections.abc import Iterable

from django.urls import reverse

from cases import hooks, rights
from cases.context import Context
from cases.deadlines import RULE
from cases.models import Case, WorkItem
from cases.pages.lights import light, stamp
from cases.pages.names import line, parties_of, short_number, wan
from teams.actor import Actor

GROUPS = (
    ("red", "已超期"),
    ("today", "今日到期"),
    ("soon", "三日内到期"),
    ("later", "未到期"),
    ("grey", "暂停与无期限"),
)


def rows(ctx: Context, items: Iterable[WorkItem], actor: Actor) -> list[dict]:
    """One query for the parties of all rows; cases and teams come with the items. What the reader may not view of a
    colleague's item is 「*案件」 (flow §7)."""
    items = list(items)
    unseen = unseen_of(actor, [item.case for item in items if item.case])
    parties = parties_of([item.case for item in items if item.case and item.case_id not in unseen])
    return [masked(ctx, item) if item.case_id in unseen else row(ctx, item, parties) for item in items]


def unseen_of(actor: Actor, cases: Iterable[Case]) -> set[int]:
    """Of these cases the confidential ones the reader may not view; no query where none is confidential."""
    hidden = {case for case in cases if case.confidential or case.state_secret}
    standings = rights.standings(actor, hidden) if hidden else {}
    return {pk for pk, standing in standings.items() if not standing.view}


def masked(ctx: Context, item: WorkItem) -> dict:
    """The duty and its light, and nothing of the case."""
    lamp = light(ctx, item)
    return {
        "id": item.pk,
        "url": "",
        "title": RULE[item.rule].label,
        "light": lamp,
        "group": group(ctx, item, lamp),
        "tags": [],
        "livelihood": False,
        "case_url": "",
        "number": "*案件",
        "full_number": "",
        "parts": [],
        "subtitle": "",
        "from": "",
        "arrived": f"{stamp(ctx, item.opened_at)} 到达",
        "person": ctx.roster.name(item.person_id),
        "action": None,
        "masked": True,
    }


def row(ctx: Context, item: WorkItem, parties) -> dict:
    case, lamp = item.case, light(ctx, item)
    source = ctx.roster.team(item.source_team_id)
    parts = [line(case, parties), case.cause, f"标的 {wan(case.amount)}" if case.amount else ""] if case else []
    parts = [part for part in parts if part]
    return {
        "id": item.pk,
        "url": f"/items/{item.pk}/",
        "title": item.title,
        "light": lamp,
        "group": group(ctx, item, lamp),
        "tags": [
            tag
            for tag in (
                RULE[item.rule].label if item.title != RULE[item.rule].label else "",
                "紧急" if item.urgent else "",
            )
            if tag
        ],
        "livelihood": bool(case and case.livelihood),
        "case_url": f"/cases/{case.pk}/" if case else "",
        "number": short_number(case, ctx.today.year) if case else "团队事务",
        "full_number": case.number if case else "",
        "parts": parts,
        "subtitle": " | ".join(parts),
        "from": source.name if source else "系统",
        "arrived": f"{stamp(ctx, item.opened_at)} 到达",
        "person": ctx.roster.name(item.person_id),
        "action": action(item),
    }


def action(item: WorkItem) -> dict:
    """The one button of the row; `panel`: it opens beside the list."""
    if item.rule in hooks.pages:
        return {"label": "办理", "url": reverse(hooks.pages[item.rule], args=[item.pk])}
    if item.rule in ("ruling.sign", "approval.sign"):
        return {"label": "签字", "url": f"/sign/?item={item.pk}"}
    if item.rule == "escalation.explain":
        return {"label": "说明", "url": f"/escalations/{item.subject.rpartition(':')[2]}/"}
    return {"label": "办理", "url": f"/items/{item.pk}/", "panel": True}


def group(ctx: Context, item: WorkItem, lamp: dict[str, str]) -> str:
    if lamp["state"] in ("grey", "red"):
        return lamp["state"]
    days = (item.due_on - ctx.today).days
    return "today" if days <= 0 else "soon" if days <= 3 else "later"


def grouped(rows: list[dict]) -> list[dict]:
    """The rows by light, in the order they stand."""
    found = []
    for key, label in GROUPS:
        members = [each for each in rows if each["group"] == key]
        if members:
            found.append({"key": key, "label": label, "count": len(members), "rows": members})
    return found
