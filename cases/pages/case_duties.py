"""当前待办: what is owed on the case now, the most pressing first, with its clock, its parts and who has it."""

from django.urls import reverse

from cases import limits
from cases.calendar import WEEKDAYS
from cases.context import Context
from cases.models import Case, FilingSlip, WorkItem
from cases.pages import item_page
from cases.pages.case_header import own_subject, own_title, urgency
from cases.pages.lights import light, short, stamp
from cases.workflow import Kind
from teams.actor import Actor

Marks = dict[int, list[limits.Limit]]


def open_items(ctx: Context, case: Case) -> list[WorkItem]:
    """Open items of the case, the most pressing first, what waits for a day last."""
    items = WorkItem.objects.filter(case=case, open=True).order_by("due_at", "id")
    return sorted(items, key=lambda item: (item.wait_until is not None, *urgency(ctx, item)))


def duties(
    ctx: Context, case: Case, items: list[WorkItem], actor: Actor, allowed: set[str], marks: Marks
) -> list[dict]:
    """`marks`: the further limits of the items (`cases.limits`)."""
    return [duty(ctx, case, item, actor, allowed, marks) for item in items if item.wait_until is None]


def duty(ctx: Context, case: Case, item: WorkItem, actor: Actor, allowed: set[str], marks: Marks) -> dict:
    rule, team = item_page.RULE[item.rule], ctx.roster.team(item.team_id)
    ours = item.team_id == actor.team_id
    parts = item_page.ticks(item, ctx, ours and "tick" in allowed)
    return {
        "id": item.pk,
        "title": own_title(item, case),
        "subject": own_subject(item),
        "url": f"/items/{item.pk}/",
        "light": light(ctx, item),
        "holder": f"{team.name if team else ''} {ctx.roster.name(item.person_id)}".strip(),
        "basis": basis(ctx, item, rule),
        "derivation": item.derivation,
        "limits": [item_page.limit(each) for each in marks.get(item.pk, ())],
        "ticks": parts,
        "left": sum(not part["state"] for part in parts),
        "mine": item.person_id == actor.user_id,
        "ours": ours,
        "nudge": f"/items/{item.pk}/nudge/" if not ours and "nudge" in allowed else "",
    }


def basis(ctx: Context, item: WorkItem, rule) -> str:
    """依据：优化方案二（一）2。11-20 起算，末日 11-23（周一）。"""
    begun = item.started_at.astimezone(ctx.now.tzinfo).date()
    parts = [f"依据：{rule.law}" if rule.law else "", f"{short(begun, ctx.today)} 起算"]
    if item.due_on:
        parts.append(f"末日 {short(item.due_on, ctx.today)}（周{WEEKDAYS[item.due_on.weekday()]}）")
    return "，".join(filter(None, parts)) + "。"


def waiting(ctx: Context, case: Case, items: list[WorkItem], allowed: set[str]) -> list[dict]:
    """What rests until a day, and what waits for the filing office."""
    rows = [
        {"title": own_title(item, case), "url": f"/items/{item.pk}/", "text": f"等待至 {short(item.wait_until, ctx.today)}：{item.wait_reason}"}
        for item in items
        if item.wait_until is not None
    ]  # fmt: skip
    slips = FilingSlip.objects.filter(case=case, answered_at=None).order_by("pk")
    return rows + [slip(ctx, each, "answer_slip" in allowed) for each in slips]


def slip(ctx: Context, each: FilingSlip, may_answer: bool) -> dict:
    """移送立案表 on its way: for a number, or, where the number came first, for the signature."""
    url = reverse("cases:answer_slip", args=[each.pk]) if may_answer else ""
    if each.number:
        return {"title": "案号已到", "url": url, "text": f"{each.number}，待签批后登记"}
    return {"title": "待立案号", "url": url, "text": f"{Kind(each.kind).label}，{stamp(ctx, each.asked_at)} 报出"}
