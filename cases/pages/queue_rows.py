"""Rows of a queue of work items: light, title, case line, from whom, one action; strings only."""

from collections.abc import Iterable

from django.urls import reverse

from cases import hooks, permissions, rights, work
from cases.context import Context
from cases.deadlines import RULE
from cases.models import Case, WorkItem
from cases.pages import verbs
from cases.pages.lights import light, short, stamp
from cases.pages.names import line, parties_of, short_number, wan
from teams.actor import Actor

# fmt: off
GROUPS = (
    # key,     label,        icon,             colour
    ("red",    "已超期",     "alert-octagon",  "red"),
    ("today",  "今日到期",   "alert-triangle", "amber"),
    ("soon",   "3 日内到期", "calendar-event", ""),
    ("later",  "未到期",     "circle-check",   "green"),
    ("never",  "无期限",     "circle",         ""),
    ("wait",   "等待",       "clock-pause",    ""),
    ("grey",   "暂停计期",   "player-pause",   ""),
)
# fmt: on


def rows(ctx: Context, items: Iterable[WorkItem], actor: Actor, *, remind: bool = False) -> list[dict]:
    """One query for the parties of all rows; cases and teams come with the items. What the reader may not view of a
    colleague's item is 「*案件」 (flow §7). `remind`: a list of what others owe, whose button is 催办."""
    items = list(items)
    unseen = unseen_of(actor, [item.case for item in items if item.case])
    parties = parties_of([item.case for item in items if item.case and item.case_id not in unseen])
    return [
        masked(ctx, item) if item.case_id in unseen else row(ctx, item, parties, actor, remind=remind) for item in items
    ]


def unseen_of(actor: Actor, cases: Iterable[Case]) -> set[int]:
    """Of these cases the confidential ones the reader may not view, and every one for who comes from outside the court;
    no query where there is none."""
    outside = actor.post in rights.OUTSIDE
    hidden = {case for case in cases if outside or case.confidential or case.state_secret}
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
        "number": rights.MASKED,
        "full_number": "",
        "parts": [],
        "subtitle": "",
        "from": "",
        "arrived": f"{stamp(ctx, item.opened_at)} 到达",
        "person": ctx.roster.name(item.person_id),
        "waits": waits(ctx, item),
        "action": None,
        "masked": True,
    }


def row(ctx: Context, item: WorkItem, parties, actor: Actor, *, remind: bool = False) -> dict:
    case, lamp = item.case, light(ctx, item)
    parts = [line(case, parties), case.cause, f"标的 {wan(case.amount)}" if case.amount else ""] if case else []
    parts = [part for part in parts if part]
    return {
        "id": item.pk,
        "held": item.person_id or "",
        "url": f"/items/{item.pk}/",
        "title": title(item),
        "light": lamp,
        "group": group(ctx, item, lamp),
        "tags": tags(item),
        "livelihood": bool(case and case.livelihood),
        "case_url": f"/cases/{case.pk}/" if case else "",
        "number": short_number(case, ctx.today.year) if case else "团队事务",
        "full_number": case.number if case else "",
        "parts": parts,
        "subtitle": " | ".join(parts),
        "from": source(ctx, item),
        **holder(ctx, item, actor),
        "waits": waits(ctx, item),
        "action": action(item, actor, remind=remind),
    }


def holder(ctx: Context, item: WorkItem, actor: Actor) -> dict[str, str]:
    """Whose it is and since when; of another team the team first."""
    name, at, team = ctx.roster.name(item.person_id), stamp(ctx, item.opened_at), ctx.roster.team(item.team_id)
    if team is None or item.team_id == actor.team_id:
        return {"person": name, "holder": name, "arrived": f"{at} 到达"}
    return {"person": team.name, "holder": f"{team.name} {name}".strip(), "arrived": f"{name} {at.split(' ')[0]} 到达"}


def title(item: WorkItem) -> str:
    """Without the case's number, which stands on the second line, and without what tag and button say."""
    number = item.case.number if item.case else ""
    text = item.title.removeprefix("签批：")
    return (text.replace(number, "") if number else text).strip(" 　：") or item.title


def tags(item: WorkItem) -> list[dict[str, str]]:
    """What the duty is about, unless the title says it; 紧急."""
    text, colour = verbs.kind(item.rule)
    found = [{"text": text, "colour": colour}] if text and text not in item.title else []
    return [*found, *([{"text": "紧急", "colour": "re"}] if item.urgent else [])]


def source(ctx: Context, item: WorkItem) -> str:
    """From whom: the person who asked, else the team, else what set the clock going."""
    team = ctx.roster.team(item.source_team_id)
    if item.asked_by_id and item.asked_by_id != item.person_id:
        name = ctx.roster.name(item.asked_by_id)
        return f"{team.name} {name}" if team and team.id != item.team_id else name
    if team and team.id != item.team_id:
        return team.name
    return RULE[item.rule].trigger.partition("；")[0].partition("，")[0] or "系统"


def waits(ctx: Context, item: WorkItem) -> str:
    return f"等待至 {short(item.wait_until, ctx.today)}，{item.wait_reason}" if item.wait_until else ""


def action(item: WorkItem, actor: Actor, *, remind: bool = False) -> dict:
    """The one button of the row; `panel`: it opens beside the list, `post`: it is done at once.

    One's own duty is done; a colleague's is taken over, or given on by who leads the team; another team is reminded.
    """
    if not item.open:
        return _look(item)
    own = item.person_id == actor.user_id
    if not own and (remind or item.team_id != actor.team_id):
        return _remind(item, actor)
    if not own:
        return _swap(item, actor)
    if item.wait_until:
        return {"label": "结束等待", "url": reverse("cases:recall", args=[item.pk]), "post": True}
    if item.rule in ("ruling.sign", "approval.sign"):
        return {"label": "签字", "url": f"/sign/?approval={item.approval_id}"}
    return _do(item) if may("finish_item", actor) else _look(item)


def may(act: str, actor: Actor) -> bool:
    return permissions.mark(act, actor.post, actor.kind) != "."


def _swap(item: WorkItem, actor: Actor) -> dict:
    """Within the team; a signature is the signer's own."""
    if item.rule in ("ruling.sign", "approval.sign"):
        return _look(item)
    if actor.leads and may("assign_item", actor):
        return {"label": "转交", "url": reverse("cases:assign", args=[item.pk]), "panel": True}
    if may("take_over", actor):
        return {
            "label": "接手",
            "url": reverse("cases:take_over", args=[item.pk]),
            "post": True,
            "held": item.person_id,
        }
    return _look(item)


def _remind(item: WorkItem, actor: Actor) -> dict:
    if not may("nudge", actor):
        return _look(item)
    return {"label": "催办", "url": reverse("cases:nudge", args=[item.pk]), "panel": True}


def _look(item: WorkItem) -> dict:
    return {"label": "查看", "url": f"/items/{item.pk}/", "panel": True}


def _do(item: WorkItem) -> dict:
    """Where this duty is done: its own page, its parts, the step of its case, or the plain form beside the list."""
    label = verbs.verb(item.rule)
    if item.rule in hooks.pages:
        return {"label": label, "url": reverse(hooks.pages[item.rule], args=[item.pk])}
    if item.rule == "approval.returned":
        step = f"/cases/{item.case_id}/step/report_closing/"  # a closing returned before its sheet was asked
        return {"label": label, "url": f"/approvals/{item.approval_id}/" if item.approval_id else step}
    if item.rule == "escalation.explain":
        return {"label": label, "url": f"/escalations/{item.subject.rpartition(':')[2]}/"}
    if item.rule == "transfer.three_days":
        return {"label": label, "url": reverse("cases:ask", args=[item.case_id, "transfer_to_regular"])}
    if work.PARTS.get(item.rule):
        return {"label": label, "url": f"/items/{item.pk}/", "panel": True}
    if "form" not in RULE[item.rule].met_by and item.case_id:
        return {"label": label, "url": f"/cases/{item.case_id}/"}
    return {"label": label, "url": reverse("cases:finish", args=[item.pk]), "panel": True}


def group(ctx: Context, item: WorkItem, lamp: dict[str, str]) -> str:
    if item.open and item.wait_until:
        return "wait"
    if item.open and item.paused:
        return "grey"
    if item.due_on is None:
        return "never"
    if lamp["state"] == "red":
        return "red"
    days = (item.due_on - ctx.today).days
    return "today" if days <= 0 else "soon" if days <= 3 else "later"


def grouped(rows: list[dict], *, whole: bool = True) -> list[dict]:
    """The rows by light, in the order they stand; a page that is not the whole list counts its own rows only."""
    found = []
    for key, label, icon, colour in GROUPS:
        members = [each for each in rows if each["group"] == key]
        if members:
            count = f"{len(members)} 件" if whole else f"本页 {len(members)} 件"
            found.append({"key": key, "label": label, "icon": icon, "colour": colour, "count": count, "rows": members})
    return found
