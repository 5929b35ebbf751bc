"""Context of the case page. Its parts stand in the files named `case_…`; the open tab may be asked for by itself."""

from django.db.models import prefetch_related_objects

from cases import context, journal_words, limits, rights
from cases.models import Case
from cases.pages import case_duties, case_header, case_next, case_standing, case_tabs
from cases.pages.case_stepper import stepper
from cases.pages.lights import light
from teams.actor import Actor

TRACK = 6  # entries of the short 流转轨迹
SHOWN = 4  # duties told at once, the most pressing; the others are folded
CROWDED = 14  # links of 更多 that one column holds on the smallest screen


def page(case: Case, actor: Actor, given: dict) -> dict:
    """The whole page. `given`: tab, and what the tab itself is given (`what`, `before` of the journal)."""
    with context.held() as ctx:
        return _page(ctx, case, actor, given)


def _page(ctx: context.Context, case: Case, actor: Actor, given: dict) -> dict:
    standing = rights.standings(actor, [case])[case.pk]
    allowed = rights.actions(actor, case, standing)
    prefetch_related_objects([case], "parties")
    items = case_duties.open_items(ctx, case)
    signing = case_standing.waiting_approvals(case)
    offered = case_next.offers(case, actor, signing, allowed)
    marks, gates = limits.of_case(ctx, case, items)
    more = case_next.more(case, allowed, offered)
    running = case_duties.duties(ctx, case, items, actor, allowed, marks)
    pauses = case_standing.pauses(ctx, case, allowed, actor)
    holds = case_standing.holds(ctx, case, allowed)
    return {
        **tab_part(ctx, case, actor, allowed, given),  # first: a room's tab must not take the place of the page's own
        "case": case_header.header(ctx, case, items),
        "facts": case_header.facts(case),
        "way": stepper(ctx, case, light(ctx, items[0]) if items and items[0].wait_until is None else None),
        "strips": case_standing.strips(case, pauses, holds),
        "primary": case_next.next_step(actor, standing, items, offered, signing),
        "more": more,
        "crowded": sum(len(group["links"]) for group in more) > CROWDED,
        "duties": running,
        "shown": SHOWN,
        "others": len(running) - SHOWN if len(running) > SHOWN + 1 else 0,
        "waiting": case_duties.waiting(ctx, case, items, allowed),
        "offers": [row for row in offered if not row["side"]],
        "approvals": case_standing.approvals(ctx, signing),
        "gates": case_standing.gates(gates),
        "pauses": pauses,
        "holds": holds,
        "journal": journal_words.lines(ctx, case, TRACK),
    }


def tab_page(case: Case, actor: Actor, given: dict) -> dict:
    """The tabs and the open one alone, for the page that is already there."""
    with context.held() as ctx:
        allowed = rights.actions(actor, case)
        return {**tab_part(ctx, case, actor, allowed, given), "case": {"id": case.pk, "number": case.number}}


def tab_part(ctx, case: Case, actor: Actor, allowed: set[str], given: dict) -> dict:
    tab = case_tabs.chosen(given.get("tab", ""), allowed, actor)
    return {
        "tab": tab,
        "tabs": case_tabs.tabs(case, tab, allowed),
        **case_tabs.body(ctx, case, actor, tab, allowed, given),
    }


def news(case: Case, actor: Actor, since: int) -> str:
    """What a colleague has written into the case after entry number `since`: one sentence, or nothing."""
    if case.entries <= since:
        return ""
    ctx = context.read()
    rows = case.journal.filter(stream=case.stream, no__gt=since).exclude(by_id=actor.user_id)
    last = rows.order_by("-no").first()
    if last is None:
        return ""
    who = ctx.roster.name(last.by_id) or "系统"
    return f"{who} {last.entered_at.astimezone(ctx.now.tzinfo):%H:%M} 更新了本案（{last.label}）"
