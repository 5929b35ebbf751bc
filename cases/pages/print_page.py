"""Context of the pages made for paper: today's list of one officer, the card of a case, its story on one page."""

import segno
from django.db.models import prefetch_related_objects

from cases import context, journal_words, limits, rights
from cases.calendar import WEEKDAYS
from cases.context import Context
from cases.models import Case, WorkItem
from cases.models.work_item import NEVER
from cases.pages import case_duties, case_header, case_parties, case_related, case_standing
from cases.pages.case_stepper import stepper
from cases.pages.lights import light
from cases.pages.names import line, parties_of
from cases.pages.work_lists import due, mine, shown
from teams.actor import Actor

MOST = 500  # rows of today's list
PARTIES, DUTIES, TRACK = 7, 5, 5  # what one A4 page of a card holds
STORY_PARTIES, STORY_DUTIES, STORY_ENTRIES = 6, 4, 12
CARDS = 50  # cards of one batch


def printed(ctx: Context, actor: Actor) -> dict[str, str]:
    return {"by": f"{actor.name} {actor.label}", "at": f"{ctx.now:%Y-%m-%d %H:%M}"}


def today(actor: Actor) -> dict:
    """What is mine and overdue or due before midnight, in the order it falls due."""
    ctx = context.read()
    base = shown(ctx, mine(actor))
    found = (due(ctx, base, "overdue") | due(ctx, base, "today")).select_related("case").order_by("due_at", "id")
    items = list(found[: MOST + 1])
    parties = parties_of([item.case for item in items if item.case])
    return {
        "rows": [_row(ctx, item, parties) for item in items[:MOST]],
        "more": f"只印前 {MOST} 件，其余请在工作台查看。" if len(items) > MOST else "",
        "date": f"{ctx.today:%Y 年 %-m 月 %-d 日} 星期{WEEKDAYS[ctx.today.weekday()]}",
        "team": actor.team.name if actor.team else "",
        "printed": printed(ctx, actor),
    }


def _row(ctx: Context, item: WorkItem, parties) -> dict[str, str]:
    case = item.case
    return {
        "light": light(ctx, item)["text"],
        "title": case_header.own_title(item, case),
        "number": case.number if case else "团队事务",
        "parties": line(case, parties) if case else "",
        "due": due_day(ctx, item),
        "holder": ctx.roster.name(case.handler_id if case and case.handler_id else item.person_id),
    }


def due_day(ctx: Context, item: WorkItem) -> str:
    """2026-11-20, with the hour where the rule counts hours."""
    if item.due_at >= NEVER or item.due_on is None:
        return "无期限"
    at = item.due_at.astimezone(ctx.now.tzinfo)
    return f"{item.due_on:%Y-%m-%d}" + (f" {at:%H:%M}" if at.date() == item.due_on else "")


def card(request, case: Case) -> dict:
    """One card, alone on its page."""
    ctx = context.read()
    return {"cards": [_card(ctx, request, case)], "back": f"/cases/{case.pk}/", "printed": printed(ctx, request.actor)}


def cards(request, cases: list[Case]) -> dict:
    """Cards of several cases, each on a page of its own."""
    ctx = context.read()
    return {
        "cards": [_card(ctx, request, case) for case in cases],
        "back": "/cases/",
        "printed": printed(ctx, request.actor),
    }


def _head(ctx: Context, request, case: Case, items: list[WorkItem]) -> dict:
    """What every sheet about a case begins with, and its address as QR."""
    return {
        "case": case_header.header(ctx, case, items),
        "facts": case_header.facts(case),
        "way": stepper(ctx, case, light(ctx, items[0]) if items else None),
        "claims": case_parties.claims(case)[:3],
        "entries": case.entries,
        "qr": code(request, case),
    }


def _duties(ctx: Context, request, case: Case, items: list[WorkItem]) -> list[dict]:
    return case_duties.duties(ctx, case, items, request.actor, set(), limits.marks(ctx, items))


def _card(ctx: Context, request, case: Case) -> dict:
    """案件卡片: facts, way, parties (certificates and telephones masked), duties, track."""
    prefetch_related_objects([case], "parties")
    items = [item for item in case_duties.open_items(ctx, case) if item.wait_until is None]
    parties = case_parties.parties(case, ctx.today)
    return {
        **_head(ctx, request, case, items),
        "parties": parties[:PARTIES],
        "more_parties": f"另有 {len(parties) - PARTIES} 名当事人，见系统。" if len(parties) > PARTIES else "",
        "duties": _duties(ctx, request, case, items[:DUTIES]),
        "more_duties": f"另有 {len(items) - DUTIES} 项，见系统。" if len(items) > DUTIES else "",
        "holds": [row for row in case_standing.holds(ctx, case, set()) if row["running"]][:3],
        "journal": journal_words.lines(ctx, case, TRACK),
    }


def story(request, case: Case) -> dict:
    """一页情况: who, how much, where it stands, what was done and decided; for the talk with a visitor."""
    ctx, actor = context.read(), request.actor
    prefetch_related_objects([case], "parties")
    items = [item for item in case_duties.open_items(ctx, case) if item.wait_until is None]
    allowed = rights.actions(actor, case)
    told = [row for row in journal_words.lines(ctx, case, 200) if row["what"] not in ("查阅", "权限", "备注")]
    return {
        **_head(ctx, request, case, items),
        "parties": case_parties.parties(case, ctx.today)[:STORY_PARTIES],
        "bases": case_parties.bases(case, ctx.today)[:2],
        "duties": _duties(ctx, request, case, items[:STORY_DUTIES]),
        "approvals": case_standing.approvals(ctx, case_standing.waiting_approvals(case))[:3],
        "standing": [row for row in case_standing.holds(ctx, case, set()) if row["running"]][:3]
        + [row for row in case_standing.pauses(ctx, case, set(), actor) if row["running"]][:3],
        "related": case_related.related(ctx, case, actor)[:4],
        "journal": (key_first(told) if "journal" in allowed else []),
        "back": f"/cases/{case.pk}/",
        "printed": printed(ctx, actor),
    }


def key_first(rows: list[dict]) -> list[dict]:
    """As many entries as the page holds: the key ones, then the newest of the others, in the order of time."""
    chosen = sorted(rows, key=lambda row: (not row["key"], -row["id"]))[:STORY_ENTRIES]
    return sorted(chosen, key=lambda row: -row["id"])


def code(request, case: Case) -> str:
    qr = segno.make(request.build_absolute_uri(f"/cases/{case.pk}/"), error="m")
    return qr.svg_inline(scale=3, omitsize=True, svgclass=None, lineclass=None)


def duty(ctx: Context, item: WorkItem) -> dict[str, str]:
    team = ctx.roster.team(item.team_id)
    return {
        "title": case_header.own_title(item, item.case),
        "light": light(ctx, item)["text"],
        "due": "暂停计期" if item.paused else due_day(ctx, item),
        "holder": f"{team.name if team else ''} {ctx.roster.name(item.person_id)}".strip(),
    }
