"""Context of the pages made for paper: today's list of one officer, and the card of one case."""

import segno

from cases import context, hooks
from cases.context import Context
from cases.models import Case, WorkItem
from cases.models.work_item import NEVER
from cases.pages import case_page
from cases.pages.lights import light
from cases.pages.names import line, parties_of
from cases.pages.work_lists import due, mine, shown
from teams.actor import Actor

MOST = 500  # rows of today's list
PARTIES, DUTIES = 8, 8  # what one A4 page of a card holds


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
        "date": f"{ctx.today:%Y 年 %-m 月 %-d 日} 星期{'一二三四五六日'[ctx.today.weekday()]}",
        "team": actor.team.name if actor.team else "",
        "printed": printed(ctx, actor),
    }


def _row(ctx: Context, item: WorkItem, parties) -> dict[str, str]:
    case = item.case
    return {
        "light": light(ctx, item)["text"],
        "title": item.title,
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
    """案件卡片: facts, parties (certificates masked, no telephones), current duties, and the case's address as QR."""
    ctx, actor = context.read(), request.actor
    items = list(WorkItem.objects.filter(case=case, open=True, wait_until__isnull=True).order_by("due_at", "id"))
    parties = case_page.parties(case)
    code = segno.make(request.build_absolute_uri(f"/cases/{case.pk}/"), error="m")
    return {
        "number": case.number,
        "case_id": case.pk,
        "facts": facts(ctx, case, items),
        "parties": parties[:PARTIES],
        "more_parties": f"另有 {len(parties) - PARTIES} 名当事人，见系统。" if len(parties) > PARTIES else "",
        "duties": [_duty(ctx, item) for item in items[:DUTIES]],
        "more_duties": f"另有 {len(items) - DUTIES} 项，见系统。" if len(items) > DUTIES else "",
        "qr": code.svg_inline(scale=3, omitsize=True, svgclass=None, lineclass=None),
        "printed": printed(ctx, actor),
    }


def facts(ctx: Context, case: Case, items: list[WorkItem]) -> list[tuple[str, str]]:
    """What the header and the facts of the case page say; what is empty is left out."""
    head = case_page.header(ctx, case, items)
    rows = [
        ("类型", head["kind"]),
        ("环节", head["stage"]),
        ("承办", head["holder"]),
        ("书记员", head["clerk"]),
        ("案由", head["cause"]),
        ("立案日期", f"{case.filed_on:%Y-%m-%d}" if case.filed_on else ""),
        ("标识", "、".join(head["flags"])),
        ("结案方式", head["mode"]),
    ]
    rows += [(f.label, str(f.function([case]).get(case.pk, ""))) for f in hooks.facts if f.key != "handler"]
    return [(name, text) for name, text in rows if text and text != "—"]


def _duty(ctx: Context, item: WorkItem) -> dict[str, str]:
    team = ctx.roster.team(item.team_id)
    return {
        "title": item.title,
        "light": light(ctx, item)["text"],
        "due": "暂停计期" if item.paused else due_day(ctx, item),
        "holder": f"{team.name if team else ''} {ctx.roster.name(item.person_id)}".strip(),
    }
